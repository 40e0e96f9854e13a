"""What is kept about meetings: when and where, what is on the agenda, who is invited and who came."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from keys.tables import utc_column, word_column
from verifier.credit.tables import CODE, ID

PLACE = 200


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    HELD = "held"


class Meeting(SQLModel, table=True):
    """A meeting of a school's commission, numbered within school and year.

    `version` grows with every change that the members are told of, `agenda` is the newest document, `reason` says why it was
    changed last.
    """

    __tablename__ = "credit_meeting"
    __table_args__ = (
        sa.UniqueConstraint("school", "year", "number"),
        sa.Index("ix_credit_meeting_list", "school", "starts_at"),
    )

    id: str = Field(primary_key=True, max_length=ID)
    school: str = Field(max_length=CODE)
    year: str = Field(max_length=9)
    number: int
    state: MeetingState = word_column(MeetingState)
    version: int = 1
    starts_at: datetime = utc_column()
    place: str = Field(max_length=PLACE)
    reason: str = ""
    agenda: str | None = Field(default=None, foreign_key="credit_document.id", max_length=ID)
    changed_by: str = Field(max_length=CODE)
    changed_at: datetime = utc_column()


class MeetingCase(SQLModel, table=True):
    """A case on the agenda, for the voting (`Case.round`) in which it was put there."""

    __tablename__ = "credit_meeting_case"

    meeting: str = Field(primary_key=True, foreign_key="credit_meeting.id", max_length=ID)
    case: str = Field(primary_key=True, foreign_key="credit_case.id", index=True, max_length=ID)
    round: int


class MeetingMember(SQLModel, table=True):
    """Somebody who is invited; `present` is None until the meeting was held."""

    __tablename__ = "credit_meeting_member"

    meeting: str = Field(primary_key=True, foreign_key="credit_meeting.id", max_length=ID)
    person: str = Field(primary_key=True, max_length=CODE)
    present: bool | None = None
