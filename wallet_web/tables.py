"""What a wallet keeps: entries, consents, and shares with their views."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from keys.tables import utc_column, word_column
from schemas.notice import Notice


class Purpose(StrEnum):
    """What a consent is for; one consent per purpose (DOMAIN §4)."""

    SHARING = "sharing"


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


class Share(SQLModel, table=True):
    """A link by which a stranger sees chosen badges. Only the hash of its token is kept."""

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


class ShareItem(SQLModel, table=True):
    """One badge of a share; `place` counts from 1 and is the number in its address."""

    __tablename__ = "wallet_share_item"

    share: str = Field(primary_key=True, foreign_key="wallet_share.id", max_length=32)
    place: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    entry: str = Field(foreign_key="wallet_entry.id", index=True, max_length=32)


class ShareView(SQLModel, table=True):
    """One opening of a shared page; `place` where a file was taken, else empty. Nothing about the reader is kept."""

    __tablename__ = "wallet_share_view"

    id: str = Field(primary_key=True, max_length=32)
    share: str = Field(foreign_key="wallet_share.id", index=True, max_length=32)
    at: datetime = utc_column()
    place: int | None = None
