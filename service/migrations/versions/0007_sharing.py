"""Links with a PIN and a named recipient; what a reader took is told apart."""

import sqlalchemy as sa
from alembic import op

revision = "0007_sharing"
down_revision = "0006_roll"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new columns; links that are there ask for no PIN."""
    op.add_column('wallet_share', sa.Column('recipient', sa.String(), nullable=False, server_default=''))
    op.add_column('wallet_share', sa.Column('pin_hash', sa.String(length=256), nullable=True))
    op.add_column('wallet_share', sa.Column('pin_misses', sa.Integer(), nullable=False, server_default='0'))
    op.add_column('wallet_share', sa.Column('pin_waits_until', sa.DateTime(timezone=True), nullable=True))
    op.add_column('wallet_share_item', sa.Column('document', sa.LargeBinary(), nullable=True))
    words = sa.Enum('page', 'file', 'archive', 'paper', 'presentation', 'record', 'owner', name='taken', native_enum=False, length=32)
    op.add_column('wallet_share_view', sa.Column('taken', words, nullable=False, server_default='page'))
    op.execute("UPDATE wallet_share_view SET taken = 'file' WHERE place IS NOT NULL")
    op.create_table('verifier_request',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('organisation', sa.String(length=64), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('wanted', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('domain', sa.String(), nullable=False),
    sa.Column('challenge', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('outcome', sa.Enum('open', 'answered', 'refused', 'withdrawn', name='outcome', native_enum=False, length=32), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('presentation', sa.LargeBinary(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_verifier_request_organisation'), 'verifier_request', ['organisation'], unique=False)
    op.create_index(op.f('ix_verifier_request_expires_at'), 'verifier_request', ['expires_at'], unique=False)
    op.create_table('wallet_request_reply',
    sa.Column('request', sa.String(length=32), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('asker', sa.String(), nullable=False),
    sa.Column('wanted', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('titles', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('request')
    )
    op.create_index(op.f('ix_wallet_request_reply_learner'), 'wallet_request_reply', ['learner'], unique=False)
    op.create_table('wallet_share_name',
    sa.Column('share', sa.String(length=32), nullable=False),
    sa.Column('consent', sa.String(length=32), nullable=False),
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['consent'], ['wallet_consent.id']),
    sa.ForeignKeyConstraint(['share'], ['wallet_share.id']),
    sa.PrimaryKeyConstraint('share')
    )
    op.create_index(op.f('ix_wallet_share_name_consent'), 'wallet_share_name', ['consent'], unique=False)


def downgrade() -> None:
    """Take them away again."""
    op.drop_table('wallet_share_name')
    op.drop_table('wallet_request_reply')
    op.drop_table('verifier_request')
    op.drop_column('wallet_share_view', 'taken')
    op.drop_column('wallet_share_item', 'document')
    for column in ('pin_waits_until', 'pin_misses', 'pin_hash', 'recipient'):
        op.drop_column('wallet_share', column)
