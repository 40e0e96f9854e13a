"""The demonstration as a command: harmless to run twice, and to whatever is not its own."""

import shutil
from pathlib import Path

import pytest

from service.demo import run
from service.demo.run import NotADemonstration, UnknownBreak
from service.settings import DEMONSTRATION
from tests.played import DATA, REAL, played

pytestmark = pytest.mark.journey


def demo(folder: Path, *breaks: str) -> int:
    return run.main(data=folder, host=None, port=None, breaks=breaks, serve=False)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of this shell takes part."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ZACHETKA_DATABASE_URL", raising=False)


def test_twice_is_harmless_and_the_environment_cannot_lead_it_to_another_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = tmp_path / "real.sqlite"
    monkeypatch.setenv("ZACHETKA_DATABASE_URL", f"sqlite:///{real}")
    shutil.copytree(played() / DATA, tmp_path / "data")
    first = (tmp_path / "data" / "out" / "badge.json").read_bytes()
    assert demo(tmp_path / "data") == 0
    assert (tmp_path / "data" / "out" / "badge.json").read_bytes() != first
    assert (tmp_path / "data" / "previous" / DEMONSTRATION).is_file()
    assert not real.exists()
    assert not (played() / REAL).exists()


def test_a_folder_with_other_data_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "zachetka.sqlite").write_bytes(b"somebody's work")
    with pytest.raises(NotADemonstration):
        demo(tmp_path / "data")
    assert (tmp_path / "data" / "zachetka.sqlite").read_bytes() == b"somebody's work"


def test_what_cannot_be_broken_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownBreak, match="tamper"):
        demo(tmp_path / "data", "everything")
