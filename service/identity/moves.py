"""A learner changes school inside the network: the old school offers, the new one accepts, both have one sealed receipt.

    OFFERED ──accept──▶ ACCEPTED      the roll follows by the day; tutors of the old school accompany no longer
       ├──decline──▶ DECLINED
       └──withdraw─▶ WITHDRAWN

Wallet, plan, decisions and links are the learner's and stay where they are. The old school keeps its register, as the law demands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from keys import organisations
from keys.deps import Learner
from keys.organisations import signer_for
from keys.organisations.register import did_of
from keys.proofs import JCS, add
from keys.store import KeyStore
from keys.tables import Organisation, OrganisationKind
from schemas.canonical import jcs
from schemas.dates import write_timestamp
from schemas.errors import N_, BadInput, Conflict, NotFound
from schemas.identity import BadNumber, grouped, normalise
from schemas.reading import read_json
from service.identity import roll
from service.identity.tables import AccountRole, Companionship, MoveState, SchoolMove
from verifier.credit.taken import decisions_of

DAYS_MOST: Final = timedelta(days=366)
STAYS: Final = N_("Решения о зачёте и их номера остаются в реестре прежней школы: их хранение требует закон.")
GOES: Final = N_("Зачётная книжка, значки, ссылки и учебный план остаются у ученика и действуют как прежде.")
ENDS: Final = N_("С первого дня в новой школе сотрудники прежней не видят книжку и портфолио ученика.")


class MoveUnknown(NotFound):
    """There is no such move of this school's."""

    code = "move-unknown"
    sentence = N_("Такого перевода нет.")


class MoveSettled(Conflict):
    """Somebody has accepted, declined or withdrawn it already."""

    code = "move-settled"
    sentence = N_("Этот перевод уже решён.")


class MoveWaits(Conflict):
    """The learner is offered to a school already."""

    code = "move-waits"
    sentence = N_("Этого ученика уже переводят. Отзовите прежний перевод, чтобы начать новый.")


class NotHere(BadInput):
    """The number is nobody's in this school."""

    code = "move-not-here"
    sentence = N_("Ученика с таким сетевым номером сейчас нет в школе.")


class NumberDiffers(BadInput):
    """The number that the family has brought is another learner's."""

    code = "move-number"
    sentence = N_("Сетевой номер не этого ученика. Сверьте его с карточкой, которую принесла семья.")


class SchoolUnknown(BadInput):
    """Not another school of the network."""

    code = "move-school"
    sentence = N_("Выберите другую школу сети.")


