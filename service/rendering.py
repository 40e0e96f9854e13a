"""Pages: one Jinja environment over the templates of all packages, in the visitor's language.

In every template: `_("…")` and `ngettext("%(num)s …", "%(num)s …", n)`, whose texts are never HTML; `csrf_field()`;
`address(path)`, the public address of a path; and the filters `date` (05.12.2026), `day` (5 декабря; with the year when
it is another one), `moment` (5 декабря 2026 г., 14:05), `clock` (14:05) and `iso` (for `<time datetime>`). Times are
shown in the municipality's time zone. `foldable` lets a word that is too long for any column break.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from types import CodeType
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from fastapi.responses import HTMLResponse
from jinja2 import BytecodeCache, Environment, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from service.catalogues import Catalogues
from service.template_files import Templates, read_templates
from service.tongues import RUSSIAN, mark_russian

DATE_LOCALES = {"ru": "ru", "en": "en_GB"}
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_TAG_OR_LONG_WORD = re.compile(r"<[^>]*>|[^\s<]{30,}")
"""Nothing shorter is broken: a network number has 27 signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """For whom and when a page is drawn; `csrf` is empty for a stranger."""

    language: str
    now: datetime
    csrf: str = ""


_SCENE: ContextVar[Scene] = ContextVar("scene")  # macros imported without their caller's context need it too


@contextmanager
def _on(scene: Scene) -> Iterator[None]:
    token = _SCENE.set(scene)
    try:
        yield
    finally:
        _SCENE.reset(token)


class _Compiled(BytecodeCache):
    """Templates as Python, compiled once in a process for all applications in it."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class Rendering:
    """Draws templates; one per application, shared by all threads."""

    def __init__(
        self, catalogues: Catalogues, *, zone: ZoneInfo, public_url: str, names: Mapping[str, object] | None = None
    ) -> None:
        self.catalogues = catalogues
        self._zone = zone
        self._public_url = public_url
        self.environment = self._environment(names or {})

    def page(self, template: str, data: Mapping[str, Any], scene: Scene, *, status: int = 200) -> HTMLResponse:
        """The finished page as an answer with that status."""
        return HTMLResponse(self.text(template, data, scene), status_code=status)

    def text(self, template: str, data: Mapping[str, Any], scene: Scene) -> str:
        """The drawn template, Russian words marked where the page is in another language."""
        with _on(scene):
            drawn = self.environment.get_template(template).render(data)
        return drawn if scene.language == RUSSIAN else mark_russian(drawn)

    def _environment(self, names: Mapping[str, object]) -> Environment:
        environment = Environment(
            loader=Templates(read_templates()),
            autoescape=True,
            undefined=StrictUndefined,
            bytecode_cache=_COMPILED,
            auto_reload=False,
            extensions=["jinja2.ext.do"],
            trim_blocks=True,
            lstrip_blocks=True,
        )
        texts = {"_": self._gettext, "gettext": self._gettext, "ngettext": self._ngettext}
        environment.globals.update(names, **texts, csrf_field=_csrf_field, address=self._address)
        dates: dict[str, Callable[..., str]] = {"date": self._date, "day": self._day, "moment": self._moment}
        environment.filters.update(dates, clock=self._clock, iso=_iso, foldable=_foldable)
        return environment

    def _gettext(self, message: str, **params: object) -> str:
        return _filled(self.catalogues.gettext(_SCENE.get().language, message), params)

    def _ngettext(self, singular: str, plural: str, number: int, **params: object) -> str:
        message = self.catalogues.ngettext(_SCENE.get().language, singular, plural, number)
        return _filled(message, {"num": number, **params})

    def _address(self, path: str) -> str:
        return f"{self._public_url}{path}"

    def _local(self, value: date) -> date:
        return value.astimezone(self._zone) if isinstance(value, datetime) else value

    def _format(self, value: date, form: str) -> str:
        written = format_date(self._local(value), form, locale=DATE_LOCALES[_SCENE.get().language])
        return NO_BREAK_SPACE.join(written.split())

    def _date(self, value: date) -> str:
        return self._format(value, "dd.MM.yyyy")

    def _day(self, value: date) -> str:
        this_year = self._local(value).year == self._local(_SCENE.get().now).year
        return self._format(value, "d MMMM" if this_year else "long")

    def _moment(self, value: datetime) -> str:
        return f"{self._format(value, 'long')}, {self._clock(value)}"

    def _clock(self, value: datetime) -> str:
        return format_time(value.astimezone(self._zone), "HH:mm", locale="ru")


def _filled(message: str, params: Mapping[str, object]) -> str:
    """The message with its `%(name)s` filled in; neither it nor the values can become HTML."""
    if not params:
        return message.replace("%%", "%")
    return escape(message) % params


def _foldable(text: object) -> Markup:
    """The text or markup, in which words that no column is wide enough for may break anywhere."""
    return Markup(_TAG_OR_LONG_WORD.sub(_folding, str(escape(text))))  # noqa: S704 - escaped, or markup already


def _folding(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith("<") else f'<span class="breaks">{found[0]}</span>'


def _csrf_field() -> Markup:
    """The hidden field that every unsafe form of a signed-in person carries."""
    return (
        Markup('<input type="hidden" name="csrf" value="{}">').format(_SCENE.get().csrf)
        if _SCENE.get().csrf
        else Markup()
    )


def _iso(value: date) -> str:
    return value.isoformat()
