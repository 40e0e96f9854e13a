"""What somebody brings: bytes of any kind → the one signed document in them, and what a wallet must know of it. Pure.

Says nothing of whether the document is true; that is the verifier's (`wallet_web.collecting.standing`).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from schemas.baking import unwrap
from schemas.clr import TYPE as RECORD
from schemas.clr import Record
from schemas.credential import Credential
from schemas.legacy import Assertion
from schemas.outcomes import OutcomeShown
from schemas.refusals import Refused
from verifier import legacy
from verifier.errors import PresentationGiven
from verifier.policy import Policy
from verifier.reading import PRESENTATION, receive
from wallet_web.receive import folded, sameness, sameness_of

LONGEST = 300
_PNG = b"\x89PNG"


class Form(StrEnum):
    """How a document is written, or the picture around it; also the ending of its file."""

    JSON = "json"
    TOKEN = "jwt"  # noqa: S105 - a kind of file, not a secret
    PNG = "png"
    SVG = "svg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One document. `file` is the picture it came in, None where it came alone; `url` the page where a baked badge says it lies.

    `title`, `issuer_name` and `dated` are what the document says of itself; `same` is equal for two versions of one credential.
    """

    document: bytes
    form: Form
    file: bytes | None = None
    file_form: Form | None = None
    url: str = ""
    title: str = ""
    issuer_name: str = ""
    search: str = ""
    dated: datetime | None = None
    same: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the document's bytes in hexadecimal."""
        return sha256(self.document).hexdigest()

    @property
    def size(self) -> int:
        """How much there is to keep, in bytes."""
        return len(self.document) + len(self.file or b"")


def read(data: bytes, policy: Policy) -> Found:
    """The document in a file or a pasted text.

    Raises `NotACredential` where there is none, and its kind `PresentationGiven` for a set of credentials: it was signed for one
    reader alone. A document that breaks a rule is found all the same; the verifier will say so.
    """
    old = legacy.recognise(data, policy)
    if old is not None:
        return _old(old, data)
    received = receive(data, policy)
    if PRESENTATION in received.types:
        raise PresentationGiven
    inner = unwrap(data)
    form = Form.JSON if inner.lstrip().startswith(b"{") else Form.TOKEN
    return _described(_wrapped(inner, form, data), Credential(received.document))


def form_of(data: bytes) -> Form:
    """What kind of file bytes that were kept are."""
    if data.startswith(_PNG):
        return Form.PNG
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    return Form.SVG if start.startswith(b"<") else Form.JSON if start.startswith(b"{") else Form.TOKEN


def _old(old: legacy.Old, data: bytes) -> Found:
    """A badge of Open Badges 2.0; whose class and issuer lie elsewhere, so that its own words are few."""
    if old.url:
        return Found(document=b"", form=Form.JSON, file=data, file_form=form_of(data), url=old.url)
    inner = unwrap(data)
    bare = _wrapped(inner, Form.TOKEN if old.signed is not None else Form.JSON, data)
    return _of_assertion(bare, old)


def _of_assertion(bare: Found, old: legacy.Old) -> Found:
    try:
        assertion = Assertion(old.document)
        return replace(bare, dated=assertion.issued_at, same=sameness_of(assertion.badge_url, assertion.id))
    except Refused:
        return bare


def _wrapped(inner: bytes, form: Form, data: bytes) -> Found:
    kind = form_of(data)
    if kind in {Form.PNG, Form.SVG}:
        return Found(document=inner, form=form, file=data, file_form=kind)
    return Found(document=inner, form=form)


def _described(bare: Found, credential: Credential) -> Found:
    """With what the document says of itself, as far as that can be read."""
    try:
        title, words = _title(credential), [f"{one.code} {one.name}" for one in _outcomes(credential)]
        issuer = (credential.issuer_name or credential.issuer_id)[:LONGEST]
        return replace(
            bare,
            title=title,
            issuer_name=issuer,
            search=folded("\n".join([title, issuer, *words])),
            dated=credential.valid_from,
            same=sameness(credential, bare.document),
        )
    except Refused:
        return bare


def _title(credential: Credential) -> str:
    if RECORD in credential.types:
        return Record(credential.document).name[:LONGEST]
    try:
        return credential.achievement.name[:LONGEST]
    except Refused:
        return credential.text("name")[:LONGEST]


def _outcomes(credential: Credential) -> list[OutcomeShown]:
    try:
        return credential.outcome_levels()
    except Refused:
        return []
