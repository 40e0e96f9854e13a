"""Consent: a text of its own, given by the person the law asks, and gone the moment it is withdrawn (DOMAIN §4, THREATS W4).

A consent is in force, lapsed or withdrawn. It lapses on the learner's 18th birthday when a guardian gave it.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cache
from importlib.resources import files

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, or_, select, update

from keys.actor import Actor, ActorKind
from keys.deps import Learner
from schemas.errors import Forbidden, NotFound
from wallet_web.errors import GuardianGives, NotAsked, PaperMissing, TextChanged
from wallet_web.objections.tables import Objection, ObjectionState
from wallet_web.tables import Consent, ConsentRule, Purpose, Share, ShareName

ADULT = 18
OWN_WORD = 14  # from here on the learner may be asked besides the guardian
PAPER_MOST = 200
ITEMS = {
    Purpose.SHARING: ("badges",),
    Purpose.ANSWERING: ("badges",),
    Purpose.NAMING: ("name",),
    Purpose.PORTFOLIO: ("badges", "records", "files", "words"),
}
_GIVEN = ("consent_given-", "consent_recorded-")  # how `history.Act.ref` calls the acts that give one


class ConsentState(StrEnum):
    """Where a consent stands."""

    IN_FORCE = "in_force"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    AWAITING = "awaiting"  # the guardian has given it, the learner has not agreed yet


LIVING = frozenset({ConsentState.IN_FORCE, ConsentState.AWAITING})


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One version of a text people agree to; `digest` is the SHA-256 of its bytes in hex."""

    purpose: Purpose
    version: int
    title: str
    paragraphs: tuple[str, ...]
    digest: str


@cache
def texts(purpose: Purpose) -> tuple[ConsentText, ...]:
    """Every version of the text for a purpose, oldest first (`texts/<purpose>-<version>.txt`)."""
    found = (file for file in (files(__package__) / "texts").iterdir() if file.name.startswith(f"{purpose}-"))
    read = [_text(purpose, int(file.name.removesuffix(".txt").rpartition("-")[2]), file.read_bytes()) for file in found]
    return tuple(sorted(read, key=lambda text: text.version))


def _text(purpose: Purpose, version: int, data: bytes) -> ConsentText:
    title, *paragraphs = data.decode("utf-8").strip().split("\n\n")
    return ConsentText(purpose, version, title, tuple(paragraphs), hashlib.sha256(data).hexdigest())


def current_text(purpose: Purpose) -> ConsentText:
    """The text that is put before people today."""
    return texts(purpose)[-1]


def purpose_of(text_hash: str) -> Purpose:
    """What the current text with this digest is for. Raises `TextChanged` where it is nobody's."""
    found = [purpose for purpose in Purpose if current_text(purpose).digest == text_hash]
    if not found:
        raise TextChanged
    return found[0]


def text_agreed(consent: Consent) -> ConsentText:
    """The very text a consent was given to."""
    return next(text for text in texts(consent.purpose) if text.digest == consent.text_hash)


def state(consent: Consent, now: datetime) -> ConsentState:
    """Where a consent stands at a moment; pure."""
    if consent.withdrawn_by is not None:
        return ConsentState.WITHDRAWN
    lapsed = consent.ended_at is not None or (consent.valid_until is not None and consent.valid_until <= now)
    if lapsed:
        return ConsentState.LAPSED
    return ConsentState.AWAITING if consent.awaits_learner and consent.agreed_at is None else ConsentState.IN_FORCE


def comes_of_age(born: date) -> date:
    """The first day on which the learner is 18; for 29 February 1 March where the year has none."""
    try:
        return born.replace(year=born.year + ADULT)
    except ValueError:
        return date(born.year + ADULT, 3, 1)


def require_who_decides(learner: Learner, by: Actor) -> None:
    """Raise unless `by` is the person whose consent counts: a guardian of a minor, or the learner from 18 on."""
    if by.kind is not ActorKind.PERSON:
        raise Forbidden
    if learner.id in by.wards or (learner.id == by.learner and by.adult):
        return
    raise GuardianGives if learner.id == by.learner else Forbidden


def in_force(session: Session, learner: str, purpose: Purpose, now: datetime, *, lock: bool = False) -> Consent | None:
    """The consent that counts now; with `lock` nobody can withdraw it before this transaction ends."""
    found = _open(session, learner, purpose, lock=lock)
    return found if found is not None and state(found, now) is ConsentState.IN_FORCE else None


