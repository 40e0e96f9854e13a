"""What is kept of leaving: who asked, who agreed, when the wallet is erased."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from keys.tables import utc_column, word_column


class LeavingState(StrEnum):
    """Where it stands."""

    ASKED = "asked"  # waits for the learner of 14 to 17, where both are asked
    CLOSED = "closed"
    RETURNED = "returned"
    ERASED = "erased"


class Leaving(SQLModel, table=True):
    """One leaving of one wallet; `held` while its learner objects. Where nobody has returned there is one at a time."""

    __tablename__ = "wallet_leaving"
    __table_args__ = (
        sa.Index(
            "wallet_leaving_one_open",
            "learner",
            unique=True,
            sqlite_where=sa.text("state != 'returned'"),
            postgresql_where=sa.text("state != 'returned'"),
        ),
    )

    id: str = Field(primary_key=True, max_length=32)
    learner: str = Field(index=True, max_length=64)
    person: str = Field(max_length=64)
    asked_at: datetime = utc_column()
    state: LeavingState = word_column(LeavingState)
    closed_at: datetime | None = utc_column(default=None)
    erase_at: datetime | None = utc_column(default=None)
    settled_at: datetime | None = utc_column(default=None)
    settled_by: str | None = Field(default=None, max_length=64)
    held: bool = False
