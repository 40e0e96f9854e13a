"""The benchmark measures what it says and checks what it measured; its page names every act."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench import acts, whole_list
from bench.__main__ import MEASURES, NAMES, check
from bench.behind_http import http_verify
from bench.beside_npm import beside_npm, is_there
from bench.clock import Timed, ratio, windows
from bench.lists import Lists
from bench.world import World
from tests.conftest import missing

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def test_a_line_says_what_was_measured() -> None:
    command = [sys.executable, "-m", "bench", "--rounds", "5", "canonicalize_fast", "sign_batch"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter
    lines: list[dict[str, Any]] = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [line["act"] for line in lines] == ["canonicalize_fast", "sign_batch"]
    for line in lines:
        assert line.keys() == {"act", "per_second", "limit", "ratio", "baseline", "times_baseline"}
        assert 0 < line["per_second"] < line["limit"]


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.act.__name__)
def test_every_act_is_right(measure: Any, world: World) -> None:
    check(measure, world)


@pytest.mark.parametrize("name", ["canonicalize_fast", "sign_one", "verify_one"])
def test_a_wrong_act_is_found(name: str, world: World) -> None:
    given = {"canonicalize_fast": b"", "sign_one": world.badges[1], "verify_one": False}[name]
    assert acts.is_right(name, given, world, 0) is (name == "sign_one")  # any badge of ours is signed right
    if name == "sign_one":
        forged = json.loads(world.badges[0])
        forged["name"] = "Другое"
        assert not acts.is_right(name, json.dumps(forged).encode(), world, 0)


def test_a_ratio_compares_round_with_round() -> None:
    limit, act = Timed([1.0, 2.0, 3.0]), Timed([2.0, 4.0, 12.0])
    assert ratio(limit, act) == 0.5
    assert ratio(limit, act, items=2) == 1.0
    assert act.per_second == 0.25
    assert list(windows(3, 40, 100)) == [range(40), range(40, 80), range(19, 59)]


def test_a_whole_list_is_timed_and_every_row_has_its_badge() -> None:
    told = whole_list.run(Lists(), 1_500, workers=1)
    assert told.keys() == {"rows", "workers", "per_second", "limit", "ratio", "cost", "memory"}
    assert 0 < told["ratio"] < 1  # type: ignore[operator]
    assert told["cost"] > 0  # type: ignore[operator]


def test_the_public_verifier_is_asked_over_http(world: World) -> None:
    told = http_verify(world)
    assert told["act"] == "http_verify"
    assert isinstance(told["ratio"], float)
    assert told["ratio"] > 0


@pytest.mark.node
def test_the_fields_own_software_works_on_the_same_badges(world: World) -> None:
    if not is_there():
        missing("node", "no Node.js, or its packages are not there (`make .venv/node`)")
    [told] = beside_npm(world, ["npm_verify"])
    assert told["ours"] == "verify_one"
    assert isinstance(told["times_npm"], float)
    assert told["times_npm"] > 1


def test_the_page_names_every_act() -> None:
    page = (ROOT / "docs" / "performance.md").read_text("utf-8")
    assert [name for name in NAMES if f"`{name}`" not in page] == []
