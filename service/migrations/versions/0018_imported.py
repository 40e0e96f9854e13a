"""What came with an archive says from where, and whether an organisation of the network had sealed it."""

import sqlalchemy as sa
from alembic import op

revision = "0018_imported"
down_revision = "0017_rolls"
branch_labels = None
depends_on = None

_PLACE = {"wallet_kept_file": "place", **dict.fromkeys(("wallet_declared", "wallet_goal", "wallet_note", "wallet_page"), "imported")}


def upgrade() -> None:
    """Add it."""
    for table, column in _PLACE.items():
        op.add_column(table, sa.Column(column, sa.String(length=200), server_default="", nullable=False))
    op.add_column("wallet_kept_file", sa.Column("sealed", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("wallet_kept_file", "sealed")
    for table, column in _PLACE.items():
        op.drop_column(table, column)
