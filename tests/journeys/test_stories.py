"""The stories of the demonstration end as expected on both databases, and fail when something is broken on purpose."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from service.demo.build import build
from service.demo.run import play
from service.demo.stage import Found
from tests.town import settings_for, town_of_today

pytestmark = pytest.mark.journey


def play_all(folder: Path, database_url: str | None, *breaks: str) -> dict[str, Found]:
    settings, municipality = settings_for(folder, database_url), town_of_today()
    build(settings, municipality)
    found, _ = play(settings, municipality, frozenset(breaks), Console(file=io.StringIO()))
    return {one.scenario: one for one in found}


def test_every_story_ends_as_expected(tmp_path: Path, database_url: str) -> None:
    found = play_all(tmp_path, database_url)
    assert {one.scenario: one.got for one in found.values()} == {one.scenario: one.expected for one in found.values()}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "stories.json",
        "badge.json",
        "badge.png",
        "tampered.json",
        "recognition.json",
        "share-qr.png",
    }


@pytest.mark.parametrize("broken", ["tamper", "revoke", "trust", "decide"])
def test_a_broken_story_is_noticed(tmp_path: Path, broken: str) -> None:
    assert not play_all(tmp_path, None, broken)["1"].ok
