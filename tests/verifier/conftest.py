import pytest

from tests.campus import Campus, House


@pytest.fixture
def campus() -> Campus:
    return Campus()


@pytest.fixture
def ugu(campus: Campus) -> House:
    """A licensed university in the network."""
    return campus.join("ugu", name="Северный открытый университет", licence="Л-030")
