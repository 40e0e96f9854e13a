"""The register of decisions (R21): one line for each order and each refusal, numbered by school and year, never taken out.

A line that an appeal or a review overturned stays and says so.
"""

from uuid import uuid4

from sqlmodel import Session, col, select

from verifier.credit.days import school_year
from verifier.credit.documents import next_number
from verifier.credit.events import Event
from verifier.credit.facts import Extent
from verifier.credit.tables import Decision
from verifier.credit.work import Work

SERIES = "decision"
_DECIDE = frozenset({Event.ORDER, Event.REFUSE})
_FALL = frozenset({Event.UPHOLD, Event.ANNUL})


def follow(work: Work, event: Event, document: str | None) -> None:
    """Write into the register what a step means for it."""
    if event in _DECIDE and document:
        _enter(work, document)
    line = standing(work.session, work.case.id)
    if line is None:
        return
    if event is Event.NOTIFY:
        line.notified_on = work.today
    if event in _FALL:
        line.fell_on, line.fell_by = work.today, work.form.text("number")


def standing(session: Session, case: str) -> Decision | None:
    """The decision of a case that stands, None where there is none."""
    lines = select(Decision).where(Decision.case == case, col(Decision.fell_on).is_(None))
    return session.exec(lines.order_by(col(Decision.recorded_at).desc())).first()


def _enter(work: Work, document: str) -> None:
    case, line, year = work.case, work.line, school_year(work.today)
    work.session.add(
        Decision(
            id=uuid4().hex,
            school=case.school,
            year=year,
            number=next_number(work.session, case.school, year, SERIES),
            case=case.id,
            learner=case.learner,
            grade=work.learner.grade,
            title=line.title,
            hours=line.hours,
            extent=case.extent or Extent.REFUSE,
            mark=case.mark,
            freed_hours=work.freed_hours,
            paper_number=case.paper_number or "",
            paper_signer=case.paper_signer or "",
            decided_on=case.decided_on or work.today,
            recorded_at=work.now,
            document=document,
            reference=str(uuid4()),
        )
    )
    work.session.flush()
