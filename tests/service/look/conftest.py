"""The house's own rendering with the specimen pages beside the real templates, and a browser that needs no server."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import pytest
from jinja2 import ChoiceLoader, FileSystemLoader, FunctionLoader

from service.catalogues import read_catalogues
from service.rendering import Rendering, Scene
from tests.service.look.specimen import NOW, PAGES

FRAME: dict[str, Any] = {
    "demo": True,
    "nav": [
        ("/wallet", "Значки", True, ""),
        ("/credit", "Зачёт результатов", False, ""),
        ("/verify", "Проверить значок", False, ""),
    ],
    "signed_in": SimpleNamespace(name="Ветрова Ольга Петровна"),
    "acting_for": "Алина",
}
LINE = "line:"


class Draw(Protocol):
    """Draws a page or a line of macros in a language."""

    def __call__(self, source: str, language: str = "ru", **data: Any) -> str: ...


def _line(name: str) -> str | None:
    if not name.startswith(LINE):
        return None
    return '{% import "look/macros.html" as look with context %}' + name.removeprefix(LINE)


@pytest.fixture(scope="session")
def rendering() -> Rendering:
    house = Rendering(read_catalogues(), zone=ZoneInfo("Europe/Moscow"), public_url="http://127.0.0.1:8000")
    assert house.environment.loader is not None
    specimens = FileSystemLoader(Path(__file__).parent / "specimens")
    house.environment.loader = ChoiceLoader([house.environment.loader, specimens, FunctionLoader(_line)])
    return house


@pytest.fixture(scope="session")
def page(rendering: Rendering) -> Draw:
    def drawn(source: str, language: str = "ru", **data: Any) -> str:
        shown = {**FRAME, "language": language, **PAGES.get(source, {}), **data}
        return rendering.text(source, shown, Scene(language=language, now=NOW, csrf="token-of-the-form"))

    return drawn


@pytest.fixture(scope="session")
def line(rendering: Rendering) -> Draw:
    """Draws macros alone, such as `{{ look.tag("новый") }}`."""

    def drawn(source: str, language: str = "ru", **data: Any) -> str:
        return rendering.text(LINE + source, data, Scene(language=language, now=NOW, csrf="token-of-the-form"))

    return drawn
