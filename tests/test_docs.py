"""The documents say what the code does: links, paths, names, settings, commands, doors, errors, tables and tests are held to it."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer.main
from fastapi.routing import APIRoute

import keys.routes
import schemas.errors
from service import cli, errors
from service.app import HOUSE, ROOMS
from service.issuing import IssueExit
from service.journal_page import EVENTS
from service.settings import BadSetting, Settings
from service.tables import METADATA
from service.verifying import Exit
from tests.service.house import build

ROOT = Path(__file__).parent.parent
PACKAGES = ("schemas", "keys", "issuer", "verifier", "wallet_web", "service")
TOPS = (*PACKAGES, "tests", "docs", "deploy")
OURS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "tests/**/*.md")
    for path in ROOT.glob(pattern)
    if not {"node_modules", ".venv"} & set(path.parts)
)
PROSE = [path for path in OURS if "decisions" not in path.parts]  # a decision speaks of the day on which it was taken
UNITS = sorted((ROOT / "deploy").glob("*.service"))
each_document = pytest.mark.parametrize("document", OURS, ids=lambda path: str(path.relative_to(ROOT)))
each_prose = pytest.mark.parametrize("document", PROSE, ids=lambda path: str(path.relative_to(ROOT)))

LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
TEST = re.compile(r"(◆ )?`(tests/[\w/]+\.py)::(test_\w+)`")
SETTING = re.compile(r"ZACHETKA_[A-Z_]*[A-Z]")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def codes(text: str) -> list[str]:
    """What stands in backquotes, and every line of a block of shell commands without its remark."""
    blocks = [
        line.partition("  #")[0].strip()
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        for line in block.splitlines()
    ]
    return [*CODE.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL)), *filter(None, blocks)]


def rows(document: str, first: str) -> list[list[str]]:
    """The cells of the table whose first heading is `first`."""
    table = re.search(rf"^\| {first} \|.*\n\|[-| ]+\n((?:\|.*\n)+)", read(document), re.MULTILINE)
    assert table is not None, f"{document} has no table of «{first}»"
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table[1].splitlines()]


def names(document: str, first: str) -> list[str]:
    """What stands in the first column of a table, without its backquotes."""
    return [cells[0].strip("`| ") for cells in rows(document, first)]


# --- links, paths, names ------------------------------------------------------------------------------------------


def anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@each_document
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    for link in LINK.findall(document.read_text("utf-8")):
        if not re.match(r"[a-z]+:", link):
            path, _, anchor = link.partition("#")
            target = (document.parent / path).resolve() if path else document
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


@each_document
def test_every_path_exists(document: Path) -> None:
    for code in codes(document.read_text("utf-8")):
        path = code.partition("::")[0]
        if re.fullmatch(rf"({'|'.join(TOPS)})(/[\w.*-]+)+/?", path):
            assert list(ROOT.glob(path.rstrip("/"))), code


@each_prose
def test_every_name_of_the_code_exists(document: Path) -> None:
    for code in codes(document.read_text("utf-8")):
        if re.fullmatch(rf"({'|'.join(PACKAGES)})(\.\w+)+", code) and not code.endswith((".json", ".py", ".html")):
            assert resolve(code), code


def resolve(name: str) -> bool:
    """Whether a dotted name is a module, or something in one."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: Any = import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            found = getattr(found, part, None) or getattr(found, "__dataclass_fields__", {}).get(part)
        return found is not None
    return False


# --- tests --------------------------------------------------------------------------------------------------------


@cache
def held_in(file: str) -> dict[str, bool]:
    """Every test of a file, and whether it needs the outside test data."""
    tree = ast.parse(read(file))
    marked = any("mark.vectors" in ast.unparse(node) for node in tree.body if isinstance(node, ast.Assign))
    fixtures = {node.name for node in functions(tree) if needs_vectors(node, set())}
    return {
        node.name: marked or needs_vectors(node, fixtures) for node in functions(tree) if node.name.startswith("test_")
    }


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in tree.body if isinstance(node, ast.FunctionDef))


def needs_vectors(node: ast.FunctionDef, fixtures: set[str]) -> bool:
    given = {argument.arg for argument in node.args.args}
    return bool(given & {"vectors", *fixtures}) or any(
        "mark.vectors" in ast.unparse(mark) for mark in node.decorator_list
    )


@pytest.mark.parametrize("document", ["docs/security.md", "docs/standards.md", "docs/privacy.md"])
def test_every_named_test_exists(document: str) -> None:
    named = TEST.findall(read(document))
    assert len(named) >= 2
    assert [f"{file}::{test}" for _, file, test in named if test not in held_in(file)] == []


def test_the_standards_mark_just_those_tests_that_need_outside_data() -> None:
    for mark, file, test in TEST.findall(read("docs/standards.md")):
        assert bool(mark) == held_in(file)[test], f"{file}::{test}"


@pytest.mark.parametrize("document", ["docs/security.md", "docs/standards.md"])
def test_every_row_names_a_test(document: str) -> None:
    for line in read(document).splitlines():
        if line.startswith("| ") and not line.startswith(("| clause |", "| what can go wrong |")):
            assert TEST.search(line), line


