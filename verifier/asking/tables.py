"""What is kept of requests: who asks for what, the challenge, and the answer until the term is over."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from keys.tables import utc_column, word_column


class Outcome(StrEnum):
    """What became of a request."""

    OPEN = "open"
    ANSWERED = "answered"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ShowRequest(SQLModel, table=True):
    """A request of an organisation to be shown badges; whoever has its id may answer, once, until `expires_at`.

    `presentation` is the answer, byte for byte, erased when the term is over; `opened_at` is when the organisation last looked.
    While it is `held` nobody reads it.
    """

    __tablename__ = "verifier_request"

    id: str = Field(primary_key=True, max_length=32)
    organisation: str = Field(index=True, max_length=64)
    person: str = Field(max_length=64)
    wanted: str
    purpose: str
    domain: str
    challenge: str = Field(max_length=64)
    created_at: datetime = utc_column()
    expires_at: datetime = utc_column(index=True)
    outcome: Outcome = word_column(Outcome)
    settled_at: datetime | None = utc_column(default=None)
    presentation: bytes | None = None
    opened_at: datetime | None = utc_column(default=None)
    held: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
