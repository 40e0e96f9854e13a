"""The days that a school declares free or working against the state's calendar, and what that does to terms that run.

New terms are counted by the new calendar. A running term that would end on a day off ends on the next working day (art. 193 of
the Civil Code); no other term that people were told is touched, and a moved one does not come back. The days that a family has for
an appeal are its own: what is declared later can add to them and never takes from them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sqlmodel import Session, and_, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from schemas.errors import NotFound
from verifier.credit.calendar import WorkingDays
from verifier.credit.errors import BlankTooLong, DayPassed, SpanUnclear
from verifier.credit.facts import Extent, State
from verifier.credit.states import FINAL
from verifier.credit.tables import Case, DayChange
from verifier.credit.terms import appeal_until
from verifier.credit.work import Work

MOST_DAYS = 92
LONGEST_REASON = 300
_NEXT = timedelta(days=1)
_WAITING = (col(Case.state) == State.NOTIFIED, col(Case.extent) == Extent.REFUSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days in a row, the last one included, that a school declared for one reason."""

    first: date
    last: date
    working: bool
    reason: str

    @property
    def days(self) -> list[date]:
        """Each of them."""
        return [self.first + n * _NEXT for n in range((self.last - self.first).days + 1)]


def declare(session: Session, school: str, span: Span) -> None:
    """Write the days down, in the place of what was declared of them before."""
    for day in span.days:
        session.merge(DayChange(school=school, day=day, working=span.working, reason=span.reason))
    session.flush()


def require_possible(span: Span, days: WorkingDays, today: date) -> None:
    """Raise `DayPassed`, `SpanUnclear`, `BlankTooLong` or `YearUnknown` unless the school may declare this today."""
    if span.first < today:
        raise DayPassed(pointer="/first")
    if not 0 <= (span.last - span.first).days < MOST_DAYS:
        raise SpanUnclear(pointer="/last", most=MOST_DAYS)
    if len(span.reason) > LONGEST_REASON:
        raise BlankTooLong(pointer="/reason", most=LONGEST_REASON)
    days.require(span.first.year)
    days.require(span.last.year)


def take_back(session: Session, school: str, first: date, last: date) -> None:
    """Let the state's calendar hold again from `first` to `last`. Raises `NotFound` where nothing was declared of these days."""
    rows = session.exec(_changes(school, first, last)).all()
    if not rows:
        raise NotFound
    for row in rows:
        session.delete(row)
    session.flush()


def spans_of(session: Session, school: str, year: int) -> list[Span]:
    """What the school declared of a year, in order; days in a row with one reason together."""
    rows = session.exec(_changes(school, date(year, 1, 1), date(year, 12, 31))).all()
    return [
        Span(first=run[0].day, last=run[-1].day, working=run[0].working, reason=run[0].reason) for run in _runs(rows)
    ]


def ending_in(session: Session, school: str, first: date, last: date) -> Sequence[Case]:
    """The cases under way of which a term ends on one of these days, or whose family may appeal while they last."""
    ends = or_(col(Case.deadline).between(first, last), col(Case.term_ends).between(first, last))
    appealing = and_(*_WAITING, col(Case.notified_on) < last, col(Case.deadline) >= first)
    wanted = select(Case).where(Case.school == school, col(Case.state).not_in(list(FINAL)), or_(ends, appealing))
    return session.exec(wanted.order_by(col(Case.id))).all()


def postpone(works: Iterable[Work]) -> list[Case]:
    """Move each term that ends on a day off to the next working day; the cases whose term people see moved.

    A refusal is closed no earlier than the last day for an appeal (`terms.appeal_until`), so its term follows that day.

    Raises `YearUnknown` where that day lies in a year without a calendar.
    """
    moved = []
    for work in works:
        case, before = work.case, work.case.deadline
        case.term_ends = work.days.on_or_after(case.term_ends) if case.term_ends else None
        case.deadline = _moved(work, before) if before else None
        if case.deadline != before:
            moved.append(case)
    return moved


def _moved(work: Work, before: date) -> date:
    case, day = work.case, work.days.on_or_after(before)
    if case.state is State.NOTIFIED and case.extent is Extent.REFUSE:
        return max(day, appeal_until(case, work.policy, work.days) or day)
    return day


def _changes(school: str, first: date, last: date) -> SelectOfScalar[DayChange]:
    rows = select(DayChange).where(DayChange.school == school, col(DayChange.day).between(first, last))
    return rows.order_by(col(DayChange.day))


def _runs(rows: Sequence[DayChange]) -> list[list[DayChange]]:
    runs = [[row] for row in rows[:1]]
    for before, row in pairwise(rows):
        if (row.day - before.day, row.working, row.reason) == (_NEXT, before.working, before.reason):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs
