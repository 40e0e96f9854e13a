"""The catalogue as people edit it: who wrote a version, what it is found by, its picture."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0012_catalogue"
down_revision = "0011_network"
branch_labels = None
depends_on = None

_SEARCH_LENGTH = 300
_ADDED = ("authors", "search", "responsible", "remark")


def upgrade() -> None:
    """Add what is new, and tell who wrote the versions that are there and what they are found by."""
    table = "issuer_achievement"
    op.add_column(table, sa.Column("authors", sa.JSON(), server_default="[]", nullable=False))
    op.add_column(table, sa.Column("search", sa.String(length=_SEARCH_LENGTH), server_default="", nullable=False))
    op.add_column(table, sa.Column("responsible", sa.String(length=64), nullable=True))
    op.add_column(table, sa.Column("remark", sa.String(length=1000), server_default="", nullable=False))
    _fill()
    op.create_table(
        "issuer_achievement_picture",
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["issuer_achievement.id"]),
        sa.PrimaryKeyConstraint("version"),
    )
    op.create_table(
        "issuer_catalogue_rules",
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("second_person", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("organisation"),
    )
    _endorsements()
    _paths()
    _network()
    _deposits()


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("key_deposit_to_send")
    op.drop_table("key_deposit_receipt")
    op.drop_column("key_deposit", "received")
    op.drop_table("key_application")
    for column in ("basis", "programmes", "contract"):
        op.drop_column("key_organisation", column)
    op.drop_table("issuer_path_step")
    op.drop_table("issuer_path")
    op.drop_table("issuer_endorsement")
    op.drop_table("issuer_catalogue_rules")
    op.drop_table("issuer_achievement_picture")
    for column in reversed(_ADDED):
        op.drop_column("issuer_achievement", column)


def _endorsements() -> None:
    op.create_table(
        "issuer_endorsement",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("endorser", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("asked_by", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.String(length=64), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comment", sa.String(length=2000), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("document", sa.JSON(), nullable=True),
        sa.Column("digests", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["version"], ["issuer_achievement.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("version", "endorser"),
    )
    op.create_index(op.f("ix_issuer_endorsement_version"), "issuer_endorsement", ["version"], unique=False)
    op.create_index(op.f("ix_issuer_endorsement_endorser"), "issuer_endorsement", ["endorser"], unique=False)


def _paths() -> None:
    op.create_table(
        "issuer_path",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.String(length=4000), nullable=False),
        sa.Column("achievement", sa.String(length=64), nullable=False),
        sa.Column("needed", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("drafted_by", sa.String(length=64), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organisation", "code"),
    )
    op.create_index(op.f("ix_issuer_path_state"), "issuer_path", ["state"], unique=False)
    op.create_table(
        "issuer_path_step",
        sa.Column("path", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("achievement", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["path"], ["issuer_path.id"]),
        sa.PrimaryKeyConstraint("path", "place"),
    )
    index = op.f("ix_issuer_path_step_organisation")
    op.create_index(index, "issuer_path_step", ["organisation", "achievement"], unique=False)


def _network() -> None:
    table = "key_organisation"
    op.add_column(table, sa.Column("contract", sa.String(length=200), server_default="", nullable=False))
    op.add_column(table, sa.Column("programmes", sa.JSON(), nullable=True))
    op.add_column(table, sa.Column("basis", sa.String(length=200), server_default="", nullable=False))
    op.create_table(
        "key_application",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("parent", sa.String(length=64), nullable=True),
        sa.Column("licence", sa.String(length=200), nullable=False),
        sa.Column("licence_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("licence_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contract", sa.String(length=200), nullable=False),
        sa.Column("contract_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("programmes", sa.JSON(), nullable=True),
        sa.Column("applicant", sa.String(length=64), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("settled_by", sa.String(length=64), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_key_application_applicant"), "key_application", ["applicant"], unique=False)
    op.create_index(op.f("ix_key_application_state"), "key_application", ["state"], unique=False)


def _deposits() -> None:
    op.add_column("key_deposit", sa.Column("received", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "key_deposit_receipt",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    name = "ix_key_deposit_receipt_organisation"
    op.create_index(op.f(name), "key_deposit_receipt", ["organisation"], unique=False)
    op.create_table(
        "key_deposit_to_send",
        sa.Column("digest", sa.String(length=71), nullable=False),
        sa.Column("organisation", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipt", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["receipt"], ["key_deposit_receipt.id"]),
        sa.PrimaryKeyConstraint("digest"),
    )
    for column in ("organisation", "receipt"):
        op.create_index(op.f(f"ix_key_deposit_to_send_{column}"), "key_deposit_to_send", [column], unique=False)


def _fill() -> None:
    table = sa.table(
        "issuer_achievement",
        sa.column("id", sa.String),
        sa.column("code", sa.String),
        sa.column("document", sa.JSON),
        sa.column("drafted_by", sa.String),
        sa.column("authors", sa.JSON),
        sa.column("search", sa.String),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(table)).all():
        document = json.loads(row.document) if isinstance(row.document, str) else row.document
        found_by = f"{row.code} {document['name']}".casefold()[:_SEARCH_LENGTH]
        changed = sa.update(table).where(table.c.id == row.id).values(authors=[row.drafted_by], search=found_by)
        connection.execute(changed)
