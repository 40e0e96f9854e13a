"""What the home school keeps: plans, cases with everything that happened to them, documents, and its own local act."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from keys.tables import utc_column, word_column
from verifier.credit.events import Event
from verifier.credit.facts import Extent, Party, State

ID = 32
CODE = 64


def _json(*, nullable: bool = False) -> Any:
    return Field(default=None, sa_column=sa.Column(sa.JSON(none_as_null=True), nullable=nullable))


class ItemState(StrEnum):
    """Where one component stands in one learner's plan."""

    OPEN = "open"
    PART = "part"  # some sub-parts credited, the residue is studied
    CREDITED = "credited"


class Track(StrEnum):
    """How results come in (DOMAIN §2.6)."""

    APPLICATION = "application"
    NETWORK = "network"
    PARALLEL = "parallel"


class Wish(StrEnum):
    """What the family asks for; nothing is credited without it (R17)."""

    FULL = "full"
    PARTIAL = "partial"


class EvidenceKind(StrEnum):
    """What a result is shown by."""

    BADGE = "badge"
    PAPER = "paper"


class Area(StrEnum):
    """Which part of a curriculum a component stands in (ФГОС)."""

    CORE = "core"  # обязательная часть
    SCHOOL = "school"  # часть, формируемая участниками образовательных отношений
    EXTRA = "extra"  # внеурочная деятельность


class PlanComponent(SQLModel, table=True):
    """A component of a school's curriculum that results may be credited for, with the title of its newest version.

    `grade` is for whom it is ("10", "7–8", "1 курс"); `recognition` is the code of the school's own achievement that confirms
    the credit. A retired component is given to nobody any more; plans that have it keep it.
    """

    __tablename__ = "credit_component"
    __table_args__ = (sa.UniqueConstraint("school", "code"),)

    id: str = Field(primary_key=True, max_length=ID)
    school: str = Field(index=True, max_length=CODE)
    code: str = Field(max_length=CODE)
    title: str
    recognition: str = Field(max_length=CODE)
    state_final: bool = False
    grade: str = Field(default="", max_length=32)
    area: Area = word_column(Area, default=Area.CORE)
    retired_on: date | None = None


class PlanItem(SQLModel, table=True):
    """One component, in the version that holds for this learner, in one learner's plan of a school year ("2026/27")."""

    __tablename__ = "credit_plan_item"
    __table_args__ = (sa.UniqueConstraint("learner", "component", "year"),)

    id: str = Field(primary_key=True, max_length=ID)
    learner: str = Field(index=True, max_length=CODE)
    school: str = Field(index=True, max_length=CODE)
    component: str = Field(foreign_key="credit_component.id", max_length=ID)
    year: str = Field(max_length=9)
    state: ItemState = word_column(ItemState)
    mark: str | None = Field(default=None, max_length=8)
    freed_hours: int = 0
    parts: list[str] = _json()
    case: str | None = Field(default=None, max_length=ID)
    changed_at: datetime = utc_column()
    version: int = 1


class CrossWalk(SQLModel, table=True):
    """A standing recognition: the school treats a foreign outcome as one of its own (DOMAIN row 50)."""

    __tablename__ = "credit_crosswalk"
    __table_args__ = (sa.UniqueConstraint("school", "foreign_url", "code"),)

    id: str = Field(primary_key=True, max_length=ID)
    school: str = Field(index=True, max_length=CODE)
    foreign_url: str = Field(max_length=512)
    code: str = Field(max_length=CODE)
    paper: str
    approved_by: str = Field(max_length=CODE)
    approved_at: datetime = utc_column()


