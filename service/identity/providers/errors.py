"""What can go wrong with an identity provider. `reason` says exactly what, for programs and tests; people get one sentence."""

from schemas.errors import N_, Conflict, Forbidden, Unavailable


class NoProvider(Conflict):
    """This installation believes no provider."""

    code = "no-provider"
    sentence = N_("Вход через другой сайт здесь не настроен. Войдите по паролю.")


class ProviderSilent(Unavailable):
    """The provider could not be asked, or would not answer."""

    code = "provider-silent"
    sentence = N_("Сайт, через который вы входите, сейчас не отвечает. Попробуйте позже или войдите по паролю.")


class ProviderUntrue(Forbidden):
    """What came from the provider, or in its name, cannot be believed: another issuer, key, receiver, time or person's answer."""

    code = "provider-untrue"
    sentence = N_("Ответ сайта, через который вы входите, не прошёл проверку. Никто не вошёл. Начните ещё раз.")


class ProviderDeclined(Forbidden):
    """The person has said no there, or the provider has."""

    code = "provider-declined"
    sentence = N_("Вход через другой сайт отменён. Можно попробовать ещё раз или войти по паролю.")


class SubjectUnknown(Forbidden):
    """Nobody has linked this account with the provider; accounts are never made or found by what a provider says."""

    code = "subject-unknown"
    sentence = N_(
        "С этой учётной записью «{provider}» здесь никто не связан. Войдите по паролю или по карточке от школы, "
        "откройте свою учётную запись и свяжите её: дальше можно будет входить так."
    )


class SubjectTaken(Conflict):
    """The account with the provider is linked with somebody else here."""

    code = "subject-taken"
    sentence = N_("С этой учётной записью «{provider}» связан другой человек. Войдите на том сайте под своим именем.")


class LinkedAlready(Conflict):
    """The person has linked another account with the provider."""

    code = "linked-already"
    sentence = N_("Ваша учётная запись уже связана. Чтобы связать её с другой, сначала разорвите прежнюю связь.")


class LastWay(Conflict):
    """The person has no password: without the link they could not come in."""

    code = "last-way"
    sentence = N_(
        "Это ваш единственный вход. Чтобы входить иначе, попросите новый код: на карточке можно выбрать пароль."
    )
