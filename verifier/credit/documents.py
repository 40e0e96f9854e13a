"""Documents of a case: plain JSON sealed with the school's key (eddsa-jcs-2022), numbered by kind within school and year.

The seal is a mark of integrity, never a signature in the sense of 63-ФЗ (ARCHITECTURE §5.16). Official documents are written in
Russian, the language of record, whatever language the reader's pages are in.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session, select

from keys.organisations import find, signer_for
from keys.organisations.register import did_of
from keys.sealed import seal
from keys.store import KeyStore
from schemas.dates import write_timestamp
from schemas.errors import N_
from schemas.reading import read_json
from verifier.credit.plans import school_year
from verifier.credit.tables import Case, CaseDocument, Counter

LARGEST = 1024 * 1024


class DocumentKind(StrEnum):
    """Kinds of document (DOMAIN §2.3)."""

    APPLICATION = "application"
    RECEIPT = "receipt"
    CHECK = "check"
    COMPARISON = "comparison"
    ASSESSMENT = "assessment"
    PROTOCOL = "protocol"
    ORDER = "order"
    REFUSAL = "refusal"
    NOTICE = "notice"
    AMENDMENT = "amendment"
    APPEAL = "appeal"
    REVIEW = "review"


TITLES: dict[DocumentKind, str] = {
    DocumentKind.APPLICATION: N_("Заявление о зачёте результатов"),
    DocumentKind.RECEIPT: N_("Уведомление о регистрации заявления"),
    DocumentKind.CHECK: N_("Отчёт о проверке подлинности"),
    DocumentKind.COMPARISON: N_("Протокол сопоставления результатов"),
    DocumentKind.ASSESSMENT: N_("Протокол оценивания"),
    DocumentKind.PROTOCOL: N_("Протокол заседания комиссии"),
    DocumentKind.ORDER: N_("Сведения о приказе о зачёте результатов"),
    DocumentKind.REFUSAL: N_("Сведения о мотивированном отказе"),
    DocumentKind.NOTICE: N_("Уведомление"),
    DocumentKind.AMENDMENT: N_("Изменение в индивидуальном учебном плане"),
    DocumentKind.APPEAL: N_("Решение по возражению"),
    DocumentKind.REVIEW: N_("Решение о пересмотре"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a document says, in the order it is read: facts, a table, paragraphs, who acted."""

    kind: DocumentKind
    facts: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    text: tuple[str, ...] = ()
    acted: tuple[tuple[str, str], ...] = ()
    basis: tuple[str, ...] = ()


def next_number(session: Session, school: str, year: str, series: str) -> int:
    """The next number of a series; two at once never get the same one."""
    given = session.execute(
        sa.text(
            f"INSERT INTO {Counter.__tablename__} (school, year, series, last) VALUES (:school, :year, :series, 1) "  # noqa: S608 - our own table
            f"ON CONFLICT (school, year, series) DO UPDATE SET last = {Counter.__tablename__}.last + 1 RETURNING last"
        ),
        {"school": school, "year": year, "series": series},
    )
    return int(given.scalar_one())


def make(session: Session, store: KeyStore, case: Case, body: Body, *, now: datetime, today: date) -> CaseDocument:
    """Number, seal and keep a document."""
    year = school_year(today)
    number = next_number(session, case.school, year, body.kind)
    sealed = seal(
        _document(session, case, body, number, year, now, today), signer_for(session, store, case.school, now), now
    )
    document = CaseDocument(
        id=uuid4().hex,
        case=case.id,
        school=case.school,
        year=year,
        kind=body.kind,
        number=number,
        made_at=now,
        sealed=sealed,
    )
    session.add(document)
    session.flush()
    return document


def read(document: CaseDocument) -> dict[str, Any]:
    """The document as it was sealed, proof included."""
    return read_json(document.sealed, limit=LARGEST)


def documents_of(session: Session, case: str) -> list[CaseDocument]:
    """The documents of a case, oldest first; those of one moment in the order of the way."""
    made = session.exec(select(CaseDocument).where(CaseDocument.case == case))
    return sorted(made, key=lambda one: (one.made_at, _WAY.index(one.kind)))


_WAY = [str(kind) for kind in DocumentKind]


def _document(
    session: Session, case: Case, body: Body, number: int, year: str, now: datetime, today: date
) -> dict[str, Any]:
    school = find(session, case.school)
    return {
        "kind": str(body.kind),
        "title": TITLES[body.kind],
        "number": number,
        "year": year,
        "date": today.isoformat(),
        "made": write_timestamp(now),
        "school": {"code": school.code, "name": school.name, "did": did_of(school)},
        "case": {"id": case.id, "number": case.number or ""},
        "facts": [list(fact) for fact in body.facts],
        "columns": list(body.columns),
        "rows": [list(row) for row in body.rows],
        "text": list(body.text),
        "acted": [list(one) for one in body.acted],
        "basis": list(body.basis),
    }
