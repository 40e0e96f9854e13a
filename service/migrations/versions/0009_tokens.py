"""Tokens by which programs act for an organisation."""

import sqlalchemy as sa
from alembic import op

revision = "0009_tokens"
down_revision = "0008_collecting"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table('service_api_token',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('organisation', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('scopes', sa.JSON(), nullable=False),
    sa.Column('made_by', sa.String(length=64), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_by', sa.String(length=64), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('rested_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('digest')
    )
    op.create_index('ix_service_api_token_organisation', 'service_api_token', ['organisation'], unique=False)


def downgrade() -> None:
    """Take it away."""
    op.drop_index('ix_service_api_token_organisation', table_name='service_api_token')
    op.drop_table('service_api_token')
