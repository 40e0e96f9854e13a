"""The editions of a school's policy: each has a first day and the local act that adopted it, none is ever changed.

On every day the edition holds that was adopted last of those that have begun. So an edition that was adopted for a later day never
comes into force when another one, adopted after it, begins no later.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from verifier.credit.policies.errors import PolicyMoved
from verifier.credit.policies.tables import PolicyVersion
from verifier.credit.policy import SchoolPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalAct:
    """The paper by which a school decided; `day` is None where it is not known."""

    title: str = ""
    number: str = ""
    day: date | None = None

    @property
    def words(self) -> str:
        """As documents name it: «Положение о зачёте, № 47 от 28.08.2026»; "" for none."""
        number = f"№\N{NO-BREAK SPACE}{self.number}" if self.number else ""
        day = f"от\N{NO-BREAK SPACE}{self.day:%d.%m.%Y}" if self.day else ""
        return ", ".join(part for part in (self.title, " ".join(filter(None, (number, day)))) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition; `version` 0 is what holds at a school that has adopted none. `person` is the id of who entered it, `at` when."""

    version: int = 0
    policy: SchoolPolicy = field(default_factory=SchoolPolicy)
    valid_from: date | None = None
    act: LocalAct = field(default_factory=LocalAct)
    person: str = ""
    at: datetime | None = None

    def has_begun(self, on: date) -> bool:
        """Whether its first day has come."""
        return self.valid_from is None or self.valid_from <= on


class Standing(StrEnum):
    """Where an edition stands on a day."""

    NOW = "now"
    AHEAD = "ahead"
    PAST = "past"
    NEVER = "never"  # replaced before it began


def editions_of(session: Session, school: str) -> list[Edition]:
    """Every edition of a school, the one adopted last first."""
    rows = select(PolicyVersion).where(PolicyVersion.school == school).order_by(col(PolicyVersion.version).desc())
    return [_read(row) for row in session.exec(rows)]


def holding(editions: Sequence[Edition], on: date) -> Edition:
    """The edition that holds on a day, of `editions` with the last one first."""
    return next((one for one in editions if one.has_begun(on)), Edition())


def standing(editions: Sequence[Edition], one: Edition, today: date) -> Standing:
    """Where one of `editions` stands."""
    later = [other for other in editions if other.version > one.version]
    if one.valid_from and any(other.has_begun(one.valid_from) for other in later):
        return Standing.NEVER
    if not one.has_begun(today):
        return Standing.AHEAD
    return Standing.NOW if holding(editions, today).version == one.version else Standing.PAST


def adopt(
    session: Session, school: str, policy: SchoolPolicy, valid_from: date, *, act: LocalAct, by: str, now: datetime
) -> Edition:
    """Put a policy into force from a day on. Raises `PolicyMoved` where somebody else adopts at the same moment."""
    newest = next(iter(editions_of(session, school)), Edition())
    row = PolicyVersion(
        school=school,
        version=newest.version + 1,
        valid_from=valid_from,
        document=policy.to_json(),
        act_title=act.title,
        act_number=act.number,
        act_day=act.day,
        person=by,
        at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise PolicyMoved from error
    return _read(row)


def _read(row: PolicyVersion) -> Edition:
    return Edition(
        version=row.version,
        policy=SchoolPolicy.from_json(row.document),
        valid_from=row.valid_from,
        act=LocalAct(title=row.act_title, number=row.act_number, day=row.act_day),
        person=row.person,
        at=row.at,
    )
