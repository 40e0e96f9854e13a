"""What can be wrong with an edition of a school's policy, in words for the person who fills it in."""

from schemas.errors import N_, BadInput, Conflict


class NumberOutside(BadInput):
    """A setting is no whole number within its limits."""

    code = "number-outside"
    sentence = N_("В поле «{label}» напишите целое число от {least} до {most}.")
    words = frozenset({"label"})


class PolicyBackdated(BadInput):
    """An edition would hold for a day that has begun."""

    code = "policy-backdated"
    sentence = N_("Правила меняют не раньше, чем с завтрашнего дня: сегодня заявления уже подают по прежним.")


class ActAhead(BadInput):
    """The local act is dated after today."""

    code = "act-ahead"
    sentence = N_("Этот день ещё не наступил. Сначала подпишите акт, потом запишите его здесь.")


class LastDayPassed(BadInput):
    """The last day for applications lies before the edition begins."""

    code = "last-day-passed"
    sentence = N_("К началу действия правил этот день уже пройдёт. Назовите более поздний или оставьте поле пустым.")


class GradesMissing(BadInput):
    """A last day for applications concerns nobody."""

    code = "grades-missing"
    sentence = N_("Назовите классы, для которых установлен последний день заявлений, например: 9, 11.")


class YearsUnclear(BadInput):
    """Years are not written as years."""

    code = "years-unclear"
    sentence = N_("Напишите годы через запятую, например: 2028, 2029.")


class YearKept(BadInput):
    """A year that terms have been counted by cannot be taken away."""

    code = "year-kept"
    sentence = N_("Календарь на {year} год уже введён, по нему считают сроки. Верните этот год в список.")


class ScaleUnclear(BadInput):
    """The limits of a scale are missing or the wrong way round."""

    code = "scale-unclear"
    sentence = N_("Назовите наименьшее и наибольшее значения шкалы целыми числами, наименьшее первым.")


class StepsUnclear(BadInput):
    """The lowest values for the marks of a scale are missing, outside of it, or do not fall with the marks."""

    code = "steps-unclear"
    sentence = N_(
        "Назовите, от какого значения ставится отметка: целые числа от {least} до {most},"
        " для меньшей отметки — меньше. Хотя бы одна отметка нужна."
    )


class ScaleTwice(BadInput):
    """Two conversions of one scale."""

    code = "scale-twice"
    sentence = N_("Такая шкала уже есть выше. Оставьте одну.")


class NothingNew(BadInput):
    """The edition says what the one before says, by the same act."""

    code = "nothing-new"
    sentence = N_("Всё осталось как было: принимать нечего.")


class PolicyMoved(Conflict):
    """Somebody else has adopted an edition meanwhile."""

    code = "policy-moved"
    sentence = N_("Пока вы писали, приняты другие правила. Посмотрите, что теперь изменится, и решите снова.")
