"""What pyld throws, and what contexts from elsewhere could bring about, leaves as a refusal."""

import json
from pathlib import Path
from typing import Any, NoReturn

import pytest
from pyld import jsonld

from schemas.canonical import canonicalize, jcs
from schemas.canonical.expand import Expanded
from schemas.canonical.general import label_general
from schemas.canonical.limits import SINGLE
from schemas.canonical.located import Located, locate, place_of
from schemas.canonical.quads import to_quads
from schemas.loader import BUNDLED
from schemas.refusals import NotJson, Refused

from .badges import VC, badge


@pytest.mark.parametrize(
    "error", [RecursionError(), ValueError("x"), TypeError("x"), KeyError("x"), jsonld.JsonLdError("x", "y")]
)
def test_whatever_pyld_throws_is_a_refusal(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    monkeypatch.setattr(jsonld, "expand", fail)
    with pytest.raises(Refused) as caught:
        label_general(badge())
    assert caught.value.code == "not-json-ld"


def test_whatever_the_jcs_library_throws_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> NoReturn:
        raise ValueError

    monkeypatch.setattr("rfc8785.dumps", fail)
    with pytest.raises(NotJson):
        jcs({})


def refusal(context: dict[str, Any], folder: Path, **members: Any) -> tuple[str, str]:
    file = folder / "context.json"
    file.write_text(json.dumps({"@context": context}))
    document = {"@context": [VC, "urn:context"], "id": "urn:x", "type": ["VerifiableCredential"], **members}
    with pytest.raises(Refused) as caught:
        canonicalize(document, contexts=BUNDLED.with_files({"urn:context": file}))
    return caught.value.code, caught.value.pointer


@pytest.mark.parametrize(
    ("term", "value", "code"),
    [
        ({"@id": "urn:t", "@container": "@index"}, {"key": {"id": "urn:y", "name": "x"}}, "not-json-ld"),
        ({"@id": "urn:t", "@container": ["@graph", "@index"]}, {"key": {"id": "urn:y", "name": "x"}}, "not-json-ld"),
        ({"@id": "urn:t", "@container": "@graph"}, {"id": "urn:y"}, "node-dropped"),
        ({"@id": "urn:t", "@type": "@json"}, {"a": 1}, "not-json-ld"),
        ({"@reverse": "urn:t"}, {"id": "urn:y"}, "not-json-ld"),
        ({"@id": "urn:t", "@context": "https://example.org/x"}, {"name": "x"}, "context-unknown"),
        ({"@id": "relative"}, "x", "not-json-ld"),
    ],
)
def test_contexts_from_elsewhere_bring_nothing_past_us(term: object, value: object, code: str, tmp_path: Path) -> None:
    assert refusal({"t": term}, tmp_path, t=value)[0] == code


def test_a_document_of_undefined_fields_alone_names_the_first() -> None:
    with pytest.raises(Refused) as caught:
        canonicalize({"@context": [VC], "grade": "5"})
    assert (caught.value.code, caught.value.pointer) == ("undefined-term", "/grade")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"@graph": []}, "node-dropped"),
        ({"@graph": [{"@id": "urn:x"}]}, "node-dropped"),
        ({"@graph": [{"@value": "x"}]}, "node-dropped"),
        ({"@graph": [], "@id": "urn:g"}, "not-json-ld"),
        ({"@index": "x"}, "not-json-ld"),
        ({"@value": "x", "@type": "relative"}, "relative-iri"),
    ],
)
def test_statements_that_would_be_skipped_are_refused(value: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as caught:
        to_quads(Expanded({"urn:p": [value]}, []), SINGLE)
    assert caught.value.code == code


def test_numbers_as_literals() -> None:
    values: list[dict[str, Any]] = [{"@value": value} for value in (1, 1.0, -0.0, 1.5, 1e21, 5e-324, 0.1 + 0.2, True)]
    values.append({"@value": 2, "@type": "http://www.w3.org/2001/XMLSchema#double"})
    found = {quad[2].split('"')[1] for quad in to_quads(Expanded({"urn:p": values}, []), SINGLE)}
    assert found == {"1", "0", "1.5E0", "1.0E21", "4.940656458412465E-324", "3.0E-1", "true", "2.0E0"}


def test_strings_know_their_place() -> None:
    found = locate({"@context": [VC], "a/b": ["x", {"c": "y", "n": 1}]})
    ((key, values),) = [(key, value) for key, value in found.items() if key != "@context"]
    assert (place_of(key), place_of(values[0]), place_of(values[1]["c"])) == ("/a~1b", "/a~1b/0", "/a~1b/1/c")
    assert not isinstance(found["@context"][0], Located)
    assert place_of(1) == ""
