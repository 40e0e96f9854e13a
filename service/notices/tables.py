"""What is kept of notices."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from keys.tables import utc_column, word_column

ID = 64


class Delivery(StrEnum):
    """How a notice gets to its person besides the application."""

    HANDED = "handed"  # somebody gave it on paper already
    WAITING = "waiting"  # for the mail
    SENDING = "sending"  # in the hands of one worker
    SENT = "sent"  # the mail server took it
    UNSURE = "unsure"  # the connection broke after the letter was on its way: never sent twice, so a person decides
    OUTBOX = "outbox"  # no mail possible: the secretary prints it
    PRINTED = "printed"


class Notice(SQLModel, table=True):
    """`text` is what was told to `person` about `learner` ("" where it is about none), `href` where more stands."""

    __tablename__ = "service_notice"
    __table_args__ = (
        sa.Index("ix_service_notice_person", "person", "at"),
        sa.Index("ix_service_notice_outbox", "organisation", "delivery", "at"),
    )

    id: str = Field(primary_key=True, max_length=32)
    person: str = Field(max_length=ID)
    organisation: str = Field(max_length=ID)
    learner: str = Field(max_length=ID)
    text: str
    href: str = Field(max_length=255)
    at: datetime = utc_column()
    read_at: datetime | None = utc_column(default=None)
    delivery: Delivery = word_column(Delivery)
    settled_at: datetime | None = utc_column(default=None)
