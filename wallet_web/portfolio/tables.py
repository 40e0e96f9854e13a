"""What a portfolio keeps besides signed badges: sections, the learner's own records and files, goals and notes, who has looked."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from keys.tables import utc_column, word_column
from wallet_web.portfolio.sections import Section


class Kind(StrEnum):
    """What a record is about."""

    ACHIEVEMENT = "achievement"
    WORK = "work"


class State(StrEnum):
    """Where a record stands; a work is always the family's own."""

    OWN = "own"
    ASKED = "asked"
    RETURNED = "returned"
    CONFIRMED = "confirmed"


class Scale(StrEnum):
    """How far an event reached."""

    SCHOOL = "school"
    MUNICIPAL = "municipal"
    REGIONAL = "regional"
    NATIONAL = "national"
    INTERNATIONAL = "international"


class EntrySection(SQLModel, table=True):
    """The section of a badge: told by its achievement, or `chosen` by the family."""

    __tablename__ = "wallet_entry_section"
    __table_args__ = (sa.Index(None, "learner", "section"),)

    entry: str = Field(primary_key=True, foreign_key="wallet_entry.id", max_length=32, ondelete="CASCADE")
    learner: str = Field(max_length=64)
    section: Section = word_column(Section)
    chosen: bool = False


class Declared(SQLModel, table=True):
    """Something a learner says of themselves.

    `award` is the school's order to its issuer, `attestation` the badge that came of it, `reference` what that badge names.
    `imported` is the place from whose archive it came, here and in the tables below, "" for what was written here.
    """

    __tablename__ = "wallet_declared"
    __table_args__ = (sa.Index(None, "learner", "created_at"), sa.Index(None, "state", "learner"))

    id: str = Field(primary_key=True, max_length=32)
    learner: str = Field(max_length=64)
    kind: Kind = word_column(Kind)
    section: Section = word_column(Section)
    state: State = word_column(State)
    reference: str = Field(unique=True, max_length=36)
    created_by: str = Field(max_length=64)
    created_at: datetime = utc_column()
    asked_at: datetime | None = utc_column(default=None)
    school: str = Field(default="", max_length=64)
    reason: str = Field(default="", max_length=1000)
    decided_by: str | None = Field(default=None, max_length=64)
    decided_at: datetime | None = utc_column(default=None)
    award: str | None = Field(default=None, max_length=32)
    attestation: str | None = Field(default=None, foreign_key="wallet_entry.id", max_length=32, ondelete="SET NULL")
    imported: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})


class DeclaredWords(SQLModel, table=True):
    """One version of a record's words, numbered from 1; `staff` where a teacher has written it."""

    __tablename__ = "wallet_declared_words"

    declared: str = Field(primary_key=True, foreign_key="wallet_declared.id", max_length=32, ondelete="CASCADE")
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    title: str = Field(max_length=200)
    organiser: str = Field(default="", max_length=200)
    held_on: date | None = None
    scale: Scale | None = word_column(Scale, default=None, nullable=True)
    result: str = Field(default="", max_length=200)
    story: str = Field(default="", max_length=4000)
    staff: bool = False
    author: str = Field(max_length=64)
    at: datetime = utc_column()


class DeclaredFile(SQLModel, table=True):
    """A file of a record as it is given out: a picture written anew, or a PDF. `name` is seen by those who see the record alone."""

    __tablename__ = "wallet_declared_file"

    id: str = Field(primary_key=True, max_length=32)
    declared: str = Field(foreign_key="wallet_declared.id", index=True, max_length=32, ondelete="CASCADE")
    learner: str = Field(index=True, max_length=64)
    name: str = Field(max_length=100)
    media_type: str = Field(max_length=32)
    content: bytes
    size: int
    digest: str = Field(max_length=64)
    added_by: str = Field(max_length=64)
    added_at: datetime = utc_column()


class View(SQLModel, table=True):
    """One look of a teacher at a learner's record (`item` is its id) or at their goals (""); the family sees these."""

    __tablename__ = "wallet_portfolio_view"
    __table_args__ = (sa.Index(None, "learner", "item", "at"),)

    id: str = Field(primary_key=True, max_length=32)
    learner: str = Field(max_length=64)
    item: str = Field(default="", max_length=32)
    person: str = Field(max_length=64)
    at: datetime = utc_column()


