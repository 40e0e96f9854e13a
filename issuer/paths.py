"""Paths of achievements: whoever holds enough of the steps is awarded what the path leads to.

The award is entered in the transaction that stores the last step's badge, and finished by whoever finishes awards. Two last steps
that are stored at the same moment wait for each other at the path's row, so that the later one sees both.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col, select

from issuer import awards, catalogue
from issuer.errors.catalogue import BadPathway, PathFixed, PathUnknown
from issuer.errors.orders import AwardedByPath, NotPublished, PathIncomplete
from issuer.lifecycle import SIGNED
from issuer.module import STATEMENT_TYPE, is_code
from issuer.orders import overall
from issuer.record import record
from issuer.tables import AchievementPath, AchievementVersion, Award, PathState, PathStep
from keys.actor import Actor, ActorKind
from schemas.award import AwardOrder
from schemas.errors import N_

MOST_STEPS = 30
_LONGEST_TITLE, _LONGEST_TEXT = 200, 4000
_AT_ONCE = 500
JOB = Actor(kind=ActorKind.JOB)
Step = tuple[str, str]  # organisation and code of an achievement

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class PathSpec:
    """What an organisation says of a path; `achievement` is the code of its own that the path leads to."""

    organisation: str
    code: str
    title: str
    description: str
    achievement: str
    needed: int


def draft(session: Session, spec: PathSpec, by: Actor, now: datetime) -> AchievementPath:
    """Enter a path without steps. Raises `BadPathway`."""
    _check(session, spec)
    same = select(AchievementPath.id).where(
        AchievementPath.organisation == spec.organisation, AchievementPath.code == spec.code
    )
    if session.exec(same).first() is not None:
        raise BadPathway(pointer="/code", field=N_("путь с таким кодом уже есть"))
    path = AchievementPath(
        id=uuid4().hex,
        organisation=spec.organisation,
        code=spec.code,
        title=spec.title.strip(),
        description=spec.description.strip(),
        achievement=spec.achievement,
        needed=spec.needed,
        state=PathState.DRAFT,
        drafted_by=by.person or str(by.kind),
        drafted_at=now,
    )
    session.add(path)
    session.flush()
    record(session, now, by, "path.drafted", path.organisation, path.id)
    return path


def revise(
    session: Session, path: AchievementPath, spec: PathSpec, steps: Sequence[Step], by: Actor, now: datetime
) -> None:
    """Say a draft anew, with these steps. Raises `BadPathway`, `PathFixed`, `NotPublished`."""
    _step(session, path, PathState.DRAFT)
    _check(session, spec)
    if len(steps) > MOST_STEPS or len(set(steps)) < len(steps):
        raise BadPathway(pointer="/steps", field=N_("шагов не больше 30, и они не повторяются"))
    for organisation, achievement in set(steps) - set(steps_of(session, path.id)):
        catalogue.published(session, organisation, achievement)
    path.title, path.description = spec.title.strip(), spec.description.strip()
    path.achievement, path.needed = spec.achievement, spec.needed
    session.exec(sa.delete(PathStep).where(col(PathStep.path) == path.id))
    for place, (organisation, achievement) in enumerate(steps, start=1):
        session.add(PathStep(path=path.id, place=place, organisation=organisation, achievement=achievement))
    session.flush()
    record(session, now, by, "path.revised", path.organisation, path.id)


def publish(session: Session, path: AchievementPath, by: Actor, now: datetime) -> None:
    """Let it award; learners who are through already are found by `sweep`. Raises `BadPathway`, `PathFixed`, `NotPublished`."""
    _step(session, path, PathState.DRAFT)
    steps = steps_of(session, path.id)
    if not 0 < path.needed <= len(steps):
        raise BadPathway(pointer="/needed", field=N_("сколько шагов нужно — от 1 до числа шагов"))
    if (path.organisation, path.achievement) in steps:
        raise BadPathway(pointer="/achievement", field=N_("путь не может вести к своему же шагу"))
    _require_automatic(catalogue.published(session, path.organisation, path.achievement))
    path.state, path.published_at = PathState.PUBLISHED, now
    session.flush()
    record(session, now, by, "path.published", path.organisation, path.id)


def retire(session: Session, path: AchievementPath, by: Actor, now: datetime) -> None:
    """Award no more; what was awarded stays good. Raises `PathFixed`."""
    _step(session, path, PathState.PUBLISHED)
    path.state, path.retired_at = PathState.RETIRED, now
    session.flush()
    record(session, now, by, "path.retired", path.organisation, path.id)


def complete(session: Session, organisation: str, code: str, numbers: Collection[str], now: datetime) -> int:
    """After badges of an achievement were stored for these learners: enter what paths award to those who are through.

    Holds the rows of the paths concerned until the transaction ends. Returns how many awards were entered.
    """
    ids = select(PathStep.path).where(PathStep.organisation == organisation, PathStep.achievement == code)
    concerned = select(AchievementPath).where(
        AchievementPath.state == PathState.PUBLISHED, col(AchievementPath.id).in_(ids)
    )
    held = concerned.order_by(col(AchievementPath.id)).with_for_update()
    return sum(_award(session, path, numbers, now) for path in session.exec(held).all())


def sweep(session: Session, path: AchievementPath, now: datetime) -> int:
    """Enter the awards of everybody who is through a published path and has not got what it leads to; how many."""
    _step(session, path, PathState.PUBLISHED)
    wanted = select(Award.learner_number).where(*_in_force(steps_of(session, path.id))).distinct()
    numbers = sorted(session.exec(wanted).all())
    return sum(_award(session, path, numbers[at : at + _AT_ONCE], now) for at in range(0, len(numbers), _AT_ONCE))


def require_complete(session: Session, order: AwardOrder) -> Iterator[PathIncomplete]:
    """What stands against awarding by hand what a path leads to."""
    for path in leading_to(session, order.organisation, order.achievement):
        held = len(_held(session, path, [order.learner_number]).get(order.learner_number, ()))
        if held < path.needed:
            yield PathIncomplete(pointer="/learner_number", title=path.title, held=held, needed=path.needed)


def refuse_lists(session: Session, organisation: str, code: str) -> None:
    """Raise `AwardedByPath` for an achievement that a path awards."""
    for path in leading_to(session, organisation, code):
        raise AwardedByPath(pointer="/achievement", title=path.title)


def leading_to(session: Session, organisation: str, code: str) -> list[AchievementPath]:
    """The published paths at whose end an achievement stands."""
    wanted = select(AchievementPath).where(
        AchievementPath.organisation == organisation,
        AchievementPath.achievement == code,
        AchievementPath.state == PathState.PUBLISHED,
    )
    return list(session.exec(wanted).all())


def steps_of(session: Session, path: str) -> list[Step]:
    """The steps in their order."""
    wanted = select(PathStep).where(PathStep.path == path).order_by(col(PathStep.place))
    return [(step.organisation, step.achievement) for step in session.exec(wanted)]


def all_of(session: Session, organisation: str) -> list[AchievementPath]:
    """Every path of an organisation, by title."""
    wanted = select(AchievementPath).where(AchievementPath.organisation == organisation)
    return list(session.exec(wanted.order_by(col(AchievementPath.title), col(AchievementPath.id))).all())


def all_published(session: Session) -> list[AchievementPath]:
    """Every path that awards."""
    wanted = select(AchievementPath).where(AchievementPath.state == PathState.PUBLISHED)
    return list(session.exec(wanted.order_by(col(AchievementPath.id))).all())


def find(session: Session, organisation: str, path_id: str) -> AchievementPath:
    """A path of that organisation, or `PathUnknown`."""
    path = session.get(AchievementPath, path_id)
    if path is None or path.organisation != organisation:
        raise PathUnknown
    return path


def _award(session: Session, path: AchievementPath, numbers: Collection[str], now: datetime) -> int:
    try:
        version = catalogue.published(session, path.organisation, path.achievement)
    except NotPublished:
        log.warning("path.leads-nowhere", path=path.id)  # the daily sweep makes up for it
        return 0
    through = [number for number, held in _held(session, path, numbers).items() if len(held) >= path.needed]
    fresh = [number for number in through if number not in _has(session, path, through)]
    entered = [awards.enter(session, _order(path, number, now), version, JOB, now).id for number in fresh]
    for award in entered:
        record(session, now, JOB, "path.completed", path.organisation, award)
    return len(entered)


def _order(path: AchievementPath, number: str, now: datetime) -> AwardOrder:
    """One path leads one learner to one award: the occasion is the path."""
    return AwardOrder(
        organisation=path.organisation,
        achievement=path.achievement,
        learner_number=number,
        event=f"Путь {path.code}",
        awarded_at=now.replace(microsecond=0),
    )


def _held(session: Session, path: AchievementPath, numbers: Collection[str]) -> dict[str, set[Step]]:
    """Which steps each of these learners holds as badges in force."""
    steps = set(steps_of(session, path.id))
    found = select(Award.learner_number, Award.organisation, Award.achievement).where(*_in_force(steps))
    held: dict[str, set[Step]] = {}
    for number, organisation, achievement in session.exec(found.where(col(Award.learner_number).in_(numbers))):
        if (organisation, achievement) in steps:
            held.setdefault(number, set()).add((organisation, achievement))
    return held


def _in_force(steps: Iterable[Step]) -> Iterator[sa.ColumnElement[bool]]:
    """What holds of awards of these achievements, and of some others of the same codes, that are in force."""
    listed = list(steps)
    yield col(Award.organisation).in_({organisation for organisation, _ in listed})
    yield col(Award.achievement).in_({achievement for _, achievement in listed})
    yield col(Award.state).in_(SIGNED)
    yield col(Award.revoked_at).is_(None)
    yield col(Award.suspended_at).is_(None)


def _has(session: Session, path: AchievementPath, numbers: Collection[str]) -> set[str]:
    """Who has been awarded what the path leads to, whatever has become of it."""
    wanted = select(Award.learner_number).where(
        Award.organisation == path.organisation,
        Award.achievement == path.achievement,
        col(Award.learner_number).in_(numbers),
    )
    return set(session.exec(wanted).all())


def _check(session: Session, spec: PathSpec) -> None:
    rules = (
        ("code", N_("код — латинские буквы, цифры и дефис"), not is_code(spec.code)),
        ("title", N_("название — до 200 знаков"), not 0 < len(spec.title.strip()) <= _LONGEST_TITLE),
        ("description", N_("нужно описание, до 4000 знаков"), not 0 < len(spec.description.strip()) <= _LONGEST_TEXT),
        ("needed", N_("сколько шагов нужно — от 1 до числа шагов"), not 0 < spec.needed <= MOST_STEPS),
    )
    for field, reason, broken in rules:
        if broken:
            raise BadPathway(pointer=f"/{field}", field=reason)
    try:
        _require_automatic(catalogue.published(session, spec.organisation, spec.achievement))
    except NotPublished as error:
        raise BadPathway(pointer="/achievement", field=N_("выберите опубликованный значок")) from error


def _require_automatic(version: AchievementVersion) -> None:
    """Nobody is there to give a result or a statement."""
    achievement = catalogue.achievement_of(version)
    scale = overall(achievement)
    asks = any(found.kind == STATEMENT_TYPE for found in achievement.result_descriptions)
    if asks or scale is None or scale.kind != "Status":
        raise BadPathway(
            pointer="/achievement",
            field=N_("у значка за путь шкала «зачтено» или «участие» и нет дополнительных сведений"),
        )


def _step(session: Session, path: AchievementPath, state: PathState) -> None:
    """Hold the row, and raise unless it is in `state`."""
    wanted = select(AchievementPath).where(AchievementPath.id == path.id).with_for_update()
    session.exec(wanted, execution_options={"populate_existing": True}).one()
    if path.state is not state:
        raise PathFixed
