"""The words of a record: what may stand in them, and how they are kept version by version."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from schemas.errors import BadInput
from wallet_web.portfolio.errors import BadDay, NoTitle, TooLong
from wallet_web.portfolio.tables import Declared, DeclaredWords, Scale

TITLE_MAX = 200
LINE_MAX = 200
STORY_MAX = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a record says."""

    title: str
    organiser: str = ""
    held_on: date | None = None
    scale: Scale | None = None
    result: str = ""
    story: str = ""

    def tidy(self) -> "Words":
        """Without blanks around texts and, in one-line texts, between words."""
        lines = {name: " ".join(getattr(self, name).split()) for name in ("title", "organiser", "result")}
        return Words(held_on=self.held_on, scale=self.scale, story=self.story.strip(), **lines)


def faults(words: Words, born: date, today: date) -> dict[str, BadInput]:
    """What is wrong, by field; empty when all is well. Pure."""
    wrong: dict[str, BadInput] = {}
    if not 1 <= len(words.title) <= TITLE_MAX:
        wrong["title"] = NoTitle(limit=TITLE_MAX)
    for name, limit in (("organiser", LINE_MAX), ("result", LINE_MAX), ("story", STORY_MAX)):
        if len(getattr(words, name)) > limit:
            wrong[name] = TooLong(limit=limit)
    if words.held_on is not None and not born <= words.held_on <= today:
        wrong["held_on"] = BadDay()
    return wrong


def said(row: DeclaredWords) -> Words:
    """The words of a version."""
    return Words(**{name: getattr(row, name) for name in Words.__dataclass_fields__})


def versions(session: Session, declared: str) -> list[DeclaredWords]:
    """Every version, oldest first."""
    rows = select(DeclaredWords).where(DeclaredWords.declared == declared).order_by(col(DeclaredWords.number))
    return list(session.exec(rows))


def latest(session: Session, declared: str) -> DeclaredWords:
    """The version that counts."""
    return versions(session, declared)[-1]


def own(rows: list[DeclaredWords]) -> DeclaredWords:
    """The family's last version, which stays whatever a teacher has written over it. Pure."""
    return next(row for row in reversed(rows) if not row.staff)


def write(
    session: Session, declared: Declared, words: Words, author: str, now: datetime, *, staff: bool
) -> DeclaredWords:
    """Keep words as the version that counts. The family's draft is written over; what a teacher wrote, or wrote over, stays."""
    rows = versions(session, declared.id)
    if rows and said(rows[-1]) == words:
        return rows[-1]
    if rows and not staff and not rows[-1].staff:
        rows[-1].sqlmodel_update({**asdict(words), "author": author, "at": now})
        session.add(rows[-1])
        return rows[-1]
    row = DeclaredWords(declared=declared.id, number=len(rows) + 1, staff=staff, author=author, at=now, **asdict(words))
    session.add(row)
    session.flush()
    return row