class MoveDay(BadInput):
    """Not within a year, or before the learner came to the old school."""

    code = "move-day"
    sentence = N_("Первый день в новой школе должен быть позже прихода в прежнюю и не дальше года от сегодня.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the old school writes down."""

    school: str
    to_school: str
    number: str
    day: date


def schools(session: Session, but: str) -> list[Organisation]:
    """The other schools, by name."""
    known = organisations.all_organisations(session)
    found = [one for one in known if one.kind is OrganisationKind.SCHOOL and one.code != but]
    return sorted(found, key=lambda one: one.name)


def offer(session: Session, wanted: Offer, learner: Learner | None, by: str, now: datetime, today: date) -> SchoolMove:
    """Offer a learner to another school. `learner` is whoever has the number.

    Raises `NotHere`, `SchoolUnknown`, `MoveDay`, `MoveWaits`.
    """
    if learner is None or learner.school != wanted.school:
        raise NotHere(pointer="/number")
    if wanted.to_school not in {one.code for one in schools(session, wanted.school)}:
        raise SchoolUnknown(pointer="/to_school")
    if not _since(session, learner.id) < wanted.day <= today + DAYS_MOST:
        raise MoveDay(pointer="/day")
    if _open(session, learner.id) is not None:
        raise MoveWaits
    made = SchoolMove(
        id=uuid4().hex,
        learner=learner.id,
        from_school=wanted.school,
        to_school=wanted.to_school,
        from_grade=learner.grade,
        day=wanted.day,
        state=MoveState.OFFERED,
        offered_by=by,
        offered_at=now,
    )
    session.add(made)
    session.flush()
    return made


def accept(
    session: Session,
    store: KeyStore,
    move: SchoolMove,
    learner: Learner,
    number: str,
    grade: str,
    by: str,
    now: datetime,
) -> SchoolMove:
    """Take the learner in: roll, companions, receipt, all in the caller's transaction. Raises `MoveSettled`, `NumberDiffers`."""
    _require_open(session, move)
    if _plain(number) != learner.number:
        raise NumberDiffers(pointer="/number")
    if not _since(session, learner.id) < move.day:
        raise MoveDay(pointer="/day")
    roll.enrol(session, _as_new(learner), school=move.to_school, grade=grade, since=move.day)
    _end_companions(session, move)
    move.to_grade = grade
    _settle(session, move, MoveState.ACCEPTED, by, now)
    move.receipt = _sealed(session, store, move, learner, now)
    session.flush()
    return move


def turn_down(session: Session, move: SchoolMove, school: str, by: str, now: datetime) -> SchoolMove:
    """The new school declines, or the old one takes its offer back. Raises `MoveSettled`."""
    _require_open(session, move)
    _settle(session, move, MoveState.DECLINED if school == move.to_school else MoveState.WITHDRAWN, by, now)
    session.flush()
    return move


def find(session: Session, school: str, move: str) -> SchoolMove:
    """A move that the school is a side of, or `MoveUnknown`."""
    found = session.get(SchoolMove, move)
    if found is None or school not in {found.from_school, found.to_school}:
        raise MoveUnknown
    return found


def all_of(session: Session, school: str) -> Sequence[SchoolMove]:
    """The school's moves, newest first."""
    sides = sa.or_(col(SchoolMove.from_school) == school, col(SchoolMove.to_school) == school)
    return session.exec(
        select(SchoolMove).where(sides).order_by(col(SchoolMove.offered_at).desc(), col(SchoolMove.id))
    ).all()


def receipt_of(move: SchoolMove) -> dict[str, Any]:
    """What the receipt says, proofs included; `MoveUnknown` where nothing was accepted."""
    if move.receipt is None:
        raise MoveUnknown
    return read_json(bytes(move.receipt))


def _sealed(session: Session, store: KeyStore, move: SchoolMove, learner: Learner, now: datetime) -> bytes:
    """The receipt under the seals of both schools."""
    document: dict[str, Any] = _receipt(session, move, learner, now)
    for school in (move.from_school, move.to_school):
        document = add(document, signer_for(session, store, school, now), created=now, suite=JCS)
    return jcs(document)


def _receipt(session: Session, move: SchoolMove, learner: Learner, now: datetime) -> dict[str, Any]:
    kept = [one for one in decisions_of(session, learner.id) if one.school == move.from_school]
    return {
        "kind": "SchoolMove",
        "id": f"urn:uuid:{move.id}",
        "made": write_timestamp(now),
        "learner": {"name": learner.name, "number": grouped(learner.number)},
        "from": _side(session, move.from_school, move.from_grade),
        "to": _side(session, move.to_school, move.to_grade),
        "lastDay": (move.day - timedelta(days=1)).isoformat(),
        "firstDay": move.day.isoformat(),
        "kept": [
            {
                "title": one.title,
                "paper": one.paper_number,
                "date": one.decided_on.isoformat(),
                "reference": one.reference,
            }
            for one in kept
        ],
        "text": [STAYS, GOES, ENDS],
    }


def _side(session: Session, school: str, grade: str) -> dict[str, str]:
    known = organisations.find(session, school)
    return {"code": school, "name": known.name, "did": did_of(known), "grade": grade}


def _end_companions(session: Session, move: SchoolMove) -> None:
    """Whoever accompanied the learner as staff of the old school does so up to the day before."""
    staff = select(AccountRole.account).where(AccountRole.organisation == move.from_school)
    stays = select(AccountRole.account).where(AccountRole.organisation == move.to_school)
    open_ = sa.update(Companionship).where(
        col(Companionship.learner) == move.learner,
        sa.or_(col(Companionship.until).is_(None), col(Companionship.until) >= move.day),
        col(Companionship.person).in_(staff),
        col(Companionship.person).not_in(stays),
    )
    session.exec(open_.values(until=move.day - timedelta(days=1)))


def _as_new(learner: Learner) -> roll.NewLearner:
    return roll.NewLearner(
        id=learner.id,
        number=learner.number,
        family_name=learner.family_name,
        given_name=learner.given_name,
        patronymic=learner.patronymic,
        born=learner.born,
    )


def _plain(number: str) -> str:
    try:
        return normalise(number)
    except BadNumber:
        return ""


def _since(session: Session, learner: str) -> date:
    """From when the learner has been where they are: the latest of their places."""
    places = roll.places(session, learner)
    return places[-1].since if places else date.max


def _open(session: Session, learner: str) -> SchoolMove | None:
    waiting = select(SchoolMove).where(SchoolMove.learner == learner, SchoolMove.state == MoveState.OFFERED)
    return session.exec(waiting.with_for_update()).first()


def _require_open(session: Session, move: SchoolMove) -> None:
    session.refresh(move, with_for_update=True)
    if move.state is not MoveState.OFFERED:
        raise MoveSettled


def _settle(session: Session, move: SchoolMove, state: MoveState, by: str, now: datetime) -> None:
    move.state, move.settled_by, move.settled_at = state, by, now
    session.add(move)
