"""What can go wrong in a credit case, in words for a school secretary and for a family."""

from typing import ClassVar

from schemas.errors import N_, BadInput, Conflict, Forbidden, NotFound, TooLarge, Unavailable, ZachetkaError


class RuleNotMet(BadInput):
    """A guard of `states` refused the move; every guard has its own subclass, `rule` names what it stands on."""

    code = "rule-not-met"
    sentence = N_("Сейчас это сделать нельзя: не выполнено условие.")
    rule: ClassVar[str] = ""


class NotAlike(BadInput):
    """The case puts no such pair of wordings forward."""

    code = "not-alike"
    sentence = N_("В этом заявлении нет такой пары формулировок. Обновите страницу.")


class PaperMissing(BadInput):
    """A recognition names no act of the school."""

    code = "paper-missing"
    sentence = N_("Назовите акт школы, которым признан этот результат: название, номер, дату.")


class NoSuchMove(Conflict):
    """The case is in a state that this event does not leave."""

    code = "move-impossible"
    sentence = N_("Заявление сейчас на другом шаге. Обновите страницу и посмотрите, что можно сделать.")


class NotYourMove(Forbidden):
    """The step belongs to somebody else."""

    code = "not-your-move"
    sentence = N_("Этот шаг выполняет другой человек. На странице заявления написано, кто именно.")


class PeopleDecide(Forbidden):
    """A program tried to decide."""

    code = "people-decide"
    sentence = N_("Решение принимает человек, который вошёл под своим именем. Программа этого делать не может.")


class Stale(Conflict):
    """The form was filled in for an earlier version of the case."""

    code = "case-changed"
    sentence = N_("Пока вы заполняли форму, заявление изменилось. Посмотрите, что нового, и повторите.")


class ShownChanged(Conflict):
    """What the decision was made on is not what stands there now."""

    code = "shown-changed"
    sentence = N_("Материалы заявления изменились после того, как вы их открыли. Прочитайте их ещё раз и решите снова.")


class FieldMissing(BadInput):
    """A field of the form is empty or cannot be read; `pointer` names it."""

    code = "field-missing"
    sentence = N_("Заполните поле «{label}».")
    words = frozenset({"label"})


class FieldUnclear(BadInput):
    """A field of the form holds something else than it should; `pointer` names it."""

    code = "field-unclear"
    sentence = N_("Поле «{label}» заполнено не так, как нужно. Проверьте его.")
    words = frozenset({"label"})


class ForeignPresentation(BadInput):
    """What was handed in is not made for this application or by nobody we could identify."""

    code = "presentation-foreign"
    sentence = N_("Подборка значков составлена не для этого заявления. Составьте её заново из своего кошелька.")


class UnreadableBadge(BadInput):
    """A file handed in holds no badge."""

    code = "badge-unreadable"
    sentence = N_(
        "В приложенном файле нет значка. Приложите файл значка (JSON, PNG или SVG) или опишите бумажный документ."
    )


class BadgeTooLarge(TooLarge):
    """A file handed in is larger than any badge."""

    code = "badge-too-large"
    sentence = N_("Файл слишком большой для значка. Приложите файл не больше 4 МБ.")


class NoGuardian(Conflict):
    """A minor without a guardian on the roll cannot be told anything with effect."""

    code = "guardian-missing"
    sentence = N_("У несовершеннолетнего ученика не записан законный представитель. Внесите его в список школы.")


class NoComponent(NotFound):
    """The plan has no such component for this learner."""

    code = "component-unknown"
    sentence = N_("Такой части нет в учебном плане ученика.")


class BadPlan(BadInput):
    """A component of the plan is described in a way that cannot be compared."""

    code = "plan-unclear"
    sentence = N_("Часть учебного плана описана неполно: нужны часы и хотя бы один обязательный результат.")


class VersionBackdated(BadInput):
    """A version of a component would begin before the one that is there."""

    code = "plan-version-backdated"
    sentence = N_("У этой части плана уже есть содержание, которое действует с {day}. Новое не может начаться раньше.")


class YearUnknown(Unavailable):
    """There is no calendar of working days for a year; nothing is guessed."""

    code = "calendar-year-unknown"
    sentence = N_(
        "Нет календаря рабочих дней на {year} год: государство его ещё не утвердило или программу пора обновить. "
        "Сообщите администратору."
    )


class DayPassed(BadInput):
    """A day that is over would be declared free or working: terms have been counted by it."""

    code = "calendar-day-passed"
    sentence = N_("Этот день уже прошёл, сроки по нему сосчитаны. Можно объявить сегодняшний день и будущие.")


class SpanUnclear(BadInput):
    """Days are declared whose last one is before the first, or more of them than a school declares at once."""

    code = "calendar-span"
    sentence = N_("Последний день должен быть не раньше первого, и вместе можно объявить не больше {most} дней.")


class PlaceUnknown(BadInput):
    """A school's text for a document names a place that cannot be filled there."""

    code = "place-unknown"
    sentence = N_("Место «{place}» здесь не заполняется. Возьмите одно из перечисленных под полем.")


class BlankTooLong(BadInput):
    """A school's text for a document is longer than a document bears."""

    code = "blank-too-long"
    sentence = N_("Текст слишком длинный: можно не больше {most} знаков.")


class BlankBackdated(BadInput):
    """A version of a text would begin before the one that is there."""

    code = "blank-backdated"
    sentence = N_("Новый текст не может начать действовать раньше прежнего. Укажите более поздний день.")


class SignatureUnclear(BadInput):
    """A file handed in as a detached signature is none."""

    code = "signature-unclear"
    sentence = N_("Приложенный файл не похож на электронную подпись. Приложите файл .sig или .p7s.")


class NothingTogether(BadInput):
    """Several cases were to be decided together, and none was chosen."""

    code = "nothing-chosen"
    sentence = N_("Отметьте хотя бы одно заявление.")


class NotTogether(BadInput):
    """One of several cases cannot be decided now, and so nothing was written; `error` says why."""

    code = "not-together"
    sentence = N_("Заявление № {number}: сейчас решить нельзя. Ничего не записано.")

    def __init__(self, error: ZachetkaError, *, number: str) -> None:
        super().__init__(number=number)
        self.error = error
