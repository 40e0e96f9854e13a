"""Objections: filed by the learner, taken back, answered by the school; one table of what may follow, and what each stops.

filed ──keep──▶ kept         what was stopped goes on
  ├────uphold─▶ upheld       it ends, an application stays where it is
  └─take back─▶ taken_back   what was stopped goes on
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from keys.actor import Actor
from keys.deps import Learner
from schemas.errors import NotFound
from verifier.asking import requests
from wallet_web import consent, share
from wallet_web.history import Act, ActKind
from wallet_web.leaving import closing
from wallet_web.objections.errors import (
    NoSchoolToAnswer,
    ObjectedAlready,
    ObjectionSettled,
    OwnAct,
    OwnFamily,
    OwnWord,
    TooYoungToObject,
    WordsMissing,
)
from wallet_web.objections.tables import Objection, ObjectionState
from wallet_web.replies import replied
from wallet_web.tables import Consent, Purpose

OBJECTS_FROM = 14  # DOMAIN §4
LONGEST = 1000
SHOWN = 50
CONSENTS = frozenset({ActKind.CONSENT_GIVEN, ActKind.CONSENT_RECORDED})
STANDING = (ObjectionState.FILED, ObjectionState.UPHELD)


class Said(StrEnum):
    """What may be said to an objection that is filed."""

    KEEP = "keep"
    UPHOLD = "uphold"
    TAKE_BACK = "take_back"


TABLE: Mapping[tuple[ObjectionState, Said], ObjectionState] = {
    (ObjectionState.FILED, Said.KEEP): ObjectionState.KEPT,
    (ObjectionState.FILED, Said.UPHOLD): ObjectionState.UPHELD,
    (ObjectionState.FILED, Said.TAKE_BACK): ObjectionState.TAKEN_BACK,
}


def step(state: ObjectionState, said: Said) -> ObjectionState:
    """The state that follows. Raises `ObjectionSettled`. Pure."""
    if (state, said) not in TABLE:
        raise ObjectionSettled
    return TABLE[state, said]


def require_may_object(session: Session, learner: Learner, by: Actor, act: Act, now: datetime) -> None:
    """Raise `TooYoungToObject`, `OwnAct`, `OwnWord`, `NoSchoolToAnswer` where nothing is to be objected to, or by nobody."""
    if learner.age(now.date()) < OBJECTS_FROM:
        raise TooYoungToObject
    if act.person == by.person:
        raise OwnAct
    if act.kind in CONSENTS and session.get_one(Consent, act.item).awaits_learner:
        raise OwnWord
    if not learner.school:
        raise NoSchoolToAnswer


def file(
    session: Session, learner: Learner, by: Actor, act: Act, text: str, *, due: Callable[[], date], now: datetime
) -> Objection:
    """Object to an act; what it has begun stops until the school has answered, which it does by the day `due` says.

    Raises `ObjectedAlready`, what `require_may_object` raises, `WordsMissing`.
    """
    if find(session, learner.id, act.ref) is not None:
        raise ObjectedAlready
    require_may_object(session, learner, by, act, now)
    filed = Objection(
        id=uuid4().hex,
        learner=learner.id,
        school=learner.school,
        act=act.ref,
        item=act.item,
        subject=act.subject[:500],
        case=act.case or None,
        person=act.person,
        done_at=act.at,
        text=_words(text),
        filed_at=now,
        due_on=due(),
        state=ObjectionState.FILED,
    )
    try:
        with session.begin_nested():
            session.add(filed)
    except IntegrityError as error:
        raise ObjectedAlready from error
    _hold(session, filed, held=True)
    return filed


def take_back(session: Session, learner: str, act: str, by: Actor, now: datetime) -> Objection:
    """The learner objects no more. Raises `NotFound`, `ObjectionSettled`."""
    found = find(session, learner, act, lock=True)
    if found is None:
        raise NotFound
    _settle(session, found, Said.TAKE_BACK, by, now)
    return found


def answer(session: Session, objection: Objection, by: Actor, said: Said, text: str, now: datetime) -> Objection:
    """The school's answer: the act stays, or it ends. Raises `ObjectionSettled`, `OwnFamily`, `WordsMissing`."""
    held = session.get_one(Objection, objection.id, with_for_update=True, populate_existing=True)
    step(held.state, said)
    require_stranger(held, by)
    held.answer = _words(text)
    _settle(session, held, said, by, now)
    return held


