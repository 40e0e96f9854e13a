"""Meetings of the commission, and who stands in for whom."""

import sqlalchemy as sa
from alembic import op

revision = "0016_meetings"
down_revision = "0015_rights"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "credit_meeting",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("school", sa.String(length=64), nullable=False),
        sa.Column("year", sa.String(length=9), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("planned", "cancelled", "held", name="meetingstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("agenda", sa.String(length=32), nullable=True),
        sa.Column("changed_by", sa.String(length=64), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agenda"], ["credit_document.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("school", "year", "number"),
    )
    op.create_index("ix_credit_meeting_list", "credit_meeting", ["school", "starts_at"], unique=False)
    op.create_table(
        "credit_meeting_case",
        sa.Column("meeting", sa.String(length=32), nullable=False),
        sa.Column("case", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["credit_case.id"]),
        sa.ForeignKeyConstraint(["meeting"], ["credit_meeting.id"]),
        sa.PrimaryKeyConstraint("meeting", "case"),
    )
    op.create_index(op.f("ix_credit_meeting_case_case"), "credit_meeting_case", ["case"], unique=False)
    op.create_table(
        "credit_meeting_member",
        sa.Column("meeting", sa.String(length=32), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["meeting"], ["credit_meeting.id"]),
        sa.PrimaryKeyConstraint("meeting", "person"),
    )
    op.create_table(
        "identity_substitution",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("absent", sa.String(length=64), nullable=False),
        sa.Column("substitute", sa.String(length=64), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("basis", sa.String(length=300), nullable=False),
        sa.Column("entered_by", sa.String(length=64), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["absent"], ["identity_account.id"]),
        sa.ForeignKeyConstraint(["substitute"], ["identity_account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_identity_substitution_organisation"), "identity_substitution", ["organisation"], unique=False
    )


def downgrade() -> None:
    """Take them away again."""
    for table in ("identity_substitution", "credit_meeting_member", "credit_meeting_case", "credit_meeting"):
        op.drop_table(table)
