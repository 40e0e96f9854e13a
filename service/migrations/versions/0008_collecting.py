"""Badges of others in the wallet, what was looked at, and moves from school to school."""

import sqlalchemy as sa
from alembic import op

revision = "0008_collecting"
down_revision = "0007_sharing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables."""
    op.create_table('wallet_collected',
    sa.Column('entry', sa.String(length=32), nullable=False),
    sa.Column('origin', sa.Enum('file', 'text', 'link', 'archive', name='origin', native_enum=False, length=32), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('whose', sa.Enum('own', 'typed', 'other', 'unsaid', name='whose', native_enum=False, length=32), nullable=False),
    sa.Column('file', sa.LargeBinary(), nullable=True),
    sa.Column('standing', sa.Enum('network', 'external', 'cannot_tell', 'invalid', name='standing', native_enum=False, length=32), nullable=False),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['entry'], ['wallet_entry.id']),
    sa.PrimaryKeyConstraint('entry')
    )
    op.create_table('wallet_find',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('origin', sa.Enum('file', 'text', 'link', 'archive', name='origin', native_enum=False, length=32), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.Column('file', sa.LargeBinary(), nullable=True),
    sa.Column('recipient', sa.String(length=320), nullable=False),
    sa.Column('entry', sa.String(length=32), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_wallet_find_learner'), 'wallet_find', ['learner', 'at'], unique=False)
    op.create_table('wallet_arrival',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_wallet_arrival_learner'), 'wallet_arrival', ['learner'], unique=False)
    op.create_table('wallet_kept_file',
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('origin', sa.String(length=16), nullable=False),
    sa.Column('path', sa.String(length=255), nullable=False),
    sa.Column('section', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('arrived_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('learner', 'origin', 'path')
    )
    op.create_table('identity_move',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('from_school', sa.String(length=64), nullable=False),
    sa.Column('to_school', sa.String(length=64), nullable=False),
    sa.Column('from_grade', sa.String(length=32), nullable=False),
    sa.Column('to_grade', sa.String(length=32), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('offered', 'accepted', 'declined', 'withdrawn', name='movestate', native_enum=False, length=32), nullable=False),
    sa.Column('offered_by', sa.String(length=64), nullable=False),
    sa.Column('offered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_by', sa.String(length=64), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('receipt', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['learner'], ['identity_learner.id']),
    sa.PrimaryKeyConstraint('id')
    )
    for column in ('learner', 'from_school', 'to_school'):
        op.create_index(op.f(f'ix_identity_move_{column}'), 'identity_move', [column], unique=False)


def downgrade() -> None:
    """Take them away again."""
    for column in ('to_school', 'from_school', 'learner'):
        op.drop_index(op.f(f'ix_identity_move_{column}'), table_name='identity_move')
    op.drop_table('identity_move')
    op.drop_table('wallet_kept_file')
    op.drop_index(op.f('ix_wallet_arrival_learner'), table_name='wallet_arrival')
    op.drop_table('wallet_arrival')
    op.drop_index(op.f('ix_wallet_find_learner'), table_name='wallet_find')
    op.drop_table('wallet_find')
    op.drop_table('wallet_collected')
