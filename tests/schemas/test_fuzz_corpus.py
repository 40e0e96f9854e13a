"""What fuzzing has found, and a little fuzzing each time; the long runs are `python -m tests.fuzz`."""

from pathlib import Path

import pytest

from tests.fuzz.mutate import Mutator
from tests.fuzz.outcome import ACCEPTED, Outcome
from tests.fuzz.seeds import CORPUS, seeds
from tests.fuzz.target import run
from tests.seed import SEED, draws

FILES = sorted(CORPUS.iterdir())
INPUTS = 12_000  # ten seconds of a core
pytestmark = pytest.mark.usefixtures("own_heap")
WIDTH = 500
LONG = {
    "a million digits": b'{"a":' + b"9" * 1_000_000 + b"}",
    "many digits": b'{"a":' + b"9" * 262_000 + b"}",
    "many small digits": b'{"a":0.' + b"9" * 262_000 + b"}",
    "many arrays": b'{"a":' + b"[" * 262_000,
    "many empty objects": b'{"@context":"https://www.w3.org/ns/credentials/v2","name":[' + b"{}," * 40_000 + b"{}]}",
    "many keys": b'{"@context":"https://www.w3.org/ns/credentials/v2"'
    + b"".join(b',"k%d":0' % n for n in range(20_000))
    + b"}",
    "many types": b'{"@context":"https://www.w3.org/ns/credentials/v2","type":['
    + b'"Profile",' * 20_000
    + b'"Profile"]}',
    "many contexts": b'{"@context":[' + b'"https://www.w3.org/ns/credentials/v2",' * 6_000 + b'"x"]}',
    "many escapes": b'{"a":"' + b"\\u0001" * 43_000 + b'"}',
    "a long scheme": b'{"@context":"https://www.w3.org/ns/credentials/v2","id":"' + b"a" * 250_000 + b'"}',
    "a long language": b'{"@context":"https://www.w3.org/ns/credentials/v2","name":{"@value":"x","@language":"'
    + b"a-" * 120_000
    + b'"}}',
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_was_found_ends_as_its_name_says(file: Path) -> None:
    assert run(file.read_bytes()).code == file.stem.partition("--")[0]


@pytest.mark.parametrize("name", LONG)
def test_what_is_long_ends_soon(name: str) -> None:
    assert run(LONG[name]).code != ACCEPTED


def test_the_corpus_stays_small() -> None:
    assert sum(file.stat().st_size for file in FILES) < 200_000


def test_each_refusal_of_json_and_shape_has_a_case() -> None:
    codes = {file.stem.partition("--")[0] for file in FILES}
    assert {
        ACCEPTED,
        "not-json",
        "duplicate-key",
        "number-refused",
        "text-refused",
        "too-deep",
        "poison-graph",
    } <= codes


def test_a_little_fuzzing() -> None:
    """The same seed and number give the same input."""
    chance, inputs = draws("a little fuzzing"), seeds()
    mutator, pool = Mutator(inputs), list(inputs)
    for number in range(INPUTS):
        data = mutator.mutate(chance.choice(pool), chance)
        outcome = _examined(data, f"seed {SEED}, input {number}")
        if outcome.code == ACCEPTED:
            mutator.learn(data)
            pool[len(inputs) :] = [*pool[len(inputs) :], data][-WIDTH:]


def _examined(data: bytes, place: str) -> Outcome:
    try:
        return run(data)
    except Exception as error:
        error.add_note(f"{place}: {data!r}")
        raise
