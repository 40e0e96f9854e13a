"""The family's view log of a share: when it was opened and which files were taken; nothing about the reader (DOMAIN §4)."""

import uuid
from datetime import datetime

from sqlmodel import Session, col, func, select

from wallet_web.tables import ShareView

SHOWN = 100


def note(session: Session, share: str, now: datetime, place: int | None = None) -> None:
    """Write one line; `place` where the file of that badge was taken."""
    session.add(ShareView(id=uuid.uuid4().hex, share=share, at=now, place=place))


def latest(session: Session, share: str) -> list[ShareView]:
    """The newest lines, newest first."""
    rows = select(ShareView).where(ShareView.share == share).order_by(col(ShareView.at).desc(), col(ShareView.id))
    return list(session.exec(rows.limit(SHOWN)))


def times_opened(session: Session, share: str) -> tuple[int, datetime | None]:
    """How often the page was opened, files not counted, and when it was last."""
    opened = select(func.count(), func.max(ShareView.at)).where(
        ShareView.share == share, col(ShareView.place).is_(None)
    )
    number, last = session.exec(opened).one()
    return number, last
