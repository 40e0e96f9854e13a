"""What can go wrong where private keys are kept and used, and with the clock by which they sign."""

from schemas.errors import N_, Unavailable, ZachetkaError


class KeyStoreError(ZachetkaError):
    """Base: the store of private keys cannot be used."""

    code = "key-store"
    sentence = N_("Хранилище ключей недоступно. Обратитесь к администратору.")


class FolderExposed(KeyStoreError):
    """The folder lies where its content could be copied along (a git checkout)."""

    code = "key-store-folder"
    sentence = N_("Хранилище ключей нельзя держать внутри папки с исходным кодом. Укажите другую папку данных.")


class FileExposed(KeyStoreError):
    """Others than the owner may read or write the folder or a file in it."""

    code = "key-store-permissions"
    sentence = N_("К файлу «{name}» в хранилище ключей есть доступ у посторонних. Оставьте доступ только владельцу.")


class SecretWrong(KeyStoreError):
    """The secret is not the one the store was made with."""

    code = "key-store-secret"
    sentence = N_("Секрет не подходит к хранилищу ключей. Проверьте настройку ZACHETKA_SECRET.")


class KeyDamaged(KeyStoreError):
    """A sealed key was changed, or moved under another name."""

    code = "key-damaged"
    sentence = N_("Файл ключа «{name}» повреждён. Восстановите его из резервной копии.")


class BadKeyName(KeyStoreError):
    """A name has other characters than lower-case letters, digits and hyphens."""

    code = "key-name"
    sentence = N_("Имя ключа «{name}» недопустимо: разрешены строчные латинские буквы, цифры и дефисы.")


class KeyMissing(KeyStoreError):
    """There is no private key of that name."""

    code = "key-missing"
    sentence = N_("В хранилище нет ключа «{name}». Обратитесь к администратору.")


class KeyExists(KeyStoreError):
    """There is a private key of that name already."""

    code = "key-exists"
    sentence = N_("Ключ «{name}» уже есть в хранилище. Выберите другое имя.")


class SignerUnknown(KeyStoreError):
    """No keeper of keys answers to this address."""

    code = "signer-unknown"
    sentence = N_("Адрес хранилища ключей «{uri}» не поддерживается. Проверьте настройки.")


class TokenLibraryMissing(KeyStoreError):
    """A key lies in a hardware module, and the library that speaks to such is not installed."""

    code = "key-token-library"
    sentence = N_("Ключ лежит в аппаратном модуле, а программа для него не установлена. Установите zachetka[pkcs11].")


class TokenFailed(KeyStoreError):
    """The hardware module refused or could not be reached."""

    code = "key-token"
    sentence = N_("Аппаратный модуль с ключами не отвечает ({reason}). Проверьте, подключён ли он и верен ли ПИН-код.")


class ClockMarkDamaged(KeyStoreError):
    """The file with the latest moment of a signature cannot be read."""

    code = "key-clock-mark"
    sentence = N_(
        "Отметка времени последней подписи повреждена. Проверьте часы и выполните zachetka keys clock --accept."
    )


class ClockWentBack(Unavailable):
    """The clock is earlier than signatures that were made already; signing would date them back."""

    code = "clock-went-back"
    sentence = N_(
        "Часы компьютера отстают: последняя подпись сделана {mark}. Подписывать нельзя, пока часы не исправлены."
    )
