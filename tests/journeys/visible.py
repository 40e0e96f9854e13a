"""What people can read on a page: its text piece by piece, with where it stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

_HIDDEN = frozenset({"script", "style", "template"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_GIVEN_ANYWAY = frozenset({"bdi", "input", "img", "option", "svg", "text", "textpath", "title"})
_HOLDS_NO_MARK = frozenset({"option", "text", "textarea", "textpath", "title"})
_CYRILLIC, _LATIN = re.compile("[А-Яа-яЁё]"), re.compile("[A-Za-z]")
_SPOKEN = ("alt", "title", "placeholder", "aria-label")
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "em", "i", "q", "s", "small", "span", "strong", "time", "u"}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that is read in one go. `tag` is "code" for whatever is drawn as code, `language` that of the element.

    What every Cyrillic word is given (`service.tongues`) does not count: it says nothing of whether the word was meant.
    """

    text: str
    tag: str
    language: str


@dataclass(slots=True)
class _Open:
    tag: str
    name: str
    language: str
    hidden: bool
    words: list[str] = field(default_factory=list)


class _Pieces(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self._open: list[_Open] = [_Open("page", "page", "", hidden=False)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, or read what a single one says."""
        known = {name: value or "" for name, value in attrs}
        around = self._open[-1]
        hidden = around.hidden or tag in _HIDDEN or "hidden" in known
        named = "code" if "code" in known.get("class", "").split() else tag
        here = _Open(tag, named, _meant(tag, known, around.language), hidden)
        if not hidden:
            spoken = [known[name] for name in _SPOKEN if known.get(name)]
            spoken += [known["value"]] if tag == "input" and known.get("type") in {"submit", "button"} else []
            self.pieces += [self._piece(text, here) for text in spoken]
        if tag not in _VOID:
            if tag not in _INLINE:
                self._close(around)
            self._open.append(here)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A drawing's element without content."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element; the words of an inline one belong to the text around it."""
        if tag not in {one.tag for one in self._open[1:]}:
            return
        while True:
            ended = self._open.pop()
            if self._flows_on(ended):
                self._open[-1].words += ended.words
            else:
                self._close(ended)
            if ended.tag == tag:
                return

    def handle_data(self, data: str) -> None:
        """Words."""
        self._open[-1].words.append(data)

    def _flows_on(self, ended: _Open) -> bool:
        plain = ended.tag in _INLINE and ended.name != "code" and not ended.hidden
        return plain and ended.language == self._open[-1].language

    def _close(self, ended: _Open) -> None:
        text = re.sub(r"\s+", " ", "".join(ended.words)).strip()
        ended.words = []
        if text and not ended.hidden:
            self.pieces.append(self._piece(text, ended))

    def _piece(self, text: str, at: _Open) -> Piece:
        return Piece(text, at.name, at.language)


def _meant(tag: str, known: Mapping[str, str], around: str) -> str:
    """The language that a template gives an element, else that of what stands around it."""
    return around if tag in _GIVEN_ANYWAY else known.get("lang", around)


class _Unmarked(HTMLParser):
    """Gathers Cyrillic texts whose nearest language is not Russian."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._open: list[tuple[str, str]] = [("page", "")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        language = dict(attrs).get("lang") or self._open[-1][1]
        if tag not in _VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what was left open in it."""
        while tag in {name for name, _ in self._open[1:]} and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Words; of what can hold no mark the most of it says its language."""
        tag, language = self._open[-1]
        mixed = tag in _HOLDS_NO_MARK and len(_CYRILLIC.findall(data)) <= len(_LATIN.findall(data))
        if language != "ru" and tag not in _HIDDEN and not mixed and _CYRILLIC.search(data):
            self.found.append(data.strip())


def unmarked_russian(page: str) -> list[str]:
    """Every text of a page that a screen reader would speak as if it were not Russian."""
    reader = _Unmarked()
    reader.feed(page)
    reader.close()
    return reader.found


def pieces_of(page: str) -> list[Piece]:
    """Every piece of a page in order."""
    reader = _Pieces()
    reader.feed(page)
    reader.close()
    return reader.pieces
