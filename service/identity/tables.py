"""What identity keeps: accounts, their roles and sessions, guardians, companions, and the schools' roll.

A learner who signs in does so with the account that has the learner's own id; small children have none.
"""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from keys.actor import Role
from keys.brought import Brought
from keys.tables import utc_column, word_column

ID = 64


class Account(SQLModel, table=True):
    """One person who may sign in. Without a password they cannot, except with one click in a demonstration."""

    __tablename__ = "identity_account"

    id: str = Field(primary_key=True, max_length=ID)
    login: str = Field(unique=True, max_length=128)
    name: str = Field(max_length=256)
    password_hash: str | None = Field(default=None, max_length=256)
    demo: bool = False
    closed_at: datetime | None = utc_column(default=None)


class Contact(SQLModel, table=True):
    """Where a person wants to be told that there is something to read; they enter and remove it themselves."""

    __tablename__ = "identity_contact"

    account: str = Field(primary_key=True, max_length=ID, foreign_key="identity_account.id")
    email: str = Field(max_length=254)
    entered_at: datetime = utc_column()


class AccountRole(SQLModel, table=True):
    """One role of a person in an organisation, for as long as they hold it (the last day included)."""

    __tablename__ = "identity_role"

    account: str = Field(primary_key=True, max_length=ID, foreign_key="identity_account.id")
    organisation: str = Field(primary_key=True, max_length=ID)
    role: Role = word_column(Role, primary_key=True)
    since: date
    until: date | None = None


class BrowserSession(SQLModel, table=True):
    """One signed-in browser. The id it holds is kept only as its SHA-256, so a copy of the database opens nothing."""

    __tablename__ = "identity_session"

    digest: str = Field(primary_key=True, max_length=64)
    account: str = Field(index=True, max_length=ID, foreign_key="identity_account.id")
    started_at: datetime = utc_column()
    seen_at: datetime = utc_column()
    expires_at: datetime = utc_column(index=True)


class FailedSignIn(SQLModel, table=True):
    """One refused attempt, counted against an account name and against an address, both kept as hashes for a short time."""

    __tablename__ = "identity_failed_sign_in"

    id: str = Field(primary_key=True, max_length=32)
    subject: str = Field(index=True, max_length=64)
    at: datetime = utc_column(index=True)


class Purpose(StrEnum):
    """What a handshake is for."""

    ADD_PASSKEY = "add-passkey"
    USE_PASSKEY = "use-passkey"
    LINK_PROVIDER = "link-provider"
    FIRST_PROVIDER = "first-provider"  # a slip is used up without a password
    USE_PROVIDER = "use-provider"


class Handshake(SQLModel, table=True):
    """Something begun with one browser that waits for its answer, for minutes. Of the cookie only the SHA-256 is kept.

    `session` is the hash of the session in which it began, "" without one; `path` is where it leads in the end, `slip` the
    digest of the code that is used up with it.
    """

    __tablename__ = "identity_handshake"

    digest: str = Field(primary_key=True, max_length=64)
    purpose: Purpose = word_column(Purpose)
    session: str = Field(max_length=64)
    path: str = Field(max_length=2048)
    expires_at: datetime = utc_column(index=True)
    slip: str = Field(default="", max_length=64, sa_column_kwargs={"server_default": ""})


class LearnerRow(SQLModel, table=True):
    """A learner as the school wrote them down. `number` is the 128-bit network number."""

    __tablename__ = "identity_learner"

    id: str = Field(primary_key=True, max_length=ID)
    number: str = Field(unique=True, max_length=64)
    family_name: str = Field(max_length=128)
    given_name: str = Field(max_length=128)
    patronymic: str = Field(default="", max_length=128)
    born: date


class Enrolment(SQLModel, table=True):
    """A learner belongs to a school and grade from `since` to `until`, both days included."""

    __tablename__ = "identity_enrolment"

    learner: str = Field(primary_key=True, max_length=ID, foreign_key="identity_learner.id")
    since: date = Field(primary_key=True)
    until: date | None = None
    school: str = Field(index=True, max_length=ID)
    grade: str = Field(max_length=32)


