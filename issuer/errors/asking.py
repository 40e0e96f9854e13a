"""What can be refused about requests of learners, and about what they allow to be said of them."""

from schemas.errors import N_, BadInput, Conflict


class TextMissing(BadInput):
    """Nothing was said, or too much."""

    code = "text-missing"
    sentence = N_("Напишите, о чём речь: от одного до {limit} знаков.")


class AskedAlready(Conflict):
    """A request about this badge waits already."""

    code = "asked-already"
    sentence = N_("Об этом значке уже попросили. Дождитесь ответа организации.")


class AskedSettled(Conflict):
    """Somebody has answered before."""

    code = "asked-settled"
    sentence = N_("На эту просьбу уже ответили. Обновите страницу.")


class OnlySchools(BadInput):
    """An organisation that is no school has no learners of its own to confirm anything for."""

    code = "only-schools"
    sentence = N_("Достижения учеников подтверждает школа. У этой организации такого значка быть не может.")


class NotOfAge(BadInput):
    """Personal particulars were to be allowed for a learner who is a minor, or of whom that is not known here."""

    code = "not-of-age"
    sentence = N_("Личные сведения в значке может разрешить только ученик 18 лет и старше, которого знает эта сеть.")
