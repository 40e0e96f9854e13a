"""Translations: Russian is the source language, so a message is its own Russian text; others come from `.po` files.

`<package>/locale/en.po` holds every string of the package in English, `<package>/locale/ru.po` only the plural forms.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

SOURCE = "ru"
LANGUAGES: Mapping[str, str] = {"ru": "Русский", "en": "English"}
FORMS = {"one": 0, "few": 1, "many": 2, "other": 1}  # CLDR's names in the order of gettext's forms
ROOT = Path(__file__).resolve().parent.parent
LOCALE_FOLDERS = tuple(
    ROOT / folder
    for folder in (
        "schemas/locale",
        "keys/locale",
        "issuer/locale",
        "verifier/locale",
        "verifier/credit/locale",
        "wallet_web/locale",
        "wallet_web/portfolio/locale",
        "service/locale",
        "service/look/locale",
    )
)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The messages of one language; a plural message is found by its singular."""

    messages: Mapping[str, tuple[str, ...]]
    locale: Locale

    def form(self, number: int) -> int:
        """Which form of a plural message goes with `number`."""
        return FORMS[self.locale.plural_form(number)]


class Catalogues:
    """Every language the service speaks."""

    def __init__(self, catalogues: Mapping[str, Catalogue]) -> None:
        self._catalogues = catalogues

    def gettext(self, language: str, message: str) -> str:
        """The message in that language; itself where nobody translated it."""
        found = self._catalogues[language].messages.get(message)
        return found[0] if found else message

    def ngettext(self, language: str, singular: str, plural: str, number: int) -> str:
        """The form of the message that goes with `number`."""
        catalogue = self._catalogues[language]
        forms = catalogue.messages.get(singular)
        if forms and len(forms) > 1:
            return forms[min(catalogue.form(number), len(forms) - 1)]
        return singular if number == 1 else plural

    def translator(self, language: str) -> Callable[[str], str]:
        """`gettext` of one language."""
        return lambda message: self.gettext(language, message)


@cache
def read_catalogues(folders: tuple[Path, ...] = LOCALE_FOLDERS) -> Catalogues:
    """The `.po` files of all packages, for every language; read once in a process."""
    return Catalogues({language: _read(language, folders) for language in LANGUAGES})


def _read(language: str, folders: Iterable[Path]) -> Catalogue:
    messages: dict[str, tuple[str, ...]] = {}
    for path in (folder / f"{language}.po" for folder in folders):
        if path.is_file():
            with path.open("rb") as file:
                for message in read_po(file, locale=language, abort_invalid=True):
                    messages.update(_entry(message))
    return Catalogue(messages, Locale(language))


def _entry(message: Message) -> dict[str, tuple[str, ...]]:
    """One message by its (singular) id; nothing for the header and for what is not translated yet."""
    identity = message.id if isinstance(message.id, str) else message.id[0]
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return {identity: forms} if identity and forms and all(forms) and not message.fuzzy else {}
