"""What becomes of a badge after its award, and of the keys that sign it."""

import sqlalchemy as sa
from alembic import op

revision = "0004_lifecycle"
down_revision = "0003_batches"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what is new; nothing that was there changes."""
    op.add_column(
        "key_organisation_key", sa.Column("address", sa.String(length=512), server_default="", nullable=False)
    )
    op.add_column("issuer_achievement", sa.Column("term_months", sa.Integer(), nullable=True))
    op.add_column("issuer_award", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("issuer_award", sa.Column("valid_from", sa.DateTime(timezone=True), nullable=True))
    op.add_column("issuer_award", sa.Column("replaces", sa.String(length=32), nullable=True))
    op.create_index("issuer_award_one_correction", "issuer_award", ["replaces"], unique=True)
    op.create_table(
        "issuer_award_act",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("award", sa.String(length=32), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["award"], ["issuer_award.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_issuer_award_act_award"), "issuer_award_act", ["award"], unique=False)
    op.create_table(
        "wallet_entry_notice",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("entry", sa.String(length=32), nullable=False),
        sa.Column("notice", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["wallet_entry.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_wallet_entry_notice_entry"), "wallet_entry_notice", ["entry"], unique=False)


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("wallet_entry_notice")
    op.drop_table("issuer_award_act")
    op.drop_index("issuer_award_one_correction", "issuer_award")
    for column in ("replaces", "valid_from", "suspended_at"):
        op.drop_column("issuer_award", column)
    op.drop_column("issuer_achievement", "term_months")
    op.drop_column("key_organisation_key", "address")
