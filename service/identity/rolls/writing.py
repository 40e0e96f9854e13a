"""What a list changes becomes rows of the roll: all of it in a few statements, however many learners it is about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session

from schemas.identity import number_from
from service.identity.rolls.planning import Change, Kind, Known
from service.identity.rolls.rows import Entry
from service.identity.tables import Enrolment, LearnerRow

_NUMBER_BYTES = 16


def write(session: Session, changes: Sequence[Change], school: str, day: date, entropy: Callable[[int], bytes]) -> None:
    """Write down all changes as of `day`; `entropy` gives the network numbers of newcomers."""
    new = [_new_row(change.entry, entropy) for change in changes if change.kind is Kind.JOINS and change.entry]
    corrected = [_row(change.entry, change.learner) for change in changes if change.corrected]
    _insert(session, LearnerRow, new)
    if corrected:
        session.execute(sa.update(LearnerRow), corrected)
    joined = zip((str(row["id"]) for row in new), _of(changes, Kind.JOINS), strict=True)
    places = [(learner, change.entry.grade) for learner, change in joined if change.entry]
    _place(session, [*places, *_returning(changes)], school, day)
    _move(session, _of(changes, Kind.MOVES), school, day)
    _end(session, _of(changes, Kind.LEAVES))


def _of(changes: Iterable[Change], kind: Kind) -> list[Change]:
    return [change for change in changes if change.kind is kind]


def _returning(changes: Sequence[Change]) -> list[tuple[str, str]]:
    return [
        (change.learner.id, change.entry.grade)
        for change in _of(changes, Kind.RETURNS)
        if change.learner and change.entry
    ]


def _place(session: Session, places: Sequence[tuple[str, str]], school: str, day: date) -> None:
    rows = [{"learner": learner, "since": day, "school": school, "grade": grade} for learner, grade in places]
    _insert(session, Enrolment, rows)


def _move(session: Session, changes: Sequence[Change], school: str, day: date) -> None:
    """Into another class: the old place ends the day before, or is corrected where it began on that very day."""
    pairs = [(change.learner, change.entry.grade) for change in changes if change.learner and change.entry]
    same_day = [(known, grade) for known, grade in pairs if known.since == day]
    later = [(known, grade) for known, grade in pairs if known.since < day]
    if same_day:
        corrected = [{"learner": known.id, "since": day, "grade": grade} for known, grade in same_day]
        session.execute(sa.update(Enrolment), corrected)
    _close(session, [(known, day - timedelta(days=1)) for known, _ in later])
    _place(session, [(known.id, grade) for known, grade in later], school, day)


def _end(session: Session, changes: Sequence[Change]) -> None:
    _close(session, [(change.learner, change.last_day) for change in changes if change.learner and change.last_day])


def _close(session: Session, ended: Sequence[tuple[Known, date]]) -> None:
    if ended:
        rows = [{"learner": known.id, "since": known.since, "until": last} for known, last in ended]
        session.execute(sa.update(Enrolment), rows)


def _insert(session: Session, table: type[LearnerRow | Enrolment], rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        session.execute(sa.insert(table), rows)


def _new_row(entry: Entry, entropy: Callable[[int], bytes]) -> dict[str, object]:
    return {"id": uuid4().hex, "number": number_from(entropy(_NUMBER_BYTES)), **_facts(entry)}


def _row(entry: Entry | None, known: Known | None) -> dict[str, object]:
    return {"id": known.id, **_facts(entry)} if entry and known else {}


def _facts(entry: Entry) -> dict[str, object]:
    return {
        "family_name": entry.family_name,
        "given_name": entry.given_name,
        "patronymic": entry.patronymic,
        "born": entry.born,
    }
