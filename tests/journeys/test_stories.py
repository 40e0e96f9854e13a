"""The stories of the demonstration end as expected on both databases, and fail when something is broken on purpose."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from service.demo import prologue, story_credit
from service.demo.build import build
from service.demo.run import play
from tests.town import settings_for, town_of_today

pytestmark = pytest.mark.journey


def test_every_story_ends_as_expected(tmp_path: Path, database_url: str) -> None:
    settings, municipality = settings_for(tmp_path, database_url), town_of_today()
    build(settings, municipality)
    found, link = play(settings, municipality, frozenset(), Console(file=io.StringIO()))
    assert {one.scenario: one.got for one in found} == {one.scenario: one.expected for one in found}
    assert link.startswith("/v/")
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
    settings, municipality = settings_for(tmp_path), town_of_today()
    build(settings, municipality)
    found, _ = play(
        settings, municipality, frozenset({broken}), Console(file=io.StringIO()), (prologue.STORY, story_credit.STORY)
    )
    assert [one.ok for one in found if one.scenario == "1"] == [False]
