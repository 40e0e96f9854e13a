"""Documents on paper: blanks, letterheads, joint documents, attached signatures, the register of decisions; notices by mail."""

import sqlalchemy as sa
from alembic import op

revision = "0005_documents"
down_revision = "0004_lifecycle"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables and the one new column."""
    op.create_table('credit_blank',
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('opening', sa.String(), nullable=False),
    sa.Column('item', sa.String(), nullable=False),
    sa.Column('closing', sa.String(), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('school', 'kind', 'version')
    )
    op.create_table('credit_letterhead',
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('school')
    )
    op.create_table('service_notice',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('organisation', sa.String(length=64), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('href', sa.String(length=255), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('delivery', sa.Enum('handed', 'waiting', 'sending', 'sent', 'unsure', 'outbox', 'printed', name='delivery', native_enum=False, length=32), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_service_notice_outbox', 'service_notice', ['organisation', 'delivery', 'at'], unique=False)
    op.create_index('ix_service_notice_person', 'service_notice', ['person', 'at'], unique=False)
    op.create_table('identity_contact',
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account'], ['identity_account.id']),
    sa.PrimaryKeyConstraint('account')
    )
    op.create_table('credit_decision',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('year', sa.String(length=9), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('case', sa.String(length=32), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('grade', sa.String(length=32), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('extent', sa.Enum('full', 'partial', 'refuse', name='extent', native_enum=False, length=32), nullable=False),
    sa.Column('mark', sa.String(length=8), nullable=True),
    sa.Column('freed_hours', sa.Integer(), nullable=False),
    sa.Column('paper_number', sa.String(length=64), nullable=False),
    sa.Column('paper_signer', sa.String(length=255), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('document', sa.String(length=32), nullable=False),
    sa.Column('reference', sa.String(length=36), nullable=False),
    sa.Column('notified_on', sa.Date(), nullable=True),
    sa.Column('fell_on', sa.Date(), nullable=True),
    sa.Column('fell_by', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['case'], ['credit_case.id']),
    sa.ForeignKeyConstraint(['document'], ['credit_document.id']),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('reference'),
    sa.UniqueConstraint('school', 'year', 'number')
    )
    op.create_index(op.f('ix_credit_decision_case'), 'credit_decision', ['case'], unique=False)
    op.create_index(op.f('ix_credit_decision_learner'), 'credit_decision', ['learner'], unique=False)
    op.create_index('ix_credit_decision_list', 'credit_decision', ['school', 'decided_on'], unique=False)
    op.create_table('credit_document_case',
    sa.Column('document', sa.String(length=32), nullable=False),
    sa.Column('case', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['case'], ['credit_case.id']),
    sa.ForeignKeyConstraint(['document'], ['credit_document.id']),
    sa.PrimaryKeyConstraint('document', 'case')
    )
    op.create_index(op.f('ix_credit_document_case_case'), 'credit_document_case', ['case'], unique=False)
    op.create_table('credit_signature',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('document', sa.String(length=32), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('digest', sa.String(length=71), nullable=False),
    sa.Column('signed', sa.LargeBinary(), nullable=True),
    sa.Column('signed_digest', sa.String(length=71), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['document'], ['credit_document.id']),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_credit_signature_document'), 'credit_signature', ['document'], unique=False)
    op.add_column('credit_document', sa.Column('blank', sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take them away again."""
    op.drop_column('credit_document', 'blank')
    op.drop_index(op.f('ix_credit_signature_document'), table_name='credit_signature')
    op.drop_table('credit_signature')
    op.drop_index(op.f('ix_credit_document_case_case'), table_name='credit_document_case')
    op.drop_table('credit_document_case')
    op.drop_index('ix_credit_decision_list', table_name='credit_decision')
    op.drop_index(op.f('ix_credit_decision_learner'), table_name='credit_decision')
    op.drop_index(op.f('ix_credit_decision_case'), table_name='credit_decision')
    op.drop_table('credit_decision')
    op.drop_table('identity_contact')
    op.drop_index('ix_service_notice_person', table_name='service_notice')
    op.drop_index('ix_service_notice_outbox', table_name='service_notice')
    op.drop_table('service_notice')
    op.drop_table('credit_letterhead')
    op.drop_table('credit_blank')
