"""Pages that the learner puts together: which blocks, in which order; a page that a link shows stays as it is while that works."""

import re
import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from keys.actor import Actor
from keys.deps import Learner
from schemas.errors import BadInput, Conflict, NotFound
from wallet_web import share
from wallet_web.portfolio import declared as records
from wallet_web.portfolio.errors import NoText, NoTitle, PageFull, PageShown, PortfolioFull
from wallet_web.portfolio.tables import Block, BlockKind, Page, PageShare
from wallet_web.share import BADGES_MAX, ShareState
from wallet_web.tables import Consent, Share
from wallet_web.wallet import find as find_entry

PAGES_MAX = 50
BLOCKS_MAX = 60
TITLE_MAX = 200
TEXT_MAX = 4000
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


class Way(StrEnum):
    """Where a block is moved."""

    UP = "up"
    DOWN = "down"


def begin(session: Session, learner: Learner, by: Actor, title: str, now: datetime, *, id: str) -> Page:  # noqa: A002 - as in the table
    """A new, empty page; the same id twice is one. Raises `NoTitle`, `PortfolioFull`, `Conflict` for somebody else's id."""
    said = _title(title)
    if not _ID.fullmatch(id):
        raise BadInput
    made = session.get(Page, id) or _insert(session, learner, by, said, now, id)
    if made.learner != learner.id:
        raise Conflict
    return made


def rename(session: Session, page: Page, title: str, now: datetime) -> None:
    """Give a page another title. Raises `NoTitle`, `PageShown`."""
    page.title = _title(title)
    _touch(session, page, now)


def add_badge(session: Session, page: Page, entry: str, now: datetime) -> None:
    """Put a badge at the end; a badge stands on a page once. Raises `NotFound`, `PageFull`, `PageShown`."""
    found = find_entry(session, page.learner, entry)
    badges = [block.entry for block in blocks(session, page.id) if block.kind is BlockKind.BADGE]
    if found.id in badges:
        return
    if len(badges) >= BADGES_MAX:
        raise PageFull
    _add(session, page, now, Block(id=_new_id(), page=page.id, place=0, kind=BlockKind.BADGE, entry=found.id))


def add_record(session: Session, page: Page, record: str, now: datetime) -> None:
    """Put a record of the learner's own at the end; it stands on a page once. Raises as `add_badge`."""
    found = records.find(session, page.learner, record)
    if any(block.record == found.id for block in blocks(session, page.id)):
        return
    _add(session, page, now, Block(id=_new_id(), page=page.id, place=0, kind=BlockKind.RECORD, record=found.id))


def add_outcomes(session: Session, page: Page, now: datetime) -> None:
    """Put at the end what all badges of the page show, outcome by outcome; once on a page. Raises as `add_badge`."""
    if not any(block.kind is BlockKind.OUTCOMES for block in blocks(session, page.id)):
        _add(session, page, now, Block(id=_new_id(), page=page.id, place=0, kind=BlockKind.OUTCOMES))


def add_words(session: Session, page: Page, text: str, now: datetime) -> None:
    """Put the learner's own words at the end. Raises `NoText`, `PageFull`, `PageShown`."""
    said = text.strip()
    if not 1 <= len(said) <= TEXT_MAX:
        raise NoText(limit=TEXT_MAX)
    _add(session, page, now, Block(id=_new_id(), page=page.id, place=0, kind=BlockKind.WORDS, text=said))


def move(session: Session, page: Page, block: str, way: Way, now: datetime) -> None:
    """Let a block change places with its neighbour; at the edge nothing changes. Raises `NotFound`, `PageShown`."""
    rows = blocks(session, page.id)
    here = next((number for number, row in enumerate(rows) if row.id == block), None)
    if here is None:
        raise NotFound
    there = here + (1 if way is Way.DOWN else -1)
    if 0 <= there < len(rows):
        rows[here].place, rows[there].place = rows[there].place, rows[here].place
        session.add_all([rows[here], rows[there]])
    _touch(session, page, now)


