"""Passkeys, accounts with an identity provider, and handshakes that have begun."""

import sqlalchemy as sa
from alembic import op

revision = "0017_signin"
down_revision = "0016_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the three tables."""
    op.create_table(
        "identity_handshake",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("session", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(length=2048), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index(op.f("ix_identity_handshake_expires_at"), "identity_handshake", ["expires_at"], unique=False)
    op.create_table(
        "identity_passkey",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("credential", sa.String(length=1400), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("handle", sa.String(length=64), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["identity_account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("credential"),
    )
    op.create_index(op.f("ix_identity_passkey_account"), "identity_passkey", ["account"], unique=False)
    op.create_table(
        "identity_provider_link",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account", sa.String(length=64), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["identity_account.id"]),
        sa.PrimaryKeyConstraint("digest"),
        sa.UniqueConstraint("account"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("identity_provider_link")
    op.drop_table("identity_passkey")
    op.drop_table("identity_handshake")