class MoveState(StrEnum):
    """Where a learner's move to another school stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class SchoolMove(SQLModel, table=True):
    """A learner on the way to another school. `day` is the first there; `receipt` is sealed by both when it is accepted."""

    __tablename__ = "identity_move"

    id: str = Field(primary_key=True, max_length=32)
    learner: str = Field(index=True, max_length=ID, foreign_key="identity_learner.id")
    from_school: str = Field(index=True, max_length=ID)
    to_school: str = Field(index=True, max_length=ID)
    from_grade: str = Field(max_length=32)
    to_grade: str = Field(default="", max_length=32)
    day: date
    state: MoveState = word_column(MoveState)
    offered_by: str = Field(max_length=ID)
    offered_at: datetime = utc_column()
    settled_by: str = Field(default="", max_length=ID)
    settled_at: datetime | None = utc_column(default=None)
    receipt: bytes | None = None


class RollList(Brought, table=True):
    """A list of learners that a school has brought. With `whole` those whom it does not name leave.

    `day` is the first on which it counts.
    """

    __tablename__ = "identity_roll_list"
    __table_args__ = (sa.Index(None, "school", "entered_at"),)

    day: date


class Basis(StrEnum):
    """By what right somebody acts for a learner (ГК arts 31-33, СК art. 64)."""

    PARENT = "parent"
    GUARDIAN = "guardian"  # опекун, under 14
    TRUSTEE = "trustee"  # попечитель, 14 to 17


class Guardianship(SQLModel, table=True):
    """A grown-up acts for a learner from `since` to `until`, at the longest to the day before the 18th birthday.

    `document` is what the school has looked at, without numbers. One that the school has ended keeps by what, when and by whom.
    """

    __tablename__ = "identity_guardianship"

    learner: str = Field(primary_key=True, max_length=ID, foreign_key="identity_learner.id")
    person: str = Field(primary_key=True, max_length=ID, foreign_key="identity_account.id", index=True)
    since: date = Field(primary_key=True)
    until: date | None = None
    basis: Basis = word_column(Basis, server_default="parent", default=Basis.PARENT)
    document: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})
    checked_by: str | None = Field(default=None, max_length=ID)
    checked_at: datetime | None = utc_column(default=None)
    ended_by: str | None = Field(default=None, max_length=ID)
    ended_at: datetime | None = utc_column(default=None)
    ended_document: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})


class Companionship(SQLModel, table=True):
    """A tutor or class teacher accompanies a learner from `since` to `until`, both days included."""

    __tablename__ = "identity_companionship"

    learner: str = Field(primary_key=True, max_length=ID, foreign_key="identity_learner.id")
    person: str = Field(primary_key=True, max_length=ID, foreign_key="identity_account.id", index=True)
    since: date = Field(primary_key=True)
    until: date | None = None


class Slip(SQLModel, table=True):
    """A code on paper by which a person signs in once and chooses name and password. Only its SHA-256 is kept.

    `ended_at` is when a newer one or the school made it worthless.
    """

    __tablename__ = "identity_slip"

    digest: str = Field(primary_key=True, max_length=64)
    account: str = Field(index=True, max_length=ID, foreign_key="identity_account.id")
    organisation: str = Field(max_length=ID)
    made_by: str = Field(max_length=ID)
    made_at: datetime = utc_column()
    expires_at: datetime = utc_column()
    used_at: datetime | None = utc_column(default=None)
    ended_at: datetime | None = utc_column(default=None)


class Invitation(SQLModel, table=True):
    """A role that somebody is to have in an organisation; where two must agree it waits for the second person."""

    __tablename__ = "identity_invitation"
    __table_args__ = (sa.Index(None, "organisation", "asked_at"),)

    id: str = Field(primary_key=True, max_length=32)
    organisation: str = Field(max_length=ID)
    account: str = Field(max_length=ID, foreign_key="identity_account.id", index=True)
    role: Role = word_column(Role)
    until: date | None = None
    asked_by: str = Field(max_length=ID)
    asked_at: datetime = utc_column()
    settled_by: str | None = Field(default=None, max_length=ID)
    settled_at: datetime | None = utc_column(default=None)
    agreed: bool | None = None


class Substitution(SQLModel, table=True):
    """A colleague holds the duties of somebody who is away, both days included; `basis` is the order or power of attorney."""

    __tablename__ = "identity_substitution"

    id: str = Field(primary_key=True, max_length=32)
    organisation: str = Field(index=True, max_length=ID)
    absent: str = Field(max_length=ID, foreign_key="identity_account.id")
    substitute: str = Field(max_length=ID, foreign_key="identity_account.id")
    since: date
    until: date
    basis: str = Field(max_length=300)
    entered_by: str = Field(max_length=ID)
    entered_at: datetime = utc_column()
