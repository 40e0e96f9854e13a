"""The portfolio: sections of badges, the learner's own records with words and files, goals, notes and pages."""

import sqlalchemy as sa
from alembic import op

revision = "0010_portfolio"
down_revision = "0009_tokens"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables."""
    op.create_table('wallet_goal',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('section', sa.Enum('study', 'extracurricular', 'project', 'other', 'social', 'culture', 'sport', name='section', native_enum=False, length=32), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('state', sa.Enum('open', 'reached', 'dropped', name='goalstate', native_enum=False, length=32), nullable=False),
    sa.Column('shown', sa.Boolean(), nullable=False),
    sa.Column('created_by', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_wallet_goal_learner'), 'wallet_goal', ['learner', 'created_at'], unique=False)
    op.create_table('wallet_page',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('created_by', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_wallet_page_learner'), 'wallet_page', ['learner', 'created_at'], unique=False)
    op.create_table('wallet_portfolio_view',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('item', sa.String(length=32), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_wallet_portfolio_view_learner'), 'wallet_portfolio_view', ['learner', 'item', 'at'], unique=False)
    op.create_table('wallet_reflecting',
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('learner')
    )
    op.create_index(op.f('ix_wallet_reflecting_last_at'), 'wallet_reflecting', ['last_at'], unique=False)
    op.create_table('wallet_declared',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.Enum('achievement', 'work', name='kind', native_enum=False, length=32), nullable=False),
    sa.Column('section', sa.Enum('study', 'extracurricular', 'project', 'other', 'social', 'culture', 'sport', name='section', native_enum=False, length=32), nullable=False),
    sa.Column('state', sa.Enum('own', 'asked', 'returned', 'confirmed', name='state', native_enum=False, length=32), nullable=False),
    sa.Column('reference', sa.String(length=36), nullable=False),
    sa.Column('created_by', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.String(length=1000), nullable=False),
    sa.Column('decided_by', sa.String(length=64), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('award', sa.String(length=32), nullable=True),
    sa.Column('attestation', sa.String(length=32), nullable=True),
    sa.ForeignKeyConstraint(['attestation'], ['wallet_entry.id'], ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('reference')
    )
    op.create_index(op.f('ix_wallet_declared_learner'), 'wallet_declared', ['learner', 'created_at'], unique=False)
    op.create_index(op.f('ix_wallet_declared_state'), 'wallet_declared', ['state', 'learner'], unique=False)
    op.create_table('wallet_entry_section',
    sa.Column('entry', sa.String(length=32), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('section', sa.Enum('study', 'extracurricular', 'project', 'other', 'social', 'culture', 'sport', name='section', native_enum=False, length=32), nullable=False),
    sa.Column('chosen', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['entry'], ['wallet_entry.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('entry')
    )
    op.create_index(op.f('ix_wallet_entry_section_learner'), 'wallet_entry_section', ['learner', 'section'], unique=False)
    op.create_table('wallet_note',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.Enum('reflection', 'statement', 'advice', name='notekind', native_enum=False, length=32), nullable=False),
    sa.Column('goal', sa.String(length=32), nullable=True),
    sa.Column('text', sa.String(length=4000), nullable=False),
    sa.Column('author', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['goal'], ['wallet_goal.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_wallet_note_goal'), 'wallet_note', ['goal'], unique=False)
    op.create_index(op.f('ix_wallet_note_learner'), 'wallet_note', ['learner', 'at'], unique=False)
    op.create_table('wallet_declared_file',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('declared', sa.String(length=32), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('media_type', sa.String(length=32), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('added_by', sa.String(length=64), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['declared'], ['wallet_declared.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_wallet_declared_file_declared'), 'wallet_declared_file', ['declared'], unique=False)
    op.create_index(op.f('ix_wallet_declared_file_learner'), 'wallet_declared_file', ['learner'], unique=False)
    op.create_table('wallet_declared_words',
    sa.Column('declared', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('organiser', sa.String(length=200), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=True),
    sa.Column('scale', sa.Enum('school', 'municipal', 'regional', 'national', 'international', name='scale', native_enum=False, length=32), nullable=True),
    sa.Column('result', sa.String(length=200), nullable=False),
    sa.Column('story', sa.String(length=4000), nullable=False),
    sa.Column('staff', sa.Boolean(), nullable=False),
    sa.Column('author', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['declared'], ['wallet_declared.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('declared', 'number')
    )
    op.create_table('wallet_page_block',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('page', sa.String(length=32), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('badge', 'record', 'outcomes', 'words', name='blockkind', native_enum=False, length=32), nullable=False),
    sa.Column('entry', sa.String(length=32), nullable=True),
    sa.Column('record', sa.String(length=32), nullable=True),
    sa.Column('text', sa.String(length=4000), nullable=False),
    sa.ForeignKeyConstraint(['entry'], ['wallet_entry.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['page'], ['wallet_page.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['record'], ['wallet_declared.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_wallet_page_block_page'), 'wallet_page_block', ['page'], unique=False)
    op.create_table('wallet_page_share',
    sa.Column('share', sa.String(length=32), nullable=False),
    sa.Column('page', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['page'], ['wallet_page.id'], ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['share'], ['wallet_share.id'], ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('share')
    )
    op.create_index(op.f('ix_wallet_page_share_page'), 'wallet_page_share', ['page'], unique=False)


def downgrade() -> None:
    """Take them away again."""
    op.drop_index(op.f('ix_wallet_page_share_page'), table_name='wallet_page_share')
    op.drop_table('wallet_page_share')
    op.drop_index(op.f('ix_wallet_page_block_page'), table_name='wallet_page_block')
    op.drop_table('wallet_page_block')
    op.drop_table('wallet_declared_words')
    op.drop_index(op.f('ix_wallet_declared_file_learner'), table_name='wallet_declared_file')
    op.drop_index(op.f('ix_wallet_declared_file_declared'), table_name='wallet_declared_file')
    op.drop_table('wallet_declared_file')
    op.drop_index(op.f('ix_wallet_note_learner'), table_name='wallet_note')
    op.drop_index(op.f('ix_wallet_note_goal'), table_name='wallet_note')
    op.drop_table('wallet_note')
    op.drop_index(op.f('ix_wallet_entry_section_learner'), table_name='wallet_entry_section')
    op.drop_table('wallet_entry_section')
    op.drop_index(op.f('ix_wallet_declared_state'), table_name='wallet_declared')
    op.drop_index(op.f('ix_wallet_declared_learner'), table_name='wallet_declared')
    op.drop_table('wallet_declared')
    op.drop_index(op.f('ix_wallet_reflecting_last_at'), table_name='wallet_reflecting')
    op.drop_table('wallet_reflecting')
    op.drop_index(op.f('ix_wallet_portfolio_view_learner'), table_name='wallet_portfolio_view')
    op.drop_table('wallet_portfolio_view')
    op.drop_index(op.f('ix_wallet_page_learner'), table_name='wallet_page')
    op.drop_table('wallet_page')
    op.drop_index(op.f('ix_wallet_goal_learner'), table_name='wallet_goal')
    op.drop_table('wallet_goal')
