"""The register of decisions as people look through it: filters, pages, and the words of each line."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, true
from sqlmodel import Session, col, func, select

from keys.deps import Learner, People
from schemas.errors import N_, NotFound
from verifier.credit import wording
from verifier.credit.desk import named
from verifier.credit.facts import Extent
from verifier.credit.marks import NO_MARK
from verifier.credit.paperwork import EXTENTS, mark_words
from verifier.credit.tables import Case, Decision

PAGE = 50
MOST_EXPORTED = 20_000
COLUMNS = (
    "Номер в реестре",
    "Учебный год",
    "Номер заявления",
    "Ученик",
    "Класс (курс)",
    "Часть учебного плана",
    "Часов по плану",
    "Решение",
    "Результат",
    "Освобождено часов",
    "Документ №",
    "Дата документа",
    "Подписал",
    "Семья уведомлена",
    "Утратило силу",
    "Каким документом",
    "Случайный номер для значка",
)
STANDS, FELL = "stands", "fell"
FORCE = {STANDS: N_("действует"), FELL: N_("утратило силу")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody looks for; "" asks for everything."""

    query: str = ""
    year: str = ""
    extent: str = ""
    force: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line with the case's number and whose it is; a learner who has left the roll has no name here any more."""

    decision: Decision
    application: str
    learner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One page; `total` counts all that was found."""

    entries: Sequence[Entry]
    page: int
    pages: int
    total: int


def look(session: Session, people: People, school: str, asked: Asked) -> Listed:
    """One page of what was asked for, the newest decisions first."""
    wanted = _wanted(people, school, asked)
    count = select(func.count()).select_from(Decision).join(Case, col(Case.id) == Decision.case)
    total = session.exec(count.where(wanted)).one()
    pages = max(1, -(-total // PAGE))
    page = min(max(1, asked.page), pages)
    entries = _entries(session, people, school, wanted, offset=(page - 1) * PAGE, limit=PAGE)
    return Listed(entries=entries, page=page, pages=pages, total=total)


def everything(session: Session, people: People, school: str, asked: Asked) -> list[Entry]:
    """All that was asked for, for a file."""
    return _entries(session, people, school, _wanted(people, school, asked), offset=0, limit=MOST_EXPORTED)


def years_of(session: Session, school: str) -> list[str]:
    """The school years that have lines, newest first."""
    years = select(Decision.year).where(Decision.school == school).distinct()
    return sorted(session.exec(years), reverse=True)


def cells(entry: Entry) -> list[str | int]:
    """A line of the file, under `COLUMNS`; Russian, the language of record."""
    one = entry.decision
    return [
        one.number,
        one.year,
        entry.application,
        entry.learner,
        one.grade,
        one.title,
        one.hours,
        EXTENTS[one.extent],
        mark_words(one.mark) if one.extent is not Extent.REFUSE else "",
        one.freed_hours,
        one.paper_number,
        one.decided_on.strftime("%d.%m.%Y"),
        one.paper_signer,
        one.notified_on.strftime("%d.%m.%Y") if one.notified_on else "",
        one.fell_on.strftime("%d.%m.%Y") if one.fell_on else "",
        one.fell_by,
        one.reference,
    ]


def result_of(entry: Entry) -> str:
    """The message id of the result, "" for a refusal."""
    one = entry.decision
    return "" if one.extent is Extent.REFUSE else wording.MARKS.get(one.mark or NO_MARK, "")


def _wanted(people: People, school: str, asked: Asked) -> ColumnElement[bool]:
    found: ColumnElement[bool] = col(Decision.school) == school
    if asked.year:
        found = and_(found, col(Decision.year) == asked.year)
    if asked.extent in set(Extent):
        found = and_(found, col(Decision.extent) == Extent(asked.extent))
    if asked.force in FORCE:
        fell = col(Decision.fell_on)
        found = and_(found, fell.is_(None) if asked.force == STANDS else fell.is_not(None))
    return and_(found, _matches(people, school, asked.query.strip()) if asked.query.strip() else true())


def _matches(people: People, school: str, text: str) -> ColumnElement[bool]:
    return or_(
        col(Decision.paper_number).contains(text, autoescape=True),
        col(Decision.reference) == text.lower(),
        col(Case.number).contains(text, autoescape=True),
        col(Decision.title).icontains(text, autoescape=True),
        col(Decision.learner).in_(named(people, [school], text)),
    )


def _entries(
    session: Session, people: People, school: str, wanted: ColumnElement[bool], *, offset: int, limit: int
) -> list[Entry]:
    rows = (
        select(Decision, Case.number)
        .join(Case, col(Case.id) == Decision.case)
        .where(wanted)
        .order_by(col(Decision.decided_on).desc(), col(Decision.recorded_at).desc(), col(Decision.id))
        .offset(offset)
        .limit(limit)
    )
    known: dict[str, Learner] = {one.id: one for one in people.roster(school)}
    return [
        Entry(decision=decision, application=number or "", learner=_name(people, known, decision.learner))
        for decision, number in session.exec(rows).all()
    ]


def _name(people: People, known: dict[str, Learner], learner: str) -> str:
    try:
        return (known.get(learner) or people.learner(learner)).name
    except NotFound:
        return ""