def history(session: Session, learner: str) -> list[Consent]:
    """Every consent ever given for a learner, newest first."""
    rows = select(Consent).where(Consent.subject == learner).order_by(col(Consent.given_at).desc(), col(Consent.id))
    return list(session.exec(rows))


def last_withdrawn(session: Session, learner: str) -> datetime | None:
    """When a consent for a learner was last withdrawn by somebody."""
    taken_back = select(Consent.ended_at).where(Consent.subject == learner, col(Consent.withdrawn_by).is_not(None))
    return max(filter(None, session.exec(taken_back)), default=None)


def give(session: Session, learner: Learner, by: Actor, purpose: Purpose, text_hash: str, now: datetime) -> Consent:
    """Give a consent to the text whose hash was shown; giving it twice gives the one that is in force or awaits the learner.

    Raises `GuardianGives` when the learner is a minor, `TextChanged` when the text is not the current one.
    """
    require_who_decides(learner, by)
    if text_hash != current_text(purpose).digest:
        raise TextChanged
    old = _open(session, learner.id, purpose, lock=True)
    if old is not None and state(old, now) in LIVING:
        return old
    _lapse(session, old, now)
    made = _new(learner, by.person or "", purpose, now)
    made.awaits_learner = by.learner != learner.id and asks_both(session, learner, now)
    return _insert(session, made)


def answer(session: Session, learner: Learner, by: Actor, consent: str, now: datetime, *, agrees: bool) -> Consent:
    """What the learner says to a consent that asks for both: it counts from now on, or ends at once, then or later.

    Raises `NotFound` for another's consent, `NotAsked` for one that does not ask the learner.
    """
    found = session.get(Consent, consent, with_for_update=True, populate_existing=True)
    if found is None or found.subject != learner.id or by.learner != learner.id:
        raise NotFound
    if not found.awaits_learner:
        raise NotAsked
    if found.ended_at is None and agrees and found.agreed_at is None:
        found.agreed_at = now
    elif found.ended_at is None and not agrees:
        _end(session, found, by.person, now)
    session.flush()
    return found


def record_paper(
    session: Session, learner: Learner, giver: Actor, purpose: Purpose, paper: str, by: str, now: datetime
) -> Consent:
    """Write down a consent that was signed on paper, by both where the school asks both; `by` has seen it.

    Raises as `require_who_decides` does for `giver`, and `PaperMissing`.
    """
    require_who_decides(learner, giver)
    said = " ".join(paper.split())[:PAPER_MOST]
    if not said:
        raise PaperMissing(pointer="/paper")
    old = _open(session, learner.id, purpose, lock=True)
    if old is not None and state(old, now) is ConsentState.IN_FORCE:
        return old
    _lapse(session, old, now)
    made = _new(learner, giver.person or "", purpose, now)
    made.paper, made.recorded_by = said, by
    return _insert(session, made)


def asks_both(session: Session, learner: Learner, now: datetime) -> bool:
    """Whether the learner must agree besides the guardian: from 14 on, where their school says so or it is disputed (DOMAIN §4)."""
    if not OWN_WORD <= learner.age(now.date()) < ADULT:
        return False
    return school_asks_both(session, learner.school) or _disputed(session, learner.id)


def _disputed(session: Session, learner: str) -> bool:
    """Whether the learner has objected to a consent that was given for them, and nobody has found that it was right."""
    standing = col(Objection.state).in_((ObjectionState.FILED, ObjectionState.UPHELD))
    consents = or_(*(col(Objection.act).startswith(kind, autoescape=True) for kind in _GIVEN))
    disputed = select(Objection.id).where(Objection.learner == learner, standing, consents)
    return session.exec(disputed).first() is not None


def school_asks_both(session: Session, school: str) -> bool:
    """Whether a school asks guardian and learner from 14 on."""
    rule = session.get(ConsentRule, school) if school else None
    return rule is not None and rule.both


def settle(session: Session, school: str, *, both: bool) -> None:
    """Say whether a school asks both; consents that were given before stay as they are."""
    session.merge(ConsentRule(school=school, both=both))
    session.flush()


def withdraw(session: Session, learner: Learner, by: Actor, consent: str, now: datetime) -> Consent:
    """End a consent at once; every share that rests on it dies with it. Withdrawing twice changes nothing."""
    require_who_decides(learner, by)
    found = session.get(Consent, consent, with_for_update=True, populate_existing=True)
    if found is None or found.subject != learner.id:
        raise NotFound
    if found.ended_at is None:
        _end(session, found, by.person, now)
    return found


