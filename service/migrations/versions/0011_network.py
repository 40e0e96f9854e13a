"""Results without an application: contracts on the network form, what was recorded under them, the family's choice of no credit."""

import sqlalchemy as sa
from alembic import op

revision = "0011_network"
down_revision = "0010_portfolio"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table('credit_contract',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('number', sa.String(length=64), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=False),
    sa.Column('data_clause', sa.String(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'in_force', 'ended', name='contractstate', native_enum=False, length=32), nullable=False),
    sa.Column('entered_by', sa.String(length=64), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('end_reason', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_credit_contract_school'), 'credit_contract', ['school'], unique=False)
    op.create_table('credit_contract_party',
    sa.Column('contract', sa.String(length=32), nullable=False),
    sa.Column('organisation', sa.String(length=255), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('role', sa.Enum('base', 'participant', 'resource', name='contractrole', native_enum=False, length=32), nullable=False),
    sa.ForeignKeyConstraint(['contract'], ['credit_contract.id']),
    sa.PrimaryKeyConstraint('contract', 'organisation')
    )
    op.create_table('credit_contract_programme',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('contract', sa.String(length=32), nullable=False),
    sa.Column('provider', sa.String(length=255), nullable=False),
    sa.Column('code', sa.String(length=512), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('component', sa.String(length=32), nullable=False),
    sa.Column('part', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['component'], ['credit_component.id']),
    sa.ForeignKeyConstraint(['contract'], ['credit_contract.id']),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('contract', 'provider', 'code', 'component', 'part')
    )
    op.create_index(op.f('ix_credit_contract_programme_contract'), 'credit_contract_programme', ['contract'], unique=False)
    op.create_table('credit_network_result',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('school', sa.String(length=64), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('item', sa.String(length=32), nullable=False),
    sa.Column('contract', sa.String(length=32), nullable=False),
    sa.Column('programme', sa.String(length=32), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('digest', sa.String(length=71), nullable=False),
    sa.Column('credential', sa.String(length=512), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('awarded_on', sa.Date(), nullable=False),
    sa.Column('original', sa.JSON(), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('conditions', sa.JSON(), nullable=False),
    sa.Column('mark', sa.String(length=8), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('recorded_by', sa.String(length=64), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_by', sa.String(length=64), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['contract'], ['credit_contract.id']),
    sa.ForeignKeyConstraint(['item'], ['credit_plan_item.id']),
    sa.ForeignKeyConstraint(['programme'], ['credit_contract_programme.id']),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_credit_network_result_contract'), 'credit_network_result', ['contract'], unique=False)
    op.create_index(op.f('ix_credit_network_result_credential'), 'credit_network_result', ['credential'], unique=False)
    op.create_index(op.f('ix_credit_network_result_item'), 'credit_network_result', ['item'], unique=False)
    op.create_index(op.f('ix_credit_network_result_learner'), 'credit_network_result', ['learner'], unique=False)
    op.create_index(op.f('ix_credit_network_result_school'), 'credit_network_result', ['school'], unique=False)
    op.create_table('credit_parallel',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('item', sa.String(length=32), nullable=False),
    sa.Column('learner', sa.String(length=64), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_by', sa.String(length=64), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['item'], ['credit_plan_item.id']),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_credit_parallel_item'), 'credit_parallel', ['item'], unique=False)
    op.create_index(op.f('ix_credit_parallel_learner'), 'credit_parallel', ['learner'], unique=False)


def downgrade() -> None:
    """Take them away again."""
    op.drop_index(op.f('ix_credit_parallel_learner'), table_name='credit_parallel')
    op.drop_index(op.f('ix_credit_parallel_item'), table_name='credit_parallel')
    op.drop_table('credit_parallel')
    op.drop_index(op.f('ix_credit_network_result_school'), table_name='credit_network_result')
    op.drop_index(op.f('ix_credit_network_result_learner'), table_name='credit_network_result')
    op.drop_index(op.f('ix_credit_network_result_item'), table_name='credit_network_result')
    op.drop_index(op.f('ix_credit_network_result_credential'), table_name='credit_network_result')
    op.drop_index(op.f('ix_credit_network_result_contract'), table_name='credit_network_result')
    op.drop_table('credit_network_result')
    op.drop_index(op.f('ix_credit_contract_programme_contract'), table_name='credit_contract_programme')
    op.drop_table('credit_contract_programme')
    op.drop_table('credit_contract_party')
    op.drop_index(op.f('ix_credit_contract_school'), table_name='credit_contract')
    op.drop_table('credit_contract')
