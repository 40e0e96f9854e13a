"""Records of what a learner says of themselves: kept, put before a teacher, taken back, sent back; one table of what may follow.

own ──ask──▶ asked ──confirm──▶ confirmed
 ▲            │ ▲
 ├─take back──┘ └──ask── returned ◀──send back── asked
"""

import re
import uuid
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from keys.actor import Actor
from keys.deps import Learner
from schemas.errors import BadInput, Conflict, NotFound
from wallet_web.portfolio import words
from wallet_web.portfolio.errors import (
    Confirmed,
    NoReason,
    NoSchool,
    NotWaiting,
    OnlyAchievements,
    PortfolioFull,
    TooManyFiles,
    Waiting,
)
from wallet_web.portfolio.files import MEBIBYTE, Taken
from wallet_web.portfolio.sections import Section
from wallet_web.portfolio.tables import Declared, DeclaredFile, DeclaredWords, Kind, State
from wallet_web.portfolio.words import Words

RECORDS_MAX = 500
FILES_MAX = 5
BYTES_MAX = 100 * MEBIBYTE
REASON_MAX = 1000
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


class Act(StrEnum):
    """What may be done to a record."""

    CHANGE = "change"
    ASK = "ask"
    TAKE_BACK = "take_back"
    SEND_BACK = "send_back"
    CONFIRM = "confirm"


TABLE: Mapping[tuple[State, Act], State] = {
    (State.OWN, Act.CHANGE): State.OWN,
    (State.RETURNED, Act.CHANGE): State.RETURNED,
    (State.OWN, Act.ASK): State.ASKED,
    (State.RETURNED, Act.ASK): State.ASKED,
    (State.ASKED, Act.TAKE_BACK): State.OWN,
    (State.ASKED, Act.SEND_BACK): State.RETURNED,
    (State.ASKED, Act.CONFIRM): State.CONFIRMED,
}
BEFORE_TEACHERS = frozenset({State.ASKED, State.RETURNED, State.CONFIRMED})


def step(state: State, act: Act) -> State:
    """The state after an act. Raises `Waiting`, `Confirmed` or `NotWaiting` where it cannot follow. Pure."""
    if (state, act) in TABLE:
        return TABLE[state, act]
    if state is State.CONFIRMED:
        raise Confirmed
    raise Waiting if state is State.ASKED else NotWaiting


def new_id() -> str:
    """An id for a record that is about to be written."""
    return uuid.uuid4().hex


def enter(
    session: Session,
    learner: Learner,
    by: Actor,
    now: datetime,
    *,
    id: str,  # noqa: A002 - as in the table
    kind: Kind,
    section: Section,
    said: Words,
) -> Declared:
    """Keep a new record; entering the same id twice gives the first one.

    Raises the first fault of the words, `PortfolioFull`, `Conflict` where somebody else has the id.
    """
    _demand(said, learner, now)
    if not _ID.fullmatch(id):
        raise BadInput
    made = session.get(Declared, id) or _insert(session, _new(learner, by, now, id, kind, section), said)
    if made.learner != learner.id:
        raise Conflict
    return made


def rewrite(
    session: Session, declared: Declared, learner: Learner, by: Actor, now: datetime, *, section: Section, said: Words
) -> None:
    """Change the words of a record that lies before nobody. Raises the first fault of the words, `Waiting`, `Confirmed`."""
    _demand(said, learner, now)
    declared.state = step(declared.state, Act.CHANGE)
    declared.section = section
    words.write(session, declared, said.tidy(), by.person or "", now, staff=False)
    session.add(declared)


def ask(session: Session, declared: Declared, learner: Learner, now: datetime) -> None:
    """Put a record before the teachers of the learner's school; asking twice changes nothing."""
    if declared.kind is not Kind.ACHIEVEMENT:
        raise OnlyAchievements
    if declared.state is State.ASKED:
        return
    if not learner.school:
        raise NoSchool
    declared.state = step(declared.state, Act.ASK)
    declared.asked_at, declared.school, declared.reason = now, learner.school, ""
    session.add(declared)


def take_back(session: Session, declared: Declared) -> None:
    """Take a record from the teachers again; taking it twice changes nothing."""
    if declared.state is State.OWN:
        return
    declared.state, declared.asked_at = step(declared.state, Act.TAKE_BACK), None
    session.add(declared)


def send_back(session: Session, declared: Declared, by: Actor, reason: str, now: datetime) -> None:
    """The teacher says what is to be put right. Raises `NoReason`, `NotWaiting`, `Confirmed`."""
    told = reason.strip()
    if not 1 <= len(told) <= REASON_MAX:
        raise NoReason(limit=REASON_MAX)
    declared.state = step(declared.state, Act.SEND_BACK)
    declared.reason, declared.decided_by, declared.decided_at = told, by.person, now
    session.add(declared)


def remove(session: Session, declared: Declared) -> None:
    """Forget a record with its words and files; a badge that confirms it stays in the wallet."""
    session.delete(declared)
    session.flush()


