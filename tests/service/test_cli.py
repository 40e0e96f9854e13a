"""The command line: exit codes, one line for every refusal."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from keys import journal
from keys.did import controller_of
from keys.jose import sign_credential
from service import cli
from service.database import unit_of_work
from tests.campus import Campus, make_holder
from tests.service.house import House


@pytest.fixture(autouse=True)
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder of its own and no settings of this shell; the log is put back as it was."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("ZACHETKA_")]:
        monkeypatch.delenv(name)
    yield
    structlog.reset_defaults()


@pytest.fixture
def installed(plain: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The settings of an installation, as its operator would have them."""
    monkeypatch.setenv("ZACHETKA_DATA", str(plain.settings.data))
    monkeypatch.setenv("ZACHETKA_SECRET", "s" * 32)
    monkeypatch.setenv("ZACHETKA_KEYS_IN_CHECKOUT", "true")
    return plain


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    told = capsys.readouterr().err.strip()
    assert "\n" not in told
    assert "Traceback" not in told
    return told


def test_a_network_is_founded_once_and_the_way_in_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in {"SECRET": "s" * 32, "KEYS_IN_CHECKOUT": "true", "DATA": str(tmp_path / "data")}.items():
        monkeypatch.setenv(f"ZACHETKA_{name}", value)
    command = ["found", "--name", "Центр", "--site", "cpo.example.ru", "--person", "Иванова Мария"]
    assert cli.run(command) == 1
    assert "migrate" in one_line(capsys)
    assert cli.run(["migrate"]) == 0
    assert cli.run([*command[:-1], " "]) == 1
    assert one_line(capsys)
    assert cli.run(command) == 0
    told = capsys.readouterr().out
    assert "cpo" in told
    assert "z6Mk" in told
    assert "http://127.0.0.1:8000/enter/" in told
    assert cli.run(command) == 1
    assert "уже начата" in one_line(capsys)


def test_verify_what_is_no_credential(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, content in (("half.json", '{"@context": ['), ("text.txt", "hello"), ("empty.json", "")):
        (tmp_path / name).write_text(content, "utf-8")
        assert cli.run(["verify", name]) == 3
        assert one_line(capsys)


def test_verify_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["verify", "nowhere.json"]) == 3
    assert "не найден" in one_line(capsys)


def test_verify_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder").mkdir()
    assert cli.run(["verify", "folder"]) == 3
    assert one_line(capsys)


