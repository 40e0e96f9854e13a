"""What a family may do about its own data: objections, what they stop, and leaving."""

import sqlalchemy as sa
from alembic import op

revision = "0015_rights"
down_revision = "0013_plans"
branch_labels = None
depends_on = None

_STOPPED = ("wallet_share", "verifier_request")


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "wallet_objection",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("learner", sa.String(length=64), nullable=False),
        sa.Column("school", sa.String(length=64), nullable=False),
        sa.Column("act", sa.String(length=80), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=True),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("settled_by", sa.String(length=64), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("learner", "act"),
    )
    op.create_index(op.f("ix_wallet_objection_learner"), "wallet_objection", ["learner"], unique=False)
    op.create_index(op.f("ix_wallet_objection_case"), "wallet_objection", ["case"], unique=False)
    op.create_index(op.f("ix_wallet_objection_school"), "wallet_objection", ["school", "filed_at"], unique=False)
    op.create_table(
        "wallet_leaving",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("learner", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erase_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=64), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_wallet_leaving_learner"), "wallet_leaving", ["learner"], unique=False)
    op.create_index(
        "wallet_leaving_one_open",
        "wallet_leaving",
        ["learner"],
        unique=True,
        sqlite_where=sa.text("state != 'returned'"),
        postgresql_where=sa.text("state != 'returned'"),
    )
    for table in _STOPPED:
        op.add_column(table, sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Take them away again."""
    for table in _STOPPED:
        op.drop_column(table, "held")
    op.drop_table("wallet_leaving")
    op.drop_table("wallet_objection")
