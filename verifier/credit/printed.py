"""How a document looks on paper (ГОСТ Р 7.0.97-2016): from what was sealed to the data of the template `credit/document.typ`.

Pure: the same document gives the same sheet. Russian, the language of record.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from verifier.credit.days import written
from verifier.credit.papers import GRADE, DocumentKind

TEMPLATE = "credit/document.typ"
DRAFT = "ПРОЕКТ"
BLANK_NUMBER, BLANK_DAY = "______", "«___» ____________ 20___ г."

SUBJECT = "О зачёте результатов"
COPY = "Верно:"
NOTHING = "—"
NO_SIGNATURE = "Отметка не является подписью в смысле Федерального закона № 63-ФЗ."
_NAME = re.compile(r"([А-ЯЁ][\w-]+) ([А-ЯЁ])[\w-]+ ([А-ЯЁ])[\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one kind is set: its word, its subject, how wide the columns of its table are, who signs it by hand.

    `letter` has an addressee, `numbered` numbers its points, `director` is signed by the head of the school, `copy` certified,
    `full_name` signed with more than initials.
    """

    word: str
    subject: str = SUBJECT
    widths: Sequence[float] = ()
    letter: bool = False
    full_name: bool = False
    numbered: bool = False
    director: bool = False
    copy: bool = False


LOOKS: Mapping[DocumentKind, Look] = {
    DocumentKind.APPLICATION: Look(word="Заявление", widths=(3, 2), letter=True, full_name=True),
    DocumentKind.RECEIPT: Look(word="Уведомление", subject="О регистрации заявления", letter=True),
    DocumentKind.CHECK: Look(word="Отчёт", subject="О проверке подлинности документов", widths=(2, 3, 1.3)),
    DocumentKind.COMPARISON: Look(word="Протокол", subject="Сопоставление результатов", widths=(3, 1.3, 1.3, 3)),
    DocumentKind.ASSESSMENT: Look(word="Протокол", subject="Оценивание результатов", widths=(3, 1)),
    DocumentKind.AGENDA: Look(word="Повестка", subject="Заседание комиссии по зачёту результатов", numbered=True),
    DocumentKind.PROTOCOL: Look(
        word="Протокол", subject="Заседание комиссии по зачёту результатов", widths=(2, 1.6, 2.4), numbered=True
    ),
    DocumentKind.PROTOCOL_EXTRACT: Look(
        word="Выписка из протокола", subject="Заседание комиссии по зачёту результатов", copy=True
    ),
    DocumentKind.ORDER: Look(word="Приказ", numbered=True, director=True),
    DocumentKind.ORDER_EXTRACT: Look(word="Выписка из приказа", copy=True),
    DocumentKind.REFUSAL: Look(
        word="Мотивированный отказ", subject="Об отказе в зачёте результатов", widths=(2, 3), letter=True, director=True
    ),
    DocumentKind.NOTICE: Look(word="Уведомление", letter=True),
    DocumentKind.AMENDMENT: Look(word="Изменение в индивидуальном учебном плане", subject=""),
    DocumentKind.RECORD: Look(word="Выписка", subject="Для журнала и личного дела"),
    DocumentKind.APPEAL: Look(word="Решение", subject="По возражению на решение о зачёте результатов", letter=True),
    DocumentKind.REVIEW: Look(
        word="Решение", subject="О пересмотре решения о зачёте результатов", letter=True, director=True
    ),
    DocumentKind.REGULATION: Look(word="Положение", subject="об осуществлении зачёта результатов"),
}


