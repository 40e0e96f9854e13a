"""Our documents, and how they are read by the tests that hold them to the code."""

import re
from pathlib import Path

import pytest

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


def anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
