"""An application may name the key of an installation of its own; catalogues of outcomes that the network publishes come as files."""

import sqlalchemy as sa
from alembic import op

revision = "0026_founding"
down_revision = "0025_appeal"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.add_column("key_application", sa.Column("multikey", sa.String(length=128), server_default="", nullable=False))
    op.create_table(
        "service_framework_file",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("school", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.String(length=64), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_by", sa.String(length=64), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("framework", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_framework_file_school", "service_framework_file", ["school", "entered_at"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("service_framework_file")
    op.drop_column("key_application", "multikey")
