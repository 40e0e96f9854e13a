"""What can be refused about a badge that there is: its status, a correction, the offer under which it waits."""

from schemas.errors import N_, BadInput, Conflict, Forbidden, NotFound, Unavailable


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


class NothingWaits(Conflict):
    """The award is not signed yet, or lies in its learner's wallet: there is nothing to fetch."""

    code = "nothing-waits"
    sentence = N_("Значок ещё не подписан или уже лежит в кошельке ученика: код не нужен.")


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
