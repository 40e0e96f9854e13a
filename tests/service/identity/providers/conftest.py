"""The small installation that believes a provider, which really runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.house import House, build
from tests.service.identity.providers.provider import CLIENT, HOST, ISSUER, NAME, SECRET, Provider, Stand, running


@pytest.fixture(scope="module")
def stand() -> Iterator[Stand]:
    with running() as opened:
        yield opened


@pytest.fixture
def provider(stand: Stand) -> Provider:
    stand.provider = Provider()
    return stand.provider


@pytest.fixture
def house(tmp_path: Path, house_url: str, stand: Stand, provider: Provider) -> Iterator[House]:
    yield from built(tmp_path, house_url, stand.port, provider)


@pytest.fixture
def plain(tmp_path: Path, stand: Stand, provider: Provider) -> Iterator[House]:
    yield from built(tmp_path, f"sqlite:///{tmp_path / 'zachetka.sqlite'}", stand.port, provider)


def built(folder: Path, url: str, port: int, provider: Provider) -> Iterator[House]:
    """The small installation that believes the provider; both look at the same clock."""
    secret = folder / "secret"
    secret.write_text(f"{SECRET}\n", "utf-8")
    told = {"oidc_issuer": ISSUER, "oidc_client": CLIENT, "oidc_secret_file": secret, "oidc_name": NAME}
    made = build(folder / "data", url, neighbours=f"{HOST}={port}", oidc_name_en="Common entrance", **told)

    def at() -> float:
        return made.clock.now.timestamp()

    provider.clock = at
    yield made
    made.parts.engine.dispose()
