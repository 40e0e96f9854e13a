"""What a rule can find. A fault is an error with a pointer to the member; `lint` collects them, `demand` raises the first."""

from schemas.errors import N_, BadInput


class LintFault(BadInput):
    """Base: the badge breaks a rule and is not signed."""

    code = "lint"
    sentence = N_("Значок нельзя подписать: его содержание нарушает правила. Сообщите администратору.")


class WrongContexts(LintFault):
    """`@context` is not exactly the two published contexts, in their order."""

    code = "lint-contexts"


class WrongTypes(LintFault):
    """`type` is not exactly the two types of an Open Badge."""

    code = "lint-types"


class EmptyMember(LintFault):
    """A null, an empty array, an empty object or an empty text."""

    code = "lint-empty"


class ControlCharacterFound(LintFault):
    """A character that canonical forms write differently."""

    code = "lint-control-character"
    sentence = N_("В тексте есть невидимый служебный символ. Наберите этот текст заново, не копируя его.")


class GuessableId(LintFault):
    """An id of the credential or of its subject that is not a random `urn:uuid:`."""

    code = "lint-id"


class WrongIssuer(LintFault):
    """The issuer is no did:web with a name and an address on the same host."""

    code = "lint-issuer"


class WrongStatus(LintFault):
    """The status entry is not one usable revocation bit on the issuer's host."""

    code = "lint-status"


class WrongDates(LintFault):
    """A date is missing, has no zone, or they contradict each other."""

    code = "lint-dates"


class PlainAddress(LintFault):
    """An address that is not https."""

    code = "lint-address"


class WrongResult(LintFault):
    """A result points at nothing in its achievement, or an assessed outcome has no result."""

    code = "lint-result"


class NotPassed(LintFault):
    """The overall result is missing or below the pass mark."""

    code = "lint-not-passed"
    sentence = N_("Итоговый результат ниже проходного. Значок выдают только завершившим модуль.")


class HoursMissing(LintFault):
    """The volume in academic hours is missing or no whole number."""

    code = "lint-hours"


class OpenIdentity(LintFault):
    """Whom the badge is for stands in the open, unsalted, or more than once."""

    code = "lint-identity"


class PersonalField(LintFault):
    """A field of the standard that is there for personal data."""

    code = "lint-personal-field"
    sentence = N_("В значке не бывает личных сведений о человеке. Сообщите администратору.")


class PersonalName(LintFault):
    """A part of the learner's name."""

    code = "lint-name"
    sentence = N_("В тексте есть имя или фамилия ученика. Значок может увидеть посторонний: уберите имя.")


class BirthDate(LintFault):
    """A date of birth."""

    code = "lint-birth-date"
    sentence = N_("В тексте есть что-то похожее на дату рождения. Значок может увидеть посторонний: уберите её.")


class Snils(LintFault):
    """A number of the state pension insurance."""

    code = "lint-snils"
    sentence = N_("В тексте есть что-то похожее на номер СНИЛС. Значок может увидеть посторонний: уберите номер.")


class Phone(LintFault):
    """A telephone number."""

    code = "lint-phone"
    sentence = N_("В тексте есть номер телефона. Значок может увидеть посторонний: уберите номер.")


class Email(LintFault):
    """An e-mail address."""

    code = "lint-email"
    sentence = N_("В тексте есть адрес электронной почты. Значок может увидеть посторонний: уберите адрес.")


class OpenEvidence(LintFault):
    """The address of a learner's work is open to whoever has it, or no plain https address."""

    code = "lint-open-evidence"
    sentence = N_(
        "Работу по этому адресу увидит кто угодно. Положите её туда, где нужен вход по паролю, и укажите адрес https без ключей."
    )
