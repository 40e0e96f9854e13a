"""The register of awards: entering an order once, finding awards again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from issuer.errors.orders import AwardExists, AwardUnknown
from issuer.tables import AchievementVersion, Award, AwardState
from keys.actor import Actor
from schemas.award import AwardOrder


def enter(session: Session, order: AwardOrder, version: AchievementVersion, by: Actor, now: datetime) -> Award:
    """Write a checked order down; the same order twice is one award, another content under the same event `AwardExists`.

    An award that was refused before its signature is taken up again.
    """
    found = find_same(session, order) or _insert(session, order, version, by, now)
    award = locked(session, found.id)
    if award.state is AwardState.REFUSED:
        award.sqlmodel_update(_content(order, version, by, now))
    return _same(award, order)


def _insert(session: Session, order: AwardOrder, version: AchievementVersion, by: Actor, now: datetime) -> Award:
    """A new award, or the one that somebody else has entered at the same moment."""
    award = Award(
        id=uuid4().hex,
        organisation=order.organisation,
        achievement=order.achievement,
        learner_number=order.learner_number,
        event=order.event,
        **_content(order, version, by, now),
    )
    try:
        with session.begin_nested():
            session.add(award)
    except IntegrityError:
        found = find_same(session, order)
        if found is None:
            raise
        return found
    return award


def _content(order: AwardOrder, version: AchievementVersion, by: Actor, now: datetime) -> dict[str, Any]:
    """What an order puts into its award, besides the key that it is found by."""
    return {
        "version": version.id,
        "particulars": particulars(order),
        "awarded_at": order.awarded_at,
        "ordered_at": now,
        "ordered_by": by.person,
        "actor_kind": str(by.kind),
        "state": AwardState.ORDERED,
        "refusal": "",
        "leased_until": None,
    }


def known(session: Session, order: AwardOrder) -> Award | None:
    """The award that this order led to before; `AwardExists` if that one had another content; a refused one does not count."""
    found = find_same(session, order)
    return None if found is None or found.state is AwardState.REFUSED else _same(found, order)


def find_same(session: Session, order: AwardOrder) -> Award | None:
    """The award of the same organisation, achievement, learner and event; none for words that no award can have."""
    if not f"{order.organisation}{order.achievement}{order.learner_number}{order.event}".isprintable():
        return None
    wanted = select(Award).where(
        Award.organisation == order.organisation,
        Award.achievement == order.achievement,
        Award.learner_number == order.learner_number,
        Award.event == order.event,
    )
    return session.exec(wanted).one_or_none()


def particulars(order: AwardOrder) -> dict[str, Any]:
    """What the order says besides its key and its moment; two orders are the same when this is."""
    evidence = {"evidence": order.evidence, "evidence_url": order.evidence_url}
    return {
        "result": order.result,
        "levels": dict(order.levels),
        "statements": dict(order.statements),
        "narrative": order.narrative,
        **{name: text for name, text in evidence.items() if text},
        **({"allowed": True} if order.allowed else {}),
    }


def order_of(award: Award) -> AwardOrder:
    """The order as it was entered."""
    said: Mapping[str, Any] = award.particulars
    return AwardOrder(
        organisation=award.organisation,
        achievement=award.achievement,
        learner_number=award.learner_number,
        event=award.event,
        awarded_at=award.awarded_at,
        result=said["result"],
        levels=said["levels"],
        statements=said["statements"],
        narrative=said["narrative"],
        evidence=said.get("evidence", ""),
        evidence_url=said.get("evidence_url", ""),
        allowed=said.get("allowed", False),
    )


def find(session: Session, organisation: str, award_id: str) -> Award:
    """The award of that id, if it is this organisation's; else `AwardUnknown`."""
    award = get(session, award_id)
    if award is None or award.organisation != organisation:
        raise AwardUnknown
    return award


def get(session: Session, award_id: str) -> Award | None:
    """The award of that id, whosever it is."""
    return session.get(Award, award_id) if award_id.isascii() and award_id.isalnum() else None


def of_credential(session: Session, organisation: str, credential_id: str) -> Award:
    """The award behind a credential of this organisation, its newest correction that is signed; else `AwardUnknown`."""
    found = (
        session.exec(select(Award).where(Award.credential_id == credential_id)).one_or_none()
        if credential_id.isprintable()
        else None
    )
    if found is None or found.organisation != organisation:
        raise AwardUnknown
    while (newer := correction_of(session, found.id)) is not None and newer.stored is not None:
        found = newer
    return found


def locked(session: Session, award_id: str) -> Award:
    """The award as it is now, its row held until the transaction ends."""
    wanted = select(Award).where(Award.id == award_id).with_for_update()
    award = session.exec(wanted, execution_options={"populate_existing": True}).one_or_none()
    if award is None:
        raise AwardUnknown
    return award


def latest(session: Session, organisation: str, limit: int, skip: int = 0) -> list[Award]:
    """The organisation's newest awards."""
    mine = select(Award).where(Award.organisation == organisation)
    newest = mine.order_by(col(Award.ordered_at).desc(), col(Award.id)).offset(skip).limit(limit)
    return list(session.exec(newest).all())


def count(session: Session, organisation: str) -> int:
    """How many awards the organisation has."""
    return session.exec(select(func.count()).select_from(Award).where(Award.organisation == organisation)).one()


def correction_of(session: Session, award_id: str) -> Award | None:
    """The award that corrects this one, however far it has come."""
    return session.exec(select(Award).where(Award.replaces == award_id)).one_or_none()


def first_of(session: Session, award: Award) -> Award:
    """The award at the beginning of a chain of corrections; its credential id is that of all of them."""
    while award.replaces is not None:
        award = session.get_one(Award, award.replaces)
    return award


def version_of(session: Session, award: Award) -> AchievementVersion:
    """The version of the achievement that was awarded."""
    return session.get_one(AchievementVersion, award.version)


def _same(found: Award, order: AwardOrder) -> Award:
    if found.particulars != particulars(order):
        raise AwardExists(pointer="/event")
    return found
