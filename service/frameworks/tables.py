"""What is kept of files of the network's catalogues until they are published."""

import sqlalchemy as sa
from sqlmodel import Field

from keys.brought import Brought

CODE, TITLE = 64, 300


class FrameworkFile(Brought, table=True):
    """A file of one catalogue; `school` is the operator that brought it, `framework` the catalogue's code in its address."""

    __tablename__ = "service_framework_file"
    __table_args__ = (sa.Index("ix_service_framework_file_school", "school", "entered_at"),)

    framework: str = Field(max_length=CODE)
    title: str = Field(max_length=TITLE)
