import copy
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from referencing.exceptions import Unresolvable

from schemas.loader import NoSuchSchema, schema
from schemas.refusals import SchemaViolation, TooDeep
from schemas.validate import explainer, judge, validate

from .badges import badge
from .test_reading import SCALARS

CREDENTIAL = "achievementcredential"
CASES = sorted((Path(__file__).parent.parent / "vectors/schema").glob("*.json"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_our_own_cases(case: Path) -> None:
    rows = json.loads(case.read_text("utf-8"))
    if rows["rule"] is None:
        validate(rows["document"])
        return
    with pytest.raises(SchemaViolation) as caught:
        validate(rows["document"])
    assert (caught.value.params["rule"], caught.value.pointer) == (rows["rule"], rows["pointer"])


@pytest.mark.vectors
@pytest.mark.parametrize("name", ["complete", "simple"])
def test_the_fixtures_of_the_open_badges_validator(name: str, vectors: Path) -> None:
    validate(json.loads((vectors / f"openbadges-3.0/{name}.json").read_text("utf-8")))


@pytest.mark.vectors
def test_a_badge_satisfies_the_strict_variant_too(vectors: Path) -> None:
    import jsonschema  # noqa: PLC0415 - the product reaches it through schemas.validate alone

    file = vectors / "1edtech-schemas/strict_ob_v3p0_achievementcredential_schema.json"
    jsonschema.Draft201909Validator(json.loads(file.read_text("utf-8"))).validate(badge())


def test_profiles_have_their_own_schema() -> None:
    validate({"id": "did:web:ugu.sever.example", "type": ["Profile"], "name": "x"}, "profile")
    with pytest.raises(SchemaViolation):
        validate({"type": ["Profile"]}, "profile")
    with pytest.raises(NoSuchSchema):
        validate({}, "https://example.org/schema")


def test_v18_a_schema_named_by_the_document_is_not_followed() -> None:
    document = badge()
    document["credentialSchema"] = [
        {"id": "http://127.0.0.1:9/schema.json", "type": "1EdTechJsonSchemaValidator2019"},
    ]
    document["$ref"] = "http://127.0.0.1:9/schema.json"
    validate(document)


def test_what_is_not_plain_json_is_refused_first() -> None:
    document: Any = {}
    for _ in range(1_000):
        document = {"a": document}
    with pytest.raises(TooDeep):
        validate(document)


def test_long_texts_do_not_slow_the_patterns_down() -> None:
    document = badge()
    document["credentialSubject"]["achievement"]["inLanguage"] = "a" * 100_000
    document["credentialSubject"]["achievement"]["achievementType"] = "ext:" + "|" * 100_000 + "!"
    document["endorsementJwt"] = ["a." * 50_000]
    start = time.process_time()
    with pytest.raises(SchemaViolation):
        validate(document)
    assert time.process_time() - start < 0.25


def words(value: Any) -> Iterator[str]:
    """Every string of a schema: the names of fields, the listed values, the patterns."""
    if isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from words(item)
    elif isinstance(value, list):
        for item in value:
            yield from words(item)
    elif isinstance(value, str):
        yield value


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every object or array of a document with each of its keys."""
    for key in value if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from places(value[key])


WORDS = st.sampled_from(sorted(set(words(schema(CREDENTIAL)))))
ODD_TEXTS = st.sampled_from(
    ["ru\n", "ru-RU\n", "r٣", "ext:", "ext:|", "x ext:ё", "a.b.c\n", "2026-02-30", "9" * 400, "ё", "é"]
)
VALUES = SCALARS | WORDS | ODD_TEXTS | st.sampled_from([{}, [], [1], {"id": "urn:x"}, ["VerifiableCredential"], [[]]])


def change(document: dict[str, Any], data: st.DataObject) -> None:
    """One random change of a document in place."""
    container, key = data.draw(st.sampled_from(list(places(document))))
    match data.draw(st.sampled_from(["replace", "delete", "add", "wrap", "copy", "unwrap"])):
        case "replace":
            container[key] = copy.deepcopy(data.draw(VALUES))
        case "delete":
            del container[key]
        case "add" if isinstance(container[key], dict):
            container[key][data.draw(WORDS)] = copy.deepcopy(data.draw(VALUES))
        case "wrap":
            container[key] = [container[key]]
        case "copy":
            other, name = data.draw(st.sampled_from(list(places(document))))
            container[key] = copy.deepcopy(other[name])
        case "unwrap" if isinstance(container[key], list) and container[key]:
            container[key] = container[key][0]


@settings(max_examples=300)
@given(st.data())
def test_both_validators_give_the_same_answer(data: st.DataObject) -> None:
    document = data.draw(
        st.sampled_from([badge(), *(json.loads(case.read_text("utf-8"))["document"] for case in CASES)])
    )
    for _ in range(data.draw(st.integers(1, 4))):
        change(document, data)
    for name, value in ((CREDENTIAL, document), ("profile", document.get("issuer"))):
        assert judge(name).is_valid(value) == explainer(name).is_valid(value)


JWT, CONTEXT = "abc.def.ghi", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
TAILS = st.text(alphabet="\n\r\u2028\u0085 \x00-_.:|3٣Kkéё😀", max_size=3)


@given(
    st.sampled_from(
        ["ru", "ru-RU", "r", "ext:a", "ext:", "MicroCredential", JWT, CONTEXT, CONTEXT.replace("0.3", "٣.٣")]
    ),
    TAILS,
    TAILS,
)
def test_both_read_the_patterns_alike(text: str, before: str, after: str) -> None:
    for field in ("inLanguage", "achievementType", "endorsementJwt", "@context"):
        document = badge()
        place = document if field == "@context" else document["credentialSubject"]["achievement"]
        place[field] = {
            "@context": [document["@context"][0], before + text + after],
            "endorsementJwt": [before + text + after],
        }.get(field, before + text + after)
        assert judge(CREDENTIAL).is_valid(document) == explainer(CREDENTIAL).is_valid(document)


@pytest.mark.parametrize(
    ("field", "text"), [("inLanguage", "ru\n"), ("achievementType", "ext:ё"), ("endorsementJwt", ["a.b.c\n"])]
)
def test_a_pattern_means_what_it_means_in_ecmascript(field: str, text: object) -> None:
    document = badge()
    document["credentialSubject"]["achievement"][field] = text
    with pytest.raises(SchemaViolation) as caught:
        validate(document)
    assert caught.value.pointer.startswith(f"/credentialSubject/achievement/{field}")


def test_dates_are_not_judged_by_their_format() -> None:
    """`format` is an annotation in 2019-09; `schemas.dates` reads dates."""
    validate({**badge(), "validFrom": "tomorrow"})


class Word(str):
    __slots__ = ()


def test_a_no_stays_a_no_where_nothing_explains_it() -> None:
    document = {**badge(), "name": Word("x")}
    assert explainer(CREDENTIAL).is_valid(document)
    with pytest.raises(SchemaViolation) as caught:
        validate(document)
    assert (caught.value.pointer, caught.value.params["rule"]) == ("", "schema")


def test_a_huge_document_is_refused_without_long_explanations() -> None:
    document = badge()
    document["credentialSubject"]["result"] = [1] * 20_000
    start = time.process_time()
    with pytest.raises(SchemaViolation) as caught:
        validate(document)
    assert time.process_time() - start < 0.25
    assert caught.value.pointer == ""


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/schema.json", (Path(__file__).parent / "x.json").as_uri()])
def test_no_schema_is_fetched_by_either(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schemas.validate.bundled", lambda _: {"properties": {"a": {"$ref": address}}})
    with pytest.raises(ValueError, match="Retrieval is disabled"):
        judge(address)
    with pytest.raises(Unresolvable):
        explainer(address).is_valid({"a": 1})
