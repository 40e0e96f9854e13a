"""What a school's local act on credit says, chapter by chapter, from an edition of its policy: `words/regulation.txt`, filled in.

Pure. Every number and condition is that of the edition, every law that of the register of rules (`rules`); the school's own words
(`blanks`) stand among the general and the final provisions and in a chapter of their own. Russian, the language of record.

    "Решение принимают {решение} со дня регистрации."  ─▶  "Решение принимают в течение 10 рабочих дней со дня регистрации."
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from verifier.credit.blanks import fill
from verifier.credit.days import counted, term, within, written
from verifier.credit.policies.editions import Edition
from verifier.credit.policy import Conversion, SchoolPolicy
from verifier.credit.rules import LOCAL_ACT, LegalRule

TEXT = (Path(__file__).parent.parent / "words" / "regulation.txt").read_text("utf-8")
HEAD, TABLE = "# ", "[таблица]"
OPENING, ITEM, CLOSING = "[начало]", "[особые условия]", "[конец]"
MARKS = ("5", "4", "3")
NOTHING = "—"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One chapter: its points, which the sheet numbers, and a table after them."""

    title: str
    points: tuple[str, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def chapters_of(
    edition: Edition, rules: Mapping[str, LegalRule], own: Mapping[str, tuple[str, ...]]
) -> tuple[Chapter, ...]:
    """The whole act; `own` are the school's points by the line at which they stand (`OPENING`, `ITEM`, `CLOSING`)."""
    places = {**_said(edition), **_cited(rules)}
    chapters = (_chapter(text, places, own, edition.policy) for text in TEXT.split(HEAD)[1:])
    return tuple(one for one in chapters if one.points)


def _chapter(text: str, places: Mapping[str, str], own: Mapping[str, tuple[str, ...]], policy: SchoolPolicy) -> Chapter:
    title, _, body = text.partition("\n")
    lines, has_table = body.replace(TABLE, "").splitlines(), TABLE in body and bool(policy.conversions)
    return Chapter(
        title=title,
        points=tuple(point for line in lines for point in own.get(line, fill(line, places))),
        columns=("Шкала результата", *(f"Отметка «{mark}»" for mark in MARKS)) if has_table else (),
        rows=tuple(_scale(one) for one in policy.conversions) if has_table else (),
    )


def _scale(one: Conversion) -> tuple[str, ...]:
    lowest = {mark: f"от {value}" for value, mark in one.steps}
    return (f"от {one.minimum} до {one.maximum}", *(lowest.get(mark, NOTHING) for mark in MARKS))


def _cited(rules: Mapping[str, LegalRule]) -> dict[str, str]:
    """The laws: all of them at once, and each behind what it says. What is left to the school's act this very text sets."""
    found = {
        name: f"{one.basis}, {one.point}" if one.point else one.basis
        for name, one in rules.items()
        if one.basis != LOCAL_ACT
    }
    acts = "; ".join(dict.fromkeys(found.values()))
    whole = f"Положение составлено на основании следующих актов: {acts}." if acts else ""
    return {"правовые основания": whole, **{name: f" ({where})" for name, where in found.items()}}


def _said(edition: Edition) -> dict[str, str]:
    """Every setting of the edition as the text says it."""
    return {
        **_terms(edition.policy),
        **_conditions(edition.policy),
        "вступление в силу": f"с {written(edition.valid_from)}"
        if edition.valid_from
        else "со дня, который назван в приказе о его утверждении",
    }


def _terms(policy: SchoolPolicy) -> dict[str, str]:
    waiting = counted(policy.documents_days, "календарного дня", "календарных дней", "календарных дней")
    return {
        "регистрация": within(policy.register_days),
        "решение": within(policy.decide_days),
        "ожидание документов": f"в течение {waiting}",
        "повторная проверка": within(policy.unknown_days),
        "предупреждение об оценивании": term(policy.assessment_notice_days),
        "уведомление": within(policy.notice_days),
        "изменение плана": within(policy.plan_days),
        "запись в журнал": within(policy.close_days),
        "возражение": within(policy.appeal_days),
        "ответ на возражение": within(policy.appeal_answer_days),
        "пересмотр": within(policy.review_days),
        "ответ ученику": within(policy.objection_days),
    }


def _conditions(policy: SchoolPolicy) -> dict[str, str]:
    whole = "учебный предмет, курс, дисциплину (модуль), практику"
    return {
        "предмет зачёта": f"{whole} или их раздел" if policy.partial_allowed else f"{whole}, только целиком",
        "согласие обучающегося": CONFIRMS if policy.learner_confirms else CONFIRMS_NOT,
        "последний день приёма": " ".join(_last_day(policy)),
        "неделя": "шестидневной" if policy.six_day_week else "пятидневной",
        "свой календарь": OWN_YEARS.format(years=", ".join(map(str, policy.calendar_years)))
        if policy.calendar_years
        else "",
        "кворум": counted(policy.quorum, "её члена", "её членов", "её членов"),
        "частичный зачёт": PARTLY.format(percent=policy.threshold_percent) if policy.partial_allowed else PARTLY_NOT,
        "согласие заявителя": _agreed(policy),
        "перевод в отметку": BY_TABLE if policy.conversions else BY_COMMISSION,
    }


def _last_day(policy: SchoolPolicy) -> Iterator[str]:
    """Until when final classes apply; nothing where the school names none."""
    classes = ", ".join(policy.final_grades)
    if policy.last_application_day:
        yield LAST_DAY.format(classes=classes, day=written(policy.last_application_day))
    elif classes:
        yield NO_LAST_DAY.format(classes=classes)


def _agreed(policy: SchoolPolicy) -> str:
    """What the applicant has to agree to before it is ordered."""
    wanted = {PART: policy.partial_allowed, LOWER: bool(policy.conversions)}
    asked = ", ".join(one for one, possible in wanted.items() if possible)
    return f"Только с согласия заявителя возможны: {asked}." if asked else ""


PART, LOWER = "зачёт раздела вместо всей части плана", "отметка ниже той, которую даёт таблица перевода"
CONFIRMS = "Заявление, которое подают за обучающегося в возрасте от 14 до 18 лет, сначала подтверждает он сам."
CONFIRMS_NOT = (
    "Если заявление подают за обучающегося в возрасте от 14 до 18 лет, его отдельное подтверждение не требуется."
)
LAST_DAY = "В выпускных классах (классы, курсы: {classes}) заявления принимают по {day} включительно."
NO_LAST_DAY = (
    "Для выпускных классов (классы, курсы: {classes}) последний день приёма заявлений не установлен; заявление подают с таким "
    "расчётом, чтобы решение было принято до государственной итоговой аттестации."
)
OWN_YEARS = (
    "Пока постановления о переносе выходных дней на год нет, календарь рабочих дней школа устанавливает сама "
    "(годы: {years})."
)
PARTLY = (
    "Если показаны не все обязательные результаты, но показаны все результаты раздела плана, может быть зачтён этот раздел. "
    "Программа учёта предлагает это, когда показано не менее {percent} % обязательных результатов; решает комиссия."
)
PARTLY_NOT = "Если показаны не все обязательные результаты, в зачёте отказывают: отдельные разделы не засчитывают."
BY_TABLE = (
    "Результат другой шкалы переводят в отметку по таблице: отметку ставят начиная с указанного в ней значения. Результат ниже "
    "последнего значения не засчитывают. Если шкалы в таблице нет, отметку выбирает комиссия."
)
BY_COMMISSION = "Таблицы перевода других шкал школа не установила: отметку выбирает комиссия."
