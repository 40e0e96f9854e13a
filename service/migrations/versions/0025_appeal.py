"""The last day for an appeal is kept as the family was told it."""

import sqlalchemy as sa
from alembic import op

revision = "0025_appeal"
down_revision = "0024_policy"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; for notices given before the calendar alone says it, as it did when they were given."""
    op.add_column("credit_case", sa.Column("appeal_ends", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("credit_case", "appeal_ends")
