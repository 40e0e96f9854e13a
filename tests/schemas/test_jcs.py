import json
from pathlib import Path

import pytest
from hypothesis import given

from schemas.canonical import jcs
from schemas.refusals import NotJson, NumberRefused, Refused, TextRefused, TooDeep

from .test_reading import DOCUMENTS

NAMES = ("arrays", "french", "structures", "unicode", "values", "weird")


@pytest.mark.vectors
@pytest.mark.parametrize("name", NAMES)
def test_the_published_pairs(name: str, vectors: Path) -> None:
    document = json.loads((vectors / f"jcs/input/{name}.json").read_text("utf-8"))
    expected = (vectors / f"jcs/output/{name}.json").read_bytes()
    assert jcs(document) == expected
    assert jcs(document) == bytes.fromhex((vectors / f"jcs/outhex/{name}.txt").read_text())


@given(DOCUMENTS)
def test_the_order_of_fields_does_not_matter(document: dict[str, object]) -> None:
    turned = dict(reversed(document.items()))
    assert jcs(document) == jcs(turned)
    assert jcs(json.loads(jcs(document))) == jcs(document)


def test_numbers_and_order_are_those_of_ecmascript() -> None:
    document = {"\ufb33": 1e-7, "\U0001f600": 1e21, "a": -0.0, "b": 100.0}
    assert jcs(document).decode() == '{"a":0,"b":100,"\U0001f600":1e+21,"\ufb33":1e-7}'


@pytest.mark.parametrize(
    ("document", "refusal"),
    [
        ({"a": float("inf")}, NumberRefused),
        ({"a": 2**53}, NumberRefused),
        ({"a": "\ud800"}, TextRefused),
        ({1: "a"}, NotJson),
        ({"a": {1}}, NotJson),
    ],
)
def test_refuses(document: object, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        jcs(document)


def test_refuses_deep_nesting() -> None:
    document: object = 1
    for _ in range(100_000):
        document = [document]
    with pytest.raises(TooDeep):
        jcs(document)
