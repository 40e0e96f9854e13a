"""A school's local act on credit as a sheet of paper: the data of `credit/regulation.typ`.

A draft that people adopt: no number, no signature and no seal is the program's. What is not known yet has room for the hand.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from sqlmodel import Session

from verifier.credit import printed
from verifier.credit.blanks import Blank, blank_of, fill
from verifier.credit.days import written
from verifier.credit.letterheads import Letterhead, letterhead_of
from verifier.credit.papers import DocumentKind
from verifier.credit.policies.editions import Edition, LocalAct
from verifier.credit.policies.regulation import CLOSING, ITEM, OPENING, chapters_of
from verifier.credit.rules import entered, rules_in_force

TEMPLATE: Final = "credit/regulation.typ"
KIND: Final = DocumentKind.REGULATION
PROPOSED: Final = (
    "Проект составлен программой по настройкам зачёта. Он ничего не устанавливает, пока школа не утвердила его сама: номер, дату и "
    "подпись ставят люди."
)
ADOPTED: Final = (
    "Текст составлен программой по редакции № {number} правил зачёта. Подлинник — {act} — хранится в школе."
)
_NAME: Final = re.compile(r"(Положение|Порядок|Правила|Регламент)\s+(\S.*)", re.IGNORECASE)


def sheet(session: Session, school: str, edition: Edition, *, on: date, blank: Blank | None = None) -> dict[str, Any]:
    """The act of an edition in the school's words `on` a day, or in those of `blank`.

    An edition without number and day of an order is a draft, version 0 always.
    """
    head = letterhead_of(session, school)
    law = rules_in_force(edition.valid_from or on, entered(session, school))
    own = _own(blank or blank_of(session, school, KIND, on), head, edition.act)
    draft = not (edition.version and edition.act.number and edition.act.day)
    kind, subject = _name(edition.act.title)
    return {
        "title": f"{kind} {subject}".strip() + (f" ({printed.DRAFT.lower()})" if draft else ""),
        "draft": printed.DRAFT if draft else "",
        "letterhead": printed.letterhead(asdict(head)),
        "approved": ["УТВЕРЖДЕНО", f"приказом {head.short}".strip(), _paper(edition.act)],
        "kind": kind,
        "subject": subject,
        "chapters": [asdict(one) for one in chapters_of(edition, law, own)],
        "small": [PROPOSED if draft else ADOPTED.format(number=edition.version, act=edition.act.words)],
    }


def _own(words: Blank, head: Letterhead, act: LocalAct) -> Mapping[str, tuple[str, ...]]:
    places = {"школа": head.name, "место": head.place, "директор": head.director, "дата": _day(act)}
    texts = {OPENING: words.opening, ITEM: words.item, CLOSING: words.closing}
    return {line: tuple(fill(text, places)) for line, text in texts.items()}


def _name(title: str) -> tuple[str, str]:
    """The kind of act above, what it is about below; an act that is called otherwise stands under its own name."""
    look = printed.LOOKS[KIND]
    found = _NAME.fullmatch(title)
    if found:
        return found[1].capitalize(), found[2]
    return ("", title) if title else (look.word, look.subject)


def _paper(act: LocalAct) -> str:
    return f"от {_day(act)} № {act.number or printed.BLANK_NUMBER}"


def _day(act: LocalAct) -> str:
    return written(act.day) or printed.BLANK_DAY
