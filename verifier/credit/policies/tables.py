"""What a school keeps of its local act on credit: editions of its policy, and its own basis for legal rules."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from keys.tables import utc_column
from verifier.credit.tables import CODE


class PolicyVersion(SQLModel, table=True):
    """One edition of a school's local act, with the paper that adopted it; see `editions`. Never changed."""

    __tablename__ = "credit_policy"

    school: str = Field(primary_key=True, max_length=CODE)
    version: int = Field(primary_key=True)
    valid_from: date
    document: dict[str, Any] = Field(default=None, sa_column=sa.Column(sa.JSON(none_as_null=True), nullable=False))
    act_title: str = Field(default="", max_length=300, sa_column_kwargs={"server_default": ""})
    act_number: str = Field(default="", max_length=64, sa_column_kwargs={"server_default": ""})
    act_day: date | None = None
    person: str = Field(default="", max_length=CODE, sa_column_kwargs={"server_default": ""})
    at: datetime | None = utc_column(default=None)


class RuleVersion(SQLModel, table=True):
    """A school's own wording of a legal rule, dated; see `rules`."""

    __tablename__ = "credit_rule"

    school: str = Field(primary_key=True, max_length=CODE)
    rule: str = Field(primary_key=True, max_length=16)
    valid_from: date = Field(primary_key=True)
    valid_to: date | None = None
    basis: str
    point: str = ""
