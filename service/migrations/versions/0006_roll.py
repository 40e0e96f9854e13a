"""The school's roll: lists of learners, by what right guardians act, one-time codes, invitations, terms, consents of both and on paper."""

import sqlalchemy as sa
from alembic import op

revision = "0006_roll"
down_revision = "0005_documents"
ROLES = (
    'awarder', 'manager', 'secretary', 'deputy', 'director', 'teacher', 'class_teacher', 'tutor', 'commission', 'chair',
    'disputes', 'operator', 'network_manager', 'authority', 'reader',
)
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables."""
    op.create_table('identity_roll_list',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('file', sa.String(length=200), nullable=False),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('headings', sa.JSON(), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('entered_by', sa.String(length=64), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('applied_by', sa.String(length=64), nullable=True),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_identity_roll_list_school'), 'identity_roll_list', ['school', 'entered_at'], unique=False)
    op.add_column('identity_guardianship', sa.Column('basis', sa.Enum('parent', 'guardian', 'trustee', name='basis', native_enum=False, length=32), server_default='parent', nullable=False))
    op.add_column('identity_guardianship', sa.Column('document', sa.String(length=200), server_default='', nullable=False))
    op.add_column('identity_guardianship', sa.Column('checked_by', sa.String(length=64), nullable=True))
    op.add_column('identity_guardianship', sa.Column('checked_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('identity_guardianship', sa.Column('ended_by', sa.String(length=64), nullable=True))
    op.add_column('identity_guardianship', sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('identity_guardianship', sa.Column('ended_document', sa.String(length=200), server_default='', nullable=False))
    op.create_table('identity_slip',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.Column('organisation', sa.String(length=64), nullable=False),
    sa.Column('made_by', sa.String(length=64), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['account'], ['identity_account.id']),
    sa.PrimaryKeyConstraint('digest')
    )
    op.create_index(op.f('ix_identity_slip_account'), 'identity_slip', ['account'], unique=False)
    op.create_table('identity_invitation',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('organisation', sa.String(length=64), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.Column('role', sa.Enum(*ROLES, name='role', native_enum=False, length=32), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('asked_by', sa.String(length=64), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_by', sa.String(length=64), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('agreed', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['account'], ['identity_account.id']),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_identity_invitation_account'), 'identity_invitation', ['account'], unique=False)
    op.create_index(op.f('ix_identity_invitation_organisation'), 'identity_invitation', ['organisation', 'asked_at'], unique=False)
    op.create_table('service_retention_term',
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('changed_by', sa.String(length=64), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('kind')
    )
    op.add_column('wallet_consent', sa.Column('awaits_learner', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('wallet_consent', sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('wallet_consent', sa.Column('paper', sa.String(length=200), server_default='', nullable=False))
    op.add_column('wallet_consent', sa.Column('recorded_by', sa.String(length=64), nullable=True))
    op.create_table('wallet_consent_rule',
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('both', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('school')
    )
    op.create_table('issuer_correction_request',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('award', sa.String(length=32), nullable=False),
    sa.Column('organisation', sa.String(length=64), nullable=False),
    sa.Column('asked_by', sa.String(length=64), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('text', sa.String(length=1000), nullable=False),
    sa.Column('answer', sa.String(length=1000), nullable=False),
    sa.Column('answered_by', sa.String(length=64), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['award'], ['issuer_award.id']),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_issuer_correction_request_award'), 'issuer_correction_request', ['award'], unique=False)
    op.create_index(op.f('ix_issuer_correction_request_organisation'), 'issuer_correction_request', ['organisation', 'asked_at'], unique=False)
    op.create_index('issuer_correction_request_one_open', 'issuer_correction_request', ['award'], unique=True, sqlite_where=sa.text('answered_at IS NULL'), postgresql_where=sa.text('answered_at IS NULL'))


def downgrade() -> None:
    """Take them away again."""
    op.drop_table('issuer_correction_request')
    op.drop_table('wallet_consent_rule')
    for column in ('recorded_by', 'paper', 'agreed_at', 'awaits_learner'):
        op.drop_column('wallet_consent', column)
    op.drop_table('service_retention_term')
    op.drop_table('identity_invitation')
    op.drop_table('identity_slip')
    for column in ('ended_document', 'ended_at', 'ended_by', 'checked_at', 'checked_by', 'document', 'basis'):
        op.drop_column('identity_guardianship', column)
    op.drop_index(op.f('ix_identity_roll_list_school'), table_name='identity_roll_list')
    op.drop_table('identity_roll_list')
