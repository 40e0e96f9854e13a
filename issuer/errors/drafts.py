"""What can be refused about a draft that a program sends in."""

from schemas.errors import N_, BadInput, Conflict


class KeyReused(Conflict):
    """The same `Idempotency-Key` came with another body."""

    code = "key-reused"
    sentence = N_("С этим ключом повтора уже был отправлен другой запрос. Возьмите новый ключ.")


class BadKey(BadInput):
    """An `Idempotency-Key` that cannot be kept: empty, too long, not printable ASCII."""

    code = "bad-key"
    sentence = N_("Ключ повтора должен состоять из 1–255 печатных латинских знаков.")


class DraftUnreadable(BadInput):
    """A draft of a badge lacks a member or has it in another shape than Open Badges says. Params: `member`."""

    code = "draft-unreadable"
    sentence = N_("В заготовке значка нет поля «{member}», или оно записано не так, как в Open Badges 3.0.")


class DraftDiffers(BadInput):
    """A draft says something that the badge would not say: what would be lost is refused. Params: `member`."""

    code = "draft-differs"
    sentence = N_(
        "Поле «{member}» не такое, как в опубликованном значке. Подписывается только опубликованное: "
        "уберите поле или напишите так же."
    )


class DraftNotYours(BadInput):
    """A draft holds what the issuer gives itself: an id, a place in a status list, a proof. Params: `member`."""

    code = "draft-not-yours"
    sentence = N_("Поле «{member}» значок получает при выдаче. Уберите его из заготовки.")


class DraftNamesNobody(BadInput):
    """A draft does not say in the open which learner the badge is for."""

    code = "draft-recipient"
    sentence = N_(
        "Не указано, кому значок. Запишите сетевой номер ученика в identifier открыто (hashed: false): "
        "в значке он будет скрыт."
    )


class DraftOutdated(BadInput):
    """A draft is dated longer ago than a badge may be entered afterwards. Params: `hours`."""

    code = "draft-outdated"
    sentence = N_("Значок выдаётся сегодняшним днём: дата в заготовке старше {hours} часов.")
