"""Curricula: what a component asks for in dated versions, directories of outcomes, files that bring both."""

import sqlalchemy as sa
from alembic import op

revision = "0013_plans"
down_revision = "0012_catalogue"
branch_labels = None
depends_on = None

KINDS = ("subject", "meta", "personal")
_VERSION = ["credit_component_version.component", "credit_component_version.version"]


def upgrade() -> None:
    """Make the new tables; what is there becomes the first version, in force since ever."""
    _components()
    _versions()
    op.add_column("credit_plan_item", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    _directories()
    _files()


def downgrade() -> None:
    """Take it away again; the newest version of each component stays."""
    op.drop_table("credit_plan_file")
    op.drop_table("credit_directory_outcome")
    op.drop_table("credit_directory")
    op.drop_column("credit_plan_item", "version")
    _unversioned()
    for column in ("retired_on", "area", "grade"):
        op.drop_column("credit_component", column)


def _components() -> None:
    table = "credit_component"
    op.add_column(table, sa.Column("grade", sa.String(length=32), server_default="", nullable=False))
    area = sa.Enum("core", "school", "extra", name="area", native_enum=False, length=32)
    op.add_column(table, sa.Column("area", area, server_default="core", nullable=False))
    op.add_column(table, sa.Column("retired_on", sa.Date(), nullable=True))
    op.create_table(
        "credit_component_version",
        sa.Column("component", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["component"], ["credit_component.id"]),
        sa.PrimaryKeyConstraint("component", "version"),
    )
    op.execute(
        "insert into credit_component_version (component, version, title, hours) "
        "select id, 1, title, hours from credit_component"
    )
    op.drop_column(table, "hours")


def _versions() -> None:
    op.create_table("credit_version_part", *_part(), *_of_version())
    op.create_table("credit_version_outcome", *_outcome(), *_of_version())
    op.execute(
        "insert into credit_version_part (id, component, version, code, title, hours, position) "
        "select id, component, 1, code, title, hours, position from credit_component_part"
    )
    op.execute(
        "insert into credit_version_outcome "
        "(id, component, version, part, code, name, url, kind, level, required, assessable, position) "
        "select id, component, 1, part, code, name, url, kind, level, required, assessable, position "
        "from credit_planned_outcome"
    )
    op.drop_table("credit_component_part")
    op.drop_table("credit_planned_outcome")


def _unversioned() -> None:
    newest = "(component, version) in (select component, max(version) from credit_component_version group by component)"
    op.add_column("credit_component", sa.Column("hours", sa.Integer(), server_default="1", nullable=False))
    op.execute(
        "update credit_component set hours = (select hours from credit_component_version as v where v.component = "
        "credit_component.id order by v.version desc limit 1)"
    )
    for old, new, columns in (
        ("credit_component_part", "credit_version_part", _part()),
        ("credit_planned_outcome", "credit_version_outcome", _outcome()),
    ):
        kept = [column for column in columns if column.name != "version"]
        whose = (sa.ForeignKeyConstraint(["component"], ["credit_component.id"]), sa.PrimaryKeyConstraint("id"))
        op.create_table(old, *kept, *whose, sa.UniqueConstraint("component", "code"))
        op.create_index(op.f(f"ix_{old}_component"), old, ["component"], unique=False)
        names = ", ".join(column.name for column in kept)
        op.execute(f"insert into {old} ({names}) select {names} from {new} where {newest}")  # noqa: S608 - our own names
        op.drop_table(new)
    op.drop_table("credit_component_version")


def _of_version() -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["component", "version"], _VERSION),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("component", "version", "code"),
    )


def _part() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("component", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
    )


def _outcome() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("component", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=64), nullable=True),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="outcomekind", native_enum=False, length=32), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("assessable", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
    )


def _directories() -> None:
    op.create_table(
        "credit_directory",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("school", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=512), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("school", "title"),
    )
    op.create_index(op.f("ix_credit_directory_school"), "credit_directory", ["school"], unique=False)
    op.create_table(
        "credit_directory_outcome",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("directory", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("url", sa.String(length=512), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="outcomekind", native_enum=False, length=32), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["directory"], ["credit_directory.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("directory", "code"),
    )
    index = op.f("ix_credit_directory_outcome_directory")
    op.create_index(index, "credit_directory_outcome", ["directory"], unique=False)


def _files() -> None:
    op.create_table(
        "credit_plan_file",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("school", sa.String(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("curriculum", "directory", name="filekind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("file", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=512), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("entered_by", sa.String(length=64), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_by", sa.String(length=64), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    index = op.f("ix_credit_plan_file_school")
    op.create_index(index, "credit_plan_file", ["school", "entered_at"], unique=False)
