"""An answer to a request tells which badges were shown in part, and what was left out."""

import sqlalchemy as sa
from alembic import op

revision = "0020_in_part"
down_revision = "0019_allowed"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; of earlier answers it is not known."""
    op.add_column("wallet_request_reply", sa.Column("in_part", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("wallet_request_reply", "in_part")
