"""What one version of an achievement says differently from another, in words for people."""

from collections.abc import Callable, Iterator

from issuer.module import FORM_WORDS, LEVEL_NAMES, LICENCE_WORDS, RESULT_TYPES, ModuleSpec, OutcomeRef, Scale, ScaleKind
from issuer.shown import Difference
from schemas.errors import N_

Translate = Callable[[str], str]
SCALE_WORDS = {
    ScaleKind.POINTS: N_("баллы"),
    ScaleKind.PERCENT: N_("проценты"),
    ScaleKind.MARK: N_("отметка"),
    ScaleKind.RUBRIC: N_("общий уровень"),
    ScaleKind.PASS: N_("зачтено"),
    ScaleKind.PARTICIPATION: N_("участие"),
}


def changes(before: ModuleSpec, after: ModuleSpec, translate: Translate) -> list[Difference]:
    """Every field that differs, in the order of the form."""
    old, new = dict(_told(before, translate)), dict(_told(after, translate))
    names = [*new, *(name for name in old if name not in new)]
    return [Difference(name, old.get(name, ""), new.get(name, "")) for name in names if old.get(name) != new.get(name)]


def _told(spec: ModuleSpec, translate: Translate) -> Iterator[tuple[str, str]]:
    yes, no = translate(N_("да")), translate(N_("нет"))
    yield translate(N_("Название")), spec.name
    yield translate(N_("Описание")), spec.description
    yield translate(N_("Условия получения")), spec.criteria
    yield translate(N_("Объём, академических часов")), "" if spec.hours is None else str(spec.hours)
    yield translate(N_("Форма")), translate(FORM_WORDS[spec.form])
    yield translate(N_("Уровень")), level_word(spec.level, translate)
    yield translate(N_("Шкала")), scale_words(spec.scale, translate)
    yield translate(N_("Зачётные единицы")), "" if spec.credits is None else f"{spec.credits:g}".replace(".", ",")
    yield translate(N_("Срок действия, месяцев")), "" if spec.term_months is None else str(spec.term_months)
    yield translate(N_("Для зачёта результатов")), yes if spec.creditable else no
    yield translate(N_("Кто оценивал")), "" if spec.source is None else spec.source.name
    yield translate(N_("Условия использования текста")), translate(LICENCE_WORDS[spec.licence]) if spec.licence else ""
    for statement in spec.statements:
        yield statement.name, yes
    for outcome in spec.outcomes:
        yield f"{outcome.code} · {outcome.name}", _outcome(outcome, spec.level, translate)


def level_word(level: int | None, translate: Translate) -> str:
    """The name of a level, "" for none."""
    return translate(LEVEL_NAMES[level - 1]) if level else ""


def scale_words(scale: Scale | None, translate: Translate) -> str:
    """The scale in one line: «баллы: от 0 до 100, проходной результат — 60»; "" for none."""
    if scale is None:
        return ""
    word = translate(SCALE_WORDS[scale.kind])
    if RESULT_TYPES[scale.kind] == "Status":
        return word
    limits = translate(N_("от {minimum} до {maximum}, проходной результат — {required}"))
    return f"{word}: {limits.format(minimum=scale.minimum, maximum=scale.maximum, required=scale.required)}"


def _outcome(outcome: OutcomeRef, module_level: int | None, translate: Translate) -> str:
    if not outcome.assessed:
        return translate(N_("изучался, не оценивался"))
    level = level_word(outcome.level or module_level, translate)
    return "; ".join([level, *filter(None, outcome.seen)])
