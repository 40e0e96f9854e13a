"""What can be refused about an order, from its form to the signature."""

from schemas.errors import N_, BadInput, Conflict, Forbidden, NotFound, Unavailable


class PathIncomplete(BadInput):
    """The achievement is awarded for a path that the learner has not completed."""

    code = "path-incomplete"
    sentence = N_("Этот значок даётся за путь «{title}», а ученик его ещё не прошёл: {held} из {needed}.")


class AwardedByPath(BadInput):
    """Lists do not award what a path awards by itself."""

    code = "awarded-by-path"
    sentence = N_("Этот значок вручается сам, когда пройден путь «{title}». Список для него не нужен.")


class NotPublished(NotFound):
    """The organisation has no published achievement of that code."""

    code = "not-published"
    sentence = N_("Такого значка среди опубликованных нет. Выберите значок из списка организации.")


class EditionMissing(Conflict):
    """No edition of the badge that may be awarded says what the plan says by which it was decided."""

    code = "edition-missing"
    sentence = N_(
        "Ни одно описание значка «{code}», по которому можно вручать, не совпадает с учебным планом, по которому принято решение."
        " Опубликуйте в каталоге значков описание с результатами, часами и уровнем того плана и повторите."
    )


class NotAllowedToAward(Forbidden):
    """The trust list does not let the organisation award at that moment."""

    code = "not-allowed-to-award"
    sentence = N_(
        "Сейчас организация не может выдавать значки: её нет среди действующих участников сети. Обратитесь в центр персонализации."
    )


class OutsideContract(Forbidden):
    """The organisation's contract with the network names its programmes, and this one is not among them."""

    code = "outside-contract"
    sentence = N_("Этого значка нет в договоре организации с сетью. Обратитесь в центр персонализации.")


class StandingUnknown(Unavailable):
    """The trust list cannot be had or relied on now, or does not know the organisation; nothing is decided by that."""

    code = "standing-unknown"
    sentence = N_(
        "Не удалось убедиться, что организация сейчас может выдавать значки: в списке участников сети её не видно."
        " Попробуйте позже; если не поможет, обратитесь в центр персонализации."
    )


class NoLicence(Forbidden):
    """A creditable badge needs an educational licence (DOMAIN R1)."""

    code = "no-licence"
    sentence = N_(
        "Значок для зачёта результатов может выдать только организация с действующей образовательной лицензией."
    )


class EventMissing(BadInput):
    """An award without an occasion could not be told from a second one."""

    code = "event-missing"
    sentence = N_("Укажите основание: номер и дату ведомости или протокола.")


class EventTooLong(BadInput):
    """The occasion is longer than the register keeps."""

    code = "event-too-long"
    sentence = N_("Основание слишком длинное: оставьте не больше {limit} знаков.")


class ControlCharacter(BadInput):
    """A text for people holds what cannot be seen, or half a character."""

    code = "control-character"
    sentence = N_("В тексте есть невидимый служебный символ. Наберите этот текст заново, не копируя его.")


class FutureAward(BadInput):
    """The award is dated in the future."""

    code = "future-award"
    sentence = N_("Дата вручения ещё не наступила.")


class ResultMissing(BadInput):
    """The scale needs a value and there is none."""

    code = "result-missing"
    sentence = N_("Укажите итоговый результат.")


class ResultNotOnScale(BadInput):
    """The result is no value of the achievement's scale."""

    code = "result-not-on-scale"
    sentence = N_("Результат должен быть числом от {minimum} до {maximum}.")


class ResultNotWhole(BadInput):
    """The scale has whole values only."""

    code = "result-not-whole"
    sentence = N_("Результат должен быть целым числом от {minimum} до {maximum}.")


class ResultNotNeeded(BadInput):
    """The scale is pass / fail; a badge says "passed" and nothing else."""

    code = "result-not-needed"
    sentence = N_("Для этого значка результат не указывают: он выдаётся только тем, кто выполнил всё.")


class BelowPass(BadInput):
    """The result does not reach the pass mark; a badge is only for completed modules."""

    code = "below-pass"
    sentence = N_("Результат {value} ниже проходного ({required}). Значок выдают только завершившим модуль.")


class UnknownOutcome(BadInput):
    """A level is given for something that this achievement does not assess."""

    code = "unknown-outcome"
    sentence = N_("Этот результат в модуле не оценивается: {outcome}.")


class LevelNotKnown(BadInput):
    """A level is not 1, 2 or 3."""

    code = "level"
    sentence = N_("Выберите уровень: стартовый, базовый или продвинутый.")


class UnknownStatement(BadInput):
    """The order fills a description that this achievement does not have."""

    code = "unknown-statement"
    sentence = N_("В описании этого значка нет поля «{key}».")


class StatementMissing(BadInput):
    """The order leaves out a description that this achievement demands."""

    code = "statement-missing"
    sentence = N_("Заполните: {name}.")


class AddressIncomplete(BadInput):
    """What should be the address of the learner's work leads nowhere."""

    code = "address-incomplete"
    sentence = N_("Укажите адрес работы целиком, как в строке браузера: он начинается с https://.")


class AwardExists(Conflict):
    """The same achievement, learner and occasion were ordered before with another content."""

    code = "award-exists"
    sentence = N_(
        "По этому основанию значок этому ученику уже выдан с другими данными. Отзовите прежний или укажите другое основание."
    )


class AwardUnknown(NotFound):
    """There is no such award."""

    code = "award-unknown"
    sentence = N_("Такого вручения нет.")


class AwardRefused(Conflict):
    """The order was accepted, but a rule broke before the signature."""

    code = "award-refused"
    sentence = N_("Значок не подписан: за это время изменились условия. Оформите вручение заново.")


class ShownChanged(Conflict):
    """What is to be signed is no longer what the person saw in the preview."""

    code = "shown-changed"
    sentence = N_("Пока вы проверяли значок, его описание изменилось. Посмотрите ещё раз и подпишите.")


class OwnOutputWrong(Unavailable):
    """The freshly signed bytes did not pass our own check, so they are not given out."""

    code = "own-output"
    sentence = N_("Подпись не прошла собственную проверку, значок не выдан. Ничего не потеряно, мы повторим попытку.")
