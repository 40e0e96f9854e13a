"""Telling people: a notice is written with the act that causes it, and the worker announces it by mail, never twice.

WAITING ─take─▶ SENDING ─taken by the server─▶ SENT
   ▲               ├─ not taken, try later ────▶ WAITING
   └───────────────├─ never taken ─────────────▶ OUTBOX
                   └─ nobody knows ────────────▶ UNSURE   (also what a worker finds that another died with)
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import Engine, and_, delete, or_
from sqlmodel import Session, col, select

from service import tasks
from service.database import unit_of_work
from service.identity.contacts import address_of
from service.notices.mail import Mail, MailRefused, MailUnavailable, MailUnsure
from service.notices.tables import Delivery, Notice

MAIL = "notice.mail"
PATIENCE = timedelta(hours=1)  # for so long the outbox leaves a letter to the mail
PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One notice to one person; `handed` when somebody gave it on paper."""

    person: str
    organisation: str
    learner: str
    text: str
    href: str
    handed: bool = False


def tell(session: Session, told: Told, *, mails: bool, now: datetime) -> Notice:
    """Write the notice down in the caller's transaction and leave its mail to the worker."""
    given = {name: value for name, value in asdict(told).items() if name != "handed"}
    notice = Notice(id=uuid4().hex, at=now, delivery=_way(session, told, mails=mails), **given)
    session.add(notice)
    session.flush()
    if notice.delivery is Delivery.WAITING:
        tasks.later(session, MAIL, notice.id, now)
    return notice


def send(engine: Engine, mail: Mail | None, notice: str, now: datetime) -> None:
    """Announce a notice by mail. Raises `MailUnavailable` to be called again; doing it twice sends no second letter."""
    address = _take(engine, notice, now)
    if not address:
        return
    if mail is None:  # the server was taken out of the settings meanwhile
        _settle(engine, notice, Delivery.OUTBOX, now)
        return
    try:
        mail.send(address, notice, now)
    except MailUnavailable:
        _settle(engine, notice, Delivery.WAITING, now)
        raise
    except MailRefused:
        _settle(engine, notice, Delivery.OUTBOX, now)
    except MailUnsure:
        _settle(engine, notice, Delivery.UNSURE, now)
    else:
        _settle(engine, notice, Delivery.SENT, now)


def outbox(session: Session, organisation: str, now: datetime) -> list[Notice]:
    """What the secretary of an organisation has to print: the oldest first."""
    late = and_(col(Notice.delivery).in_((Delivery.WAITING, Delivery.SENDING)), col(Notice.at) < now - PATIENCE)
    waiting = or_(col(Notice.delivery).in_((Delivery.OUTBOX, Delivery.UNSURE)), late)
    wanted = select(Notice).where(Notice.organisation == organisation, col(Notice.read_at).is_(None), waiting)
    return list(session.exec(wanted.order_by(col(Notice.at), col(Notice.id)).limit(PAGE)))


def printed(notice: Notice, now: datetime) -> None:
    """The secretary has given it on paper."""
    notice.delivery, notice.settled_at = Delivery.PRINTED, now


def forget(session: Session, before: datetime) -> int:
    """Delete notices that were written before and wait for nobody; how many that were."""
    waiting = (Delivery.WAITING, Delivery.SENDING, Delivery.OUTBOX)
    done = or_(col(Notice.read_at).is_not(None), col(Notice.delivery).not_in(waiting))
    return session.exec(delete(Notice).where(col(Notice.at) < before, done)).rowcount


def _way(session: Session, told: Told, *, mails: bool) -> Delivery:
    if told.handed:
        return Delivery.HANDED
    if mails and address_of(session, told.person):
        return Delivery.WAITING
    return Delivery.OUTBOX if told.organisation else Delivery.HANDED  # one's own affair lies on nobody's pile


def _take(engine: Engine, notice: str, now: datetime) -> str:
    """The address to send to, "" where there is nothing to send; from now on the letter is in one worker's hands."""
    with unit_of_work(engine) as session:
        found = session.exec(select(Notice).where(Notice.id == notice).with_for_update()).one_or_none()
        if found is None:
            return ""
        if found.delivery is Delivery.SENDING:
            found.delivery, found.settled_at = Delivery.UNSURE, now
        if found.delivery is not Delivery.WAITING:
            return ""
        address = address_of(session, found.person)
        found.delivery = Delivery.SENDING if address else Delivery.OUTBOX
        return address


def _settle(engine: Engine, notice: str, delivery: Delivery, now: datetime) -> None:
    with unit_of_work(engine) as session:
        found = session.exec(select(Notice).where(Notice.id == notice).with_for_update()).one()
        if found.delivery is Delivery.SENDING:
            found.delivery, found.settled_at = delivery, now
