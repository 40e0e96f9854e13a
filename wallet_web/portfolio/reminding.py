"""Reminds learners who keep goals or notes to look back, at least every three months (DOMAIN row 108)."""

from datetime import datetime

from sqlmodel import Session

from keys.deps import People
from schemas.errors import NotFound
from verifier.credit.work import Notifies
from wallet_web.portfolio import notes

AT_ONCE = 100
TOLD = "Прошло три месяца с последней заметки в портфолио. Что получилось, что нет, что дальше?"


def remind(session: Session, notify: Notifies, people: People, now: datetime) -> int:
    """Tell those whose time has come; how many there were. Who is on no school's roll any more is left in peace."""
    due = notes.remind(session, now, AT_ONCE)
    for known in due:
        try:
            learner = people.learner(known)
        except NotFound:
            continue
        if learner.school:
            notify(
                session,
                person=learner.id,
                organisation=learner.school,
                learner=learner.id,
                text=TOLD,
                href=f"/wallet/{learner.id}/portfolio/goals",
                handed=True,
                now=now,
            )
    return len(due)
