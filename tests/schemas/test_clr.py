"""Records (CLR 2.0): read, composed, and held to the published schema."""

import copy
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.canonical import canonicalize
from schemas.clr import CONTEXTS, Association, Record, Relation, compose
from schemas.endorsement import attached
from schemas.loader import schema
from schemas.refusals import SchemaViolation, Unreadable
from schemas.validate import validate

from .badges import badge

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ISSUER = {"id": "did:web:cpo.sever.example", "type": ["Profile"], "name": "Центр"}
MINE = {
    "clrcredential": "clr_v2p0_clrcredential_schema.json",
    "endorsementcredential": "ob_v3p0_endorsementcredential_schema.json",
}


def made(**options: Any) -> dict[str, Any]:
    return compose(
        record_id="urn:uuid:6c9f2a52-7a5c-4e43-9f36-0a3b1c1d8e01",
        name="Зачётная книжка",
        issuer=ISSUER,
        subject_id="urn:uuid:6c9f2a52-7a5c-4e43-9f36-0a3b1c1d8e02",
        made_at=AT,
        **{"credentials": [badge()], **options},
    )


def endorsement() -> dict[str, Any]:
    return {
        "@context": [CONTEXTS[0], CONTEXTS[2]],
        "id": "urn:uuid:6c9f2a52-7a5c-4e43-9f36-0a3b1c1d8e03",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Рекомендация",
        "issuer": ISSUER,
        "validFrom": "2026-11-22T09:00:00Z",
        "credentialSubject": {"id": "urn:x:y", "type": ["EndorsementSubject"], "endorsementComment": "Да."},
    }


def test_what_is_composed_is_read_back() -> None:
    one = badge()
    described = {**one["credentialSubject"]["achievement"], "id": "https://ugu.sever.example/achievements/next"}
    link = Association(Relation.IS_PARENT_OF, one["id"], described["id"])
    document = made(credentials=[one], achievements=[described], associations=[link], is_partial=False)
    validate(document, "clrcredential")
    assert canonicalize(document)
    record = Record(document)

    assert (record.name, record.is_partial) == ("Зачётная книжка", False)
    assert record.credentials == [one]
    assert [achievement.id for achievement in record.achievements] == [described["id"]]
    assert record.associations == [link]
    assert document["@context"] == list(CONTEXTS)


@pytest.mark.parametrize(
    "options",
    [{"credentials": []}, {"associations": [Association(Relation.PRECEDES, badge()["id"], "urn:x:elsewhere")]}],
)
def test_a_record_of_nothing_and_an_association_with_nothing_are_not_made(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a record has credentials"):
        made(**options)


def test_an_unknown_relation_is_not_guessed() -> None:
    document = made()
    document["credentialSubject"]["association"] = [
        {"type": "Association", "associationType": "isFriendOf", "sourceId": "urn:x:1", "targetId": "urn:x:2"}
    ]
    with pytest.raises(Unreadable):
        _ = Record(document).associations
    with pytest.raises(SchemaViolation):
        validate(document, "clrcredential")


@pytest.mark.parametrize("wrong", [{"type": ["VerifiableCredential"]}, {"credentialSubject": [{}, {}]}])
def test_another_document_is_no_record(wrong: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        Record(made() | wrong)


@pytest.mark.parametrize("name", MINE)
def test_our_schema_demands_the_contexts_in_order(name: str) -> None:
    document = made() if name == "clrcredential" else endorsement()
    validate(document, name)
    document["@context"] = [document["@context"][0], *reversed(document["@context"][1:]), "urn:x:y"][
        : len(document["@context"])
    ]
    if name == "endorsementcredential":
        document["@context"] = document["@context"][:1]
    with pytest.raises(SchemaViolation):
        validate(document, name)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in places(item, (*path, key)))][bool(not path) :]


def whole() -> dict[str, Any]:
    """A record in which every part that the standard has is used."""
    one = badge()
    described = {**one["credentialSubject"]["achievement"], "id": "https://ugu.sever.example/achievements/next"}
    document = made(
        credentials=[one, endorsement()],
        achievements=[described],
        associations=[Association(Relation.PRECEDES, one["id"], described["id"])],
        identifiers=one["credentialSubject"].get("identifier", []),
    )
    return document | {
        "endorsement": [endorsement()],
        "endorsementJwt": ["e30.e30.c2ln"],
        "awardedDate": "2026-11-22T09:00:00Z",
    }


@pytest.mark.vectors
@settings(max_examples=300, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("name", MINE)
def test_one_change_anywhere_gets_the_answer_of_the_published_schema(
    vectors: Path, name: str, data: st.DataObject
) -> None:
    import jsonschema  # noqa: PLC0415 - the product reaches it through schemas.validate alone

    published = json.loads((vectors / "1edtech-schemas" / MINE[name]).read_text("utf-8"))
    document = copy.deepcopy(whole() if name == "clrcredential" else endorsement())
    *way, last = data.draw(st.sampled_from(places(document)))
    target: Any = document
    for step in way:
        target = target[step]
    change = data.draw(st.sampled_from(["drop", "text", "number", "object", "list", "wrap", "none"]))
    replaced = {"text": "x", "number": 5, "object": {}, "list": [], "wrap": [target[last]]}
    if change == "drop":
        del target[last]
    elif change != "none":
        target[last] = replaced[change]
    theirs = jsonschema.Draft201909Validator(published).is_valid(document)
    ours = jsonschema.Draft201909Validator(schema(name)).is_valid(document)
    assert theirs == ours


@pytest.mark.vectors
def test_the_record_satisfies_the_published_schema_whole(vectors: Path) -> None:
    import jsonschema  # noqa: PLC0415

    for name, document in (("clrcredential", whole()), ("endorsementcredential", endorsement())):
        published = json.loads((vectors / "1edtech-schemas" / MINE[name]).read_text("utf-8"))
        jsonschema.Draft201909Validator(published).validate(document)
        validate(document, name)


def test_endorsements_are_found_wherever_they_hang_and_not_in_other_credentials() -> None:
    document = whole()
    held = document["credentialSubject"]["verifiableCredential"][0]
    held["endorsement"] = [endorsement()]
    achievement = document["credentialSubject"]["achievement"][0]
    achievement["creator"] = {"id": "urn:x:creator", "type": ["Profile"], "endorsement": endorsement()}

    assert [(one.pointer, one.holder_id) for one in attached(document)] == [
        ("/endorsement/0", document["id"]),
        ("/endorsementJwt", document["id"]),
        ("/credentialSubject/achievement/0/creator/endorsement", "urn:x:creator"),
    ]
    assert [one.pointer for one in attached(held)] == ["/endorsement/0"]
