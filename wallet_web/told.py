"""What issuers have told about the badges of a wallet: suspended, in force again, revoked, corrected; newest first."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, col, select

from schemas.credential import Credential
from schemas.notice import Notice
from schemas.reading import read_json
from wallet_web.receive import FindLearner, sameness
from wallet_web.tables import Entry, EntryNotice


def tell(
    session: Session, number: str, credential: bytes, notice: Notice, reason: str, now: datetime, *, find: FindLearner
) -> bool:
    """Keep a notice about a badge for the family of the learner with this number; the badge counts as new until it is opened.

    False where nobody here has the number, or does not have the badge.
    """
    learner = find(session, number)
    if learner is None:
        return False
    same = sameness(Credential(read_json(credential)), credential)
    row = select(Entry).where(Entry.learner == learner.id, Entry.sameness == same)
    entry = session.exec(row.with_for_update()).one_or_none()
    if entry is None:
        return False
    session.add(EntryNotice(id=uuid4().hex, entry=entry.id, notice=notice, reason=reason, at=now))
    entry.seen_at = None
    session.flush()
    return True


def notices_of(session: Session, entry: str) -> Sequence[EntryNotice]:
    """Everything that was told about one badge."""
    rows = select(EntryNotice).where(EntryNotice.entry == entry)
    return session.exec(rows.order_by(col(EntryNotice.at).desc(), col(EntryNotice.id))).all()
