"""The family names on a whole list of awards, until it has ended."""

import sqlalchemy as sa
from alembic import op

revision = "0017_rolls"
down_revision = "0017_signin"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "issuer_batch_roll",
        sa.Column("batch", sa.String(length=32), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("stems", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["issuer_batch.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("batch"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("issuer_batch_roll")
