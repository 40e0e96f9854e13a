"""A piece of a list keeps in which of its rows particulars of a learner of age may stand, and who said so."""

import sqlalchemy as sa
from alembic import op

revision = "0019_allowed"
down_revision = "0018_imported"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it."""
    op.add_column("issuer_batch_chunk", sa.Column("allowed", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("issuer_batch_chunk", "allowed")
