"""What can be refused about organisations, their keys and their membership."""

from schemas.errors import N_, BadInput, Conflict, NotFound


class OrganisationUnknown(NotFound):
    """No organisation of that code or address is registered."""

    code = "organisation-unknown"
    sentence = N_("Организация «{organisation}» не зарегистрирована в сети. Проверьте её код или адрес.")


class OrganisationExists(Conflict):
    """The code or the host is taken."""

    code = "organisation-exists"
    sentence = N_("Организация с кодом «{organisation}» или с таким адресом уже зарегистрирована. Укажите другие.")


class BadOrganisation(BadInput):
    """The particulars of an organisation break a rule."""

    code = "organisation"
    sentence = N_("Сведения об организации «{organisation}» указаны с ошибкой. Исправьте поле {field}.")


class NoActiveKey(Conflict):
    """The organisation has no key that may sign now."""

    code = "key-none-active"
    sentence = N_("У организации «{organisation}» нет действующего ключа подписи. Обратитесь к администратору.")


class KeyExpired(NoActiveKey):
    """The term of the organisation's key is over."""

    code = "key-expired"
    sentence = N_(
        "У организации «{organisation}» закончился срок ключа подписи. Администратор должен ввести новый ключ."
    )


class KeyDatesWrong(BadInput):
    """A key would begin in the past or end before it begins."""

    code = "key-dates"
    sentence = N_("Ключ должен начаться в будущем и закончиться позже, чем начнётся. Исправьте даты.")


class KeyStateWrong(Conflict):
    """The key's state does not allow this step."""

    code = "key-state"
    sentence = N_("С этим ключом такое действие выполнить нельзя. Обновите страницу и проверьте, действует ли он.")


class ApplicationWrong(BadInput):
    """A particular of an application for membership is wrong; the pointer names it."""

    code = "application"
    sentence = N_("Исправьте: {field}.")
    words = frozenset({"field"})


class ApplicationUnknown(NotFound):
    """There is no such application."""

    code = "application-unknown"
    sentence = N_("Такой заявки нет.")


class ApplicationSettled(Conflict):
    """The application has been decided upon or withdrawn."""

    code = "application-settled"
    sentence = N_("Эта заявка уже рассмотрена или отозвана. Обновите страницу.")


class DeclineUnexplained(BadInput):
    """Who is not let into the network is told why."""

    code = "decline-unexplained"
    sentence = N_("Напишите причину.")


class BasisMissing(BadInput):
    """A change of the network cites the decision of its council (DOMAIN §1.3 row 62)."""

    code = "basis-missing"
    sentence = N_("Укажите номер и дату протокола управляющего совета.")


class NotMember(Conflict):
    """The organisation is no member, or is one no longer."""

    code = "not-member"
    sentence = N_("Организация не состоит в сети или уже вышла из неё.")


class LeavingDate(BadInput):
    """The day of leaving lies before the day of joining, or is no day."""

    code = "leaving-date"
    sentence = N_("День выхода — дата не раньше вступления.")