class GoalState(StrEnum):
    """Where a goal stands."""

    OPEN = "open"
    REACHED = "reached"
    DROPPED = "dropped"


class Goal(SQLModel, table=True):
    """What a learner wants to reach. `shown` where the family lets the teachers who accompany the learner see it."""

    __tablename__ = "wallet_goal"
    __table_args__ = (sa.Index(None, "learner", "created_at"),)

    id: str = Field(primary_key=True, max_length=32)
    learner: str = Field(max_length=64)
    title: str = Field(max_length=200)
    section: Section | None = word_column(Section, default=None, nullable=True)
    due_on: date | None = None
    state: GoalState = word_column(GoalState)
    shown: bool = False
    created_by: str = Field(max_length=64)
    created_at: datetime = utc_column()
    closed_at: datetime | None = utc_column(default=None)
    imported: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})


class NoteKind(StrEnum):
    """What a note is: thoughts on what was done, what the learner says of themselves, a teacher's advice."""

    REFLECTION = "reflection"
    STATEMENT = "statement"
    ADVICE = "advice"


class Note(SQLModel, table=True):
    """A dated text in somebody's own words, unsigned. Advice belongs to a goal; everything else is the family's alone."""

    __tablename__ = "wallet_note"
    __table_args__ = (sa.Index(None, "learner", "at"),)

    id: str = Field(primary_key=True, max_length=32)
    learner: str = Field(max_length=64)
    kind: NoteKind = word_column(NoteKind)
    goal: str | None = Field(default=None, foreign_key="wallet_goal.id", index=True, max_length=32, ondelete="CASCADE")
    text: str = Field(max_length=4000)
    author: str = Field(max_length=64)
    at: datetime = utc_column()
    imported: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})


class Reflecting(SQLModel, table=True):
    """When a learner last looked back, and when they were last reminded to."""

    __tablename__ = "wallet_reflecting"

    learner: str = Field(primary_key=True, max_length=64)
    last_at: datetime = utc_column(index=True)
    reminded_at: datetime | None = utc_column(default=None)


class Page(SQLModel, table=True):
    """A page of the portfolio that the learner has put together; `title` is what its readers read."""

    __tablename__ = "wallet_page"
    __table_args__ = (sa.Index(None, "learner", "created_at"),)

    id: str = Field(primary_key=True, max_length=32)
    learner: str = Field(max_length=64)
    title: str = Field(max_length=200)
    created_by: str = Field(max_length=64)
    created_at: datetime = utc_column()
    changed_at: datetime = utc_column()
    imported: str = Field(default="", max_length=200, sa_column_kwargs={"server_default": ""})


class BlockKind(StrEnum):
    """What a block of a page shows."""

    BADGE = "badge"
    RECORD = "record"
    OUTCOMES = "outcomes"
    WORDS = "words"


class Block(SQLModel, table=True):
    """One block of a page, in the order of `place`: a badge, a record of the learner's own, what its badges show, or words."""

    __tablename__ = "wallet_page_block"

    id: str = Field(primary_key=True, max_length=32)
    page: str = Field(foreign_key="wallet_page.id", index=True, max_length=32, ondelete="CASCADE")
    place: int
    kind: BlockKind = word_column(BlockKind)
    entry: str | None = Field(default=None, foreign_key="wallet_entry.id", max_length=32, ondelete="CASCADE")
    record: str | None = Field(default=None, foreign_key="wallet_declared.id", max_length=32, ondelete="CASCADE")
    text: str = Field(default="", max_length=4000)


class PageShare(SQLModel, table=True):
    """A link that shows a page; its badges are those of the share."""

    __tablename__ = "wallet_page_share"

    share: str = Field(primary_key=True, foreign_key="wallet_share.id", max_length=32, ondelete="CASCADE")
    page: str = Field(foreign_key="wallet_page.id", index=True, max_length=32, ondelete="CASCADE")
