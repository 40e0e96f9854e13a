"""What the words of a check are made of."""

from typing import NamedTuple

from schemas.errors import N_

KEEP_FILE = N_("Попросите владельца показать исходный файл.")
ASK_ISSUER = N_("Спросите организацию, которая указана в значке.")
TRY_LATER = N_("Попробуйте позже или спросите организацию.")
NOT_FORGED = N_("Это не значит, что значок поддельный.")


class Words(NamedTuple):
    """What one code says; `but` names the wrong conclusion a reader might draw."""

    says: str
    but: str = ""
    next: str = ""