class Case(SQLModel, table=True):
    """One application of one learner for one component, from draft to the end.

    `version` grows with every step but a vote. `instance` counts hearings (one more after an upheld appeal), `round` votings.
    `appeal_ends` is the last day for an appeal as the family was told it.
    """

    __tablename__ = "credit_case"
    __table_args__ = (sa.Index("ix_credit_case_desk", "school", "state", "deadline"),)

    id: str = Field(primary_key=True, max_length=ID)
    school: str = Field(max_length=CODE)
    learner: str = Field(index=True, max_length=CODE)
    item: str = Field(foreign_key="credit_plan_item.id", index=True, max_length=ID)
    component: str = Field(foreign_key="credit_component.id", max_length=ID)
    number: str | None = Field(default=None, max_length=32)
    track: Track = word_column(Track, default=Track.APPLICATION)
    state: State = word_column(State)
    version: int = 1
    instance: int = 1
    round: int = 1
    changed_at: datetime = utc_column()

    applicant: str = Field(max_length=CODE)
    wish: Wish | None = word_column(Wish, nullable=True)
    assessment_agreed: bool = False
    learner_confirmed: bool = False
    holder_shown: bool = False
    submitted_at: datetime | None = utc_column(default=None)
    registered_on: date | None = None

    deadline: date | None = None
    deadline_rule: str = Field(default="", max_length=16)
    term_ends: date | None = None
    stopped_on: date | None = None
    checked_since: date | None = None
    check_accepted: bool = False

    doubted: list[str] = _json()
    matrix_signed_by: str | None = Field(default=None, max_length=CODE)
    matrix_digest: str | None = Field(default=None, max_length=71)
    assessment_on: date | None = None
    assessment: dict[str, Any] | None = _json(nullable=True)
    assessors: list[str] = _json()

    extent: Extent | None = word_column(Extent, nullable=True)
    parts: list[str] = _json()
    mark: str | None = Field(default=None, max_length=8)
    mark_offered: str | None = Field(default=None, max_length=8)
    grounds: str = ""
    concluded_by: str | None = Field(default=None, max_length=CODE)
    judges: list[str] = _json()
    agreed: bool = False
    paper_number: str | None = Field(default=None, max_length=64)
    paper_signer: str | None = Field(default=None, max_length=255)
    decided_on: date | None = None
    notified_on: date | None = None
    appeal_ends: date | None = None
    plan_change: dict[str, Any] | None = _json(nullable=True)
    awards: list[str] = _json()
    interrupted: State | None = word_column(State, nullable=True)
    suspended: bool = False


class CaseEvidence(SQLModel, table=True):
    """One credential or paper of a case.

    `reports` holds the verification reports by stage (opening, decision, review), `conditions` the answers to G1–G7, `shown`
    what the verified credential says about outcomes, result and hours.
    """

    __tablename__ = "credit_evidence"
    __table_args__ = (sa.UniqueConstraint("case", "position"),)

    id: str = Field(primary_key=True, max_length=ID)
    case: str = Field(foreign_key="credit_case.id", index=True, max_length=ID)
    position: int
    kind: EvidenceKind = word_column(EvidenceKind)
    content: bytes | None = Field(default=None, sa_column=sa.Column(sa.LargeBinary, nullable=True))
    digest: str = Field(default="", max_length=71)
    credential: str = Field(default="", index=True, max_length=512)
    title: str
    issuer_name: str = ""
    issuer: str = Field(default="", max_length=512)
    reports: dict[str, Any] | None = _json(nullable=True)
    conditions: dict[str, Any] | None = _json(nullable=True)
    shown: dict[str, Any] | None = _json(nullable=True)
    proof_seen: str = ""


class CaseStep(SQLModel, table=True):
    """One line of a case's history. `shown` is the digest of what a decider had before them."""

    __tablename__ = "credit_step"
    __table_args__ = (sa.UniqueConstraint("case", "number"),)

    id: str = Field(primary_key=True, max_length=ID)
    case: str = Field(foreign_key="credit_case.id", index=True, max_length=ID)
    number: int
    event: Event = word_column(Event)
    source: State | None = word_column(State, nullable=True)
    target: State = word_column(State)
    at: datetime = utc_column()
    actor_kind: str = Field(max_length=16)
    person: str | None = Field(default=None, max_length=CODE)
    party: Party = word_column(Party)
    reason: str = ""
    document: str | None = Field(default=None, max_length=ID)
    shown: str = Field(default="", max_length=71)


class CaseVote(SQLModel, table=True):
    """One member's vote in one round."""

    __tablename__ = "credit_vote"
    __table_args__ = (sa.UniqueConstraint("case", "round", "person"),)

    id: str = Field(primary_key=True, max_length=ID)
    case: str = Field(foreign_key="credit_case.id", index=True, max_length=ID)
    instance: int
    round: int
    person: str = Field(max_length=CODE)
    extent: Extent = word_column(Extent)
    remark: str = ""
    at: datetime = utc_column()
    shown: str = Field(max_length=71)


class CaseDocument(SQLModel, table=True):
    """A document, sealed by the school; numbered by kind within school and year.

    `case` is the case it is about, of a joint document the first one (`DocumentCase` has them all); `blank` is the version of the
    school's words that it was written with, None for the network's.
    """

    __tablename__ = "credit_document"
    __table_args__ = (sa.UniqueConstraint("school", "year", "kind", "number"),)

    id: str = Field(primary_key=True, max_length=ID)
    case: str = Field(foreign_key="credit_case.id", index=True, max_length=ID)
    school: str = Field(max_length=CODE)
    year: str = Field(max_length=9)
    kind: str = Field(max_length=32)
    number: int
    made_at: datetime = utc_column()
    sealed: bytes = Field(sa_column=sa.Column(sa.LargeBinary, nullable=False))
    blank: int | None = None


