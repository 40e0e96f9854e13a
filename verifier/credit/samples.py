"""An invented learner, to show what a school's words look like on paper before they are kept."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from verifier.credit import documents, printed
from verifier.credit.blanks import Blank
from verifier.credit.papers import Body, DocumentKind
from verifier.credit.tables import Case

PLACES = {
    "ученик": "Примерова Мария Ивановна",
    "класс": "10",
    "часть": "Индивидуальный проект",
    "часы": "34",
    "заявление": "12/2026-27",
    "срок": "11 декабря 2026 г.",
    "решение": "зачесть полностью",
    "результат": "5 (отлично)",
    "освобождается": "34",
    "источники": "«Исследовательский проект» (Северный открытый университет), результат: 87 из 100",
}
FACTS = (
    ("Ученик", PLACES["ученик"]),
    ("Класс (курс)", PLACES["класс"]),
    ("Часть учебного плана", PLACES["часть"]),
    ("Решение", PLACES["решение"]),
)


def sheet(
    session: Session, school: str, kind: DocumentKind, blank: Blank, *, now: datetime, today: date
) -> dict[str, Any]:
    """The sheet of a document of that kind with the given words, as a draft."""
    case = Case(id="", school=school, learner="", item="", component="", applicant="", changed_at=now)
    body = Body(kind=kind, facts=FACTS, places=PLACES, addressee=("Примеровой Ольге Петровне",))
    content = documents.compose(
        session, [(case, body)], number=0, now=now, today=today, blank=replace(blank, valid_from=None)
    )
    return printed.sheet_of(content)
