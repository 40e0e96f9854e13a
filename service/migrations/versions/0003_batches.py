"""Lists of awards, codes for learners who have no account yet, requests with a key of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0003_batches"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of lists, offers and keyed requests; an award knows its list."""
    op.create_table('issuer_batch_column',
    sa.Column('organisation', sa.String(length=64), nullable=False),
    sa.Column('heading', sa.String(length=200), nullable=False),
    sa.Column('field', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('organisation', 'heading')
    )
    op.create_table('issuer_batch_rules',
    sa.Column('organisation', sa.String(length=64), nullable=False),
    sa.Column('second_person', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('organisation')
    )
    op.create_table('issuer_batch',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('organisation', sa.String(length=64), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.Column('file', sa.String(length=200), nullable=False),
    sa.Column('headings', sa.JSON(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('event', sa.String(length=200), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('checked', sa.Integer(), nullable=False),
    sa.Column('faulty', sa.Integer(), nullable=False),
    sa.Column('issued', sa.Integer(), nullable=False),
    sa.Column('rejected', sa.Integer(), nullable=False),
    sa.Column('trouble', sa.String(length=64), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('token', sa.String(length=32), nullable=False),
    sa.Column('entered_by', sa.String(length=64), nullable=True),
    sa.Column('actor_kind', sa.String(length=16), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('approved_by', sa.String(length=64), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.String(length=64), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['version'], ['issuer_achievement.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_issuer_batch_organisation'), 'issuer_batch', ['organisation', 'entered_at'], unique=False)
    op.create_index(op.f('ix_issuer_batch_state'), 'issuer_batch', ['state'], unique=False)
    op.create_index(op.f('ix_issuer_batch_version'), 'issuer_batch', ['version'], unique=False)
    op.create_table('issuer_batch_chunk',
    sa.Column('batch', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('faults', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('token', sa.String(length=32), nullable=False),
    sa.Column('status_list', sa.String(length=80), nullable=False),
    sa.Column('places', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['batch'], ['issuer_batch.id'], ),
    sa.PrimaryKeyConstraint('batch', 'number')
    )
    op.create_table('issuer_keyed_request',
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('key', sa.String(length=255), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('award', sa.String(length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['award'], ['issuer_award.id'], ),
    sa.PrimaryKeyConstraint('person', 'key')
    )
    op.create_table('issuer_offer',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('award', sa.String(length=32), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['award'], ['issuer_award.id'], ),
    sa.PrimaryKeyConstraint('digest'),
    sa.UniqueConstraint('award')
    )
    op.add_column('issuer_award', sa.Column('batch', sa.String(length=32), nullable=True))
    op.add_column('issuer_award', sa.Column('batch_row', sa.Integer(), nullable=True))
    op.create_index(op.f('ix_issuer_award_batch'), 'issuer_award', ['batch', 'batch_row'], unique=False)


def downgrade() -> None:
    """Take them away again."""
    op.drop_index(op.f('ix_issuer_award_batch'), table_name='issuer_award')
    op.drop_column('issuer_award', 'batch_row')
    op.drop_column('issuer_award', 'batch')
    op.drop_table('issuer_offer')
    op.drop_table('issuer_keyed_request')
    op.drop_table('issuer_batch_chunk')
    op.drop_index(op.f('ix_issuer_batch_version'), table_name='issuer_batch')
    op.drop_index(op.f('ix_issuer_batch_state'), table_name='issuer_batch')
    op.drop_index(op.f('ix_issuer_batch_organisation'), table_name='issuer_batch')
    op.drop_table('issuer_batch')
    op.drop_table('issuer_batch_rules')
    op.drop_table('issuer_batch_column')
