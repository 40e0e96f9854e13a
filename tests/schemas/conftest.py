"""What tests of documents may ask for."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def own_heap() -> Iterator[None]:
    """While an input's time is taken, the collector does not look through what all other tests have left."""
    gc.freeze()
    yield
    gc.unfreeze()
