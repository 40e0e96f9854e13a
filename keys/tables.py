"""What the package keeps in the database: organisations, the public halves of their keys, the journal and the deposits."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. Refuses naive values going in; gives aware values back on every database."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """What the database gets."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """What the program gets; SQLite forgets the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def utc_column(**options: Any) -> Any:
    """A field of a table that holds a moment in UTC, with the options of `sqlmodel.Field` (`default`, `index`, …).

    >>> at: datetime = utc_column()
    >>> until: datetime | None = utc_column(default=None)
    """
    return Field(sa_type=UtcDateTime, **options)


def word_column(words: type[StrEnum], **options: Any) -> Any:
    """A field holding one word of `words`, kept as plain text of up to 32 characters. Takes the options of `sqlalchemy.Column`."""
    kept = sa.Enum(words, native_enum=False, length=32, values_callable=lambda kind: [word.value for word in kind])
    return Field(sa_column=sa.Column(kept, **{"nullable": False, **options}))


class OrganisationKind(StrEnum):
    """Kinds of organisation (DOMAIN §3.1)."""

    AUTHORITY = "authority"
    OPERATOR = "operator"
    SCHOOL = "school"
    COLLEGE = "college"
    UNIVERSITY = "university"
    SUPPLEMENTARY = "supplementary"
    UNIT = "unit"  # part of a school or college that awards under its parent's licence
    EMPLOYER = "employer"
    PARTNER = "partner"


class KeyState(StrEnum):
    """Where a key stands in its life."""

    ANNOUNCED = "announced"  # published, not yet in use
    ACTIVE = "active"
    RETIRED = "retired"  # signs no more; what it signed stays good
    COMPROMISED = "compromised"  # nothing it signed from `compromised_at` on is trusted


class Organisation(SQLModel, table=True):
    """One organisation or unit of the network. `parent` is the organisation whose licence a unit works under.

    The ends of licence and membership are the first moments outside. Without `member_from` it is known, but no member. `programmes`
    are the codes of the achievements that its contract with the network names; None for all of its own. `basis` is the
    decision of the network's council by which it is a member or is one no longer.
    """

    __tablename__ = "key_organisation"

    code: str = Field(primary_key=True, max_length=64)
    name: str
    short_name: str
    kind: OrganisationKind = word_column(OrganisationKind)
    host: str = Field(unique=True, max_length=255)
    parent: str | None = Field(default=None, foreign_key="key_organisation.code", max_length=64)
    licence: str | None = None
    licence_from: datetime | None = utc_column(default=None)
    licence_until: datetime | None = utc_column(default=None)
    member_from: datetime | None = utc_column(default=None)
    member_until: datetime | None = utc_column(default=None)
    reads_portfolios: bool = False
    contract: str = Field(default="", max_length=200)
    programmes: list[str] | None = Field(default=None, sa_type=sa.JSON)
    basis: str = Field(default="", max_length=200)


class ApplicationState(StrEnum):
    """How far an application for membership has come."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class OrganisationApplication(SQLModel, table=True):
    """An organisation, or a unit of one, that wants to join the network; `applicant` is the account that answers for it.

    `multikey` is the public half of its key where an installation of its own keeps it, "" where it is to get its first one here.
    """

    __tablename__ = "key_application"

    id: str = Field(primary_key=True, max_length=32)
    code: str = Field(max_length=64)
    name: str = Field(max_length=300)
    kind: OrganisationKind = word_column(OrganisationKind)
    host: str = Field(max_length=255)
    parent: str | None = Field(default=None, max_length=64)
    licence: str = Field(default="", max_length=200)
    licence_from: datetime | None = utc_column(default=None)
    licence_until: datetime | None = utc_column(default=None)
    contract: str = Field(max_length=200)
    contract_until: datetime | None = utc_column(default=None)
    programmes: list[str] | None = Field(default=None, sa_type=sa.JSON)
    multikey: str = Field(default="", max_length=128, sa_column_kwargs={"server_default": ""})
    applicant: str = Field(index=True, max_length=64)
    submitted_at: datetime = utc_column()
    state: ApplicationState = word_column(ApplicationState, index=True)
    settled_by: str | None = Field(default=None, max_length=64)
    settled_at: datetime | None = utc_column(default=None)
    reason: str = Field(default="", max_length=500)


class OrganisationKey(SQLModel, table=True):
    """The public half of one key of an organisation and its dates. Rows are never deleted: old signatures need them.

    `valid_until` is the first moment at which it signs no more, planned or past. `address` says where the private half lies
    (`keys.signer.from_uri`); empty for a sealed file of the installation's own store.
    """

    __tablename__ = "key_organisation_key"

    id: str = Field(primary_key=True, max_length=32)
    organisation: str = Field(foreign_key="key_organisation.code", index=True, max_length=64)
    multikey: str = Field(unique=True, max_length=128)
    state: KeyState = word_column(KeyState)
    valid_from: datetime = utc_column()
    valid_until: datetime | None = utc_column(default=None)
    compromised_at: datetime | None = utc_column(default=None)
    address: str = Field(default="", max_length=512, sa_column_kwargs={"server_default": ""})


class KeyStatement(SQLModel, table=True):
    """The newest version number of a signed document that may only grow: trust list, key history."""

    __tablename__ = "key_statement"

    path: str = Field(primary_key=True, max_length=255)
    version: int


class JournalRow(SQLModel, table=True):
    """One act, chained to the row before it by `digest`; ids only, never names."""

    __tablename__ = "key_journal"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = utc_column(index=True)
    event: str = Field(index=True, max_length=64)
    actor_kind: str = Field(max_length=16)
    person: str | None = Field(default=None, max_length=64)
    organisation: str | None = Field(default=None, index=True, max_length=64)
    learner: str | None = Field(default=None, index=True, max_length=64)
    item: str = Field(default="", max_length=255)
    previous: str = Field(max_length=64)
    digest: str = Field(max_length=64)


class JournalCheckpoint(SQLModel, table=True):
    """A signed statement that the journal's row `number` had `digest` at `at`."""

    __tablename__ = "key_journal_checkpoint"

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = utc_column()
    document: bytes


class Deposit(SQLModel, table=True):
    """A content hash that lay with the operator on a day: the witness of an award's date.

    `received` when it came from another installation.
    """

    __tablename__ = "key_deposit"

    digest: str = Field(primary_key=True, max_length=71)
    issuer: str = Field(index=True, max_length=255)
    deposited_at: datetime = utc_column()
    day: date = Field(index=True)
    received: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})


class DepositReceipt(SQLModel, table=True):
    """The operator's sealed word on another installation that it has taken in what `organisation` sent."""

    __tablename__ = "key_deposit_receipt"

    id: str = Field(primary_key=True, max_length=32)
    organisation: str = Field(index=True, max_length=64)
    at: datetime = utc_column()
    document: bytes


class DepositToSend(SQLModel, table=True):
    """A content hash that the network's operator on another installation is to take in; `receipt` once it has."""

    __tablename__ = "key_deposit_to_send"

    digest: str = Field(primary_key=True, max_length=71)
    organisation: str = Field(index=True, max_length=64)
    made_at: datetime = utc_column()
    receipt: str | None = Field(default=None, foreign_key="key_deposit_receipt.id", index=True, max_length=32)
