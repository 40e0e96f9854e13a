"""An endorsement may come from another installation: its endorser is a DID then, and is called as the network calls it."""

import sqlalchemy as sa
from alembic import op

revision = "0021_vouched"
down_revision = "0020_in_part"
branch_labels = None
depends_on = None

_TABLE = "issuer_endorsement"


def upgrade() -> None:
    """Add the name, and make room for DIDs."""
    op.add_column(_TABLE, sa.Column("name", sa.String(length=300), server_default="", nullable=False))
    with op.batch_alter_table(_TABLE) as table:
        table.alter_column("endorser", existing_type=sa.String(length=64), type_=sa.String(length=400), existing_nullable=False)


def downgrade() -> None:
    """Take them away again, with what came from elsewhere."""
    op.execute(f"DELETE FROM {_TABLE} WHERE endorser LIKE 'did:%'")  # noqa: S608 - our own words
    op.drop_column(_TABLE, "name")
    with op.batch_alter_table(_TABLE) as table:
        table.alter_column("endorser", existing_type=sa.String(length=400), type_=sa.String(length=64), existing_nullable=False)
