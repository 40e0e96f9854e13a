"""Documents of cases: plain JSON sealed with the school's key (eddsa-jcs-2022), numbered by kind within school and year.

The seal is a mark of integrity, never a signature in the sense of 63-ФЗ (ARCHITECTURE §5.16). Official documents are written in
Russian, the language of record, whatever language the reader's pages are in. A document of a meeting may be about several cases:
it has a section for each. How it looks on paper is `printed`'s affair.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from keys.organisations import find, signer_for
from keys.organisations.register import did_of
from keys.sealed import seal
from keys.store import KeyStore
from schemas.dates import write_timestamp
from schemas.reading import read_json
from verifier.credit.blanks import Blank, blank_of, fill
from verifier.credit.days import school_year, written
from verifier.credit.letterheads import Letterhead, letterhead_of
from verifier.credit.papers import TITLES, Body, DocumentKind
from verifier.credit.tables import Case, CaseDocument, Counter, DocumentCase

LARGEST = 4 * 1024 * 1024
Entry = tuple[Case, Body]
_WAY = [str(kind) for kind in DocumentKind]


def next_number(session: Session, school: str, year: str, series: str) -> int:
    """The next number of a series; two at once never get the same one, and a number not kept is given again."""
    given = session.execute(
        sa.text(
            f"INSERT INTO {Counter.__tablename__} (school, year, series, last) VALUES (:school, :year, :series, 1) "  # noqa: S608 - our own table
            f"ON CONFLICT (school, year, series) DO UPDATE SET last = {Counter.__tablename__}.last + 1 RETURNING last"
        ),
        {"school": school, "year": year, "series": series},
    )
    return int(given.scalar_one())


def make(session: Session, store: KeyStore, entries: Sequence[Entry], *, now: datetime, today: date) -> CaseDocument:
    """Number, seal and keep one document about the cases of `entries`, all of one school and one kind."""
    case, body = entries[0]
    year = school_year(today)
    number = next_number(session, case.school, year, body.kind)
    content = compose(session, entries, number=number, now=now, today=today)
    document = CaseDocument(
        id=uuid4().hex,
        case=case.id,
        school=case.school,
        year=year,
        kind=body.kind,
        number=number,
        made_at=now,
        sealed=seal(content, signer_for(session, store, case.school, now), now),
        blank=content["blank"]["version"],
    )
    session.add(document)
    session.flush()
    if len(entries) > 1:
        session.add_all(DocumentCase(document=document.id, case=each.id) for each, _ in entries)
        session.flush()
    return document


def compose(
    session: Session, entries: Sequence[Entry], *, number: int, now: datetime, today: date, blank: Blank | None = None
) -> dict[str, Any]:
    """What a document says, unsealed; with number 0 it is a draft. `blank` instead of the school's words of the day."""
    first, body = entries[0]
    school, head = find(session, first.school), letterhead_of(session, first.school)
    words = blank or blank_of(session, first.school, body.kind, today)
    common = _common(head, today)
    return {
        "kind": str(body.kind),
        "title": TITLES[body.kind],
        "number": number,
        "year": school_year(today),
        "date": today.isoformat(),
        "made": write_timestamp(now),
        "school": {"code": school.code, "name": school.name, "did": did_of(school)},
        "letterhead": asdict(head),
        "blank": {"version": words.version, "from": words.valid_from.isoformat() if words.valid_from else ""},
        "paper": asdict(body.paper) if body.paper else None,
        "addressee": list(body.addressee),
        "opening": [*fill(words.opening, common), *dict.fromkeys(line for _, each in entries for line in each.heading)],
        "sections": [_section(case, one, words, common) for case, one in entries],
        "closing": fill(words.closing, common),
        "acted": [list(one) for one in dict.fromkeys(one for _, each in entries for one in each.acted)],
        "basis": list(dict.fromkeys(one for _, each in entries for one in each.basis)),
    }


def read(document: CaseDocument) -> dict[str, Any]:
    """The document as it was sealed, proof included; one of the first shape is read as one with a single section."""
    content = read_json(document.sealed, limit=LARGEST)
    return content if "sections" in content else {**_LATER, **content, **_first_shape(content)}


_LATER: dict[str, Any] = {"paper": None, "addressee": [], "opening": [], "closing": []}


def _first_shape(content: dict[str, Any]) -> dict[str, Any]:
    """What documents had before there were blanks and meetings: facts, a table and paragraphs beside the rest."""
    section = {name: content[name] for name in ("case", "facts", "columns", "rows", "text")}
    head = Letterhead(name=content["school"]["name"])
    return {"sections": [{**section, "item": []}], "letterhead": asdict(head)}


def documents_of(session: Session, case: str) -> list[CaseDocument]:
    """The documents about a case, oldest first; those of one moment in the order of the way."""
    joint = select(DocumentCase.document).where(DocumentCase.case == case)
    made = session.exec(select(CaseDocument).where((col(CaseDocument.case) == case) | col(CaseDocument.id).in_(joint)))
    return sorted(made, key=lambda one: (one.made_at, _WAY.index(one.kind)))


def cases_of(session: Session, document: CaseDocument) -> list[Case]:
    """The cases that a document is about, in its order of sections."""
    joint = select(Case).join(DocumentCase, col(DocumentCase.case) == Case.id)
    known = {case.id: case for case in session.exec(joint.where(DocumentCase.document == document.id))}
    if not known:
        return [session.get_one(Case, document.case)]
    return [known[section["case"]["id"]] for section in read(document)["sections"]]


def _common(head: Letterhead, today: date) -> dict[str, str]:
    return {"школа": head.name, "место": head.place, "дата": written(today), "директор": head.director}


def _section(case: Case, body: Body, words: Blank, common: dict[str, str]) -> dict[str, Any]:
    return {
        "case": {"id": case.id, "number": case.number or ""},
        "item": fill(words.item, {**common, **body.places}),
        "facts": [list(fact) for fact in body.facts],
        "columns": list(body.columns),
        "rows": [list(row) for row in body.rows],
        "text": [one for one in body.text if one],
    }
