"""Who of the school has looked at a record or at the goals, and when: a line for the family for each look (DOMAIN §4)."""

import uuid
from datetime import datetime

from sqlmodel import Session, col, select

from wallet_web.portfolio.tables import View

SHOWN = 50


def note(session: Session, learner: str, person: str, now: datetime, item: str = "") -> None:
    """Write one line; `item` is the record that was looked at, "" the goals."""
    session.add(View(id=uuid.uuid4().hex, learner=learner, item=item, person=person, at=now))


def latest(session: Session, learner: str, item: str = "") -> list[View]:
    """The newest lines, newest first."""
    rows = select(View).where(View.learner == learner, View.item == item)
    return list(session.exec(rows.order_by(col(View.at).desc(), col(View.id)).limit(SHOWN)))
