"""The printer: `print_pdf(template, data, at=…)` gives PDF/A-2a.

Templates are Typst files of our own, found in the template folders of the packages and handed to the compiler as bytes: there
is no folder it could read from. `data` goes in as JSON, so that nothing in it is ever read as markup; drawings go in beside it. The
network is never asked, because no template imports a package (a test reads them all).
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from keys.printing import NO_DRAWINGS, NoPdf, SignsMissing
from service.printing.glyphs import signs_of
from service.printing.typography import BREAK, typeset
from service.template_files import read_templates

FONTS = Path(__file__).parent / "fonts"
STANDARD = "a-2a"  # ISO 19005-2, conformance level A: to be kept for decades and read aloud
MOST_NAMED = 10
_SPACES = frozenset("\n\N{SOFT HYPHEN}") | {BREAK}
_IMPORT = re.compile(r'#import "([\w/.-]+)"')


class Printer:
    """Implements `keys.printing.Prints`; one per application, shared by all threads."""

    def __init__(self, *, ready: bool) -> None:
        self.ready = ready

    def __call__(
        self,
        template: str,
        data: Mapping[str, Any],
        *,
        at: datetime,
        spell: bool = False,
        drawings: Mapping[str, str] = NO_DRAWINGS,
    ) -> bytes:
        """See `Prints`."""
        if not self.ready:
            raise NoPdf
        prepared = _each_text(data, typeset)
        missing = self.missing(prepared)
        if missing and not spell:
            raise SignsMissing(signs=_named(missing))
        said = _each_text(prepared, lambda text: _spelt(text, missing))
        return self._compiled(template, {**drawings, "data": _json(said)}, at)

    def missing(self, data: Any) -> list[str]:
        """The signs in `data` that no letter of ours shows, in the order in which they come."""
        there = self._signs
        return list(
            dict.fromkeys(
                sign for text in _texts(data) for sign in text if ord(sign) not in there and sign not in _SPACES
            )
        )

    def _compiled(self, template: str, inputs: Mapping[str, str], at: datetime) -> bytes:
        import typst  # noqa: PLC0415 - an extra: an installation without it prints from the browser

        made = typst.compile(
            _sources(template),  # type: ignore[call-overload]  # the stub lacks the form with several files
            root=FONTS,
            font_paths=self._letters,
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs=dict(inputs),
            pdf_standards=[STANDARD],
            timestamp=int(at.timestamp()),
        )
        return bytes(made)

    @cached_property
    def _letters(self) -> Any:
        import typst  # noqa: PLC0415 - see above

        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])

    @cached_property
    def _signs(self) -> frozenset[int]:
        return signs_of(sorted(FONTS.glob("*.ttf")))


def open_printer() -> Printer:
    """The printer of this installation, ready where the extra `pdf` is installed."""
    return Printer(ready=find_spec("typst") is not None)


def _sources(template: str) -> dict[str, bytes]:
    """The template and what it imports, by name; the first is called "main"."""
    text = _read(template)
    return {"main": text, **{name: _read(name) for name in _IMPORT.findall(text.decode())}}


def _read(name: str) -> bytes:
    return read_templates()[name].content


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _each_text(data: Any, change: Any) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, Mapping):
        return {key: _each_text(value, change) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_each_text(value, change) for value in data]
    return data


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _texts(value)


def _spelt(text: str, missing: list[str]) -> str:
    return text.translate({ord(sign): f"[U+{ord(sign):04X}]" for sign in missing})


def _named(missing: list[str]) -> str:
    shown = [f"«{_shown(sign)}» (U+{ord(sign):04X})" for sign in missing[:MOST_NAMED]]
    return ", ".join(shown) + (" …" if len(missing) > MOST_NAMED else "")


def _shown(sign: str) -> str:
    """The sign itself; a half of a pair and a mark that stands on another letter are told by the code alone."""
    return "?" if unicodedata.category(sign) in {"Cs", "Mn", "Me"} else sign
