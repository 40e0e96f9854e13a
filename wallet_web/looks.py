"""Who looked: each reading of a learner's data from outside the family, for the family to see (DOMAIN §4, modes 3 to 6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from keys import journal, organisations
from keys.deps import Visit
from keys.errors.network import OrganisationUnknown
from keys.tables import JournalRow
from schemas.errors import N_, NotFound

PAGE = 50
NEAR = timedelta(minutes=5)
"""Within this time the same looks of one reader are told as one."""
LINK = "share.viewed"
READINGS: Mapping[str, str] = {
    "award.read": N_("Открыли вручённый значок"),
    "credit.read": N_("Открыли дело о зачёте, учебный план или документ"),
    "credit.exported": N_("Скачали реестр решений"),
    "declared.viewed": N_("Открыли достижение из портфолио"),
    "goals.viewed": N_("Открыли цели, которые показал ученик"),
    "notice.read": N_("Увидели уведомление, чтобы напечатать его"),
    "objection.read": N_("Открыли возражение ученика, чтобы ответить"),
    "roll.read": N_("Открыли карточку ученика в списке школы"),
    LINK: N_("Открыли ссылку"),
}


@dataclass(frozen=True, slots=True)
class Look:
    """One reading: when, what was read, by whom and of which organisation; a reader of a link is nobody we know.

    `reader` is the id of whoever read; "" where nobody knows.
    """

    at: datetime
    what: str
    who: str
    organisation: str
    reader: str = ""


@dataclass(frozen=True, slots=True)
class Visited:
    """The same looks of one reader within `NEAR`, newest first; at least one."""

    looks: tuple[Look, ...]

    @property
    def newest(self) -> Look:
        """The last of them, which speaks for all."""
        return self.looks[0]


def together(looks: Sequence[Look]) -> list[Visited]:
    """The looks, newest first, the same ones of one reader within `NEAR` as one; unknown readers stay apart. Pure."""
    found: list[list[Look]] = []
    latest: dict[tuple[str, str, str], list[Look]] = {}
    for one in looks:
        key = (one.reader, one.what, one.organisation)
        known = latest.get(key)
        if one.reader and known is not None and abs(known[0].at - one.at) <= NEAR:
            known.append(one)
        else:
            latest[key] = [one]
            found.append(latest[key])
    return [Visited(tuple(each)) for each in found]


def of(visit: Visit, learner: str, page: int) -> tuple[list[Look], int]:
    """One page of readings, newest first, and how many there are in all."""
    return _looks(visit, learner, limit=PAGE, skip=(page - 1) * PAGE)


def all_of(visit: Visit, learner: str) -> list[Look]:
    """Every reading, newest first."""
    return _looks(visit, learner, limit=None, skip=0)[0]


def name_of(visit: Visit, person: str | None) -> str:
    """Who did something; an account that is gone has no name."""
    try:
        return visit.people.person(person).name if person else ""
    except NotFound:
        return ""


def _looks(visit: Visit, learner: str, *, limit: int | None, skip: int) -> tuple[list[Look], int]:
    family = {learner, *(person.id for person in visit.people.guardians(learner))}
    rows, total = journal.about(visit.session, learner, tuple(READINGS), but=family, limit=limit, skip=skip)
    return [_look(visit, row) for row in rows], total


def _look(visit: Visit, row: JournalRow) -> Look:
    reader = "" if row.event == LINK else row.person or ""
    return Look(
        row.at, visit.translate(READINGS[row.event]), name_of(visit, reader), _organisation(visit.session, row), reader
    )


def _organisation(session: Session, row: JournalRow) -> str:
    try:
        return organisations.find(session, row.organisation).short_name if row.organisation else ""
    except OrganisationUnknown:
        return ""