def add_file(session: Session, declared: Declared, by: Actor, file: Taken, now: datetime) -> DeclaredFile:
    """Put a file to a record; the same file twice is one. Raises `TooManyFiles`, `PortfolioFull`, `Waiting`, `Confirmed`."""
    declared.state = step(declared.state, Act.CHANGE)
    held = files_of(session, declared.id)
    known = next((one for one in held if one.digest == file.digest), None)
    if known is not None:
        return known
    if len(held) >= FILES_MAX:
        raise TooManyFiles(limit=FILES_MAX)
    if _bytes_of(session, declared.learner) + len(file.content) > BYTES_MAX:
        raise PortfolioFull
    made = DeclaredFile(
        id=uuid.uuid4().hex,
        declared=declared.id,
        learner=declared.learner,
        name=file.name,
        media_type=file.media_type,
        content=file.content,
        size=len(file.content),
        digest=file.digest,
        added_by=by.person or "",
        added_at=now,
    )
    session.add(made)
    session.flush()
    return made


def remove_file(session: Session, declared: Declared, file: str) -> None:
    """Take a file from a record that lies before nobody; taking it twice changes nothing."""
    declared.state = step(declared.state, Act.CHANGE)
    for one in files_of(session, declared.id):
        if one.id == file:
            session.delete(one)
    session.flush()


def find(session: Session, learner: str, declared: str, *, lock: bool = False) -> Declared:
    """A learner's record, or `NotFound`; with `lock` nobody changes it before this transaction ends."""
    found = session.get(Declared, declared, with_for_update=lock, populate_existing=lock)
    if found is None or found.learner != learner:
        raise NotFound
    return found


def find_for_teachers(session: Session, declared: str, *, lock: bool = False) -> Declared:
    """A record that the family has put before its teachers, or `NotFound`."""
    found = session.get(Declared, declared, with_for_update=lock, populate_existing=lock)
    if found is None or found.state not in BEFORE_TEACHERS:
        raise NotFound
    return found


def find_file(session: Session, declared: Declared, file: str) -> DeclaredFile:
    """A file of a record, or `NotFound`."""
    found = session.get(DeclaredFile, file)
    if found is None or found.declared != declared.id:
        raise NotFound
    return found


def files_of(session: Session, declared: str) -> list[DeclaredFile]:
    """The files of a record in the order in which they came."""
    rows = select(DeclaredFile).where(DeclaredFile.declared == declared)
    return list(session.exec(rows.order_by(col(DeclaredFile.added_at), col(DeclaredFile.id))))


def all_of(session: Session, learner: str) -> list[tuple[Declared, DeclaredWords]]:
    """Every record of a learner with the words that count, newest first."""
    rows = select(Declared).where(Declared.learner == learner)
    found = session.exec(rows.order_by(col(Declared.created_at).desc(), col(Declared.id))).all()
    newest = _latest_words(session, [one.id for one in found])
    return [(one, newest[one.id]) for one in found]


def waiting_for(session: Session, learners: frozenset[str]) -> list[tuple[Declared, DeclaredWords]]:
    """What lies before the teachers of these learners, the oldest first."""
    rows = select(Declared).where(Declared.state == State.ASKED, col(Declared.learner).in_(learners))
    found = session.exec(rows.order_by(col(Declared.asked_at), col(Declared.id))).all()
    newest = _latest_words(session, [one.id for one in found])
    return [(one, newest[one.id]) for one in found]


def _latest_words(session: Session, declared: list[str]) -> dict[str, DeclaredWords]:
    rows = select(DeclaredWords).where(col(DeclaredWords.declared).in_(declared)).order_by(col(DeclaredWords.number))
    return {row.declared: row for row in session.exec(rows)}


def _demand(said: Words, learner: Learner, now: datetime) -> None:
    for fault in words.faults(said.tidy(), learner.born, now.date()).values():
        raise fault


def _bytes_of(session: Session, learner: str) -> int:
    return session.exec(
        select(func.coalesce(func.sum(DeclaredFile.size), 0)).where(DeclaredFile.learner == learner)
    ).one()


def _new(learner: Learner, by: Actor, now: datetime, id: str, kind: Kind, section: Section) -> Declared:  # noqa: A002
    return Declared(
        id=id,
        learner=learner.id,
        kind=kind,
        section=section,
        state=State.OWN,
        reference=str(uuid.uuid4()),
        created_by=by.person or "",
        created_at=now,
    )


def _insert(session: Session, declared: Declared, said: Words) -> Declared:
    """Insert with its words, or take the one that another transaction inserted a moment before."""
    mine = select(func.count()).select_from(Declared).where(Declared.learner == declared.learner)
    if session.exec(mine).one() >= RECORDS_MAX:
        raise PortfolioFull
    try:
        with session.begin_nested():
            session.add(declared)
            session.flush()
            words.write(session, declared, said.tidy(), declared.created_by, declared.created_at, staff=False)
    except IntegrityError:
        winner = session.get(Declared, declared.id, populate_existing=True)
        if winner is None:
            raise
        return winner
    return declared