class DocumentCase(SQLModel, table=True):
    """A joint document of a meeting is about this case too."""

    __tablename__ = "credit_document_case"

    document: str = Field(primary_key=True, foreign_key="credit_document.id", max_length=ID)
    case: str = Field(primary_key=True, foreign_key="credit_case.id", index=True, max_length=ID)


class DocumentSignature(SQLModel, table=True):
    """A detached signature that was made outside over `signed`, kept as it was handed in; the program has not checked it."""

    __tablename__ = "credit_signature"

    id: str = Field(primary_key=True, max_length=ID)
    document: str = Field(foreign_key="credit_document.id", index=True, max_length=ID)
    content: bytes = Field(sa_column=sa.Column(sa.LargeBinary, nullable=False))
    digest: str = Field(max_length=71)
    signed: bytes | None = Field(default=None, sa_column=sa.Column(sa.LargeBinary, nullable=True))
    signed_digest: str = Field(default="", max_length=71)
    person: str = Field(max_length=CODE)
    at: datetime = utc_column()


class BlankVersion(SQLModel, table=True):
    """A school's own words for one kind of document from a day on; see `blanks`. A version is never changed."""

    __tablename__ = "credit_blank"

    school: str = Field(primary_key=True, max_length=CODE)
    kind: str = Field(primary_key=True, max_length=32)
    version: int = Field(primary_key=True)
    valid_from: date
    opening: str
    item: str
    closing: str
    person: str = Field(max_length=CODE)
    at: datetime = utc_column()


class LetterheadRow(SQLModel, table=True):
    """What stands at the head of a school's documents; see `letterheads`."""

    __tablename__ = "credit_letterhead"

    school: str = Field(primary_key=True, max_length=CODE)
    document: dict[str, Any] = _json()


class Decision(SQLModel, table=True):
    """A line of the register of decisions: what was decided, by which paper, and what became of it. Lines are never taken out.

    `reference` is random: the school's own badge names it and nothing else of the register.
    """

    __tablename__ = "credit_decision"
    __table_args__ = (
        sa.UniqueConstraint("school", "year", "number"),
        sa.Index("ix_credit_decision_list", "school", "decided_on"),
    )

    id: str = Field(primary_key=True, max_length=ID)
    school: str = Field(max_length=CODE)
    year: str = Field(max_length=9)
    number: int
    case: str = Field(foreign_key="credit_case.id", index=True, max_length=ID)
    learner: str = Field(index=True, max_length=CODE)
    grade: str = Field(max_length=32)
    title: str
    hours: int
    extent: Extent = word_column(Extent)
    mark: str | None = Field(default=None, max_length=8)
    freed_hours: int = 0
    paper_number: str = Field(max_length=64)
    paper_signer: str = Field(max_length=255)
    decided_on: date
    recorded_at: datetime = utc_column()
    document: str = Field(foreign_key="credit_document.id", max_length=ID)
    reference: str = Field(unique=True, max_length=36)
    notified_on: date | None = None
    fell_on: date | None = None
    fell_by: str = Field(default="", max_length=64)


class CaseNotice(SQLModel, table=True):
    """Who was told about a decision, how and when."""

    __tablename__ = "credit_notice"

    id: str = Field(primary_key=True, max_length=ID)
    case: str = Field(foreign_key="credit_case.id", index=True, max_length=ID)
    document: str = Field(foreign_key="credit_document.id", max_length=ID)
    person: str = Field(index=True, max_length=CODE)
    channel: str = Field(max_length=32)
    at: datetime = utc_column()


class Counter(SQLModel, table=True):
    """The last number given in a series of a school and year."""

    __tablename__ = "credit_counter"

    school: str = Field(primary_key=True, max_length=CODE)
    year: str = Field(primary_key=True, max_length=9)
    series: str = Field(primary_key=True, max_length=32)
    last: int


class DayChange(SQLModel, table=True):
    """A day that a school works or does not, against the state's calendar, and why; see `school_days`."""

    __tablename__ = "credit_day"

    school: str = Field(primary_key=True, max_length=CODE)
    day: date = Field(primary_key=True)
    working: bool
    reason: str = Field(default="", max_length=300, sa_column_kwargs={"server_default": ""})
