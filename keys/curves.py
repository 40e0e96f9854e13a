"""The NIST curves P-256, P-384 and P-521 (SP 800-186): sizes, hashes, and points that are looked at before they are used."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from keys.errors.written import BadPoint


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve: `size` is the length of a coordinate in bytes, `order` that of its group, `digest` the hash that goes with it."""

    parameters: ec.EllipticCurve
    size: int
    order: int
    digest: hashes.HashAlgorithm


CURVES: Final = {
    "P-256": Curve(
        ec.SECP256R1(), 32, 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551, hashes.SHA256()
    ),
    "P-384": Curve(
        ec.SECP384R1(),
        48,
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
        hashes.SHA384(),
    ),
    "P-521": Curve(
        ec.SECP521R1(),
        66,
        0x01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409,
        hashes.SHA512(),
    ),
}


def curve_of(kind: str) -> Curve:
    """The curve of that name; raises `BadPoint` where there is none."""
    if kind not in CURVES:
        raise BadPoint
    return CURVES[kind]


@lru_cache(maxsize=1_024)
def point(kind: str, data: bytes) -> ec.EllipticCurvePublicKey:
    """The public key behind a compressed point (SEC 1 §2.3.4); raises `BadPoint` unless it lies on the curve `kind`.

    One point has one spelling: the uncompressed, hybrid and infinite forms are refused.
    """
    curve = curve_of(kind)
    if len(data) != curve.size + 1 or data[0] not in {2, 3}:
        raise BadPoint
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(curve.parameters, data)
    except ValueError as error:
        raise BadPoint from error


def compress(kind: str, x: int, y: int) -> bytes:
    """The compressed point of two coordinates; raises `BadPoint` unless they are a point of the curve `kind`."""
    curve = curve_of(kind)
    try:
        found = ec.EllipticCurvePublicNumbers(x, y, curve.parameters).public_key()
    except ValueError as error:
        raise BadPoint from error
    return found.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


def coordinates(kind: str, data: bytes) -> tuple[bytes, bytes]:
    """The two coordinates of a compressed point, each as long as the curve's field."""
    numbers, size = point(kind, data).public_numbers(), curve_of(kind).size
    return numbers.x.to_bytes(size), numbers.y.to_bytes(size)
