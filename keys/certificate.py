"""A certificate that a server of this machine signs for itself, for a run of the conformance suites (RFC 5280)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from keys import durable

TERM = timedelta(days=1)
_EARLIER = timedelta(minutes=5)  # clocks of this machine and its clients are one, leap seconds and rounding aside


@dataclass(frozen=True, slots=True)
class CertificateFiles:
    """Where a certificate and its private key lie, as PEM."""

    certificate: Path
    key: Path


def self_signed(folder: Path, hosts: Sequence[str], now: datetime) -> CertificateFiles:
    """Make a certificate for `hosts` (names and IP addresses), good for a day, and lay it with its key into `folder`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - _EARLIER, now + TERM)
        .add_extension(x509.SubjectAlternativeName([_name(host) for host in hosts]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    files = CertificateFiles(folder / "certificate.pem", folder / "key.pem")
    durable.write_new(files.key, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    durable.write_new(files.certificate, certificate.public_bytes(Encoding.PEM))
    return files


def _name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
