from zoneinfo import ZoneInfo

import pytest

from service.catalogues import LOCALE_FOLDERS, read_catalogues
from service.rendering import Rendering
from service.template_files import ROOT, TEMPLATE_FOLDERS

RENDERING = Rendering(read_catalogues(), zone=ZoneInfo("UTC"), public_url="https://z.example")
TEMPLATES = [name for name in RENDERING.environment.list_templates() if name.endswith(".html")]


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_of_every_room_can_be_read(name: str) -> None:
    RENDERING.environment.get_template(name)


def test_no_room_is_forgotten() -> None:
    rooms = ("schemas", "keys", "issuer", "verifier", "wallet_web", "service")
    found = {path.parent for room in rooms for path in (ROOT / room).rglob("*.html")}
    assert all(any(folder.is_relative_to(each) for each in TEMPLATE_FOLDERS) for folder in found)
    assert {path.parent for room in rooms for path in (ROOT / room).rglob("*.po")} <= set(LOCALE_FOLDERS)


def test_templates_of_two_rooms_never_have_one_name() -> None:
    names = [path.relative_to(folder) for folder in TEMPLATE_FOLDERS for path in folder.rglob("*.html")]
    assert len(names) == len(set(names))
