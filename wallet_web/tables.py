"""What a wallet keeps: entries, consents, and shares with their views."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from keys.tables import utc_column, word_column
from schemas.notice import Notice
from wallet_web.collecting.standing import Standing, Whose


class Purpose(StrEnum):
    """What a consent is for; one consent per purpose (DOMAIN §4)."""

    SHARING = "sharing"
    ANSWERING = "answering"
    NAMING = "naming"
    PORTFOLIO = "portfolio"


class Origin(StrEnum):
    """How a badge that its learner brought came in."""

    FILE = "file"
    TEXT = "text"
    LINK = "link"
    ARCHIVE = "archive"


class Entry(SQLModel, table=True):
    """One credential in a learner's wallet: the bytes as received, and what lists need to know of them.

    `sameness` is equal for two versions of one credential (OB 3.0 §10). `search` holds the words a search looks in.
    `seen_at` is empty while the entry is new to the family.
    """

    __tablename__ = "wallet_entry"
    __table_args__ = (sa.UniqueConstraint("learner", "sameness"), sa.Index(None, "learner", "received_at"))

    id: str = Field(primary_key=True, max_length=32)
    learner: str = Field(max_length=64)
    sameness: str = Field(max_length=64)
    document: bytes
    digest: str = Field(max_length=64)
    title: str
    issuer_name: str
    search: str
    valid_from: datetime = utc_column()
    received_at: datetime = utc_column()
    seen_at: datetime | None = utc_column(default=None)


class Collected(SQLModel, table=True):
    """What is known besides of a badge that its learner brought: how it came, the picture it came in, the last answer about it."""

    __tablename__ = "wallet_collected"

    entry: str = Field(primary_key=True, foreign_key="wallet_entry.id", max_length=32)
    origin: Origin = word_column(Origin)
    person: str = Field(max_length=64)
    whose: Whose = word_column(Whose)
    file: bytes | None = None
    standing: Standing = word_column(Standing)
    checked_at: datetime = utc_column()


class Find(SQLModel, table=True):
    """Something that was looked at and waits to be kept, for a day; emptied (`document` b"") when it was put away or kept.

    `entry` is the badge that it has become.
    """

    __tablename__ = "wallet_find"
    __table_args__ = (sa.Index(None, "learner", "at"),)

    id: str = Field(primary_key=True, max_length=32)
    learner: str = Field(max_length=64)
    origin: Origin = word_column(Origin)
    person: str = Field(max_length=64)
    document: bytes
    file: bytes | None = None
    recipient: str = Field(default="", max_length=320)
    entry: str | None = Field(default=None, max_length=32)
    at: datetime = utc_column()


class Arrival(SQLModel, table=True):
    """An archive that was brought and looked at; emptied (`content` b"") when it is taken in, gone after a day."""

    __tablename__ = "wallet_arrival"

    id: str = Field(primary_key=True, max_length=32)
    learner: str = Field(index=True, max_length=64)
    person: str = Field(max_length=64)
    content: bytes
    at: datetime = utc_column()
    taken_at: datetime | None = utc_column(default=None)


class KeptFile(SQLModel, table=True):
    """A file of an archive of another place, byte for byte: a record of that place, nothing that this one vouches for.

    `place` is how the place called itself, `sealed` whether an organisation of the network had sealed the list of its files.
    """

    __tablename__ = "wallet_kept_file"

    learner: str = Field(primary_key=True, max_length=64)
    origin: str = Field(primary_key=True, max_length=16)
    path: str = Field(primary_key=True, max_length=255)
    section: str = Field(max_length=64)
    content: bytes
    digest: str = Field(max_length=64)
    made_at: datetime = utc_column()
    arrived_at: datetime = utc_column()
    place: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})
    sealed: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})


class EntryNotice(SQLModel, table=True):
    """What the issuer has told about a badge after it was awarded, with its reason; seen by the family alone."""

    __tablename__ = "wallet_entry_notice"

    id: str = Field(primary_key=True, max_length=32)
    entry: str = Field(foreign_key="wallet_entry.id", index=True, max_length=32)
    notice: Notice = word_column(Notice)
    reason: str = Field(max_length=500)
    at: datetime = utc_column()


class Consent(SQLModel, table=True):
    """Consent{subject, given_by, purpose, items, valid, withdrawn, text_hash} of DOMAIN §4.

    `ended_at` is when it stopped counting; `withdrawn_by` is empty where it lapsed by itself and a new one took its place.
    With `awaits_learner` it counts from `agreed_at` on, when the learner of 14 to 17 has agreed too. One given on paper says
    on which (`paper`) and who has written it down.
    """

    __tablename__ = "wallet_consent"
    __table_args__ = (
        sa.Index(
            "wallet_consent_one_open",
            "subject",
            "purpose",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    subject: str = Field(index=True, max_length=64)
    given_by: str = Field(max_length=64)
    purpose: Purpose = word_column(Purpose)
    items: list[str] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    text_hash: str = Field(max_length=64)
    given_at: datetime = utc_column()
    valid_until: datetime | None = utc_column(default=None)
    ended_at: datetime | None = utc_column(default=None)
    withdrawn_by: str | None = Field(default=None, max_length=64)
    awaits_learner: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    agreed_at: datetime | None = utc_column(default=None)
    paper: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})
    recorded_by: str | None = Field(default=None, max_length=64)


class ConsentRule(SQLModel, table=True):
    """Whether a school asks both, guardian and learner, from 14 on (DOMAIN §4)."""

    __tablename__ = "wallet_consent_rule"

    school: str = Field(primary_key=True, max_length=64)
    both: bool = False


class Share(SQLModel, table=True):
    """A link by which a stranger sees chosen badges. Only the hash of its token is kept.

    `recipient` is whom the reader sees it was made for, "" for nobody in particular. `pin_hash` is empty where no PIN is asked;
    `pin_misses` counts the wrong ones, and until `pin_waits_until` none is listened to. While it is `held` it opens to nobody.
    """

    __tablename__ = "wallet_share"

    id: str = Field(primary_key=True, max_length=32)
    learner: str = Field(index=True, max_length=64)
    token_hash: str = Field(unique=True, max_length=64)
    audience: str
    purpose: str
    consent: str = Field(foreign_key="wallet_consent.id", index=True, max_length=32)
    created_by: str = Field(max_length=64)
    created_at: datetime = utc_column()
    expires_at: datetime = utc_column()
    withdrawn_at: datetime | None = utc_column(default=None)
    withdrawn_by: str | None = Field(default=None, max_length=64)
    recipient: str = ""
    pin_hash: str | None = Field(default=None, max_length=256)
    pin_misses: int = 0
    pin_waits_until: datetime | None = utc_column(default=None)
    held: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})


class ShareItem(SQLModel, table=True):
    """One badge of a share; `place` counts from 1 and is the number in its address.

    `document` is what is shown of a badge that its issuer signed part by part, empty for one that is shown as it is.
    """

    __tablename__ = "wallet_share_item"

    share: str = Field(primary_key=True, foreign_key="wallet_share.id", max_length=32)
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    entry: str = Field(foreign_key="wallet_entry.id", index=True, max_length=32)
    document: bytes | None = None


class Taken(StrEnum):
    """What a reader of a link was given."""

    PAGE = "page"
    FILE = "file"
    ARCHIVE = "archive"
    PAPER = "paper"
    PRESENTATION = "presentation"
    RECORD = "record"
    OWNER = "owner"


class ShareView(SQLModel, table=True):
    """One opening of a shared page or taking from it; `place` where it was about one badge. Nothing about the reader is kept."""

    __tablename__ = "wallet_share_view"

    id: str = Field(primary_key=True, max_length=32)
    share: str = Field(foreign_key="wallet_share.id", index=True, max_length=32)
    at: datetime = utc_column()
    place: int | None = None
    taken: Taken = word_column(Taken)


class RequestReply(SQLModel, table=True):
    """What a family answered to a request of an organisation, in the words in which it was asked; no titles where it refused.

    `in_part` holds title, parts shown and parts left out (`disclosing.Divided`) of each badge that was not shown whole.
    """

    __tablename__ = "wallet_request_reply"

    request: str = Field(primary_key=True, max_length=32)
    learner: str = Field(index=True, max_length=64)
    asker: str
    wanted: str
    purpose: str
    titles: list[str] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    at: datetime = utc_column()
    by: str = Field(max_length=64)
    in_part: list[list[Any]] = Field(
        default_factory=list, sa_column=sa.Column(sa.JSON, nullable=False, server_default="[]")
    )


class ShareName(SQLModel, table=True):
    """The school's sealed statement whose the badges of a share are; gone with the link and with the consent it rests on."""

    __tablename__ = "wallet_share_name"

    share: str = Field(primary_key=True, foreign_key="wallet_share.id", max_length=32)
    consent: str = Field(foreign_key="wallet_consent.id", index=True, max_length=32)
    school: str = Field(max_length=64)
    document: bytes
