"""What can go wrong when somebody says who they are."""

from schemas.errors import N_, BadInput, Conflict, Forbidden, ZachetkaError


class WrongPassword(BadInput):
    """The name or the password is wrong; which one is never told."""

    code = "wrong-password"
    sentence = N_("Имя для входа или пароль не подходят. Проверьте раскладку и попробуйте ещё раз.")


class TooManyAttempts(ZachetkaError):
    """Somebody is guessing; `minutes` until the next attempt counts."""

    code = "too-many-attempts"
    sentence = N_("Слишком много неудачных попыток. Подождите {minutes} мин. и попробуйте ещё раз.")


class StaleForm(Forbidden):
    """The form does not belong to this session (CSRF)."""

    code = "stale-form"
    sentence = N_("Страница устарела. Обновите её и отправьте форму ещё раз.")


class ForeignPage(Forbidden):
    """A page of another site sent the form."""

    code = "foreign-page"
    sentence = N_("Этот запрос отправила страница другого сайта. Откройте Зачётку и повторите действие здесь.")


class WeakPassword(BadInput):
    """The new password is too short; `length` characters are needed."""

    code = "weak-password"
    sentence = N_("Пароль слишком короткий: нужно не меньше {length} знаков.")


class LoginTaken(Conflict):
    """Another account has that name."""

    code = "login-taken"
    sentence = N_("Такое имя для входа уже занято. Выберите другое.")


class NotAMinor(BadInput):
    """Nobody can act for a learner who has come of age."""

    code = "not-a-minor"
    sentence = N_("Ученику уже исполнилось 18 лет: законный представитель больше не нужен.")


class BadAddress(BadInput):
    """What was entered is no mail address that we can send to."""

    code = "bad-address"
    sentence = N_("Это не похоже на адрес электронной почты. Проверьте его, например: olga@example.ru.")
