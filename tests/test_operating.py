"""docs/operate.md and its examples: settings, commands, units and exit codes are those of the code."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer.main

from service import cli
from service.issuing import IssueExit
from service.settings import BadSetting, Settings
from service.verifying import Exit
from tests.documents import OURS, ROOT, SETTING, UNITS, codes, each_document, names, read, rows


def settings() -> list[str]:
    return [f"ZACHETKA_{name.upper()}" for name in Settings.model_fields]


def written(value: object) -> str:
    """A default as the table of settings writes it."""
    if value is None:
        return "none"
    if value in {"", ()}:
        return "empty"
    return (
        f"`{','.join(value) if isinstance(value, tuple) else str(value).lower() if isinstance(value, bool) else value}`"
    )


def test_every_setting_stands_in_the_table_with_its_default() -> None:
    table = {cells[0].strip("`"): cells[1] for cells in rows("docs/operate.md", "setting")}
    fields = Settings.model_fields
    assert table == {f"ZACHETKA_{name.upper()}": written(field.default) for name, field in fields.items()}


def test_every_variable_that_is_named_anywhere_exists() -> None:
    of_tests = set(SETTING.findall(read("tests/conftest.py")))
    for path in (*OURS, ROOT / "Makefile", ROOT / ".ci/run", *(ROOT / "deploy").iterdir()):
        assert set(SETTING.findall(path.read_text("utf-8"))) <= {*settings(), *of_tests}, path
    assert of_tests <= set(SETTING.findall(read("docs/operate.md")))


def example() -> list[tuple[str, str, str]]:
    """The lines of the example: "#" where it is off, the name, the value."""
    return re.findall(r"^(#?)(ZACHETKA_[A-Z_]+)=(.*)$", read("deploy/example.env"), re.MULTILINE)


def test_the_example_has_every_setting_once_and_explained() -> None:
    assert sorted(name for _, name, _ in example()) == sorted(settings())
    lines = read("deploy/example.env").splitlines()
    for place, line in enumerate(lines):
        if "ZACHETKA_" in line:
            assert re.match(r"# \S|#?ZACHETKA_", lines[place - 1]), line


def test_what_is_off_in_the_example_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in settings():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    examples = {
        "ZACHETKA_SECRET",
        "ZACHETKA_KEYS",
        "ZACHETKA_DATABASE_URL",
        "ZACHETKA_KEY_TOKEN",
        "ZACHETKA_KEY_PIN",
        "ZACHETKA_OPERATOR_HOST",
        "ZACHETKA_OPERATOR_KEYS",
        "ZACHETKA_SMTP_HOST",
        "ZACHETKA_SMTP_USER",
        "ZACHETKA_SMTP_PASSWORD",
        "ZACHETKA_SMTP_FROM",
        "ZACHETKA_OIDC_ISSUER",
        "ZACHETKA_OIDC_CLIENT",
        "ZACHETKA_OIDC_SECRET_FILE",
        "ZACHETKA_OIDC_NAME",
        "ZACHETKA_OIDC_NAME_EN",
    }
    shown = [f"{name}={value}" for off, name, value in example() if off and name not in examples]
    (tmp_path / "off.env").write_text("\n".join(shown), "utf-8")
    assert Settings(_env_file="off.env") == Settings()
    taken = Settings(_env_file=ROOT / "deploy/example.env")
    assert (taken.data, taken.https, taken.secret) == (Path("/var/lib/zachetka"), True, None)


def commands() -> dict[str, set[str]]:
    """Every command of the command line with its options."""
    found: dict[str, set[str]] = {}
    pending: list[tuple[str, Any]] = [("", typer.main.get_command(cli.app))]
    while pending:
        name, command = pending.pop()
        if hasattr(command, "commands"):
            pending.extend((f"{name} {word}".strip(), inner) for word, inner in command.commands.items())
        else:
            found[name] = {option for each in command.params for option in each.opts if option.startswith("--")}
    return found


def command_of(line: str) -> str | None:
    """The command that a line starts with, or None."""
    words = re.findall(r"[a-z]+", line)
    return next((name for name in (" ".join(words[:2]), " ".join(words[:1])) if name in commands()), None)


def calls(text: str) -> list[str]:
    """What follows `zachetka ` in commands."""
    return re.findall(r"^(?:\S+/)?zachetka ([a-z].*)$", text)


def test_every_command_stands_in_the_table_with_its_options() -> None:
    table = {}
    for line in names("docs/operate.md", "command"):
        name = command_of(line.removeprefix("zachetka "))
        assert name, line
        table[name] = set(re.findall(r"--[a-z-]+", line))
    assert table == commands()


@each_document
def test_every_command_that_is_named_exists(document: Path) -> None:
    for code in codes(document.read_text("utf-8")):
        for call in calls(code):
            name = command_of(call)
            assert name or command_of(f"{call} list"), code
            assert set(re.findall(r"--[a-z-]+", call)) <= commands().get(name or "", set()), code


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_the_units_start_what_there_is(unit: Path) -> None:
    text = unit.read_text("utf-8")
    started = re.findall(r"^ExecStart(?:Pre)?=/opt/zachetka/\.venv/bin/zachetka (.+)$", text, re.MULTILINE)
    assert started
    assert {re.sub(r" /\S+", "", line) for line in started} <= set(commands())  # a path may follow, and no option
    assert f"RestartPreventExitStatus={cli.CONFIG}" in text


def test_the_timer_starts_a_unit_that_there_is() -> None:
    [timer] = (ROOT / "deploy").glob("*.timer")
    assert timer.with_suffix(".service") in UNITS
    assert "OnCalendar=" in timer.read_text("utf-8")


@each_document
def test_every_make_verb_exists(document: Path) -> None:
    verbs = set(re.findall(r"^([a-z./]+):", read("Makefile"), re.MULTILINE))
    for code in codes(document.read_text("utf-8")):
        for verb in re.findall(r"(?:^|\s)make ([a-z./]+)", code):
            assert verb in verbs, code


def test_every_exit_code_stands_in_the_table() -> None:
    known = {0, *Exit, *IssueExit, cli.FAILED, cli.UNREADABLE, cli.USAGE, cli.SOFTWARE, cli.CONFIG, INTERRUPTED}
    assert sorted(map(int, names("docs/operate.md", "code"))) == sorted(known)


INTERRUPTED = 130


def test_ctrl_c_has_the_code_that_the_table_says(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("service.settings.read_settings", interrupt)
    assert cli.run(["migrate"]) == INTERRUPTED


def test_a_setting_that_cannot_be_used_ends_as_the_table_says(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise BadSetting(name="ZACHETKA_PORT")

    monkeypatch.setattr("service.settings.read_settings", refuse)
    assert cli.run(["migrate"]) == cli.CONFIG
