"""One peopled town for everything that looks at many pages."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.access.judging import AXE
from tests.access.windows import Windows
from tests.conftest import missing
from tests.journeys.peopled import Town, peopled_town


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with peopled_town(tmp_path_factory.mktemp("town")) as made:
        yield made


@pytest.fixture
def windows(town: Town, browser: Browser) -> Iterator[Windows]:
    found = Windows(browser, town.stage.base)
    yield found
    found.close()


@pytest.fixture
def axe() -> None:
    """The judge from the other side of the field."""
    if shutil.which("node") is None or not AXE.is_file():
        missing("node", "no Node.js, or its packages are not there (`make .venv/node`)")
