"""The family's view log of a share: when it was opened and what was taken; nothing about the reader (DOMAIN §4)."""

import uuid
from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from wallet_web.tables import ShareView, Taken

SHOWN = 100


def note(session: Session, share: str, now: datetime, taken: Taken = Taken.PAGE, place: int | None = None) -> None:
    """Write one line; `place` where it was about that badge alone."""
    session.add(ShareView(id=uuid.uuid4().hex, share=share, at=now, taken=taken, place=place))


def latest(session: Session, share: str) -> list[ShareView]:
    """The newest lines, newest first."""
    rows = select(ShareView).where(ShareView.share == share).order_by(col(ShareView.at).desc(), col(ShareView.id))
    return list(session.exec(rows.limit(SHOWN)))


def times_opened(session: Session, share: str) -> tuple[int, datetime | None]:
    """How often the page was opened, what was taken not counted, and when it was last."""
    opened = select(func.count(), func.max(ShareView.at)).where(ShareView.share == share, ShareView.taken == Taken.PAGE)
    number, last = session.exec(opened).one()
    return number, last


def forget(session: Session, before: datetime) -> int:
    """Delete lines that were written before; how many that were."""
    return session.exec(delete(ShareView).where(col(ShareView.at) < before)).rowcount
