"""Notes in somebody's own words, dated and unsigned; and when it is time to look back again (DOMAIN rows 24, 108)."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, or_
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from keys.actor import Actor
from schemas.errors import BadInput, Conflict, NotFound
from wallet_web.portfolio.errors import NoText, PortfolioFull
from wallet_web.portfolio.tables import Note, NoteKind, Reflecting

TEXT_MAX = 4000
NOTES_MAX = 1000
PAGE = 20
SEASON = timedelta(days=90)  # never longer than three months
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


def write(
    session: Session,
    learner: str,
    by: Actor,
    kind: NoteKind,
    text: str,
    now: datetime,
    *,
    id: str,  # noqa: A002 - as in the table
    goal: str | None = None,
) -> Note:
    """Keep a note; the same id twice is one. Raises `NoText`, `PortfolioFull`, `Conflict` where somebody else has the id."""
    said = text.strip()
    if not 1 <= len(said) <= TEXT_MAX:
        raise NoText(limit=TEXT_MAX)
    if not _ID.fullmatch(id):
        raise BadInput
    note = Note(id=id, learner=learner, kind=kind, goal=goal, text=said, author=by.person or "", at=now)
    made = session.get(Note, id) or _insert(session, note)
    if made.learner != learner:
        raise Conflict
    if kind is NoteKind.REFLECTION:
        _looked_back(session, learner, now)
    return made


def find(session: Session, learner: str, note: str) -> Note | None:
    """One of the family's own notes, None where it is forgotten already. Raises `NotFound` for others' words."""
    found = session.get(Note, note)
    if found is not None and (found.learner != learner or found.kind is NoteKind.ADVICE):
        raise NotFound
    return found


def remove(session: Session, note: Note) -> None:
    """Forget a note."""
    session.delete(note)
    session.flush()


def latest(session: Session, learner: str, kind: NoteKind, *, number: int = 1, size: int = PAGE) -> list[Note]:
    """A page of the notes of a kind, newest first; `number` counts from 1."""
    rows = select(Note).where(Note.learner == learner, Note.kind == kind)
    return list(session.exec(rows.order_by(col(Note.at).desc(), col(Note.id)).offset((number - 1) * size).limit(size)))


def count(session: Session, learner: str, kind: NoteKind) -> int:
    """How many notes of a kind there are."""
    return session.exec(select(func.count()).select_from(Note).where(Note.learner == learner, Note.kind == kind)).one()


def all_of(session: Session, learner: str) -> list[Note]:
    """Every note about a learner, newest first."""
    rows = select(Note).where(Note.learner == learner)
    return list(session.exec(rows.order_by(col(Note.at).desc(), col(Note.id))))


def advice_of(session: Session, learner: str) -> list[Note]:
    """Every advice, oldest first."""
    rows = select(Note).where(Note.learner == learner, Note.kind == NoteKind.ADVICE)
    return list(session.exec(rows.order_by(col(Note.at), col(Note.id))))


def begin(session: Session, learner: str, now: datetime) -> None:
    """From the first goal on, looking back is waited for."""
    if session.get(Reflecting, learner) is None:
        _start(session, learner, now)


def is_due(session: Session, learner: str, now: datetime) -> bool:
    """Whether it is time to look back."""
    found = session.get(Reflecting, learner)
    return found is not None and found.last_at <= now - SEASON


def remind(session: Session, now: datetime, limit: int) -> Sequence[str]:
    """Learners who are to be reminded now; each is named once in a season, until they have looked back."""
    late = col(Reflecting.last_at) <= now - SEASON
    unreminded = or_(col(Reflecting.reminded_at).is_(None), col(Reflecting.reminded_at) <= now - SEASON)
    due = select(Reflecting).where(and_(late, unreminded)).order_by(col(Reflecting.last_at)).limit(limit)
    found = session.exec(due.with_for_update(skip_locked=True)).all()
    for one in found:
        one.reminded_at = now
        session.add(one)
    session.flush()
    return [one.learner for one in found]


def _looked_back(session: Session, learner: str, now: datetime) -> None:
    found = session.get(Reflecting, learner, with_for_update=True) or _start(session, learner, now)
    found.last_at, found.reminded_at = now, None
    session.add(found)


def _start(session: Session, learner: str, now: datetime) -> Reflecting:
    try:
        with session.begin_nested():
            session.add(made := Reflecting(learner=learner, last_at=now))
    except IntegrityError:
        return session.get_one(Reflecting, learner, populate_existing=True)
    return made


def _insert(session: Session, note: Note) -> Note:
    if session.exec(select(func.count()).select_from(Note).where(Note.learner == note.learner)).one() >= NOTES_MAX:
        raise PortfolioFull
    try:
        with session.begin_nested():
            session.add(note)
    except IntegrityError:
        winner = session.get(Note, note.id, populate_existing=True)
        if winner is None:
            raise
        return winner
    return note
