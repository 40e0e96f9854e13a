"""The small installation under a name, since browsers make passkeys for names alone, and somebody's device."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.house import House, build
from tests.service.identity.passkeys.device import Device

HOST = "zachetka.example"
SITE = f"http://{HOST}:8000"


@pytest.fixture
def named(tmp_path: Path) -> Iterator[House]:
    built = build(tmp_path, f"sqlite:///{tmp_path / 'zachetka.sqlite'}", public_url=SITE)
    yield built
    built.parts.engine.dispose()


@pytest.fixture
def device() -> Device:
    return Device(SITE, HOST)
