"""ECDSA on P-256, P-384 and P-521 with SHA-256, SHA-384 and SHA-512 (FIPS 186-5 §6); signatures are r‖s, never DER.

Both s and its mirror n - s are accepted: neither FIPS 186-5 nor VC-DI-ECDSA asks for the lower one, and half of the signatures that
others make have the higher. Anyone can turn one into the other, so a signature is never an identity nor the key of a cache
(THREATS V12). Our own signatures are deterministic (RFC 6979).
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from keys.curves import Curve, curve_of, point
from keys.errors.proofs import SignatureWrong
from keys.errors.written import BadPoint
from keys.multikey import PublicKey, encode


def verify(public: PublicKey, signature: bytes, data: bytes) -> None:
    """Raise `SignatureWrong` unless `signature` (64, 96 or 132 bytes) is one of `data` under the key `public`."""
    try:
        curve, key = curve_of(public.kind), point(public.kind, public.data)
    except BadPoint as error:
        raise SignatureWrong from error
    r, s = _numbers(signature, curve)
    try:
        key.verify(encode_dss_signature(r, s), data, ec.ECDSA(curve.digest))
    except InvalidSignature as error:
        raise SignatureWrong from error


def _numbers(signature: bytes, curve: Curve) -> tuple[int, int]:
    """The two halves; each must be a number from 1 to the order less one (FIPS 186-5 §6.4.2 step 1)."""
    if len(signature) != 2 * curve.size:
        raise SignatureWrong
    r, s = int.from_bytes(signature[: curve.size]), int.from_bytes(signature[curve.size :])
    if not (0 < r < curve.order and 0 < s < curve.order):
        raise SignatureWrong
    return r, s


def make_secret(kind: str) -> bytes:
    """A new private number for a key of the curve `kind`, as many bytes as a coordinate has."""
    curve = curve_of(kind)
    return ec.generate_private_key(curve.parameters).private_numbers().private_value.to_bytes(curve.size)


class EcdsaSigner:
    """A private key on one of the curves, in memory; shows nothing of itself.

    `secret` is its private number, big-endian. Raises `BadPoint` for another length or a number outside the group.
    """

    __slots__ = ("_curve", "_key", "method", "public")

    def __init__(self, kind: str, secret: bytes, method: str) -> None:
        self._curve = curve_of(kind)
        number = int.from_bytes(secret)
        if len(secret) != self._curve.size or not 0 < number < self._curve.order:
            raise BadPoint
        self._key = ec.derive_private_key(number, self._curve.parameters)
        point_bytes = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        self.method = method
        self.public = PublicKey(kind, point_bytes)

    @property
    def multikey(self) -> str:
        """The public key, `zDn…` or `z82…`; raises `BadMultikey` on P-521, which has none."""
        return encode(self.public)

    def sign(self, data: bytes) -> bytes:
        """The two halves of the signature, 64, 96 or 132 bytes; the same for the same data, always."""
        signature = self._key.sign(data, ec.ECDSA(self._curve.digest, deterministic_signing=True))
        return b"".join(number.to_bytes(self._curve.size) for number in decode_dss_signature(signature))

    def __repr__(self) -> str:
        return f"<EcdsaSigner {self.method}>"
