"""What the VC-API keeps: the tokens of organisations, never the secrets themselves."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from keys.tables import utc_column


class ApiToken(SQLModel, table=True):
    """A token by which a program acts for an organisation. Only its SHA-256 is kept, so a copy of the database opens nothing.

    `rested_at` is the moment from which its whole allowance of requests is there again.
    """

    __tablename__ = "service_api_token"

    id: str = Field(primary_key=True, max_length=32)
    digest: str = Field(unique=True, max_length=64)
    organisation: str = Field(index=True, max_length=64)
    name: str = Field(max_length=100)
    scopes: list[str] = Field(sa_type=sa.JSON)
    made_by: str | None = Field(default=None, max_length=64)
    made_at: datetime = utc_column()
    expires_at: datetime = utc_column()
    withdrawn_by: str | None = Field(default=None, max_length=64)
    withdrawn_at: datetime | None = utc_column(default=None)
    used_at: datetime | None = utc_column(default=None)
    rested_at: datetime | None = utc_column(default=None)
