"""What goes into an archive: each part of what is kept for a learner is one section, a name and who gathers it.

A room that keeps more adds one entry to `SECTIONS`. Badges arrive elsewhere as badges; every other file arrives as a record of
the place it comes from, byte for byte, and leaves again with the next archive (`EARLIER`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, select

from keys.deps import Learner
from schemas.dates import write_timestamp
from schemas.errors import N_
from verifier.credit import taken
from verifier.credit.papers import TITLES, DocumentKind
from wallet_web import consent, share, views
from wallet_web.collecting import desk
from wallet_web.collecting.found import form_of
from wallet_web.moving.archive import File, as_json
from wallet_web.objections import filing
from wallet_web.portfolio import composing, declared, goals, notes
from wallet_web.portfolio.files import download_name
from wallet_web.portfolio.tables import Block
from wallet_web.tables import Collected, Entry, KeptFile

BADGES: Final = "badges"
EARLIER: Final = "earlier"
EARLIER_TITLE: Final = N_("Из прежних архивов")
_SHORT: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """Whose things are gathered, and when."""

    session: Session
    learner: Learner
    now: datetime


Part = tuple[str, File]
"""A file and what the index calls it."""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a wallet; `title` heads its files in the index."""

    name: str
    title: str
    gather: Callable[[Taking], Iterable[Part]]


def badges(taking: Taking) -> Iterator[Part]:
    """Every badge as it was signed, the picture it came in beside it."""
    rows = select(Entry).where(Entry.learner == taking.learner.id).order_by(col(Entry.received_at), col(Entry.id))
    entries = taking.session.exec(rows).all()
    brought = desk.collected(taking.session, [entry.id for entry in entries])
    for entry in entries:
        name, document = f"{BADGES}/{entry.digest[:_SHORT]}", bytes(entry.document)
        yield entry.title, File(f"{name}.{form_of(document)}", BADGES, document)
        known = brought.get(entry.id)
        if known is not None and known.file is not None:
            yield entry.title, File(f"{name}.picture.{form_of(known.file)}", BADGES, bytes(known.file))
    if entries:
        listed = [_entry_row(entry, brought.get(entry.id)) for entry in entries]
        yield "badges.json", File("badges.json", BADGES, as_json(listed))


def decisions(taking: Taking) -> Iterator[Part]:
    """The lines of the registers, and the sealed documents that are about this learner alone."""
    lines = [
        {
            "school": one.school,
            "year": one.year,
            "number": one.number,
            "title": one.title,
            "hours": one.hours,
            "extent": str(one.extent),
            "mark": one.mark,
            "freed_hours": one.freed_hours,
            "paper": one.paper_number,
            "decided_on": one.decided_on.isoformat(),
            "reference": one.reference,
            "fell_on": one.fell_on.isoformat() if one.fell_on else None,
        }
        for one in taken.decisions_of(taking.session, taking.learner.id)
    ]
    if lines:
        yield "decisions.json", File("decisions.json", "decisions", as_json(lines))
    for paper in taken.papers_of(taking.session, taking.learner.id):
        yield TITLES[DocumentKind(paper.kind)], File(f"decisions/{paper.id}.json", "decisions", paper.sealed)


def plan(taking: Taking) -> Iterator[Part]:
    """The parts of the study plan and what was credited."""
    lines = [
        {
            "school": one.school,
            "year": one.year,
            "code": one.code,
            "title": one.title,
            "hours": one.hours,
            "state": str(one.state),
            "mark": one.mark,
            "freed_hours": one.freed_hours,
            "credited_parts": list(one.credited_parts),
        }
        for one in taken.plan_of(taking.session, taking.learner.id)
    ]
    if lines:
        yield "plan.json", File("plan.json", "plan", as_json(lines))


def consents(taking: Taking) -> Iterator[Part]:
    """Every consent ever given."""
    lines = [
        {
            "purpose": str(one.purpose),
            "items": one.items,
            "text_sha256": one.text_hash,
            "given_at": write_timestamp(one.given_at),
            "given_by": _who(one.given_by, taking.learner),
            "valid_until": _moment(one.valid_until),
            "ended_at": _moment(one.ended_at),
            "withdrawn_by": _who(one.withdrawn_by, taking.learner) if one.withdrawn_by else None,
        }
        for one in consent.history(taking.session, taking.learner.id)
    ]
    if lines:
        yield "consents.json", File("consents.json", "consents", as_json(lines))


def objected(taking: Taking) -> Iterator[Part]:
    """What the learner objected to, and what the school answered."""
    lines = [
        {
            "act": one.act.partition("-")[0],
            "subject": one.subject,
            "done_at": write_timestamp(one.done_at),
            "done_by": _who(one.person, taking.learner),
            "text": one.text,
            "filed_at": write_timestamp(one.filed_at),
            "state": str(one.state),
            "answer": one.answer,
            "settled_at": _moment(one.settled_at),
        }
        for one in filing.of(taking.session, taking.learner.id)
    ]
    if lines:
        yield "objections.json", File("objections.json", "objections", as_json(lines))


