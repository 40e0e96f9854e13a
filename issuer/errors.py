"""What can be refused while achievements and awards are made. A `pointer` names the member of the order that is wrong."""

from schemas.errors import N_, BadInput, Conflict, Forbidden, NotFound, Unavailable


class BadModule(BadInput):
    """The particulars of a module break a rule; the pointer names the field."""

    code = "module"
    sentence = N_("Описание модуля заполнено с ошибкой: {field}.")


class SamePerson(Forbidden):
    """Who drafted an achievement may not review it."""

    code = "same-person"
    sentence = N_("Проверить описание значка должен другой сотрудник, не тот, кто его составил.")


class WrongStep(Conflict):
    """The version's state does not allow this step."""

    code = "achievement-state"
    sentence = N_("С этой версией значка такое действие уже невозможно. Обновите страницу.")


class NotPublished(NotFound):
    """The organisation has no published achievement of that code."""

    code = "not-published"
    sentence = N_("Такого значка среди опубликованных нет. Выберите значок из списка организации.")


class NotAllowedToAward(Forbidden):
    """The trust list does not let the organisation award at that moment."""

    code = "not-allowed-to-award"
    sentence = N_(
        "Сейчас организация не может выдавать значки: её нет среди действующих участников сети. Обратитесь в центр персонализации."
    )


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


class NotYetSigned(Conflict):
    """The act needs a signed badge."""

    code = "not-yet-signed"
    sentence = N_("Значок ещё не подписан. Подождите минуту и обновите страницу.")


class AlreadyRevoked(Conflict):
    """A revocation is final and happens once."""

    code = "already-revoked"
    sentence = N_("Значок уже отозван.")


class AlreadySuspended(Conflict):
    """The badge is suspended already."""

    code = "already-suspended"
    sentence = N_("Действие значка уже приостановлено.")


class NotSuspended(Conflict):
    """Only a suspended badge can be put into force again."""

    code = "not-suspended"
    sentence = N_("Действие значка не приостановлено, возвращать его не нужно.")


class BadgeExpired(Conflict):
    """The badge's own term has ended."""

    code = "badge-expired"
    sentence = N_("Срок действия значка уже закончился.")


class BeingCorrected(Conflict):
    """A correction of this badge waits for its signature."""

    code = "being-corrected"
    sentence = N_("Значок сейчас исправляют: новая версия подписывается. Подождите минуту и обновите страницу.")


class NothingCorrected(BadInput):
    """A correction that says what the badge says already."""

    code = "nothing-corrected"
    sentence = N_("В значке ничего не изменено. Исправьте то, что неверно.")


class ReasonMissing(BadInput):
    """An act upon a badge without a reason."""

    code = "reason-missing"
    sentence = N_("Напишите причину: её увидит владелец значка.")


class ReasonTooLong(BadInput):
    """The reason is longer than the register keeps."""

    code = "reason-too-long"
    sentence = N_("Причина слишком длинная: оставьте не больше {limit} знаков.")


class StatusListsFull(Unavailable):
    """No free index was found; cannot happen before a list is far over its fill."""

    code = "status-lists-full"
    sentence = N_("Не удалось занять место в списке отзыва. Повторите попытку.")


class OfferUnknown(NotFound):
    """No award waits under this code."""

    code = "offer-unknown"
    sentence = N_("По этому коду ничего нет. Сверьте его с карточкой: 27 знаков, пробелы и дефисы не важны.")


class OfferUsed(Conflict):
    """Somebody else has fetched the award."""

    code = "offer-used"
    sentence = N_("Значок по этому коду уже получил другой ученик. Если это ошибка, обратитесь в организацию.")


class OfferForAnother(Forbidden):
    """The award was made for another network number."""

    code = "offer-for-another"
    sentence = N_("Этот значок выписан на другой сетевой номер. Проверьте, для кого вы его получаете.")


class OfferTwice(Conflict):
    """The learner has this badge on this basis already."""

    code = "offer-twice"
    sentence = N_("У этого ученика такой значок по этому основанию уже есть. Обратитесь в организацию.")


class KeyReused(Conflict):
    """The same `Idempotency-Key` came with another body."""

    code = "key-reused"
    sentence = N_("С этим ключом повтора уже был отправлен другой запрос. Возьмите новый ключ.")


class BadKey(BadInput):
    """An `Idempotency-Key` that cannot be kept: empty, too long, not printable ASCII."""

    code = "bad-key"
    sentence = N_("Ключ повтора должен состоять из 1–255 печатных латинских знаков.")
