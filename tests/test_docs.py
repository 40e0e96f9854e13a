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
from fastapi.routing import APIRoute

import keys.routes
import schemas.errors
from schemas.errors import ZachetkaError
from service import errors
from service.app import HOUSE, ROOMS
from service.journal_page import EVENTS
from service.tables import METADATA
from service.vc_api.annexe import programs
from tests.documents import (
    CODE,
    LINK,
    PACKAGES,
    ROOT,
    TEST,
    TOPS,
    anchors,
    codes,
    each_document,
    each_prose,
    names,
    read,
    rows,
)
from tests.service.house import build


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


@cache
def held_in(file: str) -> dict[str, bool]:
    """Every test of a file, and whether it needs the outside test data."""
    tree = ast.parse(read(file))
    marked = any("mark.vectors" in ast.unparse(node) for node in tree.body if isinstance(node, ast.Assign))
    fixtures: set[str] = set()
    for node in functions(tree):  # what a fixture rests on stands above it
        fixtures |= {node.name} if needs_vectors(node, fixtures) else set()
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
        if line.startswith("| ") and not line.startswith(("| clause |", "| what can go wrong |", "| no. |")):
            assert TEST.search(line), line


def test_every_attack_on_the_verifier_has_its_row_and_a_test_that_bears_its_number() -> None:
    assert names("docs/security.md", "no.") == [f"V{number}" for number in range(1, 21)]
    lines = read("docs/security.md").splitlines()
    for number in range(1, 21):
        [row] = [line for line in lines if line.startswith(f"| V{number} |")]
        assert f"::test_v{number}_" in row, row


@cache
def doors() -> frozenset[str]:
    """The address of every route, whatever its parameters are called."""
    routers = (*HOUSE, *(router for room in ROOMS.values() for router in room), *programs(ROOMS))
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
    tree = {
        kind.__name__
        for kind in vars(schemas.errors).values()
        if isinstance(kind, type) and issubclass(kind, ZachetkaError)
    }
    assert tree <= {name for name, _ in table}


def test_every_table_is_accounted_for() -> None:
    assert sorted(names("docs/privacy.md", "table")) == sorted(METADATA.tables)


def test_every_event_of_the_journal_is_named() -> None:
    alone = {event for event in EVENTS if not event.startswith("credit.")} | {"credit.read", "credit.…"}
    assert set(names("docs/privacy.md", "event")) == alone


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
