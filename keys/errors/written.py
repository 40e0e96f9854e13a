"""What can be wrong with how keys and DIDs are written."""

from schemas.errors import N_, BadInput


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
