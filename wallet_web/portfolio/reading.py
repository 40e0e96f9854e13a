"""A composed page as its reader sees it: every badge checked now, everything else told in pencil; never whose it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from schemas.outcomes import OutcomeShown
from wallet_web.badge import Badge
from wallet_web.portfolio import composing, words
from wallet_web.portfolio import declared as records
from wallet_web.portfolio.tables import Block, BlockKind, Declared, DeclaredFile, DeclaredWords, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One block; `place` is the number of its badge among those of the page, as a link counts them."""

    id: str
    kind: BlockKind
    badge: Badge | None = None
    place: int = 0
    record: Declared | None = None
    said: DeclaredWords | None = None
    files: Sequence[DeclaredFile] = ()
    outcomes: Sequence[OutcomeShown] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A page with its blocks in order."""

    page: Page
    blocks: Sequence[Shown]
    badges: Sequence[Badge] = field(default=())

    @property
    def valid(self) -> int:
        """How many of its badges hold today."""
        return sum(badge.stamped for badge in self.badges)


def read(session: Session, page: Page, badges: Sequence[Badge]) -> Read:
    """The page with its `badges`, which were checked a moment ago. A block whose badge is not among them is left out."""
    by_entry = {badge.entry.id: (number, badge) for number, badge in enumerate(badges, 1)}
    best = best_of(badges)
    drawn = (_shown(session, block, by_entry, best) for block in composing.blocks(session, page.id))
    return Read(page, [block for block in drawn if block is not None], badges)


def best_of(badges: Sequence[Badge]) -> list[OutcomeShown]:
    """What the badges that hold today show, each outcome once at its best level, in the order of its first badge."""
    best: dict[str, OutcomeShown] = {}
    for outcome in (outcome for badge in badges if badge.stamped for outcome in badge.outcomes):
        known = best.get(outcome.code)
        if outcome.level is not None and (known is None or (known.level or 0) < outcome.level):
            best[outcome.code] = outcome
    return list(best.values())


def file_on(session: Session, page: Page, file: str) -> DeclaredFile | None:
    """A file of a record that stands on the page."""
    found = session.get(DeclaredFile, file)
    on_page = {block.record for block in composing.blocks(session, page.id)}
    return found if found is not None and found.declared in on_page else None


def _shown(
    session: Session, block: Block, badges: Mapping[str, tuple[int, Badge]], best: Sequence[OutcomeShown]
) -> Shown | None:
    if block.kind is BlockKind.BADGE:
        place, badge = badges.get(block.entry or "", (0, None))
        return Shown(id=block.id, kind=block.kind, badge=badge, place=place) if badge is not None else None
    if block.kind is BlockKind.RECORD:
        return _record(session, block)
    if block.kind is BlockKind.OUTCOMES:
        return Shown(id=block.id, kind=block.kind, outcomes=best)
    return Shown(id=block.id, kind=block.kind, text=block.text)


def _record(session: Session, block: Block) -> Shown | None:
    found = session.get(Declared, block.record) if block.record else None
    if found is None:
        return None
    said, files = words.latest(session, found.id), records.files_of(session, found.id)
    return Shown(id=block.id, kind=block.kind, record=found, said=said, files=files)
