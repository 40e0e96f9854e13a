"""What can go wrong with keys, proofs, organisations, fetching and the journal."""

from schemas.errors import N_, BadInput, Conflict, NotFound, Unavailable, ZachetkaError


class BadMultibase(BadInput):
    """A text is not base58btc or base64url multibase."""

    code = "multibase"
    sentence = N_("Ключ или подпись записаны с ошибкой. Попросите организацию выдать файл заново.")


class BadMultikey(BadInput):
    """A Multikey is broken or of a kind that is not supported."""

    code = "multikey"
    sentence = N_(
        "Ключ записан с ошибкой или его вид здесь не поддерживается. Попросите организацию выдать файл заново."
    )


class BadPoint(BadMultikey):
    """A public key is no point of its curve, or a private one no number of its group."""

    code = "point"


class BadJwk(BadMultikey):
    """A JSON Web Key is broken, private, for another use, or of a kind that is not known here."""

    code = "jwk"


class KeyKindUnknown(BadMultikey):
    """A key of an algorithm that is not known here. Params: `kind`."""

    code = "key-kind"


class BadCbor(BadInput):
    """Bytes are no CBOR, or not in the one form that is read here."""

    code = "cbor"
    sentence = N_("Ключ или подпись записаны с ошибкой. Попросите организацию выдать файл заново.")


class BadDid(BadInput):
    """A DID or DID URL cannot be used here."""

    code = "did"
    sentence = N_("Адрес организации «{did}» записан с ошибкой. Попросите организацию выдать файл заново.")


class BadDidDocument(BadInput):
    """A DID document does not say what it must."""

    code = "did-document"
    sentence = N_("Документ с ключами организации «{did}» составлен с ошибкой. Сообщите об этом организации.")


class ProofInvalid(BadInput):
    """Base: the proof does not hold."""

    code = "proof"
    sentence = N_("Электронная подпись не подтвердилась. Попросите владельца показать исходный файл.")


class ProofMissing(ProofInvalid):
    """There is no proof at all."""

    code = "proof-missing"
    sentence = N_("В документе нет электронной подписи. Попросите владельца показать исходный файл.")


class ProofMalformed(ProofInvalid):
    """A field of the proof is missing or has the wrong shape (VC-DI §2.1)."""

    code = "proof-malformed"
    sentence = N_("Электронная подпись составлена с ошибкой: поле «{field}». Попросите организацию выдать файл заново.")


class SuiteUnknown(ProofInvalid):
    """The proof's cryptosuite is not one of ours."""

    code = "proof-suite"
    sentence = N_("Способ подписи «{suite}» здесь не поддерживается. Спросите у организации файл с другой подписью.")


class SignatureWrong(ProofInvalid):
    """The signature does not fit the document and the key."""

    code = "proof-signature"
    sentence = N_(
        "Документ изменили после подписания, или подписал его кто-то другой. Попросите показать исходный файл."
    )


class KeyWeak(ProofInvalid):
    """The public key is one under which anybody can sign."""

    code = "proof-key-weak"
    sentence = N_("Ключом этой подписи мог бы подписать кто угодно. Не принимайте этот файл.")


class ContextMismatch(ProofInvalid):
    """The proof was made under other contexts than the document has now (VC-DI-EDDSA §3.3.2, kept more strictly)."""

    code = "proof-context"
    sentence = N_("Описание полей документа заменили после подписания. Попросите владельца показать исходный файл.")


class BaseProofShown(ProofInvalid):
    """A base proof of ecdsa-sd-2023 is for its holder, who derives from it what they show (VC-DI-ECDSA §3.6.8)."""

    code = "proof-base"
    sentence = N_(
        "Это исходный файл для владельца, показывать его целиком нельзя. Попросите показать отобранную часть значка."
    )


class SelectionError(BadInput):
    """Base: the part of a document that should be shown cannot be."""

    code = "selection"
    sentence = N_("Эту часть файла показать отдельно нельзя. Выберите другую.")


class BaseProofMissing(SelectionError):
    """There is no base proof to derive from."""

    code = "selection-no-base"
    sentence = N_("Показать часть этого файла нельзя: организация подписала его только целиком. Покажите его весь.")


class SelectionWrong(SelectionError):
    """A JSON pointer leads nowhere, or to what cannot be shown without the rest of it. Params: `field`, the pointer."""

    code = "selection-pointer"
    sentence = N_("Такого поля в файле нет, или отдельно его показать нельзя: «{field}». Выберите другое.")


