"""What is refused to programs, and to whoever makes tokens for them."""

from schemas.errors import N_, BadInput, Conflict, NotFound, NotSignedIn, TooOften


class TokenMissing(NotSignedIn):
    """The request brings no token."""

    code = "token-missing"
    sentence = N_("Программа не показала токен. Передайте его в заголовке Authorization: Bearer.")


class TokenRefused(TokenMissing):
    """No token that is known, not withdrawn and not past its term; which of these is not told."""

    code = "token-refused"
    sentence = N_(
        "Токен не действует: его нет, срок закончился или его отозвали. Новый выдаст администратор организации."
    )


class TooManyRequests(TooOften):
    """The token has used up its requests; `seconds` until the next one is answered."""

    code = "too-many-requests"
    sentence = N_("Программа спрашивает слишком часто. Следующий запрос — через {seconds} с.")


class TokenUnknown(NotFound):
    """The organisation has no such token."""

    code = "token-unknown"
    sentence = N_("Такого токена у организации нет.")


class TokenNameWrong(BadInput):
    """A token needs a name that tells which program holds it. Params: `limit`."""

    code = "token-name"
    sentence = N_("Назовите программу: от одного до {limit} знаков в одну строку.")


class TokenNameTaken(Conflict):
    """A token that still holds has that name."""

    code = "token-name-taken"
    sentence = N_("Токен с таким названием уже действует. Отзовите его или назовите новый иначе.")


class TokenScopesWrong(BadInput):
    """A token is made for something, and for what there is."""

    code = "token-scopes"
    sentence = N_("Выберите, что программе можно: хотя бы одно из предложенного.")


class TokenTermWrong(BadInput):
    """Every token ends. Params: `longest`."""

    code = "token-term"
    sentence = N_("Укажите, сколько дней токен действует: от 1 до {longest}.")


class OptionUnknown(BadInput):
    """An option that would have no effect here. Params: `member`."""

    code = "vc-api-option"
    sentence = N_("Настройка «{member}» здесь ни на что не влияет или задана иначе, чем есть. Уберите её.")


class RevocationFinal(Conflict):
    """Nobody takes a revocation back."""

    code = "revocation-final"
    sentence = N_("Отзыв значка не отменяется. Выдайте новый.")
