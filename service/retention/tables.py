"""What is kept of terms: only those that somebody has changed."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from keys.tables import utc_column


class RetentionTerm(SQLModel, table=True):
    """For how many months records of a kind stay; who changed it last."""

    __tablename__ = "service_retention_term"

    kind: str = Field(primary_key=True, max_length=32)
    months: int
    changed_by: str = Field(max_length=64)
    changed_at: datetime = utc_column()
