"""The words that a school puts into its documents: texts with places in braces, never code, as dated versions.

A blank has three texts: `opening` and `closing` stand once in a document, `item` once for each learner it is about. Every line is
a paragraph. What a document must say by law (facts, tables, reasons, the way to appeal) stands there whatever the blank says.

    "Слушали: {ученик}, {класс} класс."  ─▶  "Слушали: Ветрова Алина Игоревна, 10 класс."
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from schemas.errors import N_
from verifier.credit.errors import BlankBackdated, BlankTooLong, PlaceUnknown
from verifier.credit.papers import DocumentKind
from verifier.credit.tables import BlankVersion

LONGEST = 4_000
COMMON: Mapping[str, str] = {
    "школа": N_("полное название школы"),
    "место": N_("населённый пункт"),
    "дата": N_("дата документа"),
    "директор": N_("фамилия и инициалы директора"),
}
OF_CASE: Mapping[str, str] = {
    "ученик": N_("фамилия, имя, отчество ученика"),
    "класс": N_("класс или курс"),
    "часть": N_("часть учебного плана"),
    "часы": N_("её объём в академических часах"),
    "заявление": N_("номер заявления"),
    "срок": N_("до какого дня школа решит"),
    "решение": N_("что решено или предложено"),
    "результат": N_("отметка или «зачтено»"),
    "освобождается": N_("сколько часов освобождается"),
    "источники": N_("какие результаты засчитываются и кем выданы"),
}
FROM = N_("Действует с")
TEXTS: Mapping[str, tuple[str, str]] = {
    "opening": (N_("Начало документа"), N_("Каждая строка — абзац.")),
    "item": (N_("О каждом ученике"), N_("Повторяется для каждого ученика, о котором документ.")),
    "closing": (N_("Конец документа"), ""),
}
OF_REGULATION: Mapping[str, tuple[str, str]] = {
    "opening": (N_("Первые пункты общих положений"), N_("Каждая строка — пункт.")),
    "item": (N_("Особые условия школы"), N_("Отдельный раздел, каждая строка — пункт. Пусто — раздела не будет.")),
    "closing": (N_("Последние пункты заключительных положений"), ""),
}
_PLACE = re.compile(r"\{([^{}]*)\}")
_PLACE_AND_STOP = re.compile(r"\{([^{}]*)\}(\.?)")
_STRAY = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """One version of the words of one kind of document; `version` None is the network's own."""

    opening: str = ""
    item: str = ""
    closing: str = ""
    version: int | None = None
    valid_from: date | None = None


NETWORK_BLANKS: Mapping[DocumentKind, Blank] = {
    DocumentKind.APPLICATION: Blank(
        item="Прошу зачесть результаты, подтверждённые перечисленными ниже документами, по части учебного плана «{часть}» "
        "({часы} ч): {ученик}, {класс} класс.",
    ),
    DocumentKind.RECEIPT: Blank(
        opening="Сообщаем, что заявление о зачёте результатов зарегистрировано.",
        item="Номер заявления — {заявление}. Решение будет принято не позднее {срок}.",
        closing="Ход рассмотрения виден в личном кабинете.",
    ),
    DocumentKind.CHECK: Blank(opening="Проверена подлинность документов, приложенных к заявлению."),
    DocumentKind.COMPARISON: Blank(
        opening="Планируемые результаты части учебного плана сопоставлены с результатами, которые подтверждают документы."
    ),
    DocumentKind.ASSESSMENT: Blank(
        opening="Проведено оценивание результатов, которые не подтверждены документами полностью."
    ),
    DocumentKind.AGENDA: Blank(
        opening="На заседание комиссии по зачёту результатов выносятся заявления.",
        item="Заявление № {заявление}: {ученик}, {класс} класс, часть учебного плана «{часть}», {часы} ч.",
    ),
    DocumentKind.PROTOCOL: Blank(
        opening="Комиссия по зачёту результатов рассмотрела заявления и материалы к ним.",
        item="Слушали: заявление № {заявление} ({ученик}, {класс} класс) о зачёте результатов по части учебного плана "
        "«{часть}», {часы} ч.\nРешили предложить директору: {решение}.",
    ),
    DocumentKind.PROTOCOL_EXTRACT: Blank(
        item="Слушали: заявление № {заявление} ({ученик}, {класс} класс) о зачёте результатов по части учебного плана "
        "«{часть}», {часы} ч.\nРешили предложить директору: {решение}."
    ),
    DocumentKind.ORDER: Blank(
        opening="На основании заявлений и протокола комиссии, в соответствии с порядком зачёта результатов\nПРИКАЗЫВАЮ:",
        item="По части учебного плана «{часть}» {решение}: {ученик}, {класс} класс.",
        closing="Заместителю директора внести изменения в индивидуальные учебные планы.\n"
        "Контроль за исполнением приказа оставляю за собой.",
    ),
    DocumentKind.ORDER_EXTRACT: Blank(item="По части учебного плана «{часть}» {решение}: {ученик}, {класс} класс."),
    DocumentKind.REFUSAL: Blank(
        opening="Сообщаем, что заявление о зачёте результатов рассмотрено. В зачёте отказано.",
        item="Заявление № {заявление}: {ученик}, {класс} класс, часть учебного плана «{часть}», {часы} ч.",
    ),
    DocumentKind.NOTICE: Blank(opening="Сообщаем о рассмотрении заявления о зачёте результатов."),
    DocumentKind.AMENDMENT: Blank(
        item="В индивидуальный учебный план ({ученик}, {класс} класс) внесено изменение по части «{часть}»."
    ),
    DocumentKind.RECORD: Blank(item="Внести в журнал и в личное дело: {ученик}, {класс} класс, «{часть}»."),
    DocumentKind.APPEAL: Blank(opening="Комиссия по урегулированию споров рассмотрела возражение."),
    DocumentKind.REVIEW: Blank(opening="Решение о зачёте результатов пересмотрено."),
    DocumentKind.REGULATION: Blank(
        opening="Настоящее Положение определяет, в каком порядке, на каких условиях и в какие сроки {школа} (далее — школа) "
        "засчитывает результаты освоения обучающимися учебных предметов, курсов, дисциплин (модулей), практики и дополнительных "
        "образовательных программ в других организациях (далее — зачёт результатов).",
        closing="Положение принято с учётом мнения совета обучающихся, совета родителей (законных представителей) и "
        "педагогического совета школы.\nШкола размещает Положение на своём сайте.",
    ),
}


