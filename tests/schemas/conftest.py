"""Property tests here judge answers, not speed: a busy machine must not fail them."""

import gc
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="module")
def own_heap() -> Iterator[None]:
    """While an input's time is taken, the collector does not look through what all other tests have left."""
    gc.freeze()
    yield
    gc.unfreeze()