def shares(taking: Taking) -> Iterator[Part]:
    """Every link there was: for whom, what for, which badges, when it was opened; never the link itself."""
    lines = [
        {
            "audience": one.audience,
            "purpose": one.purpose,
            "made_at": write_timestamp(one.created_at),
            "made_by": _who(one.created_by, taking.learner),
            "expires_at": write_timestamp(one.expires_at),
            "withdrawn_at": _moment(one.withdrawn_at),
            "badges_sha256": [entry.digest for entry in share.entries_of(taking.session, one.id)],
            "opened_at": [write_timestamp(view.at) for view in views.latest(taking.session, one.id)],
        }
        for one, _ in share.all_of(taking.session, taking.learner.id)
    ]
    if lines:
        yield "shares.json", File("shares.json", "shares", as_json(lines))


def works(taking: Taking) -> Iterator[Part]:
    """What the learner has said of themselves, in their words, with its files; no signature stands behind it."""
    rows = []
    for record, words in declared.all_of(taking.session, taking.learner.id):
        files = declared.files_of(taking.session, record.id)
        for one in files:
            path = f"works/{record.id}/{download_name(one.digest, one.media_type)}"
            yield one.name, File(path, "works", bytes(one.content))
        rows.append(
            {
                "id": record.id,
                "kind": str(record.kind),
                "section": str(record.section),
                "state": str(record.state),
                "title": words.title,
                "organiser": words.organiser,
                "held_on": words.held_on.isoformat() if words.held_on else None,
                "scale": str(words.scale) if words.scale else None,
                "result": words.result,
                "story": words.story,
                "files": [{"name": one.name, "sha256": one.digest} for one in files],
            }
        )
    if rows:
        yield "works.json", File("works.json", "works", as_json(rows))


def aims(taking: Taking) -> Iterator[Part]:
    """Goals with the advice on them, notes, and what the composed pages say; the learner's own words, unsigned."""
    session, learner = taking.session, taking.learner
    wanted = [
        {
            "title": goal.title,
            "section": str(goal.section) if goal.section else None,
            "due_on": goal.due_on.isoformat() if goal.due_on else None,
            "state": str(goal.state),
            "set_at": write_timestamp(goal.created_at),
            "advice": [{"text": one.text, "at": write_timestamp(one.at)} for one in advice],
        }
        for goal, advice in goals.all_of(session, learner.id)
    ]
    written = [
        {"kind": str(one.kind), "text": one.text, "at": write_timestamp(one.at)}
        for one in notes.all_of(session, learner.id)
        if one.goal is None
    ]
    made = [
        {"title": page.title, "blocks": [_block_row(taking, block) for block in composing.blocks(session, page.id)]}
        for page in composing.all_of(session, learner.id)
    ]
    for name, lines in (("goals.json", wanted), ("notes.json", written), ("pages.json", made)):
        if lines:
            yield name, File(name, "aims", as_json(lines))


def earlier(taking: Taking) -> Iterator[Part]:
    """What came with archives of other places."""
    rows = select(KeptFile).where(KeptFile.learner == taking.learner.id)
    for one in taking.session.exec(rows.order_by(col(KeptFile.origin), col(KeptFile.path))):
        yield one.path, File(f"{EARLIER}/{one.origin}/{one.path}", EARLIER, bytes(one.content))


SECTIONS: tuple[Section, ...] = (
    Section(BADGES, N_("Значки"), badges),
    Section("works", N_("Мои достижения и работы"), works),
    Section("aims", N_("Цели, заметки, страницы"), aims),
    Section("decisions", N_("Решения школ"), decisions),
    Section("plan", N_("Учебный план"), plan),
    Section("consents", N_("Согласия"), consents),
    Section("objections", N_("Возражения"), objected),
    Section("shares", N_("Ссылки на показ"), shares),
    Section(EARLIER, EARLIER_TITLE, earlier),
)


def _block_row(taking: Taking, block: Block) -> dict[str, object]:
    """One block of a page: the badge by its file, the record by its id in this archive, or words."""
    entry = taking.session.get(Entry, block.entry) if block.entry else None
    shown = {"badge_sha256": entry.digest if entry is not None else None, "record": block.record, "text": block.text}
    return {"kind": str(block.kind), **{name: value for name, value in shown.items() if value}}


def _entry_row(entry: Entry, brought: Collected | None) -> dict[str, object]:
    return {
        "sha256": entry.digest,
        "title": entry.title,
        "issuer": entry.issuer_name,
        "received_at": write_timestamp(entry.received_at),
        "brought": str(brought.origin) if brought is not None else None,
    }


def _who(person: str, learner: Learner) -> str:
    """Who did it, without an id that means nothing elsewhere."""
    return "learner" if person == learner.id else "guardian"


def _moment(moment: datetime | None) -> str | None:
    return write_timestamp(moment) if moment is not None else None
