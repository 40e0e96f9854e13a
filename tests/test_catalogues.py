"""Every sentence of every package exists in Russian (its source) and in English."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
ROOMS = ("schemas", "keys", "issuer", "verifier", "wallet_web", "service")
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "N_": None, "translate": None, "ngettext": (1, 2), "gettext": None}
OPTIONS = {"**/templates/**.html": {"silent": "false"}}

MessageId = str | tuple[str, ...]


def messages(room: str) -> Iterator[tuple[str, int, MessageId]]:
    for name, line, message, _, _ in extract_from_dir(
        str(ROOT / room), method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS
    ):
        yield f"{room}/{name}", line, message


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else [str(form) for form in message.string or ()]


def catalogue(language: str) -> Catalog:
    joined = Catalog(locale=language)
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob(f"locale/{language}.po")):
            with path.open("rb") as file:
                for message in read_po(file, locale=language):
                    if message.id:
                        joined[message.id] = message
    return joined


@pytest.mark.parametrize("room", ROOMS)
def test_every_message_has_an_english_translation(room: str) -> None:
    english = catalogue("en")
    untranslated = []
    for file, line, message in messages(room):
        known = english.get(message if isinstance(message, str) else message[0])
        if known is None or not all(strings(known)):
            untranslated.append(f"{file}:{line} {message!r}")
    assert untranslated == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_plural_has_three_russian_forms(room: str) -> None:
    russian = catalogue("ru")
    for file, line, message in messages(room):
        if isinstance(message, tuple):
            known = russian.get(message[0])
            assert known is not None, f"{file}:{line} {message!r}"
            assert len(strings(known)) == 3, f"{file}:{line} {message!r}"
            assert all(strings(known)), f"{file}:{line} {message!r}"


def test_translations_keep_the_placeholders() -> None:
    placeholder = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
    for language in ("en", "ru"):
        for message in catalogue(language):
            if not message.id:
                continue
            first = message.id if isinstance(message.id, str) else message.id[0]
            for string in strings(message):
                assert set(placeholder.findall(string)) <= set(placeholder.findall(first)) | {"%(num)s"}, first


def test_a_message_means_the_same_in_every_package() -> None:
    for language in ("en", "ru"):
        meanings: dict[str, set[tuple[str, ...]]] = {}
        for path in (path for room in ROOMS for path in (ROOT / room).rglob(f"locale/{language}.po")):
            with path.open("rb") as file:
                for message in read_po(file, locale=language):
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    meanings.setdefault(key, set()).add(tuple(strings(message)))
        assert {key: found for key, found in meanings.items() if key and len(found) > 1} == {}
