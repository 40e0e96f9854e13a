"""Pages in another language than Russian mark each Russian word as Russian, so that it is read aloud rightly (WCAG 2.2, 3.1.2).

The house's own words are all translated, so whatever is Cyrillic on such a page is data: names of badges, people and
organisations, and what somebody wrote. It is marked once, on the finished page, wherever it came from.
"""

import re
from typing import Final, NamedTuple

RUSSIAN: Final = "ru"
_TAG: Final = re.compile(
    r"""<!--.*?-->|<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]*)(?:[^>"']|"[^"]*"|'[^']*')*>|<![^>]*>""", re.DOTALL
)
_LANG: Final = re.compile(r'\slang="([\w-]*)"')
_LABEL: Final = re.compile(r'\s(?:alt|aria-label|placeholder|value)="([^"]*)"')
_VOID: Final = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
_UNSPOKEN: Final = frozenset({"script", "style"})
_TEXT_ALONE: Final = frozenset({"option", "textarea", "title", "text", "textpath"})  # no element may stand inside
_LETTER: Final = "[А-Яа-яЁё]"
_RUN: Final = re.compile(rf"[«„(]{{0,3}}{_LETTER}(?:(?:&#?\w+;|[^A-Za-z&])*(?:{_LETTER}|№\W?\d+))?[»“)]{{0,3}}")
_CYRILLIC: Final = re.compile(_LETTER)
_LATIN: Final = re.compile(r"(?<![&\w#])[A-Za-z]+")


class _Element(NamedTuple):
    name: str
    language: str


def mark_russian(page: str) -> str:
    """The page with all Russian in it marked that no element around it marks yet: texts, and the labels of single elements."""
    around, marked, place = [_Element("", "")], list[str](), 0
    for tag in _TAG.finditer(page):
        marked.append(_text(page[place : tag.start()], around[-1]))
        following = page[tag.end() : page.find("<", tag.end())]
        marked.append(_tag(tag, around, following))
        place = tag.end()
    return "".join([*marked, _text(page[place:], around[-1])])


def _text(text: str, around: _Element) -> str:
    """A text between two tags; `<bdi>`, because it is somebody else's words in a sentence of ours.

    A sentence stays one piece also where its element lays out pieces side by side, as a button does.
    """
    if around.language == RUSSIAN or around.name in _UNSPOKEN | _TEXT_ALONE:
        return text
    marked, runs = _RUN.subn(rf'<bdi lang="{RUSSIAN}">\g<0></bdi>', text)
    return f"<span>{marked}</span>" if runs and not _RUN.fullmatch(text.strip()) else marked


def _tag(tag: re.Match[str], around: list[_Element], following: str) -> str:
    """A tag as it stays, marked where what it says cannot be; `around` learns of what it opens or ends."""
    name, written = (tag["name"] or "").lower(), tag[0]
    if not name:
        return written
    if tag["end"]:
        _end(name, around)
        return written
    known = _LANG.search(written)
    language = known[1] if known else around[-1].language
    if language != RUSSIAN and known is None and _is_russian(_said(name, written, following)):
        language, written = RUSSIAN, f'{written[: len(name) + 1]} lang="{RUSSIAN}"{written[len(name) + 1 :]}'
    if name not in _VOID and not written.endswith("/>"):
        around.append(_Element(name, language))
    return written


def _end(name: str, around: list[_Element]) -> None:
    """Leave the element; an end without a beginning ends nothing."""
    while any(one.name == name for one in around):
        if around.pop().name == name:
            return


def _said(name: str, written: str, following: str) -> str:
    """What an element says that no element inside it could mark."""
    if name in _TEXT_ALONE:
        return following
    return " ".join(_LABEL.findall(written)) if name in _VOID or 'role="img"' in written else ""


def _is_russian(text: str) -> bool:
    return len(_CYRILLIC.findall(text)) > sum(map(len, _LATIN.findall(text)))
