"""What a learner said of themselves elsewhere comes alive here: works with their files, goals, notes, pages; each says from where.

The files of the archive stay as they came beside it (`KeptFile`). What cannot be read, or has no room, is nothing but such a file;
what is here already in the same words is not written twice. What a school elsewhere confirmed is confirmed by its badge alone.
"""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from sqlmodel import Session, col, select

from keys.actor import Actor
from keys.deps import Learner
from schemas.dates import read_timestamp
from schemas.errors import BadInput, Conflict
from schemas.reading import read_json
from schemas.refusals import Refused
from wallet_web.moving.archive import FILE_BYTES, Archive
from wallet_web.portfolio import composing, files, goals, notes
from wallet_web.portfolio import declared as records
from wallet_web.portfolio.goals import Wanted
from wallet_web.portfolio.sections import Section
from wallet_web.portfolio.tables import BlockKind, Declared, Goal, GoalState, Kind, Note, NoteKind, Page, Scale
from wallet_web.portfolio.words import Words, said
from wallet_web.tables import Entry

WORKS, AIMS = "works", "aims"
PLACE_MOST: Final = 200
_Refused = (BadInput, Conflict, Refused, ValueError, TypeError, KeyError)
"""What a row may fail by that somebody else has written."""


@dataclass(slots=True)
class Revival:
    """One archive on its way into a portfolio; `told` leads from the ids of records there to those here."""

    session: Session
    learner: Learner
    by: Actor
    archive: Archive
    now: datetime
    told: dict[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where it comes from, as pages say it."""
        return (self.archive.origin.name or self.archive.origin.did)[:PLACE_MOST]


def revive(session: Session, learner: Learner, person: str, archive: Archive, now: datetime) -> int:
    """Write down what is new; how much that was."""
    coming = Revival(session, learner, Actor(person=person, learner=learner.id), archive, now)
    steps: tuple[tuple[str, str, Callable[[Revival, dict[str, Any]], bool]], ...] = (
        (WORKS, "works.json", _work),
        (AIMS, "goals.json", _goal),
        (AIMS, "notes.json", _note),
        (AIMS, "pages.json", _page),
    )
    return sum(_tried(coming, act, row) for section, name, act in steps for row in _rows(archive, section, name))


def _rows(archive: Archive, section: str, name: str) -> Iterator[dict[str, Any]]:
    content = next((one.content for one in archive.of(section) if one.path == name), b"[]")
    try:
        listed = read_json(b'{"rows":' + content + b"}", limit=FILE_BYTES).get("rows")
    except Refused:
        return
    yield from (row for row in listed if isinstance(row, dict)) if isinstance(listed, list) else ()


def _tried(coming: Revival, act: Callable[[Revival, dict[str, Any]], bool], row: dict[str, Any]) -> bool:
    """Do it wholly or not at all; a row that is wrong leaves the others alone."""
    try:
        with coming.session.begin_nested():
            return act(coming, row)
    except _Refused:
        return False


def _work(coming: Revival, row: dict[str, Any]) -> bool:
    session, learner, now = coming.session, coming.learner, coming.now
    words = Words(
        title=_text(row, "title"),
        organiser=_text(row, "organiser"),
        held_on=_day(row.get("held_on")),
        scale=Scale(row["scale"]) if row.get("scale") else None,
        result=_text(row, "result"),
        story=_text(row, "story"),
    ).tidy()
    known = next((one.id for one, now_said in records.all_of(session, learner.id) if said(now_said) == words), None)
    coming.told[_text(row, "id")] = known or ""
    if known is not None:
        return False
    kind, section = Kind(row["kind"]), Section(row["section"])
    made = records.enter(session, learner, coming.by, now, id=_id(), kind=kind, section=section, said=words)
    made.imported = coming.place
    _attach(coming, made, row)
    coming.told[_text(row, "id")] = made.id
    return True


def _attach(coming: Revival, made: Declared, row: Mapping[str, Any]) -> None:
    """The files of a work, looked at as if they had been uploaded; one that may not come in stays a file of the archive."""
    held = {one.digest: one.content for one in coming.archive.of(WORKS)}
    for listed in row.get("files") or ():
        content = held.get(str(listed.get("sha256")))
        if content is None:
            continue
        try:
            taken = files.take(content, str(listed.get("name", "")))
            records.add_file(coming.session, made, coming.by, taken, coming.now)
        except _Refused:
            continue


def _goal(coming: Revival, row: dict[str, Any]) -> bool:
    session, learner = coming.session, coming.learner
    wanted = Wanted(title=_text(row, "title").strip(), section=_section(row), due_on=_day(row.get("due_on")))
    there = {(one.title, one.due_on) for one, _ in goals.all_of(session, learner.id)}
    if (wanted.title, wanted.due_on) in there:
        return False
    made = goals.bring(session, learner, coming.by, _moment(row, "set_at", coming.now), wanted, GoalState(row["state"]))
    made.imported = coming.place
    for one in row.get("advice") or ():
        _write(coming, NoteKind.ADVICE, _text(one, "text"), _moment(one, "at", coming.now), goal=made)
    return True


def _note(coming: Revival, row: dict[str, Any]) -> bool:
    kind, text, at = NoteKind(row["kind"]), _text(row, "text"), _moment(row, "at", coming.now)
    same = select(Note.id).where(Note.learner == coming.learner.id, Note.kind == kind, Note.text == text.strip())
    if kind is NoteKind.ADVICE or coming.session.exec(same).first() is not None:
        return False
    _write(coming, kind, text, at)
    return True


def _write(coming: Revival, kind: NoteKind, text: str, at: datetime, goal: Goal | None = None) -> None:
    """Words of the learner's own, or a teacher's of another place, who has no name here."""
    by = Actor() if kind is NoteKind.ADVICE else coming.by
    about = goal.id if goal is not None else None
    note = notes.write(coming.session, coming.learner.id, by, kind, text, at, id=_id(), goal=about)
    note.imported = coming.place


def _page(coming: Revival, row: dict[str, Any]) -> bool:
    session, title = coming.session, " ".join(_text(row, "title").split())
    same = select(Page.id).where(Page.learner == coming.learner.id, Page.title == title)
    blocks = row.get("blocks")
    if session.exec(same).first() is not None or not isinstance(blocks, list):
        return False
    made = composing.begin(session, coming.learner, coming.by, title, coming.now, id=_id())
    made.imported = coming.place
    for block in blocks:
        _block(coming, made, block)
    return True


def _block(coming: Revival, page: Page, block: Mapping[str, Any]) -> None:
    """One block; of a badge or a record that has not come along nothing stays on the page."""
    session, kind, now = coming.session, BlockKind(block["kind"]), coming.now
    if kind is BlockKind.WORDS:
        composing.add_words(session, page, _text(block, "text"), now)
    elif kind is BlockKind.OUTCOMES:
        composing.add_outcomes(session, page, now)
    elif kind is BlockKind.RECORD and coming.told.get(_text(block, "record")):
        composing.add_record(session, page, coming.told[_text(block, "record")], now)
    elif kind is BlockKind.BADGE:
        mine = select(Entry.id).where(
            Entry.learner == coming.learner.id, col(Entry.digest) == _text(block, "badge_sha256")
        )
        found = session.exec(mine).first()
        if found is not None:
            composing.add_badge(session, page, found, now)


def _section(row: Mapping[str, Any]) -> Section | None:
    return Section(row["section"]) if row.get("section") else None


def _text(row: Mapping[str, Any], name: str) -> str:
    found = row.get(name)
    return found if isinstance(found, str) else ""


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None


def _moment(row: Mapping[str, Any], name: str, now: datetime) -> datetime:
    """When it was said there; never later than today."""
    return min(read_timestamp(_text(row, name), pointer=f"/{name}"), now)


def _id() -> str:
    return uuid.uuid4().hex
