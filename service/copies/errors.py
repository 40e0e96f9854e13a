"""Why a copy is not made, or not brought back."""

from schemas.errors import N_, BadInput, Conflict, NotFound, ZachetkaError


class NothingToCopy(NotFound):
    """There is no database yet. Params: `folder`."""

    code = "copy-nothing"
    sentence = N_(
        "Копировать нечего: для папки данных {folder} ещё нет базы. Проверьте --data и ZACHETKA_DATABASE_URL."
    )


class CopyExists(Conflict):
    """A file of that name is there already. Params: `file`."""

    code = "copy-exists"
    sentence = N_("Файл {file} уже есть. Выберите другое имя или замените его: --force.")


class CopyNotWritten(ZachetkaError):
    """The system does not let us write. Params: `file`, `reason`."""

    code = "copy-not-written"
    sentence = N_("Записать {file} не удалось: {reason}.")


class CopyNotRead(NotFound):
    """There is no such file, or it cannot be read. Params: `file`, `reason`."""

    code = "copy-not-read"
    sentence = N_("Прочитать {file} не удалось: {reason}.")


class ProgramMissing(ZachetkaError):
    """A program of PostgreSQL is not installed. Params: `program`."""

    code = "copy-program-missing"
    sentence = N_("Не найдена программа {program}. Установите клиент PostgreSQL той же версии, что и сервер.")


class DatabaseRefused(ZachetkaError):
    """The database could not be copied or brought back. Params: `program`, `reason`, the last line of what it said."""

    code = "copy-database"
    sentence = N_("База данных не скопирована: {program} отвечает «{reason}».")


class OtherDatabase(BadInput):
    """The copy is of another kind of database than the settings name. Params: `kind`, that of the copy."""

    code = "copy-other-database"
    sentence = N_("В копии база {kind}, а установка настроена на другую. Исправьте ZACHETKA_DATABASE_URL.")


class NotEmpty(Conflict):
    """Something is there already. Params: `place`."""

    code = "copy-not-empty"
    sentence = N_("Восстанавливать можно только на пустое место, а там уже есть {place}. Ничего не изменено.")


class KeysOfAnother(Conflict):
    """The keys that are there were not made by the installation that the copy is of. Params: `place`."""

    code = "copy-other-keys"
    sentence = N_("В {place} лежат ключи другой установки. Ничего не изменено.")
