"""What is kept about results that come without an application: contracts, what was recorded under them, the family's choice."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from keys.tables import utc_column, word_column
from verifier.credit.tables import CODE, ID

DID = 255


class ContractState(StrEnum):
    """Where a contract stands."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    ENDED = "ended"


class ContractRole(StrEnum):
    """What a party is in the network form (order 882/391, annex 1)."""

    BASE = "base"
    PARTICIPANT = "participant"
    RESOURCE = "resource"


class NetworkContract(SQLModel, table=True):
    """A contract on the network form, kept by `school`, its base organisation. Its last day is included.

    `data_clause` is what it says about personal data; `ended_on` the first day on which it holds no more.
    """

    __tablename__ = "credit_contract"

    id: str = Field(primary_key=True, max_length=ID)
    school: str = Field(index=True, max_length=CODE)
    title: str
    number: str = Field(default="", max_length=64)
    signed_on: date | None = None
    valid_from: date
    valid_until: date
    data_clause: str
    state: ContractState = word_column(ContractState)
    entered_by: str = Field(max_length=CODE)
    entered_at: datetime = utc_column()
    ended_on: date | None = None
    end_reason: str = ""


class ContractParty(SQLModel, table=True):
    """One organisation of a contract, by its DID, with the name it had in the network's list when it was entered."""

    __tablename__ = "credit_contract_party"

    contract: str = Field(primary_key=True, foreign_key="credit_contract.id", max_length=ID)
    organisation: str = Field(primary_key=True, max_length=DID)
    name: str
    role: ContractRole = word_column(ContractRole)


class ContractProgramme(SQLModel, table=True):
    """A part of the joint programme that `provider` teaches; it stands for `component` of the school's plan, or for its `part`.

    `code` is what the provider's badges carry as `humanCode`, or the address of their achievement.
    """

    __tablename__ = "credit_contract_programme"
    __table_args__ = (sa.UniqueConstraint("contract", "provider", "code", "component", "part"),)

    id: str = Field(primary_key=True, max_length=ID)
    contract: str = Field(foreign_key="credit_contract.id", index=True, max_length=ID)
    provider: str = Field(max_length=DID)
    code: str = Field(max_length=512)
    title: str
    hours: int
    component: str = Field(foreign_key="credit_component.id", max_length=ID)
    part: str = Field(default="", max_length=CODE)


class NetworkResult(SQLModel, table=True):
    """A participant's result, recorded in a learner's plan under a contract. Lines are never taken out, only back.

    `report` is the verification, `conditions` the answers to G1–G7, `original` the result in the participant's scale.
    """

    __tablename__ = "credit_network_result"

    id: str = Field(primary_key=True, max_length=ID)
    school: str = Field(index=True, max_length=CODE)
    learner: str = Field(index=True, max_length=CODE)
    item: str = Field(foreign_key="credit_plan_item.id", index=True, max_length=ID)
    contract: str = Field(foreign_key="credit_contract.id", index=True, max_length=ID)
    programme: str = Field(foreign_key="credit_contract_programme.id", max_length=ID)
    content: bytes = Field(sa_column=sa.Column(sa.LargeBinary, nullable=False))
    digest: str = Field(max_length=71)
    credential: str = Field(index=True, max_length=512)
    title: str
    awarded_on: date
    original: dict[str, Any] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    report: dict[str, Any] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    conditions: dict[str, Any] = Field(sa_column=sa.Column(sa.JSON, nullable=False))
    mark: str = Field(max_length=8)
    hours: int
    recorded_by: str = Field(max_length=CODE)
    recorded_at: datetime = utc_column()
    withdrawn_by: str | None = Field(default=None, max_length=CODE)
    withdrawn_at: datetime | None = utc_column(default=None)
    reason: str = ""


class ParallelChoice(SQLModel, table=True):
    """The family's choice to learn beside the plan without credit (R17), for one line of it, from `at` until `ended_at`."""

    __tablename__ = "credit_parallel"

    id: str = Field(primary_key=True, max_length=ID)
    item: str = Field(foreign_key="credit_plan_item.id", index=True, max_length=ID)
    learner: str = Field(index=True, max_length=CODE)
    person: str = Field(max_length=CODE)
    at: datetime = utc_column()
    ended_by: str | None = Field(default=None, max_length=CODE)
    ended_at: datetime | None = utc_column(default=None)
