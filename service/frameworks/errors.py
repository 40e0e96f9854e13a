"""What can be refused about the network's catalogues of outcomes."""

from schemas.errors import N_, BadInput, Conflict, NotFound


class CatalogueNameWrong(BadInput):
    """A catalogue needs a code for its address and a title for people."""

    code = "framework-name"
    sentence = N_("Нужны код каталога (латинские буквы, цифры и дефис, до {code_limit}) и название до {limit} знаков.")


class CatalogueTooLarge(BadInput):
    """More than a reader would take."""

    code = "framework-large"
    sentence = N_("Каталог получился больше {mebibytes} МБ, читатели его не примут. Разделите его на несколько.")


class CatalogueFileUnknown(NotFound):
    """There is no such file."""

    code = "framework-file-unknown"
    sentence = N_("Такого файла нет: возможно, его удалили. Загрузите его ещё раз.")


class CatalogueUnknown(NotFound):
    """No catalogue is published under that code."""

    code = "framework-unknown"
    sentence = N_("Каталога с таким кодом нет.")


class CatalogueFileSettled(Conflict):
    """The file has been published."""

    code = "framework-file-settled"
    sentence = N_("Этот файл уже опубликован или удалён. Обновите страницу.")


class CatalogueChanged(Conflict):
    """What would be published is other than what was shown."""

    code = "framework-changed"
    sentence = N_("Пока вы смотрели, каталог изменился. Посмотрите ещё раз, что будет опубликовано.")


class CatalogueFaultsLeft(Conflict):
    """A file that names everything has rows that cannot be read."""

    code = "framework-faults"
    sentence = N_("В файле есть строки с ошибками. Исправьте их и загрузите файл ещё раз.")
