"""What is kept of a school's curricula: components by version, directories of outcomes, files that were brought."""

from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from keys.brought import Brought
from keys.tables import word_column
from verifier.credit.matching import OutcomeKind
from verifier.credit.tables import CODE, ID

URL = 512


class FileKind(StrEnum):
    """What a file that was brought holds."""

    CURRICULUM = "curriculum"
    DIRECTORY = "directory"


class ComponentVersion(SQLModel, table=True):
    """What a component asks for from a day on, None standing for always; `hours` are academic hours.

    A version that a case was compared with is never changed.
    """

    __tablename__ = "credit_component_version"

    component: str = Field(primary_key=True, foreign_key="credit_component.id", max_length=ID)
    version: int = Field(primary_key=True)
    valid_from: date | None = None
    title: str
    hours: int


def _of_version() -> sa.ForeignKeyConstraint:
    version = ["credit_component_version.component", "credit_component_version.version"]
    return sa.ForeignKeyConstraint(["component", "version"], version)


class ComponentPart(SQLModel, table=True):
    """A sub-part that can be credited for itself."""

    __tablename__ = "credit_version_part"
    __table_args__ = (_of_version(), sa.UniqueConstraint("component", "version", "code"))

    id: str = Field(primary_key=True, max_length=ID)
    component: str = Field(max_length=ID)
    version: int
    code: str = Field(max_length=CODE)
    title: str
    hours: int
    position: int


class PlannedOutcome(SQLModel, table=True):
    """One planned outcome of a component; `level` 1-3 is what is required of it, `part` the sub-part it belongs to."""

    __tablename__ = "credit_version_outcome"
    __table_args__ = (_of_version(), sa.UniqueConstraint("component", "version", "code"))

    id: str = Field(primary_key=True, max_length=ID)
    component: str = Field(max_length=ID)
    version: int
    part: str | None = Field(default=None, max_length=CODE)
    code: str = Field(max_length=CODE)
    name: str
    url: str
    kind: OutcomeKind = word_column(OutcomeKind)
    level: int
    required: bool
    assessable: bool = True
    position: int


class Directory(SQLModel, table=True):
    """A school's directory of planned outcomes, to choose from; `source` is the address of the catalogue it was read from."""

    __tablename__ = "credit_directory"
    __table_args__ = (sa.UniqueConstraint("school", "title"),)

    id: str = Field(primary_key=True, max_length=ID)
    school: str = Field(index=True, max_length=CODE)
    title: str = Field(max_length=300)
    source: str = Field(default="", max_length=URL)


class DirectoryOutcome(SQLModel, table=True):
    """One outcome of a directory; `section` is the heading it stands under. A retired one is offered no more."""

    __tablename__ = "credit_directory_outcome"
    __table_args__ = (sa.UniqueConstraint("directory", "code"),)

    id: str = Field(primary_key=True, max_length=ID)
    directory: str = Field(foreign_key="credit_directory.id", index=True, max_length=ID)
    code: str = Field(max_length=CODE)
    name: str
    url: str = Field(default="", max_length=URL)
    kind: OutcomeKind = word_column(OutcomeKind)
    section: str = ""
    position: int
    retired_on: date | None = None


class PlanFile(Brought, table=True):
    """A curriculum or directory that a school has brought. With `whole` what it does not name is retired.

    `begins` is the first day on which it counts; `title` and `source` are of the directory that it fills.
    """

    __tablename__ = "credit_plan_file"
    __table_args__ = (sa.Index(None, "school", "entered_at"),)

    kind: FileKind = word_column(FileKind)
    title: str = Field(default="", max_length=300)
    source: str = Field(default="", max_length=URL)
    begins: date
