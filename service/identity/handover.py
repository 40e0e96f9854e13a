"""On the 18th birthday guardians step back by themselves; the new grown-up and those who acted for them are told, once."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from keys import journal
from keys.actor import ActorKind
from schemas.errors import N_
from service.identity import guardians
from service.identity.days import ADULT, birthday
from service.identity.people import Roll
from service.identity.tables import Account, LearnerRow
from service.notices.post import Told, tell

EVENT = "guardian.handed_over"
LATE = timedelta(days=7)  # for so long a worker may have stood still
TO_LEARNER = N_("Вам исполнилось 18 лет: теперь вы решаете сами. Согласия спрашиваем заново, прежние ссылки закрыты.")
TO_GUARDIAN = N_("Ученику исполнилось 18 лет: {name}. Теперь он решает сам, его книжка вам больше не видна.")


def hand_over(session: Session, now: datetime, today: date, *, mails: bool) -> int:
    """Tell everybody concerned of those who have come of age; how many those were. Doing it twice tells nobody twice."""
    done = journal.items_of(session, EVENT)
    come = [row for row in _grown_up(session, today) if row.id not in done]
    for row in come:
        _tell(session, row, now, today, mails=mails)
        journal.append(session, at=now, event=EVENT, actor_kind=ActorKind.JOB, learner=row.id, item=row.id)
    return len(come)


def _grown_up(session: Session, today: date) -> list[LearnerRow]:
    """Whose 18th birthday was today or in the last few days."""
    years = (today - LATE).year - ADULT, today.year - ADULT
    born = select(LearnerRow).where(col(LearnerRow.born).between(date(years[0], 1, 1), date(years[1], 12, 31)))
    return [row for row in session.exec(born) if today - LATE < birthday(row.born, ADULT) <= today]


def _tell(session: Session, row: LearnerRow, now: datetime, today: date, *, mails: bool) -> None:
    owner = Roll(session, today).learner(row.id)
    last = birthday(row.born, ADULT) - timedelta(days=1)
    texts = {
        one.person: TO_GUARDIAN.format(name=owner.name) for one, _ in guardians.of(session, row.id) if one.until == last
    }
    if session.get(Account, row.id) is not None:
        texts[row.id] = TO_LEARNER
    for person, text in sorted(texts.items()):
        href = f"/wallet/{row.id}/consents" if person == row.id else "/notices"
        told = Told(person=person, organisation=owner.school, learner=row.id, text=text, href=href)
        tell(session, told, mails=mails, now=now)
