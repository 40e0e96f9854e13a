"""What identity keeps: accounts, their roles and sessions, guardians, companions, and the schools' roll.

A learner who signs in does so with the account that has the learner's own id; small children have none.
"""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from keys.actor import Role
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


class Guardianship(SQLModel, table=True):
    """A grown-up acts for a learner from `since` to `until`, at the longest to the day before the 18th birthday."""

    __tablename__ = "identity_guardianship"

    learner: str = Field(primary_key=True, max_length=ID, foreign_key="identity_learner.id")
    person: str = Field(primary_key=True, max_length=ID, foreign_key="identity_account.id", index=True)
    since: date = Field(primary_key=True)
    until: date | None = None


class Companionship(SQLModel, table=True):
    """A tutor or class teacher accompanies a learner from `since` to `until`, both days included."""

    __tablename__ = "identity_companionship"

    learner: str = Field(primary_key=True, max_length=ID, foreign_key="identity_learner.id")
    person: str = Field(primary_key=True, max_length=ID, foreign_key="identity_account.id", index=True)
    since: date = Field(primary_key=True)
    until: date | None = None
