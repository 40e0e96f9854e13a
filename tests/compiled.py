"""Holds for the compiled build alone, so it is collected where it is named: `make compiled` does."""

import sys
import tomllib
from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
MODULES: list[str] = CONFIG["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]["modules"]


def loaded(module: str) -> Path:
    name = module.removesuffix(".py").replace("/", ".")
    import_module(name)
    return Path(sys.modules[name].__file__ or "")  # a package may have a function of the name


@pytest.mark.parametrize("module", MODULES)
def test_the_compiled_module_is_the_one_that_is_used(module: str) -> None:
    file = loaded(module)
    assert file.name.endswith(tuple(EXTENSION_SUFFIXES))
    assert file.is_relative_to(ROOT)


def test_every_other_module_is_of_the_same_wheel() -> None:
    for module in ("schemas/canonical/rdfc.py", "keys/proofs/suites.py", "service/app.py"):
        assert loaded(module) == ROOT / module