class SelectionEmpty(SelectionError):
    """Nothing is mandatory and nothing was chosen."""

    code = "selection-empty"
    sentence = N_("Не выбрано ничего. Отметьте, что показать.")


class SelectionUnsupported(SelectionError):
    """The document has ordered lists or carries other documents: parts that ecdsa-sd-2023 gives no names."""

    code = "selection-unsupported"
    sentence = N_("Показать часть этого файла нельзя: в него вложены другие документы. Покажите его весь.")


class PurposeWrong(ProofInvalid):
    """The proof was made for another purpose."""

    code = "proof-purpose"
    sentence = N_("Подпись поставлена с другой целью. Попросите организацию выдать файл заново.")


class ProofTooEarly(ProofInvalid):
    """The proof says that it was made in the future."""

    code = "proof-created"
    sentence = N_("Дата подписи ещё не наступила. Проверьте часы компьютера или спросите организацию.")


class ProofExpired(ProofInvalid):
    """The proof's own term is over."""

    code = "proof-expired"
    sentence = N_("Срок действия подписи истёк. Попросите прислать документ ещё раз.")


class DomainWrong(ProofInvalid):
    """The proof was made for another receiver."""

    code = "proof-domain"
    sentence = N_("Документ подписан для другого получателя. Попросите прислать его вам ещё раз.")


class ChallengeWrong(ProofInvalid):
    """The proof answers another challenge."""

    code = "proof-challenge"
    sentence = N_("Документ подписан в ответ на другой запрос. Попросите прислать его вам ещё раз.")


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


class OrganisationUnknown(NotFound):
    """No organisation of that code or address is registered."""

    code = "organisation-unknown"
    sentence = N_("Организация «{organisation}» не зарегистрирована в сети. Проверьте её код или адрес.")


class OrganisationExists(Conflict):
    """The code or the host is taken."""

    code = "organisation-exists"
    sentence = N_("Организация с кодом «{organisation}» или с таким адресом уже зарегистрирована. Укажите другие.")


class BadOrganisation(BadInput):
    """The particulars of an organisation break a rule."""

    code = "organisation"
    sentence = N_("Сведения об организации «{organisation}» указаны с ошибкой. Исправьте поле {field}.")


class NoActiveKey(Conflict):
    """The organisation has no key that may sign now."""

    code = "key-none-active"
    sentence = N_("У организации «{organisation}» нет действующего ключа подписи. Обратитесь к администратору.")


class KeyExpired(NoActiveKey):
    """The term of the organisation's key is over."""

    code = "key-expired"
    sentence = N_(
        "У организации «{organisation}» закончился срок ключа подписи. Администратор должен ввести новый ключ."
    )


class KeyDatesWrong(BadInput):
    """A key would begin in the past or end before it begins."""

    code = "key-dates"
    sentence = N_("Ключ должен начаться в будущем и закончиться позже, чем начнётся. Исправьте даты.")


class KeyStateWrong(Conflict):
    """The key's state does not allow this step."""

    code = "key-state"
    sentence = N_("С этим ключом такое действие выполнить нельзя. Обновите страницу и проверьте, действует ли он.")


class HistoryInvalid(BadInput):
    """A key history is malformed or not vouched for by a trusted key."""

    code = "key-history"
    sentence = N_("История ключей организации не подтвердилась. Сообщите об этом организации.")


class BadDigest(BadInput):
    """A content hash is not `sha256:` and 64 hexadecimal digits."""

    code = "digest"
    sentence = N_("Контрольная сумма документа записана с ошибкой. Обратитесь к администратору.")


class DepositListInvalid(BadInput):
    """A list of deposits is malformed."""

    code = "deposit-list"
    sentence = N_("Список дат выдачи составлен с ошибкой. Сообщите об этом оператору сети.")


class BadPath(BadInput):
    """A path cannot be the path of a public document."""

    code = "path"
    sentence = N_("Такой адрес документа недопустим: в нём разрешены только латинские буквы, цифры, точки и дефисы.")


class Unreachable(Unavailable):
    """A document could not be had from its server; the parameter `reason` says why, for programs."""

    code = "unreachable"
    sentence = N_("Не удалось получить документ с сайта «{host}». Попробуйте позже.")


class NotServedHere(Unreachable):
    """The host belongs to somebody else."""

    code = "not-served-here"


class JournalCutOff(Conflict):
    """Rows that an earlier checkpoint covers are no longer in the journal. Params: `number`."""

    code = "journal-cut-off"
    sentence = N_(
        "В журнале нет записи № {number}, которая там уже была. Запустите «zachetka doctor» и сверьтесь с копией."
    )
