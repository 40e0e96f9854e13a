"""Comparison, assessment and commission (T10-T14)."""

from schemas.errors import N_
from verifier.credit.facts import Facts
from verifier.credit.guards.guard import guard


@guard("R4", N_("Сопоставление ещё не заполнено по всем результатам."))
def matrix_complete(facts: Facts) -> bool:
    """Every row of the comparison has a finding."""
    return facts.matrix_complete


@guard("R4", N_("Сначала сопоставление подписывает учитель предмета."))
def matrix_signed(facts: Facts) -> bool:
    """A teacher signed the comparison as it is now."""
    return facts.matrix_signed


@guard("R5", N_("Все обязательные результаты уже подтверждены: оценивать нечего."))
def gap(facts: Facts) -> bool:
    """A required outcome is not shown."""
    return facts.gap


@guard("R5", N_("Школа не оценивает эти результаты отдельно."))
def assessable(facts: Facts) -> bool:
    """The school can assess every gap."""
    return facts.assessable


@guard("R5", N_("Нужно согласие семьи на оценивание. Оно даётся на странице заявления."))
def assessment_agreed(facts: Facts) -> bool:
    """The family agreed to an assessment."""
    return facts.assessment_agreed


@guard("R5", N_("О дне оценивания предупреждают заранее. Выберите более поздний рабочий день."))
def told_ahead(facts: Facts) -> bool:
    """The day of the assessment is far enough ahead."""
    return facts.told_ahead


@guard("R5", N_("Запишите итог по каждому результату или отметьте, что ученик не пришёл или отказался."))
def gaps_answered(facts: Facts) -> bool:
    """Every gap has a result, or the learner did not come or declined."""
    return facts.gaps_answered


@guard("R12", N_("Выберите, что предлагает комиссия."))
def extent_named(facts: Facts) -> bool:
    """The vote or protocol says full, partial or refuse."""
    return facts.extent_named


@guard("R12", N_("Кворума ещё нет: дождитесь остальных голосов."))
def quorum(facts: Facts) -> bool:
    """Enough members voted in this round."""
    return facts.quorum


@guard("R12", N_("За это предложение не проголосовало большинство."))
def majority(facts: Facts) -> bool:
    """More than half of the votes are for the extent."""
    return facts.majority


@guard(
    "R6",
    N_(
        "Предложение не следует из сопоставления: полностью — когда показано "
        "всё обязательное, частично — когда закрыт раздел плана."
    ),
)
def lawful(facts: Facts) -> bool:
    """Full iff everything required is met, partial iff a closed sub-part is, else refuse."""
    return facts.lawful


@guard("R15", N_("Выберите отметку: таблица перевода школы её не подсказывает."))
def mark_chosen(facts: Facts) -> bool:
    """The protocol gives a mark, or refuses."""
    return facts.mark_chosen
