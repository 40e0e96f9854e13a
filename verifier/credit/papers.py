"""What a document of a case is: its kind, its title, and what it says before it is numbered and sealed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from schemas.errors import N_


class DocumentKind(StrEnum):
    """Kinds of document (DOMAIN §2.3), in the order of the way; last the school's own act by which it goes this way (row 48)."""

    APPLICATION = "application"
    RECEIPT = "receipt"
    CHECK = "check"
    COMPARISON = "comparison"
    ASSESSMENT = "assessment"
    AGENDA = "agenda"
    PROTOCOL = "protocol"
    PROTOCOL_EXTRACT = "protocol_extract"
    ORDER = "order"
    ORDER_EXTRACT = "order_extract"
    REFUSAL = "refusal"
    NOTICE = "notice"
    AMENDMENT = "amendment"
    RECORD = "record"
    APPEAL = "appeal"
    REVIEW = "review"
    REGULATION = "regulation"


TITLES: dict[DocumentKind, str] = {
    DocumentKind.APPLICATION: N_("Заявление о зачёте результатов"),
    DocumentKind.RECEIPT: N_("Уведомление о регистрации заявления"),
    DocumentKind.CHECK: N_("Отчёт о проверке подлинности"),
    DocumentKind.COMPARISON: N_("Протокол сопоставления результатов"),
    DocumentKind.ASSESSMENT: N_("Протокол оценивания"),
    DocumentKind.AGENDA: N_("Повестка заседания комиссии"),
    DocumentKind.PROTOCOL: N_("Протокол заседания комиссии"),
    DocumentKind.PROTOCOL_EXTRACT: N_("Выписка из протокола заседания комиссии"),
    DocumentKind.ORDER: N_("Приказ о зачёте результатов"),
    DocumentKind.ORDER_EXTRACT: N_("Выписка из приказа о зачёте результатов"),
    DocumentKind.REFUSAL: N_("Мотивированный отказ в зачёте результатов"),
    DocumentKind.NOTICE: N_("Уведомление"),
    DocumentKind.AMENDMENT: N_("Изменение в индивидуальном учебном плане"),
    DocumentKind.RECORD: N_("Выписка для журнала и личного дела"),
    DocumentKind.APPEAL: N_("Решение по возражению"),
    DocumentKind.REVIEW: N_("Решение о пересмотре"),
    DocumentKind.REGULATION: N_("Положение о зачёте результатов"),
}
STAFF_ONLY = frozenset({DocumentKind.AGENDA, DocumentKind.PROTOCOL})
"""Who voted how, and whose cases are heard beside it, is the commission's own affair; the family reads the extract."""
GRADE = "Класс (курс)"  # the one fact that words tell otherwise than tables


@dataclass(frozen=True, slots=True)
class Paper:
    """The signed original outside the program: its number, its day in words, who signed."""

    number: str
    day: str
    signer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a document says of one case, in the order it is read: facts, a table, paragraphs; then who acted.

    `places` fill the school's words (`blanks`), `addressee` is whom a letter goes to, `heading` stands once above all cases.
    """

    kind: DocumentKind
    facts: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    text: tuple[str, ...] = ()
    acted: tuple[tuple[str, str], ...] = ()
    basis: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    paper: Paper | None = None
