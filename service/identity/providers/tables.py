"""What is kept of a person's account with an identity provider: that it is theirs, and nothing that the provider says of them."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from keys.tables import utc_column
from service.identity.tables import ID


class ProviderLink(SQLModel, table=True):
    """One person's account with the provider, by a keyed hash of issuer and subject: a copy of the database names no citizen."""

    __tablename__ = "identity_provider_link"

    digest: str = Field(primary_key=True, max_length=64)
    account: str = Field(unique=True, max_length=ID, foreign_key="identity_account.id")
    linked_at: datetime = utc_column()
    used_at: datetime | None = utc_column(default=None)
