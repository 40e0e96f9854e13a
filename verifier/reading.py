"""Step 0 of a verification: bytes of any kind → the one JSON document in them, or the error that there is none."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from schemas.baking import NothingBaked, unwrap
from schemas.clr import TYPE as RECORD
from schemas.errors import TooLarge
from schemas.reading import read_json
from schemas.refusals import FormatUnsupported as NotReadHere
from schemas.refusals import NotJson, Refused
from verifier.errors import BrokenFile, FileTooLarge, FormatUnsupported, NotACredential, NothingInside
from verifier.policy import Policy

CREDENTIAL = "VerifiableCredential"
PRESENTATION = "VerifiablePresentation"
_ENVELOPES = frozenset({"EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation"})


@dataclass(frozen=True, slots=True)
class Received:
    """What was read. `digest` is the SHA-256 of the document's own bytes; `refusal` says why they hold no sound document."""

    digest: str
    document: dict[str, Any]
    refusal: Refused | None = None

    @property
    def types(self) -> frozenset[str]:
        """The names in `type`, as far as they are names."""
        return _types(self.document)


def receive(data: bytes, policy: Policy) -> Received:
    """The document in JSON text or inside a picture.

    Raises `NotACredential` where there is none: broken, too large, nothing inside, a form not read here. JSON that is whole
    but could be understood in two ways comes back as a refusal.
    """
    body = _unwrap(data, policy)
    digest = sha256(body).hexdigest()
    try:
        document = read_json(body, limit=policy.presentation_bytes)
    except NotJson as error:
        raise BrokenFile from error
    except TooLarge as error:
        raise FileTooLarge from error
    except Refused as error:
        return Received(digest, {}, error)
    return _recognised(Received(digest, document), len(body), policy)


def _recognised(received: Received, size: int, policy: Policy) -> Received:
    """Only what calls itself a credential or presentation, in the size of its kind."""
    if received.types & _ENVELOPES:
        raise FormatUnsupported
    if PRESENTATION not in received.types:
        if CREDENTIAL not in received.types:
            raise NotACredential
        if size > policy.credential_bytes and RECORD not in received.types:
            raise FileTooLarge
    return received


def _unwrap(data: bytes, policy: Policy) -> bytes:
    if len(data) > max(policy.file_bytes, policy.presentation_bytes):
        raise FileTooLarge
    try:
        return unwrap(data)
    except NotReadHere as error:
        raise FormatUnsupported from error
    except TooLarge as error:
        raise FileTooLarge from error
    except NothingBaked as error:
        raise NothingInside from error
    except Refused as error:
        raise BrokenFile from error


def _types(document: dict[str, Any]) -> frozenset[str]:
    held = document.get("type")
    return frozenset(name for name in (held if isinstance(held, list) else [held]) if isinstance(name, str))