def test_verify_something_huge(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (tmp_path / "huge.json").open("wb") as file:
        file.truncate(2**30)
    assert cli.run(["verify", "huge.json"]) == 3
    assert "слишком большой" in one_line(capsys)


def test_verify_says_invalid_for_a_document_that_breaks_the_rules(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"], "undefined": 1}
    (tmp_path / "c.json").write_text(json.dumps(document), "utf-8")
    assert cli.run(["verify", "c.json", "--offline"]) == 1
    assert capsys.readouterr().out.startswith("Недействителен.")
    assert cli.run(["verify", "c.json", "--offline", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["verdict"] == "invalid"


def test_verify_reads_a_signed_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    holder = make_holder("somebody")
    draft = Campus().operator.draft(issuer={"id": controller_of(holder.method), "type": ["Profile"], "name": "Некто"})
    text = sign_credential(draft, holder)
    (tmp_path / "c.jwt").write_text(f"{text}\n", "utf-8")
    (tmp_path / "forged.jwt").write_text(f"{text[:-8]}AAAA{text[-4:]}", "utf-8")
    (tmp_path / "half.jwt").write_text(text.rpartition(".")[0], "utf-8")

    assert cli.run(["verify", "c.jwt", "--offline", "--at", "2026-11-22T12:00:00Z", "--json"]) == 2
    found = {check["check"]: check["code"] for check in json.loads(capsys.readouterr().out)["checks"]}
    assert (found["proof"], found["key"], found["membership"]) == ("token-holds", "key-of-issuer", "trust-missing")
    assert cli.run(["verify", "forged.jwt", "--offline"]) == 1
    assert cli.run(["verify", "half.jwt", "--offline"]) == 3


def test_verify_makes_no_data_folder(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text("{}", "utf-8")
    cli.run(["verify", "c.json", "--offline"])
    assert [path.name for path in tmp_path.iterdir()] == ["c.json"]


@pytest.mark.parametrize(
    "arguments",
    [["verify"], ["verify", "a", "--bogus"], ["verify", "a", "--at", "yesterday"], ["bogus"], ["serve", "--port", "x"]],
)
def test_a_command_that_cannot_be_understood(arguments: list[str]) -> None:
    assert cli.run(arguments) == 64


def test_help_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--help"]) == 0
    for command in ("serve", "worker", "migrate", "verify", "doctor", "keys", "demo"):
        assert command in capsys.readouterr().out or command


def test_a_wrong_setting(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ZACHETKA_PORT", "eight")
    assert cli.run(["migrate"]) == 78
    assert "ZACHETKA_PORT" in one_line(capsys)


def test_migrate_prepares_and_serve_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZACHETKA_SECRET", "s" * 32)
    monkeypatch.setenv("ZACHETKA_DATA", str(tmp_path / "data"))
    assert cli.run(["serve", "--port", "0"]) == 1
    assert "zachetka migrate" in one_line(capsys)
    assert cli.run(["migrate"]) == 0
    assert cli.run(["migrate"]) == 0
    assert (tmp_path / "data" / "zachetka.sqlite").is_file()


def test_a_real_installation_needs_a_secret(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["serve", "--port", "0"]) == 1
    assert "ZACHETKA_SECRET" in one_line(capsys)


def test_a_port_that_is_taken(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert cli.run(["serve", "--port", str(port)]) == 1
    assert f"127.0.0.1:{port} уже занят" in one_line(capsys)


def test_a_host_that_is_not_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["serve", "--host", "192.0.2.1", "--port", "0"]) == 1
    assert "Слушать адрес 192.0.2.1:0 нельзя" in one_line(capsys)


def test_a_folder_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert cli.run(["migrate", "--data", "file/data"]) == 1
    assert "нельзя записывать" in one_line(capsys)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no folder that even root cannot write to")
def test_a_folder_that_is_read_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["migrate", "--data", "/proc"]) == 1
    assert "нельзя записывать" in one_line(capsys)


@pytest.mark.usefixtures("installed")
def test_the_doctor_finds_a_sound_installation_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "✕" not in told
    assert "✓ Журнал" in told


def test_the_doctor_finds_a_changed_journal(installed: House, capsys: pytest.CaptureFixture[str]) -> None:
    with unit_of_work(installed.parts.engine) as session:
        for _ in range(3):
            journal.append(session, at=installed.clock.now, event="award.made", actor_kind="person", item="a")
    with installed.parts.engine.begin() as connection:
        connection.exec_driver_sql("update key_journal set item = 'b' where number = 2")
    assert cli.run(["doctor"]) == 1
    assert "✕ Журнал\n    2: changed" in capsys.readouterr().out


def test_the_doctor_finds_a_lost_document(installed: House, capsys: pytest.CaptureFixture[str]) -> None:
    (installed.settings.data / "public" / "trust").unlink()
    (installed.settings.data / "public" / "orgs" / "s1" / "did.json").unlink()
    assert cli.run(["doctor"]) == 1
    told = capsys.readouterr().out
    assert "✕ Реестр доверия сети" in told
    assert "✕ Ключи и их документы\n    s1" in told


def test_keys_are_listed_and_rotated(installed: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["keys", "list", "kol"]) == 0
    [before] = capsys.readouterr().out.splitlines()
    assert cli.run(["keys", "rotate", "kol"]) == 0
    fresh = capsys.readouterr().out.strip()
    assert cli.run(["keys", "list", "kol"]) == 0
    old, new = capsys.readouterr().out.splitlines()
    assert old.split("\t")[:3] == before.replace("действует", "снят").split("\t")[:3]
    assert new.endswith(fresh)
    assert fresh.encode() in (installed.parts.shelf.get("orgs/kol/did.json") or b"")
    assert fresh.encode() in (installed.parts.shelf.get("trust") or b"")
    assert cli.run(["doctor"]) == 0


def test_keys_are_made_announced_retired_and_disowned(installed: House, capsys: pytest.CaptureFixture[str]) -> None:
    def told(*words: str, code: int = 0) -> list[str]:
        assert cli.run(["keys", *words]) == code
        return capsys.readouterr().out.split()

    assert told("make", "kol", code=1) == []
    [old] = [line.split("\t")[-1] for line in told("list", "kol")[-1:]]
    told("retire", "kol", old)
    [fresh] = told("make", "kol")
    [coming] = told("announce", "kol", "--from", "2099-01-01T00:00:00Z")
    assert told("announce", "kol", "--from", "2020-01-01T00:00:00Z", code=1) == []
    assert told("announce", "kol", "--from", "soon", code=64) == []
    told("compromise", "kol", fresh, "--since", "2026-11-22T09:00:00Z")
    states = [line for line in told("list", "kol") if line in {"снят", "раскрыт", "объявлен", "действует"}]
    assert sorted(states) == ["действует", "объявлен", "раскрыт", "снят"]
    assert coming.encode() in (installed.parts.shelf.get("orgs/kol/did.json") or b"")
    assert cli.run(["doctor"]) == 0


@pytest.mark.usefixtures("installed")
def test_the_clock_is_shown_and_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["keys", "rotate", "kol"]) == 0
    assert cli.run(["keys", "clock"]) == 0
    assert cli.run(["keys", "clock", "--accept"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].endswith("Z")


@pytest.mark.usefixtures("installed")
def test_keys_of_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["keys", "list", "nobody"]) == 1
    assert one_line(capsys)


def test_what_nobody_expected_is_one_sentence_and_a_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("Канарейка-7319")

    monkeypatch.setattr("service.settings.read_settings", broken)
    assert cli.run(["migrate"]) == 70
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert "Канарейка" not in told
    assert "RuntimeError" in told


def test_help_loads_no_command_s_machinery() -> None:
    load = "import sys; from service.cli import run; run(['--help'])"
    heavy = "any(name in sys.modules for name in ('sqlalchemy', 'fastapi', 'pyld'))"
    asked = [sys.executable, "-c", f"{load}; sys.exit({heavy})"]
    assert subprocess.run(asked, check=False, stdout=subprocess.DEVNULL).returncode == 0  # noqa: S603 - our own words
