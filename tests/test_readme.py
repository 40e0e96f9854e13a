"""The README's commands do what the README says: the tour's on a demonstration that was really played, the verbs by name."""

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service import cli
from service.demo.municipality import ZONE, Municipality
from service.parts import assemble
from service.settings import read_settings
from tests.played import DATA, played
from tests.service.copies.world import verdicts

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
COMMANDS = [line for block in BLOCK.findall(README) for line in block.splitlines() if line.strip()]
CHECKS = [line for line in COMMANDS if line.startswith(".venv/bin/zachetka verify ")]
VERBS = [line for line in COMMANDS if line.startswith("make ")]
ROOMS, ENDINGS = ("issuer", "verifier", "wallet_web", "service"), {".html", ".py", ".toml"}

pytestmark = pytest.mark.journey


@pytest.fixture(scope="session")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout as a visitor has it after `make demo`: `.venv`, and the data folder that the demonstration has left."""
    folder = tmp_path_factory.mktemp("visitor")
    (folder / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    shutil.copytree(played() / DATA, folder / DATA)
    return folder


def call(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command as it stands in the README, run in a folder without settings of this shell."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("ZACHETKA_", "MAKE", "MFLAGS"))}
    words = shlex.split(command)
    return subprocess.run(words, cwd=folder, env=bare, capture_output=True, text=True, check=False)  # noqa: S603 - the README's own


def test_every_command_is_looked_at_here() -> None:
    assert sorted(CHECKS + VERBS) == sorted(COMMANDS)
    assert VERBS == ["make demo", "make test"]
    assert len(CHECKS) == 3


def promised() -> dict[str, int]:
    """The exit codes that the README promises for the tour's commands."""
    told = re.search(r"first two are genuine \(exit code (\d)\); in the third [^(]+\(exit code (\d)\)", README)
    assert told is not None
    return dict(zip(CHECKS, (int(told[1]), int(told[1]), int(told[2])), strict=True))


@pytest.mark.parametrize("command", CHECKS)
def test_the_tour_s_commands_end_as_the_readme_says(visited: Path, command: str) -> None:
    answer = call(command, visited)
    assert (answer.returncode, answer.stderr) == (promised()[command], "")


@pytest.mark.parametrize("verb", ["demo", "test"])
def test_the_verbs_exist_and_resolve(verb: str) -> None:
    assert re.search(rf"^{verb}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    answer = call(f"make -n {verb}", ROOT)
    assert answer.returncode == 0, answer.stderr
    assert {"demo": ".venv/bin/zachetka demo", "test": ".venv/bin/pytest"}[verb] in answer.stdout


def test_the_files_of_the_tour_are_where_the_readme_says(visited: Path) -> None:
    for path in re.findall(rf"{DATA}/[\w./-]+", README):
        assert (visited / path).exists(), path


def test_the_municipality_is_as_large_as_the_readme_says() -> None:
    town = Municipality.ending_before(datetime.now(ZONE).date())
    assert "twelve invented organisations, nine invented learners" in " ".join(README.split())
    assert (len(town.organisations), len(town.learners)) == (12, 9)


@pytest.mark.parametrize("words", sorted(set(re.findall(r"«([^»]+)»", README))))
def test_what_the_tour_names_is_there(words: str) -> None:
    """Labels and titles stand in a template, a sentence or the municipality."""
    places = (path for room in ROOMS for path in (ROOT / room).rglob("*") if path.suffix in ENDINGS)
    assert any(words in path.read_text("utf-8") for path in places)


def test_the_data_folder_holds_what_its_table_says(visited: Path) -> None:
    table = (ROOT / "docs/operate.md").read_text("utf-8").partition("| inside |")[2].partition("\n\n")[0]
    named = set(re.findall(r"`([\w.-]+)`", " ".join(line.split(" | ")[0] for line in table.splitlines())))
    inside = {path.name for path in (visited / DATA).iterdir()}
    assert inside <= named
    assert named - inside <= {"-wal", "-shm"}


def test_a_backup_by_ordinary_means_is_a_whole_installation(
    visited: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The database first, then the files, as docs/operate.md says; the doctor and the verifier find nothing amiss."""
    held, kept = visited / DATA / "zachetka.sqlite", tmp_path / "zachetka.sqlite"
    with closing(sqlite3.connect(held)) as source, closing(sqlite3.connect(kept)) as copy:
        source.backup(copy)
    for folder in ("keys", "public", "public-ledger"):
        shutil.copytree(visited / DATA / folder, tmp_path / folder)
    monkeypatch.setenv("ZACHETKA_DEMO", "true")
    assert cli.run(["doctor", "--data", str(tmp_path)]) == 0
    badge = visited / DATA / "out" / "badge.json"
    assert cli.run(["verify", str(badge), "--offline", "--data", str(tmp_path)]) == 0
    assert "✕" not in capsys.readouterr().out


def test_a_copy_brings_the_demonstration_back_with_the_same_verdicts(
    visited: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As docs/operate.md says: backup, a check of the copy, restore; every badge is judged as before."""
    data, copy, back = visited / DATA, tmp_path / "zachetka.copy", tmp_path / "back"
    monkeypatch.setenv("ZACHETKA_DEMO", "true")
    monkeypatch.setenv("ZACHETKA_SECRET", (data / "keys" / "master.secret").read_text("ascii"))
    assert cli.run(["backup", str(copy), "--data", str(data)]) == 0
    assert cli.run(["restore", str(copy), "--check"]) == 0
    assert cli.run(["restore", str(copy), "--data", str(back)]) == 0
    assert "✕" not in capsys.readouterr().out
    now = datetime.now(UTC)
    before, after = (judged(folder, now) for folder in (data, back))
    assert before == after
    assert len(before) > 9
    assert len({found[0] for found in before.values()}) > 1


def judged(folder: Path, now: datetime) -> Mapping[str, tuple[str, ...]]:
    parts = assemble(read_settings(data=folder))
    try:
        return verdicts(parts, now)
    finally:
        parts.engine.dispose()
