"""The errors that only the door knows, and the one place where errors get HTTP statuses (see `service.answers`)."""

from http import HTTPStatus

from schemas.errors import (
    N_,
    BadInput,
    Conflict,
    Forbidden,
    NotFound,
    NotSignedIn,
    TooLarge,
    TooOften,
    Unavailable,
    ZachetkaError,
)


class BadFields(BadInput):
    """Some fields are missing or of the wrong kind."""

    code = "bad-fields"
    sentence = N_("Заполнены не все нужные поля или в поле стоит не то. Проверьте их и отправьте ещё раз.")


class BadBody(BadInput):
    """The body is not what the request says it is."""

    code = "bad-body"
    sentence = N_("Данные повреждены: прочитать их не получилось. Отправьте их ещё раз.")


class BodyTooLarge(TooLarge):
    """More bytes than a request may bring."""

    code = "body-too-large"
    sentence = N_("Файл слишком большой: можно отправить не больше {mebibytes} МБ.")


class WrongMethod(BadInput):
    """The address exists, but not for this kind of request."""

    code = "wrong-method"
    sentence = N_("Так к этой странице обратиться нельзя. Откройте её ещё раз с начала.")


class Broken(ZachetkaError):
    """Something we did not expect; the log has it under `reference`."""

    code = "broken"
    sentence = N_(
        "У нас что-то сломалось, и действие не выполнено. Попробуйте ещё раз; если не поможет, сообщите номер {reference}."
    )


class NotStorable(BadInput):
    """A text holds a character that the database cannot keep (NUL, on PostgreSQL)."""

    code = "not-storable"
    sentence = N_("В тексте или в адресе есть знаки, которые нельзя сохранить. Уберите их и попробуйте снова.")


class Busy(Unavailable):
    """The database does not answer in time."""

    code = "busy"
    sentence = N_("Сейчас слишком много работы. Ничего не потеряно: подождите минуту и повторите.")


class NoRoom(Unavailable):
    """The disk is full or may only be read."""

    code = "no-room"
    sentence = N_(
        "Сейчас ничего нельзя сохранить: закончилось место. Ничего не потеряно, сообщите тому, кто ведёт Зачётку."
    )


class Clash(Conflict):
    """Two people did the same thing at the same moment, and the other one was first."""

    code = "clash"
    sentence = N_("Кто-то сделал это одновременно с вами. Обновите страницу и посмотрите, что получилось.")


STATUSES: tuple[tuple[type[ZachetkaError], HTTPStatus], ...] = (
    (TooLarge, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (TooOften, HTTPStatus.TOO_MANY_REQUESTS),
    (WrongMethod, HTTPStatus.METHOD_NOT_ALLOWED),
    (BadFields, HTTPStatus.UNPROCESSABLE_ENTITY),
    (BadInput, HTTPStatus.BAD_REQUEST),
    (NotSignedIn, HTTPStatus.UNAUTHORIZED),
    (Forbidden, HTTPStatus.FORBIDDEN),
    (NotFound, HTTPStatus.NOT_FOUND),
    (Conflict, HTTPStatus.CONFLICT),
    (Unavailable, HTTPStatus.SERVICE_UNAVAILABLE),
    (ZachetkaError, HTTPStatus.INTERNAL_SERVER_ERROR),
)


def status_of(error: ZachetkaError) -> HTTPStatus:
    """The HTTP status that goes with an error: the first row that fits."""
    return next(status for kind, status in STATUSES if isinstance(error, kind))