def sheet_of(document: Mapping[str, Any], *, digest: str = "", signatures: Sequence[str] = ()) -> dict[str, Any]:
    """The data of the template. `digest` is that of the sealed file, "" for a draft; `signatures` tell of attached ones."""
    kind, draft = DocumentKind(document["kind"]), not document["number"]
    look, head = LOOKS[kind], document["letterhead"]
    return {
        "title": f"{document['title']} № {_number(document)}"
        if not draft
        else f"{document['title']} ({DRAFT.lower()})",
        "draft": DRAFT if draft else "",
        "letterhead": None if kind is DocumentKind.APPLICATION else letterhead(head),
        "addressee": _addressee(kind, document) if look.letter else [],
        "kind": look.word,
        "date": _day(document),
        "number": "" if kind is DocumentKind.APPLICATION else _number(document),
        "place": head["place"],
        "subject": look.subject,
        "opening": document["opening"],
        "numbered": look.numbered and len(document["sections"]) + len(document["closing"]) > 1,
        "sections": [_section(one, look) for one in document["sections"]],
        "closing": document["closing"],
        "basis": document["basis"],
        "signatures": _signatures(document, look),
        "acquainted": ["С приказом ознакомлен(а)"] if kind is DocumentKind.ORDER and draft else [],
        "small": [] if draft else _small(document, look, digest, signatures),
    }


def _section(section: Mapping[str, Any], look: Look) -> dict[str, Any]:
    said = " ".join(section["item"])
    facts = [fact for fact in section["facts"] if fact[1] and not _is_said(fact, said)]
    rows = [[cell or NOTHING for cell in row] for row in section["rows"]]
    return {**section, "facts": facts, "rows": rows, "widths": list(look.widths)}


def _is_said(fact: Sequence[str], said: str) -> bool:
    """Whether the school's words have a fact already; a class is only said as a class."""
    value = f"{fact[1]} класс" if fact[0] == GRADE else fact[1]
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", said) is not None


def initials(name: str) -> str:
    """«Северцева Галина Михайловна» signs as «Г. М. Северцева» (ГОСТ Р 7.0.97-2016, §5.22); any other name as it is."""
    found = _NAME.fullmatch(name)
    return f"{found[2]}. {found[3]}. {found[1]}" if found else name


def letterhead(head: Mapping[str, str]) -> dict[str, Any]:
    """The head of the school's paper as the template sets it; `head` is a `Letterhead` as kept."""
    return {
        "above": [head["above"]] if head["above"] else [],
        "name": head["name"],
        "short": f"({head['short']})" if head["short"] else "",
        "lines": [line for line in (head["address"], head["contacts"], head["numbers"]) if line],
    }


def _addressee(kind: DocumentKind, document: Mapping[str, Any]) -> list[str]:
    """The family; an application goes to the school, from the one who applies."""
    if kind is not DocumentKind.APPLICATION:
        return list(document["addressee"])
    head = document["letterhead"]
    return [f"Кому: {head['short'] or head['name']}", *(f"От: {name}" for _, name in document["acted"])]


def _day(document: Mapping[str, Any]) -> str:
    if document["paper"]:
        return str(document["paper"]["day"])
    return written(date.fromisoformat(document["date"])) if document["number"] else BLANK_DAY


def _number(document: Mapping[str, Any]) -> str:
    """The number of the signed original where there is one, else our own; a draft leaves room for it."""
    if document["paper"]:
        return str(document["paper"]["number"])
    return str(document["number"] or BLANK_NUMBER)


def _signatures(document: Mapping[str, Any], look: Look) -> list[list[str]]:
    head = document["letterhead"]
    director = [head["position"], head["director"]]
    if look.director:
        return [director]
    acted = [[role, name if look.full_name else initials(name)] for role, name in document["acted"]]
    return [*acted, [COPY, ""]] if look.copy else acted


def _small(document: Mapping[str, Any], look: Look, digest: str, signatures: Sequence[str]) -> list[str]:
    """Where the original is, and what the school's seal is and is not."""
    paper = document["paper"]
    own = f"Номер в учёте школы: {document['number']} ({document['year']})."
    return [
        *([_original(paper)] if paper else []),
        *([f"{role}: {name}." for role, name in document["acted"]] if look.director else []),
        *signatures,
        f"{own} Отметка целостности {document['school']['did']}, {digest}. {NO_SIGNATURE}",
    ]


def _original(paper: Mapping[str, str]) -> str:
    told = f"Подлинник подписан вне программы: № {paper['number']} от {paper['day']}, {paper['signer']}"
    return told if told.endswith(".") else f"{told}."