def hold(session: Session, consent: str, *, held: bool) -> Consent:
    """Let a consent wait for the learner's own word, because they object to it, or count without it again."""
    found = session.get_one(Consent, consent, with_for_update=True, populate_existing=True)
    if found.ended_at is None and held:
        found.awaits_learner, found.agreed_at = True, None
    elif found.ended_at is None and found.agreed_at is None:
        found.awaits_learner = False
    session.flush()
    return found


def end(session: Session, consent: str, by: str | None, now: datetime) -> Consent:
    """End a consent because the school has found the learner right who objects to it; every share on it dies with it."""
    found = session.get_one(Consent, consent, with_for_update=True, populate_existing=True)
    if found.ended_at is None:
        _end(session, found, by, now)
    return found


def end_all(session: Session, learner: str, by: str | None, now: datetime) -> None:
    """End every consent that counts or waits, and every share with them: the family leaves."""
    for one in session.exec(select(Consent).where(Consent.subject == learner, col(Consent.ended_at).is_(None))).all():
        _end(session, one, by, now)
    session.flush()


def _end_names(session: Session, ended: Consent, by: str | None, now: datetime) -> None:
    """Links that show a name die with the consent to that, and the statements with the name are erased."""
    named = list(session.exec(select(ShareName.share).where(ShareName.consent == ended.id)))
    living = update(Share).where(col(Share.id).in_(named), col(Share.withdrawn_at).is_(None))
    session.exec(living.values(withdrawn_at=now, withdrawn_by=by))
    session.exec(delete(ShareName).where(col(ShareName.consent) == ended.id))


def end_acts_of(session: Session, learner: str, person: str, by: str | None, now: datetime) -> list[str]:
    """End what somebody did for a learner for whom they may not act any more; the ids of the consents that they had given.

    The links that they made and those that rest on their consents die with them.
    """
    given = select(Consent).where(
        Consent.subject == learner, Consent.given_by == person, col(Consent.ended_at).is_(None)
    )
    ended = session.exec(given.with_for_update()).all()
    for one in ended:
        one.ended_at, one.withdrawn_by = now, by
        _end_names(session, one, by, now)
    theirs = col(Share.created_by) == person, col(Share.consent).in_([one.id for one in ended])
    living = update(Share).where(col(Share.learner) == learner, col(Share.withdrawn_at).is_(None), or_(*theirs))
    session.exec(living.values(withdrawn_at=now, withdrawn_by=by))
    session.flush()
    return [one.id for one in ended]


def _end(session: Session, found: Consent, by: str | None, now: datetime) -> None:
    found.ended_at, found.withdrawn_by = now, by
    session.add(found)
    living = update(Share).where(col(Share.consent) == found.id, col(Share.withdrawn_at).is_(None))
    session.exec(living.values(withdrawn_at=now, withdrawn_by=by))
    _end_names(session, found, by, now)


def _lapse(session: Session, old: Consent | None, now: datetime) -> None:
    """Make room for a new one."""
    if old is not None:
        old.ended_at = old.valid_until or now
        session.add(old)
        session.flush()


def _open(session: Session, learner: str, purpose: Purpose, *, lock: bool) -> Consent | None:
    row = select(Consent).where(Consent.subject == learner, Consent.purpose == purpose, col(Consent.ended_at).is_(None))
    return session.exec(row.with_for_update() if lock else row).first()


def _new(learner: Learner, giver: str, purpose: Purpose, now: datetime) -> Consent:
    birthday = datetime.combine(comes_of_age(learner.born), time(), UTC)
    return Consent(
        id=uuid.uuid4().hex,
        subject=learner.id,
        given_by=giver,
        purpose=purpose,
        items=list(ITEMS[purpose]),
        text_hash=current_text(purpose).digest,
        given_at=now,
        valid_until=birthday if now < birthday else None,
    )


def _insert(session: Session, consent: Consent) -> Consent:
    """Insert, or take the one that another transaction inserted a moment before."""
    try:
        with session.begin_nested():
            session.add(consent)
    except IntegrityError:
        winner = _open(session, consent.subject, consent.purpose, lock=False)
        if winner is None:
            raise
        return winner
    return consent
