import json
import time
from pathlib import Path
from typing import Any

import pytest

from schemas.loader import NoSuchSchema
from schemas.refusals import SchemaViolation, TooDeep
from schemas.validate import validate

from .badges import badge

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


def test_a_schema_named_by_the_document_is_not_followed() -> None:
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
