"""What the wallet's JSON doors take and give."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from wallet_web.share import TERM_DAYS, TERM_DAYS_MAX, ShareOrder, new_id


class BadgeLine(BaseModel):
    """One badge of a wallet; `verdict` is that of `checked_at`, `sha256` the digest of the stored file."""

    id: str
    title: str
    organisation: str
    received_at: datetime
    sha256: str
    verdict: str
    checked_at: datetime


class WalletPage(BaseModel):
    """One page of a wallet, newest first."""

    badges: list[BadgeLine]
    page: int
    pages: int
    total: int


class PresentationWanted(BaseModel):
    """Badges to present by their ids; `domain` names the receiver (a DID or an address), `challenge` its question."""

    badges: Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=50)]
    domain: Annotated[str, Field(max_length=300)]
    challenge: Annotated[str, Field(max_length=200)]


class ConsentGiven(BaseModel):
    """Consent to the text with this hash (hex SHA-256), as shown on the consents page."""

    text_hash: Annotated[str, Field(min_length=64, max_length=64)]


class ConsentLine(BaseModel):
    """One consent; `state` is in_force, lapsed or withdrawn."""

    id: str
    purpose: str
    items: list[str]
    text_hash: str
    given_by: str
    given_at: datetime
    valid_until: datetime | None
    ended_at: datetime | None
    state: str


class ShareWanted(BaseModel):
    """A link to make; sending the same `id` (32 hexadecimal digits) twice makes one link.

    `recipient` stands on the page, `pin` (6 to 12 digits) is asked before it; both may be empty. With `named`
    the page carries the home school's statement whose the badges are. `parts` tells by badge which JSON pointers are shown of those
    that were signed part by part.
    """

    badges: list[str]
    audience: str
    purpose: str
    days: int = TERM_DAYS
    recipient: str = ""
    pin: str = ""
    named: bool = False
    parts: dict[str, list[str]] = {}
    id: str = Field(default_factory=new_id)

    def order(self) -> ShareOrder:
        """The same, for the act."""
        return ShareOrder(
            id=self.id,
            entries=tuple(self.badges),
            audience=self.audience,
            purpose=self.purpose,
            days=self.days,
            recipient=self.recipient,
            pin=self.pin,
            named=self.named,
            parts={entry: tuple(pointers) for entry, pointers in self.parts.items()},
        )


class PartsForm(BaseModel):
    """What a form says of badges that can be shown in part: of which it asked (`parted`), what was ticked ("entry|pointer")."""

    part: list[str] = []
    parted: list[str] = []

    def parts(self) -> dict[str, tuple[str, ...]]:
        """What is to be shown of each badge that was asked about."""
        return {entry: self.shown_of(entry) for entry in self.parted}

    def shown_of(self, entry: str) -> tuple[str, ...]:
        """What was ticked of one badge."""
        return tuple(one.partition("|")[2] for one in self.part if one.partition("|")[0] == entry)


class ShareForm(PartsForm):
    """The form for a new link as it came back, texts as typed; `act` "find" looks for badges with `q`, else makes the link."""

    id: str = Field(default_factory=new_id)
    badge: list[str] = []
    audience: str = ""
    purpose: str = ""
    days: str = str(TERM_DAYS)
    recipient: str = ""
    pin: str = ""
    named: str = ""
    q: str = ""
    act: str = ""

    def order(self) -> ShareOrder:
        """The same, for the act; a term that is no number becomes one that is out of range."""
        plain = self.days.isascii() and self.days.isdigit() and len(self.days) <= len(str(TERM_DAYS_MAX))
        return ShareOrder(
            id=self.id,
            entries=tuple(self.badge),
            audience=self.audience,
            purpose=self.purpose,
            days=int(self.days) if plain else 0,
            recipient=self.recipient,
            pin=self.pin.strip(),
            named=self.named == "yes",
            parts=self.parts(),
        )


class ReplyForm(PartsForm):
    """The form of an answer to a request; `act` "find" looks for badges with `q`, "refuse" says no, anything else answers."""

    badge: list[str] = []
    q: str = ""
    act: str = ""


class ApplicationForm(BaseModel):
    """The form of an application as it came back; `act` "find" looks for badges with `q`, else keeps the draft."""

    item: str = ""
    badge: list[str] = []
    wish: str = ""
    assessment: str = ""
    q: str = ""
    act: str = ""


class ShareLine(BaseModel):
    """One link of a learner; `state` is live, expired, withdrawn or shut (too many wrong PINs), `url` empty unless it is live."""

    id: str
    url: str
    audience: str
    purpose: str
    created_at: datetime
    expires_at: datetime
    state: str
    views: int
    recipient: str
    pin: bool


class SharedBadge(BaseModel):
    """One badge of a shared page: what is known of it today, and where its signed file is."""

    number: int
    title: str
    organisation: str
    report: dict[str, Any]
    file: str


class SharedPage(BaseModel):
    """A shared page. It never says whose the badges are. `recipient` is whom it was made for, "" for nobody in particular."""

    checked_at: datetime
    expires_at: datetime
    recipient: str
    badges: list[SharedBadge]
