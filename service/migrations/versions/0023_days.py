"""A day that a school declares free or working has its reason: an order, frost, quarantine."""

import sqlalchemy as sa
from alembic import op

revision = "0023_days"
down_revision = "0022_first_provider"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; of days that are there already it is not known."""
    op.add_column("credit_day", sa.Column("reason", sa.String(length=300), server_default="", nullable=False))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("credit_day", "reason")
