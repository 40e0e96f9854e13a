"""Detached signatures that were made outside over a decision: kept with their hashes, never checked and never named more than that.

Nothing here says what kind of signature it is in the sense of 63-ФЗ: the program cannot know (ARCHITECTURE §5.16).
"""

import base64
import binascii
from datetime import datetime
from hashlib import sha256
from uuid import uuid4

from sqlmodel import Session, col, select

from verifier.credit.errors import SignatureUnclear
from verifier.credit.tables import DocumentSignature

LARGEST = 512 * 1024
SEQUENCE = 0x30  # how every CMS structure begins in DER (RFC 5652 §3)
LONG_FORM = 0x80


def check(content: bytes) -> None:
    """Raise `SignatureUnclear` unless the file has the shape of a CMS structure, in DER, Base64 or PEM."""
    if not content or len(content) > LARGEST or not _is_sequence(_binary(content)):
        raise SignatureUnclear(pointer="/signature")


def attach(session: Session, document: str, content: bytes, signed: bytes, *, by: str, now: datetime) -> None:
    """Keep a signature, and the file it was made over where it is given. Raises `SignatureUnclear`."""
    check(content)
    session.add(
        DocumentSignature(
            id=uuid4().hex,
            document=document,
            content=content,
            digest=digest(content),
            signed=signed or None,
            signed_digest=digest(signed) if signed else "",
            person=by,
            at=now,
        )
    )


def of(session: Session, document: str) -> list[DocumentSignature]:
    """The signatures of a document, oldest first."""
    held = select(DocumentSignature).where(DocumentSignature.document == document)
    return list(session.exec(held.order_by(col(DocumentSignature.at))))


def digest(content: bytes) -> str:
    """The hash by which a file is told from any other."""
    return f"sha256:{sha256(content).hexdigest()}"


def _binary(content: bytes) -> bytes:
    """The DER bytes, whatever they are wrapped in."""
    if content[:1] == bytes([SEQUENCE]) and not content.isascii():
        return content
    lines = [line.strip() for line in content.splitlines() if not line.startswith(b"-----")]
    try:
        return base64.b64decode(b"".join(lines), validate=True)
    except binascii.Error:
        return content


def _is_sequence(der: bytes) -> bool:
    """Whether the bytes are one DER SEQUENCE, of definite length to their end or of indefinite length."""
    if len(der) < 2 or der[0] != SEQUENCE:  # noqa: PLR2004 - tag and length
        return False
    if der[1] < LONG_FORM:
        return len(der) == der[1] + 2
    octets = der[1] - LONG_FORM
    length = int.from_bytes(der[2 : 2 + octets], "big")
    return octets == 0 or len(der) == 2 + octets + length