# --- settings -----------------------------------------------------------------------------------------------------


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
    }
    shown = [f"{name}={value}" for off, name, value in example() if off and name not in examples]
    (tmp_path / "off.env").write_text("\n".join(shown), "utf-8")
    assert Settings(_env_file="off.env") == Settings()
    taken = Settings(_env_file=ROOT / "deploy/example.env")
    assert (taken.data, taken.https, taken.secret) == (Path("/var/lib/zachetka"), True, None)


# --- commands -----------------------------------------------------------------------------------------------------


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
    assert set(started) <= set(commands())
    assert f"RestartPreventExitStatus={cli.CONFIG}" in text


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

    monkeypatch.setattr("service.cli.read_settings", interrupt)
    assert cli.run(["migrate"]) == INTERRUPTED


def test_a_setting_that_cannot_be_used_ends_as_the_table_says(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise BadSetting(name="ZACHETKA_PORT")

    monkeypatch.setattr("service.cli.read_settings", refuse)
    assert cli.run(["migrate"]) == cli.CONFIG


# --- doors and errors ---------------------------------------------------------------------------------------------


@cache
def doors() -> frozenset[str]:
    """The address of every route, whatever its parameters are called."""
    routers = (*HOUSE, *(router for room in ROOMS.values() for router in room))
    pending: list[Any] = list(routers)
    found: set[str] = set()
    while pending:
        route = pending.pop()
        inner = getattr(route, "original_router", None) or (route if hasattr(route, "routes") else None)
        if inner is not None:
            pending.extend(inner.routes)
        elif isinstance(route, APIRoute):
            found.add(plain(route.path))
    return frozenset(found)


def plain(path: str) -> str:
    return re.sub(r"\{\w+\}", "{}", path)


@each_document
def test_every_door_that_is_named_exists(document: Path) -> None:
    outside = ("/etc", "/opt", "/var", "/usr", "/tmp", "/backup")  # noqa: S108 - folders that the documents speak of
    for code in codes(document.read_text("utf-8")):
        path = code.removeprefix("POST ").removeprefix("GET ").partition("?")[0]
        if re.fullmatch(r"/[\w./{}-]+", path) and not path.startswith(outside):
            assert plain(path) in doors(), code


def test_every_public_document_stands_in_the_table() -> None:
    served = {route.path for route in keys.routes.router.routes if isinstance(route, APIRoute)}
    assert set(names("docs/operate.md", "route")) == served


def test_every_watching_address_stands_in_the_table() -> None:
    house = {"/healthz", "/readyz", "/metrics", "/docs", "/journal"}
    assert set(names("docs/operate.md", "address")) == house <= doors()


def test_readiness_asks_what_the_table_says(tmp_path: Path) -> None:
    house = build(tmp_path, f"sqlite:///{tmp_path / 'z.sqlite'}")
    asked = set(house.visitor().get("/readyz").json()["checks"])
    house.parts.engine.dispose()
    [told] = [cells[1] for cells in rows("docs/operate.md", "address") if cells[0] == "`/readyz`"]
    assert set(CODE.findall(told)) == asked


def test_the_errors_and_their_statuses_are_those_of_the_code() -> None:
    table = [(cells[0].strip("`"), int(cells[1])) for cells in rows("docs/operate.md", "error")]
    assert table == [(kind.__name__, status.value) for kind, status in errors.STATUSES]
    tree = {kind.__name__ for kind in vars(schemas.errors).values() if isinstance(kind, type)} - {"ClassVar"}
    assert tree <= {name for name, _ in table}


# --- personal data ------------------------------------------------------------------------------------------------


def test_every_table_is_accounted_for() -> None:
    assert sorted(names("docs/privacy.md", "table")) == sorted(METADATA.tables)


def test_every_event_of_the_journal_is_named() -> None:
    alone = {event for event in EVENTS if not event.startswith("credit.")} | {"credit.read", "credit.…"}
    assert set(names("docs/privacy.md", "event")) == alone


# --- licences -----------------------------------------------------------------------------------------------------


def test_the_notice_names_everything_that_came_from_elsewhere() -> None:
    notice = " ".join(read("NOTICE").split())
    for manifest in ("schemas/contexts/manifest.json", "schemas/json/manifest.json"):
        for row in json.loads(read(manifest)):
            assert row["file"] in notice
            assert row["licence"] in notice
            assert row["origin"].partition(" (")[0] in notice
    assert "SIL Open Font License, Version 1.1" in notice
    for font in (ROOT / "service/look/static/fonts").glob("*.woff2"):
        assert font.match("golos-text-*.woff2")
    for letters in (ROOT / "service/printing/fonts").glob("*.ttf"):
        assert letters.match("pt-serif-*.ttf") or letters.match("noto-serif-*.ttf")
        assert letters.name.rpartition("-")[0] in notice
    for library in ("psycopg", "psycopg-binary", "frozendict"):
        assert f"{library} LGPL-3.0-only" in notice
        assert f"\n{library}==" in read("requirements.txt")


def test_the_licence_is_the_one_that_is_declared() -> None:
    assert "Apache License\n                           Version 2.0, January 2004" in read("LICENSE")
    assert 'license = "Apache-2.0"' in read("pyproject.toml")
    assert "Apache-2.0" in read("README.md")
