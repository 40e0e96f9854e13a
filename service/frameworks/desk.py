"""What the operator does with a file of a catalogue: keep it, look at it, publish just that (the rest is in `FILES`)."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Final
from uuid import uuid4

from sqlmodel import Session

from issuer.frameworks import FOLDER, LARGEST
from keys import journal, organisations, publish
from keys.actor import Actor
from keys.brought import FILE_MOST, Desk
from keys.shelf import Shelf, is_shelf_path
from schemas.canonical import jcs
from schemas.framework import Framework, compose
from schemas.reading import read_json
from service.frameworks import planning
from service.frameworks.errors import (
    CatalogueChanged,
    CatalogueFaultsLeft,
    CatalogueFileSettled,
    CatalogueFileUnknown,
    CatalogueNameWrong,
    CatalogueTooLarge,
    CatalogueUnknown,
)
from service.frameworks.tables import CODE, TITLE, FrameworkFile
from service.parts import Parts
from verifier.credit.curricula import entries
from verifier.credit.curricula.desk import read_outcomes
from verifier.credit.curricula.planning import Plan

FILES: Final = Desk(
    table=FrameworkFile,
    unknown=CatalogueFileUnknown,
    settled=CatalogueFileSettled,
    changed=CatalogueChanged,
    faults_left=CatalogueFaultsLeft,
)
_SEAL: Final = 4_096  # bytes that the seal adds at most
_MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came. With `whole` it names everything that is to be offered."""

    framework: str
    title: str
    file: BinaryIO
    name: str
    whole: bool


def catalogues(shelf: Shelf) -> list[tuple[str, Framework]]:
    """What is published here, by code."""
    return [(code, found) for code in shelf.names(FOLDER) if (found := published(shelf, code)) is not None]


def published(shelf: Shelf, code: str) -> Framework | None:
    """The catalogue of that code."""
    body = shelf.get(f"{FOLDER}/{code}") if _is_code(code) else None
    return None if body is None else Framework(read_json(body, limit=LARGEST))


def find(shelf: Shelf, code: str) -> Framework:
    """The same, or `CatalogueUnknown`."""
    found = published(shelf, code)
    if found is None:
        raise CatalogueUnknown
    return found


def keep(session: Session, shelf: Shelf, operator: str, upload: Upload, by: str, now: datetime) -> FrameworkFile:
    """Read a file and keep it to be looked at; nothing else is written yet. Unless told otherwise a catalogue keeps its title.

    Raises `CatalogueNameWrong` and what `read_outcomes` raises.
    """
    outlined = read_outcomes(upload.file)
    before = published(shelf, upload.framework)
    title = " ".join((upload.title or outlined.title or (before.title if before else "")).split())
    if not _is_code(upload.framework) or not 0 < len(title) <= TITLE:
        raise CatalogueNameWrong(pointer="/framework", code_limit=CODE, limit=TITLE)
    kept = FrameworkFile(
        id=uuid4().hex,
        school=operator,
        file=upload.name[:FILE_MOST],
        framework=upload.framework,
        title=title,
        whole=upload.whole,
        headings=outlined.headings,
        rows=outlined.rows,
        total=len(outlined.rows),
        entered_by=by,
        entered_at=now,
        counts={},
    )
    session.add(kept)
    session.flush()
    return kept


def look(parts: Parts, session: Session, kept: FrameworkFile) -> Plan:
    """What the file would change in what is published now."""
    wanted, faults = entries.entries_of(kept.rows, entries.columns_of(kept.headings))
    url = _url(parts, session, kept)
    return planning.plan(url, published(parts.shelf, kept.framework), wanted, faults, whole=kept.whole)


def put(parts: Parts, session: Session, kept: FrameworkFile, seen: str, actor: Actor, now: datetime) -> None:
    """Publish what was shown under the digest `seen`.

    Raises `CatalogueFileSettled`, `CatalogueChanged`, `CatalogueFaultsLeft`, `CatalogueTooLarge`.
    """
    FILES.lock(session, kept)
    made = look(parts, session, kept)
    FILES.confirm(kept, made, seen)
    url, before = _url(parts, session, kept), published(parts.shelf, kept.framework)
    document = compose(
        url=url,
        title=kept.title,
        creator=organisations.find(session, kept.school).name,
        items=planning.edition(url, before, made, now.astimezone(parts.settings.zone).date()),
        changed_at=now,
    )
    if len(jcs(document)) + _SEAL > LARGEST:
        raise CatalogueTooLarge(mebibytes=LARGEST // _MEBIBYTE)
    publish.publish_framework(session, parts.shelf, parts.store, kept.school, kept.framework, document, now)
    FILES.settle(session, kept, made, actor.person or str(actor.kind), now)
    journal.append(
        session,
        at=now,
        event="framework.published",
        actor_kind=actor.kind,
        person=actor.person,
        organisation=kept.school,
        item=kept.framework,
    )


def _url(parts: Parts, session: Session, kept: FrameworkFile) -> str:
    operator = organisations.find(session, parts.settings.operator)
    return organisations.public_url(operator, f"{FOLDER}/{kept.framework}")


def _is_code(code: str) -> bool:
    return len(code) <= CODE and is_shelf_path(code) and "/" not in code
