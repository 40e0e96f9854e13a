"""What is kept of objections: the act, the learner's words, by when the school answers, its answer."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from keys.tables import utc_column, word_column


class ObjectionState(StrEnum):
    """Where an objection stands."""

    FILED = "filed"
    KEPT = "kept"  # the school has found the act right
    UPHELD = "upheld"  # the school has found the learner right
    TAKEN_BACK = "taken_back"


class Objection(SQLModel, table=True):
    """One objection to one act; a second one to the same act there never is.

    `act` names the act as `history.Act.ref` does; `item`, `subject`, `person` and `done_at` are what the act said of itself.
    `case` is the application that the act belongs to.
    """

    __tablename__ = "wallet_objection"
    __table_args__ = (sa.UniqueConstraint("learner", "act"), sa.Index(None, "school", "filed_at"))

    id: str = Field(primary_key=True, max_length=32)
    learner: str = Field(index=True, max_length=64)
    school: str = Field(max_length=64)
    act: str = Field(max_length=80)
    item: str = Field(max_length=64)
    subject: str = Field(max_length=500)
    case: str | None = Field(default=None, index=True, max_length=32)
    person: str = Field(max_length=64)
    done_at: datetime = utc_column()
    text: str = Field(max_length=1000)
    filed_at: datetime = utc_column()
    due_on: date
    state: ObjectionState = word_column(ObjectionState)
    answer: str = Field(default="", max_length=1000)
    settled_by: str | None = Field(default=None, max_length=64)
    settled_at: datetime | None = utc_column(default=None)