def require_stranger(objection: Objection, by: Actor) -> None:
    """Raise `OwnFamily` for whoever has done what is objected to, or acts for the learner."""
    if objection.person == by.person or objection.learner in {by.learner, *by.wards}:
        raise OwnFamily


def find(session: Session, learner: str, act: str, *, lock: bool = False) -> Objection | None:
    """The learner's objection to an act; with `lock` nobody else settles it before this transaction ends."""
    wanted = select(Objection).where(Objection.learner == learner, Objection.act == act)
    return session.exec(wanted.with_for_update() if lock else wanted).one_or_none()


def of(session: Session, learner: str) -> list[Objection]:
    """Every objection of a learner, the newest first."""
    wanted = select(Objection).where(Objection.learner == learner)
    return list(session.exec(wanted.order_by(col(Objection.filed_at).desc(), col(Objection.id))))


def of_school(session: Session, school: str, objection: str) -> Objection:
    """An objection that a school answers, or `NotFound`."""
    found = session.get(Objection, objection)
    if found is None or found.school != school:
        raise NotFound
    return found


def before(session: Session, school: str) -> tuple[list[Objection], list[Objection]]:
    """What waits for a school, by its term, and what was settled last."""
    theirs = select(Objection).where(Objection.school == school)
    waiting = theirs.where(Objection.state == ObjectionState.FILED)
    settled = theirs.where(Objection.state != ObjectionState.FILED)
    return (
        list(session.exec(waiting.order_by(col(Objection.due_on), col(Objection.id)))),
        list(session.exec(settled.order_by(col(Objection.settled_at).desc(), col(Objection.id)).limit(SHOWN))),
    )


def disputes(session: Session, case: str) -> bool:
    """Whether a learner objects to what was done in their name in an application, and was not told that it was right."""
    standing = select(Objection.id).where(Objection.case == case, col(Objection.state).in_(STANDING))
    return session.exec(standing).first() is not None


def _settle(session: Session, found: Objection, said: Said, by: Actor, now: datetime) -> None:
    found.state = step(found.state, said)
    found.settled_by, found.settled_at = by.person, now
    session.add(found)
    session.flush()
    if said is Said.UPHOLD:
        _end(session, found, by, now)
    else:
        _hold(session, found, held=False)


def _hold(session: Session, found: Objection, *, held: bool) -> None:
    """Stop what the act has begun, or let it go on."""
    kind = ActKind(found.act.partition("-")[0])
    if kind in CONSENTS:
        given = consent.hold(session, found.item, held=held)
        if given.purpose is Purpose.ANSWERING:
            requests.hold(session, replied(session, found.learner), held=held)
    elif kind is ActKind.SHARE_MADE:
        share.hold(session, found.item, held=held)
    elif kind is ActKind.REQUEST_ANSWERED:
        requests.hold(session, [found.item], held=held)
    elif kind is ActKind.LEFT:
        closing.hold(session, found.item, held=held)


def _end(session: Session, found: Objection, by: Actor, now: datetime) -> None:
    """End what the act has begun; an application ends when the family withdraws it, until then nobody decides on it."""
    kind = ActKind(found.act.partition("-")[0])
    if kind in CONSENTS:
        given = consent.end(session, found.item, by.person, now)
        if given.purpose is Purpose.ANSWERING:
            requests.erase(session, replied(session, found.learner))
    elif kind is ActKind.SHARE_MADE:
        share.withdraw(session, found.learner, found.item, by, now)
    elif kind is ActKind.REQUEST_ANSWERED:
        requests.erase(session, [found.item])
    elif kind is ActKind.LEFT:
        closing.end(session, found.item, by.person, now)


def _words(text: str) -> str:
    said = text.strip()
    if not 1 <= len(said) <= LONGEST:
        raise WordsMissing(pointer="/text", limit=LONGEST)
    return said
