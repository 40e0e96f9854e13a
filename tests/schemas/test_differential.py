"""A few thousand fresh documents before every judge there is; `make differential` asks a hundred thousand."""

import os
import secrets
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.differential.compare import Tally
from tests.differential.run import run

DOCUMENTS = 1_500
FOREIGN = 600  # jsonld.js takes its time
FOLDER = Path(__file__).parents[1] / "differential"


def judged(documents: int, *oracles: str) -> None:
    """Fail with the seed and every disagreement; a case is found again by `python -m tests.differential --seed S --only INDEX`."""
    seed = os.environ.get("ZACHETKA_SEED") or str(secrets.randbelow(10**9))
    tally = run(documents, seed, oracles, lambda _tally, _done: None)
    print(f"seed {seed}: {documents} documents, {told(tally)}")  # noqa: T201 - so that a run can be repeated
    assert tally.disagreements == [], f"seed {seed}"


def told(tally: Tally) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(tally.counts.items()) if name.startswith("general"))


@pytest.mark.skipif(find_spec("pyoxigraph") is None, reason="pyoxigraph is not installed")
def test_the_compiled_path_the_general_path_and_pyoxigraph_agree() -> None:
    judged(DOCUMENTS, "general", "pyoxigraph")


@pytest.mark.node
def test_jsonld_js_agrees() -> None:
    if not (FOLDER / "node_modules").is_dir():
        missing("node", "the packages of tests/differential are not installed")
    judged(FOREIGN, "node", "pyoxigraph")
