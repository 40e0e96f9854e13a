"""Why a copy of an installation cannot be opened."""

from schemas.errors import N_, BadInput


class CopyError(BadInput):
    """Base: the file cannot be used as a copy."""

    code = "copy"
    sentence = N_("Этот файл нельзя использовать как копию.")


class CopyForeign(CopyError):
    """The file does not begin as a copy does."""

    code = "copy-foreign"
    sentence = N_("Это не копия Зачётки. Укажите файл, который сделала команда «zachetka backup».")


class CopyNewer(CopyError):
    """The copy is of a format that a later version has made."""

    code = "copy-newer"
    sentence = N_("Копию сделала более новая версия Зачётки. Обновите программу, потом восстанавливайте.")


class CopySecretWrong(CopyError):
    """The secret is not the one that the copy was sealed under, or the head of the file was changed."""

    code = "copy-secret"
    sentence = N_("Копия запечатана другим секретом. Задайте в ZACHETKA_SECRET тот, с которым она сделана.")


class CopyDamaged(CopyError):
    """The copy was cut off or changed somewhere after its head."""

    code = "copy-damaged"
    sentence = N_("Копия обрезана или изменена, восстанавливать из неё нельзя. Возьмите другую.")
