"""What is no copy of ours, or has no room, is refused in one sentence with a code of its own, and nothing is changed."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
import structlog
from sqlalchemy import make_url

from keys.errors.copies import CopyDamaged, CopyForeign, CopyNewer, CopySecretWrong
from keys.errors.store import SecretWrong
from service import cli
from service.copies.database import PostgresDatabase
from service.copies.errors import (
    CopyExists,
    CopyNotRead,
    CopyNotWritten,
    DatabaseRefused,
    NothingToCopy,
    OtherDatabase,
    ProgramMissing,
)
from service.copies.making import make_copy
from service.copies.packing import About, Packing
from service.copies.places import DATABASE
from service.copies.returning import check_copy, return_copy
from service.migrate import DatabaseAhead
from service.parts import SecretMissing
from service.settings import Settings
from tests.service.copies.world import World, unseen
from tests.service.house import START

SALT = bytes(16)


def changed(file: Path, place: int, by: int = 1) -> Path:
    body = bytearray(file.read_bytes())
    body[place] ^= by
    file.write_bytes(bytes(body))
    return file


def written(plain: World, revision: str, **bodies: bytes) -> Path:
    """A copy under the right secret with whatever inside."""
    about = About(version="9", revision=revision, database="SQLite", moment=START)
    file = plain.folder / "made.copy"
    with file.open("wb") as out, Packing(out, b"s" * 32, SALT, about, unseen) as packing:
        for name, body in bodies.items():
            (plain.folder / name).write_bytes(body)
            packing.add(name, name, plain.folder / name)
    return file


def test_a_foreign_file(plain: World) -> None:
    (plain.folder / "foreign").write_bytes(b"PK\x03\x04" + bytes(1000))
    with pytest.raises(CopyForeign):
        check_copy(plain.parts.settings, plain.folder / "foreign", unseen)


def test_a_newer_format_a_wrong_secret_and_a_changed_copy(plain: World) -> None:
    settings = plain.parts.settings
    with pytest.raises(CopyNewer):
        check_copy(settings, changed(plain.copy("1"), 14, 3), unseen)
    with pytest.raises(CopyDamaged):
        check_copy(settings, changed(plain.copy("2"), -1), unseen)
    other = Settings(_env_file=None, data=settings.data, secret="t" * 32)
    with pytest.raises(CopySecretWrong):
        check_copy(other, plain.copy("3"), unseen)


@pytest.mark.parametrize("kept", [0, 100, 70_000, -1, -600, -20_000])
def test_a_copy_that_is_cut_brings_nothing_back(plain: World, kept: int) -> None:
    file, place = plain.copy(), plain.place()
    file.write_bytes(file.read_bytes()[:kept])
    with pytest.raises((CopyDamaged, CopyForeign)):
        place.taken(file)
    assert not place.settings.data.exists()


def test_a_database_of_a_later_version(plain: World) -> None:
    with pytest.raises(DatabaseAhead):
        check_copy(plain.parts.settings, written(plain, "9999_tomorrow", database=b"x"), unseen)


def test_a_copy_with_something_else_inside(plain: World) -> None:
    with pytest.raises(CopyDamaged):
        check_copy(plain.parts.settings, written(plain, "x", elsewhere=b"x"), unseen)


def test_a_copy_of_another_kind_of_database(plain: World) -> None:
    place = plain.place(database_url="postgresql+psycopg://postgres@127.0.0.1:5432/nowhere")
    with pytest.raises(OtherDatabase, match="SQLite"):
        place.taken(plain.copy())


def test_no_file_is_replaced_unless_it_is_said(plain: World) -> None:
    first = plain.copy().read_bytes()
    with pytest.raises(CopyExists):
        plain.copy()
    assert (plain.folder / "a.copy").read_bytes() == first
    assert plain.copy(force=True).read_bytes() != first


def test_in_a_folder_it_has_a_name_by_the_moment(plain: World) -> None:
    (plain.folder / "copies").mkdir()
    assert plain.copy("copies").name == "zachetka-2026-11-22T090000Z.copy"


def test_where_nothing_can_be_written_nothing_stays(plain: World) -> None:
    with pytest.raises(CopyNotWritten):
        plain.copy("nowhere/a.copy")
    with pytest.raises(CopyNotRead):
        check_copy(plain.parts.settings, plain.folder / "nowhere.copy", unseen)


def test_a_copy_that_fails_half_way_leaves_nothing(plain: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Packing, "add", full)
    with pytest.raises(CopyNotWritten, match="No space"):
        plain.copy()
    assert sorted(path.name for path in plain.folder.iterdir()) == ["data"]
    assert [path.name for path in plain.parts.settings.data.glob(".*")] == []


def test_the_half_of_a_copy_that_was_killed_is_swept_away_by_the_next(plain: World) -> None:
    data = plain.parts.settings.data
    for name, hours in ((".copying-killed", 25), (".copying-beside", 2)):
        (data / name).mkdir()
        (data / name / DATABASE).write_bytes(b"names")
        begun = (START - timedelta(hours=hours)).timestamp()
        os.utime(data / name, (begun, begun))
    plain.copy()
    assert [path.name for path in data.glob(".copying-*")] == [".copying-beside"]


def test_what_is_no_installation_has_no_copy(plain: World) -> None:
    place = plain.place()
    with pytest.raises(NothingToCopy):
        make_copy(place.settings, plain.folder / "a.copy", START, unseen)
    assert not place.settings.data.exists()
    with pytest.raises(SecretMissing):
        make_copy(plain.parts.settings.model_copy(update={"secret": None}), plain.folder / "a", START, unseen)


def test_no_copy_is_sealed_under_a_secret_that_does_not_open_the_keys(plain: World) -> None:
    other = Settings(_env_file=None, data=plain.parts.settings.data, secret="t" * 32, keys_in_checkout=True)
    with pytest.raises(SecretWrong):
        make_copy(other, plain.folder / "a.copy", START, unseen)
    assert not (plain.folder / "a.copy").exists()


def test_without_the_programs_of_postgresql(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postgres_server: str
) -> None:
    database = PostgresDatabase(make_url(f"{postgres_server}/no_such_database"))
    with pytest.raises(DatabaseRefused, match="no_such_database"):
        database.dump(tmp_path / DATABASE)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProgramMissing, match="pg_dump"):
        database.dump(tmp_path / DATABASE)
    with pytest.raises(ProgramMissing, match="pg_restore"):
        database.load(tmp_path / DATABASE)


@pytest.fixture
def shell(plain: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The settings of an installation, as its operator would have them."""
    monkeypatch.chdir(plain.folder)
    for name in [name for name in os.environ if name.startswith("ZACHETKA_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ZACHETKA_DATA", "data")
    monkeypatch.setenv("ZACHETKA_SECRET", "s" * 32)
    monkeypatch.setenv("ZACHETKA_KEYS_IN_CHECKOUT", "true")
    return plain


@pytest.mark.usefixtures("shell")
def test_the_commands_say_what_they_did_in_a_line_and_end_accordingly(capsys: pytest.CaptureFixture[str]) -> None:
    def told(*words: str, code: int) -> str:
        assert cli.run(words) == code
        said = capsys.readouterr()
        assert "s" * 32 not in said.out + said.err
        assert code == 0 or said.err.count("\n") == 1
        return said.out if code == 0 else said.err

    assert told("backup", "a.copy", code=0).startswith("Копия готова: a.copy, ")
    assert "уже есть" in told("backup", "a.copy", code=1)
    assert told("backup", "a.copy", "--force", code=0).count("\n") == 1
    assert told("restore", "a.copy", "--check", "--data", "new", code=0).startswith("Копия цела: на ")
    assert not Path("new").exists()
    assert "пустое место" in told("restore", "a.copy", code=1)
    assert "не удалось" in told("restore", "b.copy", "--check", code=1)
    Path("c.copy").write_bytes(b"something")
    assert "не копия" in told("restore", "c.copy", "--check", code=1)
    assert cli.run(["backup"]) == 64
    structlog.reset_defaults()


@pytest.mark.usefixtures("shell")
def test_what_comes_back_is_looked_over_as_the_doctor_does(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["backup", "a.copy"]) == 0
    ended = cli.run(["restore", "a.copy", "--data", "new"])
    said = capsys.readouterr().out.splitlines()[2:]
    assert cli.run(["doctor", "--data", "new"]) == ended
    assert capsys.readouterr().out.splitlines() == said
    assert "✓ Журнал" in said
    structlog.reset_defaults()


def test_a_return_that_fails_can_be_repeated(plain: World, monkeypatch: pytest.MonkeyPatch) -> None:
    file, place = plain.copy(), plain.place()
    with monkeypatch.context() as patched:
        patched.setattr("service.copies.returning.os.fsync", full_disk)
        with pytest.raises(CopyNotWritten):
            return_copy(place.settings, file, unseen)
    assert list(place.settings.data.iterdir()) == []
    place.back(file).engine.dispose()


def full_disk(_: int) -> None:
    raise OSError(28, "No space left on device")
