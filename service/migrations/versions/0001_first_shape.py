"""The first shape of the database."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table('credit_component',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('recognition', sa.String(length=64), nullable=False),
    sa.Column('state_final', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('school', 'code')
    )
    op.create_index(op.f('ix_credit_component_school'), 'credit_component', ['school'], unique=False)
    op.create_table('credit_counter',
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('year', sa.String(length=9), nullable=False),
    sa.Column('series', sa.String(length=32), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('school', 'year', 'series')
    )
    op.create_table('credit_crosswalk',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('foreign_url', sa.String(length=512), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('paper', sa.String(), nullable=False),
    sa.Column('approved_by', sa.String(length=64), nullable=False),
    sa.Column('approved_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('school', 'foreign_url', 'code')
    )
    op.create_index(op.f('ix_credit_crosswalk_school'), 'credit_crosswalk', ['school'], unique=False)
    op.create_table('credit_day',
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('working', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('school', 'day')
    )
    op.create_table('credit_policy',
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('school', 'valid_from')
    )
    op.create_table('credit_rule',
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('rule', sa.String(length=16), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('basis', sa.String(), nullable=False),
    sa.Column('point', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('school', 'rule', 'valid_from')
    )
    op.create_table('identity_account',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('login', sa.String(length=128), nullable=False),
    sa.Column('name', sa.String(length=256), nullable=False),
    sa.Column('password_hash', sa.String(length=256), nullable=True),
    sa.Column('demo', sa.Boolean(), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('login')
    )
    op.create_table('identity_failed_sign_in',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_identity_failed_sign_in_at'), 'identity_failed_sign_in', ['at'], unique=False)
    op.create_index(op.f('ix_identity_failed_sign_in_subject'), 'identity_failed_sign_in', ['subject'], unique=False)
    op.create_table('identity_learner',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('number', sa.String(length=64), nullable=False),
    sa.Column('family_name', sa.String(length=128), nullable=False),
    sa.Column('given_name', sa.String(length=128), nullable=False),
    sa.Column('patronymic', sa.String(length=128), nullable=False),
    sa.Column('born', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('number')
    )
    op.create_table('issuer_achievement',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('organisation', sa.String(length=64), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('document', sa.JSON(), nullable=False),
    sa.Column('source', sa.JSON(), nullable=True),
    sa.Column('drafted_by', sa.String(length=64), nullable=False),
    sa.Column('drafted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reviewed_by', sa.String(length=64), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_by', sa.String(length=64), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('retired_by', sa.String(length=64), nullable=True),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('organisation', 'code', 'version')
    )
    op.create_index('issuer_achievement_one_published', 'issuer_achievement', ['organisation', 'code'], unique=True, sqlite_where=sa.text("state = 'published'"), postgresql_where=sa.text("state = 'published'"))
    op.create_index(op.f('ix_issuer_achievement_organisation'), 'issuer_achievement', ['organisation'], unique=False)
    op.create_table('issuer_status_list',
    sa.Column('id', sa.String(length=80), nullable=False),
    sa.Column('organisation', sa.String(length=64), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(length=32), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_issuer_status_list_organisation'), 'issuer_status_list', ['organisation'], unique=False)
    op.create_table('key_deposit',
    sa.Column('digest', sa.String(length=71), nullable=False),
    sa.Column('issuer', sa.String(length=255), nullable=False),
    sa.Column('deposited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('digest')
    )
    op.create_index(op.f('ix_key_deposit_day'), 'key_deposit', ['day'], unique=False)
    op.create_index(op.f('ix_key_deposit_issuer'), 'key_deposit', ['issuer'], unique=False)
    op.create_table('key_journal',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('event', sa.String(length=64), nullable=False),
    sa.Column('actor_kind', sa.String(length=16), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=True),
    sa.Column('organisation', sa.String(length=64), nullable=True),
    sa.Column('learner', sa.String(length=64), nullable=True),
    sa.Column('item', sa.String(length=255), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('number')
    )
    op.create_index(op.f('ix_key_journal_at'), 'key_journal', ['at'], unique=False)
    op.create_index(op.f('ix_key_journal_event'), 'key_journal', ['event'], unique=False)
    op.create_index(op.f('ix_key_journal_learner'), 'key_journal', ['learner'], unique=False)
    op.create_index(op.f('ix_key_journal_organisation'), 'key_journal', ['organisation'], unique=False)
    op.create_table('key_journal_checkpoint',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('number')
    )
    op.create_table('key_organisation',
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('short_name', sa.String(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('host', sa.String(length=255), nullable=False),
    sa.Column('parent', sa.String(length=64), nullable=True),
    sa.Column('licence', sa.String(), nullable=True),
    sa.Column('licence_from', sa.DateTime(timezone=True), nullable=True),
    sa.Column('licence_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('member_from', sa.DateTime(timezone=True), nullable=True),
    sa.Column('member_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reads_portfolios', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['parent'], ['key_organisation.code'], ),
    sa.PrimaryKeyConstraint('code'),
    sa.UniqueConstraint('host')
    )
    op.create_table('key_statement',
    sa.Column('path', sa.String(length=255), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('path')
    )
    op.create_table('service_task',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=64), nullable=False),
    sa.Column('item', sa.String(length=255), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('fault', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_service_task_state'), 'service_task', ['state', 'due_at'], unique=False)
    op.create_table('wallet_consent',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('given_by', sa.String(length=64), nullable=False),
    sa.Column('purpose', sa.String(length=32), nullable=False),
    sa.Column('items', sa.JSON(), nullable=False),
    sa.Column('text_hash', sa.String(length=64), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('valid_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by', sa.String(length=64), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_wallet_consent_subject'), 'wallet_consent', ['subject'], unique=False)
    op.create_index('wallet_consent_one_open', 'wallet_consent', ['subject', 'purpose'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.create_table('wallet_entry',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('sameness', sa.String(length=64), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('issuer_name', sa.String(), nullable=False),
    sa.Column('search', sa.String(), nullable=False),
    sa.Column('valid_from', sa.DateTime(timezone=True), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('learner', 'sameness')
    )
    op.create_index(op.f('ix_wallet_entry_learner'), 'wallet_entry', ['learner', 'received_at'], unique=False)
    op.create_table('credit_component_part',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('component', sa.String(length=32), nullable=False),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['component'], ['credit_component.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('component', 'code')
    )
    op.create_index(op.f('ix_credit_component_part_component'), 'credit_component_part', ['component'], unique=False)
    op.create_table('credit_plan_item',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('component', sa.String(length=32), nullable=False),
    sa.Column('year', sa.String(length=9), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('mark', sa.String(length=8), nullable=True),
    sa.Column('freed_hours', sa.Integer(), nullable=False),
    sa.Column('parts', sa.JSON(), nullable=False),
    sa.Column('case', sa.String(length=32), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['component'], ['credit_component.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('learner', 'component', 'year')
    )
    op.create_index(op.f('ix_credit_plan_item_learner'), 'credit_plan_item', ['learner'], unique=False)
    op.create_index(op.f('ix_credit_plan_item_school'), 'credit_plan_item', ['school'], unique=False)
    op.create_table('credit_planned_outcome',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('component', sa.String(length=32), nullable=False),
    sa.Column('part', sa.String(length=64), nullable=True),
    sa.Column('code', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('url', sa.String(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('assessable', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['component'], ['credit_component.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('component', 'code')
    )
    op.create_index(op.f('ix_credit_planned_outcome_component'), 'credit_planned_outcome', ['component'], unique=False)
    op.create_table('identity_companionship',
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['learner'], ['identity_learner.id'], ),
    sa.ForeignKeyConstraint(['person'], ['identity_account.id'], ),
    sa.PrimaryKeyConstraint('learner', 'person', 'since')
    )
    op.create_index(op.f('ix_identity_companionship_person'), 'identity_companionship', ['person'], unique=False)
    op.create_table('identity_enrolment',
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('grade', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['learner'], ['identity_learner.id'], ),
    sa.PrimaryKeyConstraint('learner', 'since')
    )
    op.create_index(op.f('ix_identity_enrolment_school'), 'identity_enrolment', ['school'], unique=False)
    op.create_table('identity_guardianship',
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['learner'], ['identity_learner.id'], ),
    sa.ForeignKeyConstraint(['person'], ['identity_account.id'], ),
    sa.PrimaryKeyConstraint('learner', 'person', 'since')
    )
    op.create_index(op.f('ix_identity_guardianship_person'), 'identity_guardianship', ['person'], unique=False)
    op.create_table('identity_role',
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.Column('organisation', sa.String(length=64), nullable=False),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['account'], ['identity_account.id'], ),
    sa.PrimaryKeyConstraint('account', 'organisation', 'role')
    )
    op.create_table('identity_session',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('account', sa.String(length=64), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account'], ['identity_account.id'], ),
    sa.PrimaryKeyConstraint('digest')
    )
    op.create_index(op.f('ix_identity_session_account'), 'identity_session', ['account'], unique=False)
    op.create_index(op.f('ix_identity_session_expires_at'), 'identity_session', ['expires_at'], unique=False)
    op.create_table('issuer_award',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('organisation', sa.String(length=64), nullable=False),
    sa.Column('achievement', sa.String(length=64), nullable=False),
    sa.Column('version', sa.String(length=32), nullable=False),
    sa.Column('learner_number', sa.String(length=64), nullable=False),
    sa.Column('event', sa.String(length=200), nullable=False),
    sa.Column('particulars', sa.JSON(), nullable=False),
    sa.Column('awarded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ordered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ordered_by', sa.String(length=64), nullable=True),
    sa.Column('actor_kind', sa.String(length=16), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('refusal', sa.String(length=64), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('token', sa.String(length=32), nullable=False),
    sa.Column('credential_id', sa.String(length=64), nullable=True),
    sa.Column('status_list', sa.String(length=80), nullable=True),
    sa.Column('status_index', sa.Integer(), nullable=True),
    sa.Column('method', sa.String(length=400), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('unsigned', sa.LargeBinary(), nullable=True),
    sa.Column('content_hash', sa.String(length=71), nullable=False),
    sa.Column('stored', sa.LargeBinary(), nullable=True),
    sa.Column('stored_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_by', sa.String(length=64), nullable=True),
    sa.Column('revocation_reason', sa.String(length=500), nullable=False),
    sa.ForeignKeyConstraint(['status_list'], ['issuer_status_list.id'], ),
    sa.ForeignKeyConstraint(['version'], ['issuer_achievement.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('credential_id'),
    sa.UniqueConstraint('organisation', 'achievement', 'learner_number', 'event'),
    sa.UniqueConstraint('status_list', 'status_index')
    )
    op.create_index(op.f('ix_issuer_award_ordered_at'), 'issuer_award', ['ordered_at'], unique=False)
    op.create_index(op.f('ix_issuer_award_organisation'), 'issuer_award', ['organisation'], unique=False)
    op.create_index(op.f('ix_issuer_award_state'), 'issuer_award', ['state'], unique=False)
    op.create_index(op.f('ix_issuer_award_version'), 'issuer_award', ['version'], unique=False)
    op.create_table('key_organisation_key',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('organisation', sa.String(length=64), nullable=False),
    sa.Column('multikey', sa.String(length=128), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('valid_from', sa.DateTime(timezone=True), nullable=False),
    sa.Column('valid_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('compromised_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['organisation'], ['key_organisation.code'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('multikey')
    )
    op.create_index(op.f('ix_key_organisation_key_organisation'), 'key_organisation_key', ['organisation'], unique=False)
    op.create_table('wallet_share',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('audience', sa.String(), nullable=False),
    sa.Column('purpose', sa.String(), nullable=False),
    sa.Column('consent', sa.String(length=32), nullable=False),
    sa.Column('created_by', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(['consent'], ['wallet_consent.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('token_hash')
    )
    op.create_index(op.f('ix_wallet_share_consent'), 'wallet_share', ['consent'], unique=False)
    op.create_index(op.f('ix_wallet_share_learner'), 'wallet_share', ['learner'], unique=False)
    op.create_table('credit_case',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('item', sa.String(length=32), nullable=False),
    sa.Column('component', sa.String(length=32), nullable=False),
    sa.Column('number', sa.String(length=32), nullable=True),
    sa.Column('track', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('instance', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('applicant', sa.String(length=64), nullable=False),
    sa.Column('wish', sa.String(length=32), nullable=True),
    sa.Column('assessment_agreed', sa.Boolean(), nullable=False),
    sa.Column('learner_confirmed', sa.Boolean(), nullable=False),
    sa.Column('holder_shown', sa.Boolean(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('registered_on', sa.Date(), nullable=True),
    sa.Column('deadline', sa.Date(), nullable=True),
    sa.Column('deadline_rule', sa.String(length=16), nullable=False),
    sa.Column('term_ends', sa.Date(), nullable=True),
    sa.Column('stopped_on', sa.Date(), nullable=True),
    sa.Column('checked_since', sa.Date(), nullable=True),
    sa.Column('check_accepted', sa.Boolean(), nullable=False),
    sa.Column('doubted', sa.JSON(), nullable=False),
    sa.Column('matrix_signed_by', sa.String(length=64), nullable=True),
    sa.Column('matrix_digest', sa.String(length=71), nullable=True),
    sa.Column('assessment_on', sa.Date(), nullable=True),
    sa.Column('assessment', sa.JSON(), nullable=True),
    sa.Column('assessors', sa.JSON(), nullable=False),
    sa.Column('extent', sa.String(length=32), nullable=True),
    sa.Column('parts', sa.JSON(), nullable=False),
    sa.Column('mark', sa.String(length=8), nullable=True),
    sa.Column('mark_offered', sa.String(length=8), nullable=True),
    sa.Column('grounds', sa.String(), nullable=False),
    sa.Column('concluded_by', sa.String(length=64), nullable=True),
    sa.Column('judges', sa.JSON(), nullable=False),
    sa.Column('agreed', sa.Boolean(), nullable=False),
    sa.Column('paper_number', sa.String(length=64), nullable=True),
    sa.Column('paper_signer', sa.String(length=255), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('notified_on', sa.Date(), nullable=True),
    sa.Column('plan_change', sa.JSON(), nullable=True),
    sa.Column('awards', sa.JSON(), nullable=False),
    sa.Column('interrupted', sa.String(length=32), nullable=True),
    sa.Column('suspended', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['component'], ['credit_component.id'], ),
    sa.ForeignKeyConstraint(['item'], ['credit_plan_item.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index('ix_credit_case_desk', 'credit_case', ['school', 'state', 'deadline'], unique=False)
    op.create_index(op.f('ix_credit_case_item'), 'credit_case', ['item'], unique=False)
    op.create_index(op.f('ix_credit_case_learner'), 'credit_case', ['learner'], unique=False)
    op.create_table('wallet_share_item',
    sa.Column('share', sa.String(length=32), nullable=False),
    sa.Column('place', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('entry', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['entry'], ['wallet_entry.id'], ),
    sa.ForeignKeyConstraint(['share'], ['wallet_share.id'], ),
    sa.PrimaryKeyConstraint('share', 'place')
    )
    op.create_index(op.f('ix_wallet_share_item_entry'), 'wallet_share_item', ['entry'], unique=False)
    op.create_table('wallet_share_view',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('share', sa.String(length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['share'], ['wallet_share.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_wallet_share_view_share'), 'wallet_share_view', ['share'], unique=False)
    op.create_table('credit_document',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('case', sa.String(length=32), nullable=False),
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('year', sa.String(length=9), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['case'], ['credit_case.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('school', 'year', 'kind', 'number')
    )
    op.create_index(op.f('ix_credit_document_case'), 'credit_document', ['case'], unique=False)
    op.create_table('credit_evidence',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('case', sa.String(length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('digest', sa.String(length=71), nullable=False),
    sa.Column('credential', sa.String(length=512), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('issuer_name', sa.String(), nullable=False),
    sa.Column('issuer', sa.String(length=512), nullable=False),
    sa.Column('reports', sa.JSON(), nullable=True),
    sa.Column('conditions', sa.JSON(), nullable=True),
    sa.Column('shown', sa.JSON(), nullable=True),
    sa.Column('proof_seen', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['case'], ['credit_case.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('case', 'position')
    )
    op.create_index(op.f('ix_credit_evidence_case'), 'credit_evidence', ['case'], unique=False)
    op.create_index(op.f('ix_credit_evidence_credential'), 'credit_evidence', ['credential'], unique=False)
    op.create_table('credit_step',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('case', sa.String(length=32), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('event', sa.String(length=32), nullable=False),
    sa.Column('source', sa.String(length=32), nullable=True),
    sa.Column('target', sa.String(length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_kind', sa.String(length=16), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=True),
    sa.Column('party', sa.String(length=32), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('document', sa.String(length=32), nullable=True),
    sa.Column('shown', sa.String(length=71), nullable=False),
    sa.ForeignKeyConstraint(['case'], ['credit_case.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('case', 'number')
    )
    op.create_index(op.f('ix_credit_step_case'), 'credit_step', ['case'], unique=False)
    op.create_table('credit_vote',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('case', sa.String(length=32), nullable=False),
    sa.Column('instance', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('extent', sa.String(length=32), nullable=False),
    sa.Column('remark', sa.String(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('shown', sa.String(length=71), nullable=False),
    sa.ForeignKeyConstraint(['case'], ['credit_case.id'], ),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('case', 'round', 'person')
    )
    op.create_index(op.f('ix_credit_vote_case'), 'credit_vote', ['case'], unique=False)
    op.create_table('credit_notice',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('case', sa.String(length=32), nullable=False),
    sa.Column('document', sa.String(length=32), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('channel', sa.String(length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case'], ['credit_case.id'], ),
    sa.ForeignKeyConstraint(['document'], ['credit_document.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_credit_notice_case'), 'credit_notice', ['case'], unique=False)
    op.create_index(op.f('ix_credit_notice_person'), 'credit_notice', ['person'], unique=False)


def downgrade() -> None:
    """Drop every table."""
    op.drop_index(op.f('ix_credit_notice_person'), table_name='credit_notice')
    op.drop_index(op.f('ix_credit_notice_case'), table_name='credit_notice')
    op.drop_table('credit_notice')
    op.drop_index(op.f('ix_credit_vote_case'), table_name='credit_vote')
    op.drop_table('credit_vote')
    op.drop_index(op.f('ix_credit_step_case'), table_name='credit_step')
    op.drop_table('credit_step')
    op.drop_index(op.f('ix_credit_evidence_credential'), table_name='credit_evidence')
    op.drop_index(op.f('ix_credit_evidence_case'), table_name='credit_evidence')
    op.drop_table('credit_evidence')
    op.drop_index(op.f('ix_credit_document_case'), table_name='credit_document')
    op.drop_table('credit_document')
    op.drop_index(op.f('ix_wallet_share_view_share'), table_name='wallet_share_view')
    op.drop_table('wallet_share_view')
    op.drop_index(op.f('ix_wallet_share_item_entry'), table_name='wallet_share_item')
    op.drop_table('wallet_share_item')
    op.drop_index(op.f('ix_credit_case_learner'), table_name='credit_case')
    op.drop_index(op.f('ix_credit_case_item'), table_name='credit_case')
    op.drop_index('ix_credit_case_desk', table_name='credit_case')
    op.drop_table('credit_case')
    op.drop_index(op.f('ix_wallet_share_learner'), table_name='wallet_share')
    op.drop_index(op.f('ix_wallet_share_consent'), table_name='wallet_share')
    op.drop_table('wallet_share')
    op.drop_index(op.f('ix_key_organisation_key_organisation'), table_name='key_organisation_key')
    op.drop_table('key_organisation_key')
    op.drop_index(op.f('ix_issuer_award_version'), table_name='issuer_award')
    op.drop_index(op.f('ix_issuer_award_state'), table_name='issuer_award')
    op.drop_index(op.f('ix_issuer_award_organisation'), table_name='issuer_award')
    op.drop_index(op.f('ix_issuer_award_ordered_at'), table_name='issuer_award')
    op.drop_table('issuer_award')
    op.drop_index(op.f('ix_identity_session_expires_at'), table_name='identity_session')
    op.drop_index(op.f('ix_identity_session_account'), table_name='identity_session')
    op.drop_table('identity_session')
    op.drop_table('identity_role')
    op.drop_index(op.f('ix_identity_guardianship_person'), table_name='identity_guardianship')
    op.drop_table('identity_guardianship')
    op.drop_index(op.f('ix_identity_enrolment_school'), table_name='identity_enrolment')
    op.drop_table('identity_enrolment')
    op.drop_index(op.f('ix_identity_companionship_person'), table_name='identity_companionship')
    op.drop_table('identity_companionship')
    op.drop_index(op.f('ix_credit_planned_outcome_component'), table_name='credit_planned_outcome')
    op.drop_table('credit_planned_outcome')
    op.drop_index(op.f('ix_credit_plan_item_school'), table_name='credit_plan_item')
    op.drop_index(op.f('ix_credit_plan_item_learner'), table_name='credit_plan_item')
    op.drop_table('credit_plan_item')
    op.drop_index(op.f('ix_credit_component_part_component'), table_name='credit_component_part')
    op.drop_table('credit_component_part')
    op.drop_index(op.f('ix_wallet_entry_learner'), table_name='wallet_entry')
    op.drop_table('wallet_entry')
    op.drop_index('wallet_consent_one_open', table_name='wallet_consent', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.drop_index(op.f('ix_wallet_consent_subject'), table_name='wallet_consent')
    op.drop_table('wallet_consent')
    op.drop_index(op.f('ix_service_task_state'), table_name='service_task')
    op.drop_table('service_task')
    op.drop_table('key_statement')
    op.drop_table('key_organisation')
    op.drop_table('key_journal_checkpoint')
    op.drop_index(op.f('ix_key_journal_organisation'), table_name='key_journal')
    op.drop_index(op.f('ix_key_journal_learner'), table_name='key_journal')
    op.drop_index(op.f('ix_key_journal_event'), table_name='key_journal')
    op.drop_index(op.f('ix_key_journal_at'), table_name='key_journal')
    op.drop_table('key_journal')
    op.drop_index(op.f('ix_key_deposit_issuer'), table_name='key_deposit')
    op.drop_index(op.f('ix_key_deposit_day'), table_name='key_deposit')
    op.drop_table('key_deposit')
    op.drop_index(op.f('ix_issuer_status_list_organisation'), table_name='issuer_status_list')
    op.drop_table('issuer_status_list')
    op.drop_index(op.f('ix_issuer_achievement_organisation'), table_name='issuer_achievement')
    op.drop_index('issuer_achievement_one_published', table_name='issuer_achievement', sqlite_where=sa.text("state = 'published'"), postgresql_where=sa.text("state = 'published'"))
    op.drop_table('issuer_achievement')
    op.drop_table('identity_learner')
    op.drop_index(op.f('ix_identity_failed_sign_in_subject'), table_name='identity_failed_sign_in')
    op.drop_index(op.f('ix_identity_failed_sign_in_at'), table_name='identity_failed_sign_in')
    op.drop_table('identity_failed_sign_in')
    op.drop_table('identity_account')
    op.drop_table('credit_rule')
    op.drop_table('credit_policy')
    op.drop_table('credit_day')
    op.drop_index(op.f('ix_credit_crosswalk_school'), table_name='credit_crosswalk')
    op.drop_table('credit_crosswalk')
    op.drop_table('credit_counter')
    op.drop_index(op.f('ix_credit_component_school'), table_name='credit_component')
    op.drop_table('credit_component')
