"""A copy is a whole installation: it comes back with the same verdicts, also when it was made while others wrote."""

import subprocess
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import make_url
from sqlmodel import select

from issuer.tables import Award
from keys import publish
from service import migrate
from service.copies.database import PostgresDatabase, SqliteDatabase
from service.copies.making import make_copy
from service.copies.returning import check_copy
from service.database import reading, unit_of_work
from service.parts import Parts
from tests.service.copies.world import Place, World, award, breaches, faults, unseen, verdicts
from tests.service.house import START


def events(parts: Parts) -> list[str]:
    with reading(parts.engine) as session:
        return sorted(session.exec(select(Award.event)))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_everything_comes_back_and_every_badge_has_the_same_verdict(world: World, place: Place) -> None:
    before = verdicts(world.parts)
    assert sorted(found[0] for found in before.values()) == ["invalid", "valid", "valid"]
    back = place.back(world.copy())
    assert verdicts(back) == before
    assert breaches(back) == []
    assert faults(back) == {}
    for name in ("keys", "public", "public-ledger"):
        assert files(place.settings.data / name) == files(world.parts.settings.data / name)
    award(back, "№ 4")
    assert len(verdicts(back)) == 4
    back.engine.dispose()


def test_a_copy_of_what_came_back_is_the_same(plain: World) -> None:
    place, second = plain.place(), plain.folder / "b.copy"
    place.back(plain.copy()).engine.dispose()
    make_copy(place.settings, second, START, unseen)
    first, again = (check_copy(plain.parts.settings, file, unseen) for file in (plain.folder / "a.copy", second))
    assert (again.files, again.about) == (first.files, first.about)


def test_a_copy_that_is_made_while_others_award_is_whole(world: World, place: Place) -> None:
    stop, began = Event(), Event()

    def go_on() -> None:
        number = 0
        while not stop.is_set():
            award(world.parts, f"дальше {number}")
            number += 1
            began.set()

    writing = Thread(target=go_on)
    writing.start()
    try:
        assert began.wait(30)
        copies = [world.copy(f"{number}.copy") for number in range(3)]
    finally:
        stop.set()
        writing.join()
    back = place.back(copies[-1])
    assert {"№ 1", "№ 2", "№ 3", "дальше 0"} <= set(events(back)) <= set(events(world.parts))
    with reading(back.engine) as session:
        signed = [one.id for one in session.exec(select(Award)) if one.stored is not None]
    assert {verdicts(back)[one] for one in signed} <= set(verdicts(world.parts).values())
    assert breaches(back) == []
    back.engine.dispose()


def test_a_journal_that_is_stated_anew_meanwhile_is_whole_in_the_copy(
    plain: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    dump = SqliteDatabase.dump

    def dump_and_go_on(database: SqliteDatabase, file: Path) -> None:
        dump(database, file)
        award(plain.parts, "№ 4")
        state(plain.parts)

    state(plain.parts)
    monkeypatch.setattr(SqliteDatabase, "dump", dump_and_go_on)
    back = plain.place().back(plain.copy())
    assert len(verdicts(back)) == 3
    assert faults(back) == {}
    state(back)
    back.engine.dispose()


def state(parts: Parts) -> None:
    """As the worker does every hour."""
    with unit_of_work(parts.engine) as session:
        publish.publish_checkpoint(session, parts.shelf, parts.store, START)


def test_the_copy_is_for_its_owner_alone_and_holds_nothing_that_can_be_read(plain: World) -> None:
    made = plain.made()
    assert made.file.stat().st_mode & 0o777 == 0o600
    assert made.size == made.file.stat().st_size
    body = made.file.read_bytes()
    assert not any(word in body for word in (b"SQLite format", "Ветрова".encode(), b"store.json", b"did:web"))
    assert [path.name for path in plain.parts.settings.data.glob(".*")] == []
    assert [path.name for path in plain.folder.glob(".*")] == []


def test_what_comes_back_is_for_its_owner_alone(plain: World) -> None:
    place = plain.place()
    place.back(plain.copy()).engine.dispose()
    for name in ("zachetka.sqlite", "keys/store.json", "keys/journal.key"):
        assert (place.settings.data / name).stat().st_mode & 0o077 == 0, name
    for folder in (".", "keys", "public-ledger"):
        assert (place.settings.data / folder).stat().st_mode & 0o077 == 0, folder
    assert [path.name for path in place.settings.data.glob(".*")] == []


def test_the_secret_beside_the_keys_of_a_demonstration_is_in_no_copy(plain: World) -> None:
    secret = plain.parts.settings.key_folder / "master.secret"
    secret.write_text("s" * 32, "ascii")
    secret.chmod(0o600)
    place = plain.place()
    place.back(plain.copy()).engine.dispose()
    assert not (place.settings.key_folder / "master.secret").exists()


def test_a_database_of_an_earlier_shape_is_brought_to_this_one(plain: World) -> None:
    newest = migrate.revision_of(plain.parts.engine)
    migrate.downgrade(plain.parts.engine, "-1")
    earlier = migrate.revision_of(plain.parts.engine)
    assert earlier not in {newest, None}
    file = plain.copy()
    assert check_copy(plain.parts.settings, file, unseen).about.revision == earlier
    back = plain.place().back(file)
    assert migrate.is_current(back.engine)
    assert len(verdicts(back)) == 3
    back.engine.dispose()


def test_the_password_is_on_no_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[list[str], dict[str, str]]] = []

    def watched(command: list[str], **told: object) -> subprocess.CompletedProcess[str]:
        seen.append((command, dict(told["env"])))  # type: ignore[call-overload]
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", watched)
    monkeypatch.setattr("shutil.which", lambda program: f"/usr/bin/{program}")
    for url in (
        "postgresql+psycopg://z:Канарейка@h/d",
        "postgresql+psycopg://z@h/d?password=Канарейка&sslmode=require",
    ):
        PostgresDatabase(make_url(url)).dump(tmp_path / "dump")
        command, surroundings = seen[-1]
        assert "Канарейка" not in str(command)
        assert surroundings["PGPASSWORD"] == "Канарейка"
    assert "sslmode=require" in str(seen[-1][0])
