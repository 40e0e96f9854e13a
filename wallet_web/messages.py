"""What the wallet's JSON doors take and give."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from wallet_web.share import TERM_DAYS, TERM_DAYS_MAX, ShareOrder, new_id


class BadgeLine(BaseModel):
    """One badge of a wallet; `verdict` is today's, `sha256` the digest of the stored file."""

    id: str
    title: str
    organisation: str
    received_at: datetime
    sha256: str
    verdict: str


class WalletPage(BaseModel):
    """One page of a wallet, newest first."""

    badges: list[BadgeLine]
    page: int
    pages: int
    total: int


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
    """A link to make; sending the same `id` (32 hexadecimal digits) twice makes one link."""

    badges: list[str]
    audience: str
    purpose: str
    days: int = TERM_DAYS
    id: str = Field(default_factory=new_id)

    def order(self) -> ShareOrder:
        """The same, for the act."""
        return ShareOrder(
            id=self.id, entries=tuple(self.badges), audience=self.audience, purpose=self.purpose, days=self.days
        )


class ShareForm(BaseModel):
    """The form for a new link as it came back, texts as typed; `act` "find" looks for badges with `q`, else makes the link."""

    id: str = Field(default_factory=new_id)
    badge: list[str] = []
    audience: str = ""
    purpose: str = ""
    days: str = str(TERM_DAYS)
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
        )


class ApplicationForm(BaseModel):
    """The form of an application as it came back; `act` "find" looks for badges with `q`, else keeps the draft."""

    item: str = ""
    badge: list[str] = []
    wish: str = ""
    assessment: str = ""
    q: str = ""
    act: str = ""


class ShareLine(BaseModel):
    """One link of a learner; `state` is live, expired or withdrawn, `url` empty unless it is live."""

    id: str
    url: str
    audience: str
    purpose: str
    created_at: datetime
    expires_at: datetime
    state: str
    views: int


class SharedBadge(BaseModel):
    """One badge of a shared page: what is known of it today, and where its signed file is."""

    number: int
    title: str
    organisation: str
    report: dict[str, Any]
    file: str


class SharedPage(BaseModel):
    """A shared page. It never says whose the badges are."""

    checked_at: datetime
    expires_at: datetime
    badges: list[SharedBadge]
