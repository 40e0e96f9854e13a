"""Each badge in its section: placed by what its issuer says of the achievement, moved by the family where they see it otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, func, select

from schemas.attestation import Fact, stated
from schemas.credential import Credential
from schemas.errors import ZachetkaError
from schemas.reading import read_json
from wallet_web.portfolio.sections import NAMES, Section, section_of
from wallet_web.portfolio.tables import Declared, EntrySection, Kind, State
from wallet_web.tables import Entry

_BY_NAME: Mapping[str, Section] = {name: section for section, name in NAMES.items()}


@dataclass(frozen=True, slots=True)
class Shelf:
    """What one section holds: signed badges, and records that stand in pencil still."""

    section: Section
    signed: int
    own: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.signed + self.own


def place_all(session: Session, learner: str) -> None:
    """Place every badge that has no section yet."""
    placed = select(EntrySection.entry).where(EntrySection.learner == learner)
    unplaced = select(Entry).where(Entry.learner == learner, col(Entry.id).not_in(placed))
    for entry in session.exec(unplaced):
        section = place_of(bytes(entry.document))
        session.add(EntrySection(entry=entry.id, learner=learner, section=section))
    session.flush()


def place_of(document: bytes) -> Section:
    """The section that a file's own words name; `OTHER` where it says nothing that can be read. Pure."""
    try:
        credential = Credential(read_json(document))
        named = stated(credential).get(Fact.SECTION)
        return _BY_NAME.get(named, Section.OTHER) if named else section_of(credential.achievement)
    except ZachetkaError:
        return Section.OTHER


def move(session: Session, entry: Entry, section: Section) -> None:
    """Put a badge into another section."""
    kept = session.get(EntrySection, entry.id) or EntrySection(entry=entry.id, learner=entry.learner, section=section)
    kept.section, kept.chosen = section, True
    session.add(kept)
    session.flush()


def shelves(session: Session, learner: str) -> list[Shelf]:
    """How much each section holds, in the order of the book. A confirmed record counts once, as the badge that confirms it."""
    signed = select(EntrySection.section, func.count()).where(EntrySection.learner == learner)
    pencil = select(Declared.section, func.count()).where(Declared.learner == learner, _in_pencil())
    many = dict(session.exec(signed.group_by(col(EntrySection.section))).all())
    few = dict(session.exec(pencil.group_by(col(Declared.section))).all())
    return [Shelf(section, many.get(section, 0), few.get(section, 0)) for section in Section]


def entries_in(session: Session, learner: str, section: Section, *, number: int, size: int) -> list[Entry]:
    """A page of a section's badges, newest first; `number` counts from 1."""
    rows = select(Entry).join(EntrySection).where(EntrySection.learner == learner, EntrySection.section == section)
    newest = rows.order_by(col(Entry.received_at).desc(), col(Entry.id))
    return list(session.exec(newest.offset((number - 1) * size).limit(size)))


def _in_pencil() -> ColumnElement[bool]:
    return and_(col(Declared.kind) == Kind.ACHIEVEMENT, col(Declared.state) != State.CONFIRMED)
