"""The error tree of the project.

Every error raised on purpose is a `ZachetkaError`: a stable `code` for programs, a Russian `sentence` for people (a gettext
message id, filled with `params` after translation) and, where it concerns a document, a JSON `pointer`. HTTP statuses are
chosen in `service.errors` from the branches below and appear nowhere lower.

    ZachetkaError
    ├── BadInput        what was given breaks a rule; giving it again changed may work
    │   └── TooLarge    it is over a limit
    ├── NotSignedIn     nobody has said who they are
    ├── Forbidden       we know who it is, and they may not
    ├── NotFound        there is no such thing, or none for this person
    ├── Conflict        right in itself, but the state of things is another by now
    ├── TooOften        right in itself, but too often; `minutes` until it may be done again
    └── Unavailable     we could not get something; trying later may work
"""

from collections.abc import Callable
from typing import ClassVar


def N_(message: str) -> str:  # noqa: N802 - gettext's customary name for "mark, do not translate yet"
    """Mark a message id for extraction where it is translated later."""
    return message


class ZachetkaError(Exception):
    """Base of all our errors; `str(error)` is the Russian sentence."""

    code: ClassVar[str] = "error"
    sentence: ClassVar[str] = N_("Не получилось выполнить действие.")
    words: ClassVar[frozenset[str]] = frozenset()
    """Which params are message ids themselves."""

    def __init__(self, *, pointer: str = "", **params: object) -> None:
        self.pointer = pointer
        self.params = params
        super().__init__(self.sentence.format(**params))

    def told(self, translate: Callable[[str], str]) -> str:
        """The sentence in the reader's language."""
        spoken = {name: translate(str(self.params[name])) for name in self.words & self.params.keys()}
        return translate(self.sentence).format(**{**self.params, **spoken})


class BadInput(ZachetkaError):
    """What was given breaks a rule."""

    code = "bad-input"
    sentence = N_("Проверьте введённые данные.")


class TooLarge(BadInput):
    """What was given is over a limit."""

    code = "too-large"
    sentence = N_("Файл слишком большой.")


class NotSignedIn(ZachetkaError):
    """The act needs a person who has signed in."""

    code = "not-signed-in"
    sentence = N_("Войдите, чтобы продолжить.")


class Forbidden(ZachetkaError):
    """The person is known and may not do this."""

    code = "forbidden"
    sentence = N_("У вас нет права на это действие.")


class NotFound(ZachetkaError):
    """There is no such thing, or none that this person may know of."""

    code = "not-found"
    sentence = N_("Такой страницы или записи нет.")


class Conflict(ZachetkaError):
    """The act came too late: somebody or something changed the state before."""

    code = "conflict"
    sentence = N_("Пока страница была открыта, данные изменились. Обновите её и повторите.")


class TooOften(ZachetkaError):
    """The act was done too often lately; `minutes` until it may be done again."""

    code = "too-often"
    sentence = N_("Слишком много попыток подряд. Подождите {minutes} мин. и попробуйте ещё раз.")


class Unavailable(ZachetkaError):
    """Something needed could not be had now."""

    code = "unavailable"
    sentence = N_("Сейчас это недоступно. Попробуйте позже.")
