"""What can be wrong with a proof, and with what is selected of one."""

from schemas.errors import N_, BadInput


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
