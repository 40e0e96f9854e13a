"""What people do with a list of learners: keep it, look at what it would change, apply just that (the rest is in `LISTS`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import BinaryIO, Final
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from keys.brought import FILE_MOST, ROWS_MOST, Desk
from schemas.spreadsheets.reading import read_table
from service.identity.rolls.errors import DayOutside, FaultsLeft, RollChanged, RollListSettled, RollListUnknown
from service.identity.rolls.planning import Known, Plan, plan
from service.identity.rolls.rows import Entry, columns_of, entry_of
from service.identity.rolls.writing import write
from service.identity.tables import Enrolment, LearnerRow, RollList

YEAR = timedelta(days=366)
LISTS: Final = Desk(
    table=RollList,
    unknown=RollListUnknown,
    settled=RollListSettled,
    changed=RollChanged,
    faults_left=FaultsLeft,
)
"""A school's lists: found, thrown away, forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came. With `whole` it names everybody in the school; `day` is the first on which it counts."""

    school: str
    file: BinaryIO
    name: str
    whole: bool
    day: date


def keep(session: Session, upload: Upload, by: str, now: datetime, today: date) -> RollList:
    """Read a file and keep it as a list that is still to be looked at.

    Raises what `read_table` and `columns_of` raise, and `DayOutside`.
    """
    if abs(upload.day - today) > YEAR:
        raise DayOutside(pointer="/day")
    table = read_table(upload.file, rows_most=ROWS_MOST)
    columns_of(table.headings)
    rows = [[row.number, *row.cells] for row in table.rows]
    kept = RollList(
        id=uuid4().hex,
        school=upload.school,
        file=upload.name[:FILE_MOST],
        whole=upload.whole,
        day=upload.day,
        headings=list(table.headings),
        rows=rows,
        total=len(rows),
        entered_by=by,
        entered_at=now,
        counts={},
    )
    session.add(kept)
    session.flush()
    return kept


def look(session: Session, kept: RollList) -> Plan:
    """What the list would change in the roll as it is now."""
    columns = columns_of(kept.headings)
    read = [entry_of(row[0], row[1:], columns, kept.day) for row in kept.rows]
    numbers = {entry.number for entry in read if isinstance(entry, Entry) and entry.number}
    own = select(Enrolment.learner).where(Enrolment.school == kept.school)
    return plan(
        read,
        _known(session, [col(LearnerRow.id).in_(own)], kept.day),
        {one.number: one for one in _known(session, [col(LearnerRow.number).in_(sorted(numbers))], kept.day)},
        school=kept.school,
        day=kept.day,
        whole=kept.whole,
    )


def apply(session: Session, kept: RollList, seen: str, by: str, now: datetime, entropy: Callable[[int], bytes]) -> Plan:
    """Write down what was shown under the digest `seen`; rows with faults are left out, and of a whole list nothing is done.

    Raises `RollListSettled`, `RollChanged`, `FaultsLeft`.
    """
    LISTS.lock(session, kept)
    made = look(session, kept)
    LISTS.confirm(kept, made, seen)
    write(session, made.changes, kept.school, kept.day, entropy)
    LISTS.settle(session, kept, made, by, now)
    return made


def _known(session: Session, which: Sequence[sa.ColumnElement[bool]], day: date) -> list[Known]:
    """Learners with their newest place."""
    newest = (
        select(Enrolment.learner, sa.func.max(Enrolment.since).label("since")).group_by(Enrolment.learner).subquery()
    )
    wanted = (
        select(LearnerRow, Enrolment)
        .join(Enrolment, col(Enrolment.learner) == LearnerRow.id)
        .join(newest, sa.and_(newest.c.learner == Enrolment.learner, newest.c.since == Enrolment.since))
        .where(*which)
        .order_by(LearnerRow.family_name, LearnerRow.given_name, LearnerRow.id)
    )
    return [_as_known(row, place, day) for row, place in session.exec(wanted)]


def _as_known(row: LearnerRow, place: Enrolment, day: date) -> Known:
    return Known(
        id=row.id,
        number=row.number,
        family_name=row.family_name,
        given_name=row.given_name,
        patronymic=row.patronymic,
        born=row.born,
        school=place.school,
        grade=place.grade,
        since=place.since,
        present=place.until is None or place.until >= day,
    )
