"""Editions of a school's policy are numbered, never overwritten, and name the local act and who entered it."""

import sqlalchemy as sa
from alembic import op

revision = "0024_policy"
down_revision = "0023_days"
branch_labels = None
depends_on = None

OLD = ("school", "valid_from", "document")


def upgrade() -> None:
    """Number what is there by the day on which it begins; by whom and by which act it was adopted is not known."""
    kept = _taken(sa.text("SELECT school, valid_from, document FROM credit_policy ORDER BY school, valid_from"))
    numbers: dict[str, int] = {}
    for row in kept:
        school = str(row["school"])
        row["version"] = numbers[school] = numbers.get(school, 0) + 1
    table = op.create_table(
        "credit_policy",
        sa.Column("school", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("act_title", sa.String(length=300), server_default="", nullable=False),
        sa.Column("act_number", sa.String(length=64), server_default="", nullable=False),
        sa.Column("act_day", sa.Date(), nullable=True),
        sa.Column("person", sa.String(length=64), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("school", "version"),
    )
    op.bulk_insert(table, kept)


def downgrade() -> None:
    """Of editions that begin on one day the last one stays."""
    newest = {(row["school"], row["valid_from"]): row for row in _taken(_EDITIONS)}
    table = op.create_table(
        "credit_policy",
        sa.Column("school", sa.String(length=64), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("school", "valid_from"),
    )
    op.bulk_insert(table, list(newest.values()))


_EDITIONS = sa.text("SELECT school, valid_from, document FROM credit_policy ORDER BY school, version")


def _taken(rows: sa.TextClause) -> list[dict[str, object]]:
    """The rows of the table, which goes away."""
    typed = rows.columns(school=sa.String(), valid_from=sa.Date(), document=sa.JSON())
    kept = [dict(row) for row in op.get_bind().execute(typed).mappings()]
    op.drop_table("credit_policy")
    return kept
