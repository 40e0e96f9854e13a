"""What a school decides for itself about the recognition of results: terms, thresholds, scales, as dated versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlmodel import Session, col, select

from verifier.credit.calendar import WorkingDays
from verifier.credit.policies.tables import PolicyVersion
from verifier.credit.tables import Case, DayChange

FIVE_POINT = (2, 5)
HUNDRED = (0, 100)


@dataclass(frozen=True, slots=True)
class Conversion:
    """How results of one scale become marks: the first step whose lowest value is reached; below the last, nothing is credited."""

    minimum: int
    maximum: int
    steps: tuple[tuple[int, str], ...]

    def mark(self, value: float) -> str | None:
        """The mark for `value`, None below the lowest step."""
        return next((mark for lowest, mark in self.steps if value >= lowest), None)


CONVERSIONS = (
    Conversion(*HUNDRED, ((85, "5"), (70, "4"), (60, "3"))),
    Conversion(*FIVE_POINT, ((5, "5"), (4, "4"), (3, "3"))),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPolicy:
    """One version of a school's local act. Terms are in working days, except `documents_days` (calendar days)."""

    register_days: int = 1
    decide_days: int = 10
    documents_days: int = 30
    unknown_days: int = 3
    assessment_notice_days: int = 5
    notice_days: int = 3
    plan_days: int = 5
    close_days: int = 5
    appeal_days: int = 10
    appeal_answer_days: int = 10
    review_days: int = 10
    objection_days: int = 10
    threshold_percent: int = 60
    quorum: int = 2
    partial_allowed: bool = True
    learner_confirms: bool = False
    six_day_week: bool = False
    last_application_day: date | None = None
    final_grades: tuple[str, ...] = ("9", "11")
    calendar_years: tuple[int, ...] = ()
    conversions: tuple[Conversion, ...] = CONVERSIONS

    def conversion(self, minimum: float, maximum: float) -> Conversion | None:
        """The school's conversion of a scale, None where it has not set one."""
        return next((one for one in self.conversions if (one.minimum, one.maximum) == (minimum, maximum)), None)

    def closes_for(self, grade: str) -> date | None:
        """The last day on which learners of `grade` may apply; None where the school has set none."""
        return self.last_application_day if grade in self.final_grades else None

    def to_json(self) -> dict[str, Any]:
        """As kept in the database."""
        document: dict[str, Any] = _ADAPTER.dump_python(self, mode="json")
        return document

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "SchoolPolicy":
        """Read what `to_json` wrote; settings that a version does not know keep their default."""
        return _ADAPTER.validate_python(dict(document))


_ADAPTER = TypeAdapter(SchoolPolicy)


def policy_of(session: Session, school: str, on: date) -> SchoolPolicy:
    """The school's policy in force on a day: the edition adopted last of those that have begun; else the defaults."""
    begun = select(PolicyVersion).where(PolicyVersion.school == school, col(PolicyVersion.valid_from) <= on)
    newest = session.exec(begun.order_by(col(PolicyVersion.version).desc()).limit(1)).first()
    return SchoolPolicy.from_json(newest.document) if newest else SchoolPolicy()


def governed_since(case: Case, now: datetime, zone: ZoneInfo) -> date:
    """The day whose policy a case stands under: that on which it was handed in, so that later rules do not judge it; else today."""
    return (case.submitted_at or now).astimezone(zone).date()


def entered_years(session: Session, school: str) -> frozenset[int]:
    """The years whose calendar the school has entered itself: what a day is does not depend on when a case began."""
    documents = session.exec(select(PolicyVersion.document).where(PolicyVersion.school == school))
    return frozenset(year for document in documents for year in document.get("calendar_years", ()))


def working_days(session: Session, school: str, policy: SchoolPolicy, zone: ZoneInfo) -> WorkingDays:
    """The school's calendar: the week of `policy`, the days and years that it has declared and entered until now."""
    changes = session.exec(select(DayChange).where(DayChange.school == school)).all()
    return WorkingDays(
        zone=zone,
        six_day_week=policy.six_day_week,
        changed={change.day: change.working for change in changes},
        entered=entered_years(session, school) | set(policy.calendar_years),
    )
