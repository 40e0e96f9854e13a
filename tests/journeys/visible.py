"""What people can read on a page: its text piece by piece, with where it stands."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_HIDDEN = frozenset({"script", "style", "template"})
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_SPOKEN = ("alt", "title", "placeholder", "aria-label")
_INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "cite", "code", "em", "i", "q", "s", "small", "span", "strong", "time", "u"}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that is read in one go. `tag` is "code" for whatever is drawn as code, `language` that of the element."""

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
        here = _Open(tag, named, known.get("lang", around.language), hidden)
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


def pieces_of(page: str) -> list[Piece]:
    """Every piece of a page in order."""
    reader = _Pieces()
    reader.feed(page)
    reader.close()
    return reader.pieces
