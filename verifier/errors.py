"""What the verifier raises when there is nothing it could judge; everything else is a report."""

from schemas.errors import N_, BadInput, TooLarge


class NotACredential(BadInput):
    """Nothing that could be judged was found in what was given."""

    code = "not-a-credential"
    sentence = N_("Это не цифровой значок. Выберите файл значка, который прислали вам или скачали из кошелька.")


class BrokenFile(NotACredential):
    """The bytes are no whole JSON document and no whole picture."""

    code = "broken-file"
    sentence = N_(
        "Файл повреждён или скопирован не целиком, прочитать его не получилось. Попросите прислать исходный файл ещё раз."
    )


class NothingInside(NotACredential):
    """A picture without a credential in it."""

    code = "nothing-inside"
    sentence = N_(
        "В этой картинке нет значка: осталось только изображение. Попросите исходный файл, а не снимок экрана."
    )


class FileTooLarge(NotACredential, TooLarge):
    """More bytes than a credential may have."""

    code = "file-too-large"
    sentence = N_("Файл слишком большой для цифрового значка. Проверьте, тот ли файл выбран.")


class NothingGiven(NotACredential):
    """The form came back empty."""

    code = "nothing-given"
    sentence = N_("Выберите файл или вставьте текст значка.")


class FileMissing(NotACredential):
    """The named file is not there or cannot be opened."""

    code = "file-missing"
    sentence = N_("Файл не найден или его нельзя открыть. Проверьте имя и право на чтение.")


class ForeignLink(BadInput):
    """A link that leads elsewhere; the verifier opens no addresses that strangers name."""

    code = "foreign-link"
    sentence = N_(
        "Это не ссылка на показ значков этой сети. Откройте её сами, скачайте файл значка и выберите его здесь."
    )


class PresentationGiven(NotACredential):
    """A whole set of credentials where one was expected."""

    code = "presentation-given"
    sentence = N_("В этом файле набор из нескольких значков. Проверьте его целиком на странице проверки.")