def blank_of(session: Session, school: str, kind: DocumentKind, on: date) -> Blank:
    """The words in force on a day: the school's newest version that has begun, else the network's."""
    begun = _versions(school, kind).where(col(BlankVersion.valid_from) <= on)
    row = session.exec(begun).first()
    return _read(row) if row else NETWORK_BLANKS[kind]


def versions_of(session: Session, school: str, kind: DocumentKind) -> list[Blank]:
    """Every version of a school, newest first."""
    return [_read(row) for row in session.exec(_versions(school, kind))]


def adopt(session: Session, school: str, kind: DocumentKind, blank: Blank, *, by: str, now: datetime) -> Blank:
    """Keep a new version from `blank.valid_from` on.

    Raises `PlaceUnknown`, `BlankTooLong`, `BlankBackdated` (a version begins no earlier than the one before).
    """
    check(blank, of_item(kind))
    last = session.exec(_versions(school, kind)).first()
    begins = blank.valid_from or now.date()
    if last is not None and begins < last.valid_from:
        raise BlankBackdated(pointer="/valid_from")
    count = select(func.count()).where(BlankVersion.school == school, BlankVersion.kind == kind)
    row = BlankVersion(
        school=school,
        kind=kind,
        version=session.exec(count).one() + 1,
        valid_from=begins,
        opening=blank.opening.strip(),
        item=blank.item.strip(),
        closing=blank.closing.strip(),
        person=by,
        at=now,
    )
    session.add(row)
    session.flush()
    return _read(row)


def texts_of(kind: DocumentKind) -> Mapping[str, tuple[str, str]]:
    """What the three texts of a kind are called, and what to know about each."""
    return OF_REGULATION if kind is DocumentKind.REGULATION else TEXTS


def of_item(kind: DocumentKind) -> Mapping[str, str]:
    """The places that `item` alone may name: none in an act about nobody in particular."""
    return {} if kind is DocumentKind.REGULATION else OF_CASE


def check(blank: Blank, of_item: Mapping[str, str] = OF_CASE) -> None:
    """Raise `BlankTooLong` or `PlaceUnknown` unless every text can be filled; `of_item` are the places of `item` alone."""
    for name, allowed in (("opening", COMMON), ("item", {**COMMON, **of_item}), ("closing", COMMON)):
        text = getattr(blank, name)
        if len(text) > LONGEST:
            raise BlankTooLong(pointer=f"/{name}", most=LONGEST)
        stray = next(_unknown(text, allowed), None)
        if stray is not None:
            raise PlaceUnknown(pointer=f"/{name}", place=stray)


def fill(text: str, places: Mapping[str, str]) -> list[str]:
    """The paragraphs of `text` with their places filled in; what a value holds is never read as a place."""
    lines = (_PLACE_AND_STOP.sub(lambda found: _value(found, places), line) for line in text.splitlines())
    return [line.strip() for line in lines if line.strip()]


def _value(found: re.Match[str], places: Mapping[str, str]) -> str:
    """What stands at a place; «2026 г.» at the end of a sentence brings its full stop along."""
    value = places.get(found.group(1).strip(), "")
    return value if value.endswith(".") else value + found.group(2)


def _unknown(text: str, allowed: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{{{name}}}" for name in _PLACE.findall(text) if name.strip() not in allowed)
    yield from _STRAY.findall(_PLACE.sub("", text))


def _versions(school: str, kind: DocumentKind) -> SelectOfScalar[BlankVersion]:
    rows = select(BlankVersion).where(BlankVersion.school == school, BlankVersion.kind == kind)
    return rows.order_by(col(BlankVersion.version).desc())


def _read(row: BlankVersion) -> Blank:
    return Blank(
        opening=row.opening, item=row.item, closing=row.closing, version=row.version, valid_from=row.valid_from
    )
