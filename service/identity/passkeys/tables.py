"""What is kept of a passkey: a public key, whose it is, and what its owner calls the device."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from keys.tables import utc_column
from service.identity.tables import ID

CREDENTIAL = 1400  # 1023 bytes as base64url (WebAuthn §4, credential id)


class Passkey(SQLModel, table=True):
    """One passkey of a person. `handle` is random, the same for all of an account's, and the only thing the device is told of it.

    `count` is how often the device says it has signed; 0 for ever with devices that do not count.
    """

    __tablename__ = "identity_passkey"

    id: str = Field(primary_key=True, max_length=32)
    credential: str = Field(unique=True, max_length=CREDENTIAL)
    account: str = Field(index=True, max_length=ID, foreign_key="identity_account.id")
    handle: str = Field(max_length=64)
    public_key: bytes
    count: int = Field(sa_type=sa.BigInteger)
    name: str = Field(max_length=64)
    made_at: datetime = utc_column()
    used_at: datetime | None = utc_column(default=None)
