"""A first sign-in may lead through an identity provider: what was begun remembers the code on paper."""

import sqlalchemy as sa
from alembic import op

revision = "0022_first_provider"
down_revision = "0021_vouched"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it."""
    op.add_column("identity_handshake", sa.Column("slip", sa.String(length=64), server_default="", nullable=False))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("identity_handshake", "slip")