def take_out(session: Session, page: Page, block: str, now: datetime) -> None:
    """Take a block from a page; taking it twice changes nothing. Raises `PageShown`."""
    _touch(session, page, now)
    for row in blocks(session, page.id):
        if row.id == block:
            session.delete(row)
    session.flush()


def remove(session: Session, page: Page, now: datetime) -> None:
    """Forget a page; what stood on it stays in the portfolio. Raises `PageShown`."""
    _touch(session, page, now)
    session.delete(page)
    session.flush()


def find(session: Session, learner: str, page: str, *, lock: bool = False) -> Page:
    """A learner's page, or `NotFound`; with `lock` nobody changes or shares it before this transaction ends."""
    found = session.get(Page, page, with_for_update=lock, populate_existing=lock)
    if found is None or found.learner != learner:
        raise NotFound
    return found


def all_of(session: Session, learner: str) -> list[Page]:
    """Every page of a learner, newest first."""
    rows = select(Page).where(Page.learner == learner)
    return list(session.exec(rows.order_by(col(Page.created_at).desc(), col(Page.id))))


def blocks(session: Session, page: str) -> list[Block]:
    """The blocks of a page in their order."""
    rows = select(Block).where(Block.page == page)
    return list(session.exec(rows.order_by(col(Block.place), col(Block.id))))


def badges_of(session: Session, page: str) -> tuple[str, ...]:
    """The badges of a page in their order, as a share takes them."""
    return tuple(block.entry for block in blocks(session, page) if block.entry is not None)


def tie(session: Session, page: Page, made: str) -> None:
    """Let a share show this page; telling it twice changes nothing."""
    if session.get(PageShare, made) is None:
        session.add(PageShare(share=made, page=page.id))
        session.flush()


def shown_by(session: Session, made: str) -> Page | None:
    """The page that a share shows; none where it shows badges alone."""
    row = select(Page).join(PageShare, col(PageShare.page) == col(Page.id)).where(PageShare.share == made)
    return session.exec(row).first()


def links_of(session: Session, page: str) -> list[tuple[Share, Consent]]:
    """Every share that shows a page with the consent it rests on."""
    joined = select(Share, Consent).join(Consent, col(Share.consent) == col(Consent.id))
    rows = joined.join(PageShare, col(PageShare.share) == col(Share.id)).where(PageShare.page == page)
    return [(row[0], row[1]) for row in session.exec(rows)]


def is_shown(session: Session, page: str, now: datetime) -> bool:
    """Whether a link to the page works now."""
    return any(share.state(*pair, now) in {ShareState.LIVE, ShareState.HELD} for pair in links_of(session, page))


def _add(session: Session, page: Page, now: datetime, block: Block) -> None:
    _touch(session, page, now)
    rows = blocks(session, page.id)
    if len(rows) >= BLOCKS_MAX:
        raise PageFull
    block.place = rows[-1].place + 1 if rows else 1
    session.add(block)
    session.flush()


def _touch(session: Session, page: Page, now: datetime) -> None:
    """Note the change, unless readers see the page."""
    if is_shown(session, page.id, now):
        raise PageShown
    page.changed_at = now
    session.add(page)


def _title(title: str) -> str:
    said = " ".join(title.split())
    if not 1 <= len(said) <= TITLE_MAX:
        raise NoTitle(limit=TITLE_MAX)
    return said


def _insert(session: Session, learner: Learner, by: Actor, title: str, now: datetime, id: str) -> Page:  # noqa: A002 - as in the table
    if session.exec(select(func.count()).select_from(Page).where(Page.learner == learner.id)).one() >= PAGES_MAX:
        raise PortfolioFull
    page = Page(id=id, learner=learner.id, title=title, created_by=by.person or "", created_at=now, changed_at=now)
    try:
        with session.begin_nested():
            session.add(page)
    except IntegrityError:
        winner = session.get(Page, id, populate_existing=True)
        if winner is None:
            raise
        return winner
    return page


def _new_id() -> str:
    return uuid.uuid4().hex
