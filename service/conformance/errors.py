"""What this mode refuses, besides what signing and judging refuse."""

from schemas.errors import N_, BadInput, Forbidden, ZachetkaError


class ConformanceExposed(ZachetkaError):
    """The mode would be reached from other machines."""

    code = "conformance-exposed"
    sentence = N_("Режим проверки на соответствие подписывает что угодно, поэтому слушать можно только 127.0.0.1.")


class ContextsMissing(ZachetkaError):
    """The folder of outside test data lacks a context that the suites use. Params: `file`."""

    code = "conformance-contexts"
    sentence = N_("Нет файла «{file}» из данных для проверки. Укажите их папку: ZACHETKA_VECTORS.")


class NotLoopback(Forbidden):
    """Somebody asks from another machine."""

    code = "conformance-loopback"
    sentence = N_("В режиме проверки на соответствие отвечаем только этой машине.")


class NoSuchKey(BadInput):
    """There is no throw-away key of that kind for that suite. Params: `suite`, `kind`."""

    code = "conformance-key"
    sentence = N_("Ключа «{kind}» для подписи «{suite}» нет.")


class PlaceUnknown(BadInput):
    """No status list has a place for that credential."""

    code = "conformance-status"
    sentence = N_("Места в списке отзыва у этого документа нет.")
