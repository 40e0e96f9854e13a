"""The wheel carries everything a school needs to run, and nothing that must stay at home (ARCHITECTURE: keys never in a wheel)."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("schemas", "keys", "issuer", "verifier", "wallet_web", "service")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - a fixed command of our own
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def test_wheel_holds_every_data_file_of_the_packages(wheel: zipfile.ZipFile) -> None:
    inside = set(wheel.namelist())
    endings = {
        ".html",
        ".po",
        ".json",
        ".jsonld",
        ".css",
        ".js",
        ".woff2",
        ".toml",
        ".txt",
        ".md",
        ".svg",
        ".mako",
        ".typ",
        ".ttf",
    }
    wanted = {
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in endings
    }
    assert wanted
    assert wanted <= inside


def test_wheel_holds_only_the_packages(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_wheel_holds_no_secret(wheel: zipfile.ZipFile) -> None:
    for name in wheel.namelist():
        assert not name.endswith((".key", ".pem", ".secret", ".sealed", ".sqlite", ".env"))
        assert b"PRIVATE KEY-----" not in wheel.read(name)


def test_no_module_of_the_compiled_core_counts_on_a_cached_property() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    modules = [ROOT / module for module in build["targets"]["wheel"]["hooks"]["custom"]["modules"]]
    assert len(modules) > 30
    assert [module for module in modules if "cached_property" in module.read_text("utf-8")] == []
