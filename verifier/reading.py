"""Step 0 of a verification: bytes of any kind → the one document in them, or the error that there is none.

Of a signed text only what was signed in it is read on (THREATS V8); an envelope around it says nothing.
"""

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from keys import jose
from keys.jose.errors import EnvelopeWrong, JwsMalformed, JwsTooLarge, TokenInvalid, TypeWrong
from schemas.baking import NothingBaked, unwrap
from schemas.clr import TYPE as RECORD
from schemas.errors import TooLarge
from schemas.reading import read_json
from schemas.refusals import DocumentTooLarge, NotJson, Refused
from verifier.errors import BrokenFile, FileTooLarge, NotACredential, NothingInside
from verifier.policy import Policy

CREDENTIAL = "VerifiableCredential"
PRESENTATION = "VerifiablePresentation"
ENVELOPE = "EnvelopedVerifiableCredential"
_TEXT: Final = re.compile(rb"[A-Za-z0-9_-]{8,}+\.")
_OBJECT: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_SPREAD: Final = 2  # a text of base64 is by a third longer than what it holds, disclosures in it by more


@dataclass(frozen=True, slots=True)
class Received:
    """What was read. `digest` is the SHA-256 of the document's own bytes; `refusal` says why they hold no sound document.

    `token` is the signed text in which the document came, None for JSON; `text` the JSON that it was read from, None for a token
    and for what stood inside of another document.
    """

    digest: str
    document: dict[str, Any]
    refusal: Refused | TokenInvalid | None = None
    token: jose.Token | None = None
    text: bytes | None = None

    @property
    def types(self) -> frozenset[str]:
        """The names in `type`, as far as they are names."""
        return _types(self.document)


def receive(data: bytes, policy: Policy) -> Received:
    """The document in JSON text, in a signed text, or in one of these inside a picture.

    Raises `NotACredential` where there is none: broken, too large, nothing inside, a form not read here. An object that is whole
    but could be understood in two ways comes back as a refusal.
    """
    body = _unwrap(data, policy)
    if _TEXT.match(body.strip()):
        return receive_text(body.strip().decode("ascii", "replace"), policy)
    digest = sha256(body).hexdigest()
    try:
        document = read_json(body, limit=policy.presentation_bytes)
    except NotJson as error:
        raise BrokenFile from error
    except TooLarge as error:
        raise FileTooLarge from error
    except Refused as error:
        if not _OBJECT.match(body):
            raise BrokenFile from error
        return Received(digest, {}, error)
    if _types(document) & jose.ENVELOPES:
        return _from_envelope(document, policy)
    return _recognised(Received(digest, document, text=body), len(body), policy)


def receive_text(text: str, policy: Policy) -> Received:
    """The credential or presentation that a signed text is; errors and refusals as those of `receive`."""
    digest = sha256(text.encode()).hexdigest()
    try:
        token = jose.read(text, limit=_SPREAD * policy.presentation_bytes)
    except JwsTooLarge as error:
        raise FileTooLarge from error
    except (JwsMalformed, NotJson) as error:
        raise BrokenFile from error
    except (TokenInvalid, Refused) as error:
        return _recognised(Received(digest, _claimed(text), error), 0, policy)
    return _recognised(Received(digest, token.document, token=token), len(text) // _SPREAD, policy)


def receive_inner(document: dict[str, Any], policy: Policy) -> Received:
    """A credential found inside another document as if it had come by itself, whether it stands there plainly or in an envelope."""
    if _types(document) & jose.ENVELOPES:
        try:
            return _from_envelope(document, policy)
        except NotACredential:
            return Received(_digest(document), {}, EnvelopeWrong())
    size = len(_written(document))
    too_large = DocumentTooLarge(limit=policy.credential_bytes) if size > policy.credential_bytes else None
    return Received(_digest(document), document, too_large)


def _from_envelope(document: dict[str, Any], policy: Policy) -> Received:
    """What is in an envelope, under the very type that the envelope names."""
    try:
        text, profile = jose.open_envelope(document)
    except EnvelopeWrong as error:
        return Received(_digest(document), {}, error)
    received = receive_text(text, policy)
    if received.token is not None and received.token.profile is not profile:
        return Received(received.digest, {}, TypeWrong())
    return received


def _claimed(text: str) -> dict[str, Any]:
    """What a refused text calls itself: enough to tell a credential that breaks a rule from no credential."""
    try:
        payload = jose.payload_of(text)
    except Refused:  # it could be read in two ways, as the refusal says
        return {"type": [CREDENTIAL]}
    inner = payload.get("vc")
    return {"type": sorted(_types(payload) | (_types(inner) if isinstance(inner, dict) else frozenset()))}


def _written(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def _digest(document: dict[str, Any]) -> str:
    return sha256(_written(document)).hexdigest()


def _recognised(received: Received, size: int, policy: Policy) -> Received:
    """Only what calls itself a credential or presentation, in the size of its kind."""
    types = received.types
    if PRESENTATION not in types:
        if CREDENTIAL not in types:
            raise NotACredential
        if size > policy.credential_bytes and RECORD not in types:
            raise FileTooLarge
    return received


def _unwrap(data: bytes, policy: Policy) -> bytes:
    if len(data) > max(policy.file_bytes, policy.presentation_bytes):
        raise FileTooLarge
    try:
        return unwrap(data)
    except TooLarge as error:
        raise FileTooLarge from error
    except NothingBaked as error:
        raise NothingInside from error
    except Refused as error:
        raise BrokenFile from error


def _types(document: dict[str, Any]) -> frozenset[str]:
    held = document.get("type")
    return frozenset(name for name in (held if isinstance(held, list) else [held]) if isinstance(name, str))
