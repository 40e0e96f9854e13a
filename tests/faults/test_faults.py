"""The small form of `make faults`: enough kills to notice a broken step; each run draws anew and names its seed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def killed(*options: str) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.faults", *options]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told: dict[str, object] = json.loads(ran.stdout)
    return told


def test_a_hundred_kills_on_sqlite() -> None:
    assert killed("--kills", "100")["kills"] == 100


@pytest.mark.postgres
def test_kills_of_one_of_three_workers_on_postgresql(postgres_server: str) -> None:
    assert postgres_server
    assert killed("--kills", "40", "--database", "postgresql", "--workers", "3")["kills"] == 40
