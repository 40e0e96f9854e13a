"""What can be refused of an endorsement that an organisation elsewhere hands in."""

from schemas.errors import N_, BadInput


class EndorsementMissing(BadInput):
    """Neither a file nor a text was handed in."""

    code = "endorsement-missing"
    sentence = N_("Выберите файл поручительства или вставьте его текст.")


class EndorsementUnfit(BadInput):
    """What was handed in is no endorsement that badges can carry: another document, another form, too long."""

    code = "endorsement-unfit"
    sentence = N_(
        "Это не поручительство, которое может войти в значок. Нужен файл JSON по правилам Open Badges 3.0, не больше 16 КБ."
    )


class EndorsementNotValid(BadInput):
    """The endorsement that was handed in is invalid."""

    code = "endorsement-not-valid"
    sentence = N_("Это поручительство недействительно. Почему, скажет страница «Проверить значок»: откройте файл там.")


class EndorsementUncertain(BadInput):
    """Whether the endorsement that was handed in is valid cannot be told now."""

    code = "endorsement-uncertain"
    sentence = N_(
        "Проверить поручительство сейчас не удалось. Чего не хватило, скажет страница «Проверить значок»: откройте файл там."
    )


class EndorsementOfElse(BadInput):
    """The endorsement that was handed in is about something else."""

    code = "endorsement-of-else"
    sentence = N_("Это поручительство о другом. В нём должен стоять адрес именно этой версии значка.")


class EndorserHere(BadInput):
    """Whoever signed the endorsement that was handed in works in this installation."""

    code = "endorser-here"
    sentence = N_("Эта организация работает в этой же системе: попросите её поручиться на этой странице.")
