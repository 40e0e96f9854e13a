"""Whatever a signature would not cover, or another reader would understand otherwise, is refused with its place."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schemas.canonical import canonicalize
from schemas.loader import BUNDLED
from schemas.refusals import Refused

from .badges import OB, VC, badge, presentation

Badge = dict[str, Any]
Change = Callable[[Badge], object]


def places(value: Any, pointer: str = "") -> Iterator[tuple[str, Badge]]:
    """Every object of a document."""
    if isinstance(value, dict):
        yield pointer, value
        for key, item in value.items():
            yield from places(item, f"{pointer}/{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from places(item, f"{pointer}/{index}")


def terms() -> set[str]:
    """Every word that some bundled context defines at any depth."""
    found: set[str] = set()
    for url in (VC, OB):
        for _, context in places(BUNDLED.document(url)):
            found |= context.keys()
    return found


KEYS = st.text(max_size=12).filter(lambda key: key not in terms() and key != "@context")
VALUES = st.sampled_from(["x", 1, True, 1.5, ["x"], {"id": "urn:x"}, {"type": ["Profile"]}])


@given(st.data())
def test_one_random_field_at_any_depth_is_always_refused(data: st.DataObject) -> None:
    document = badge()
    pointer, place = data.draw(st.sampled_from(list(places(document))))
    key = data.draw(KEYS)
    place[key] = data.draw(VALUES)
    with pytest.raises(Refused) as caught:
        canonicalize(document)
    assert caught.value.pointer.startswith(f"{pointer}/") or caught.value.pointer == pointer


@given(st.data())
def test_a_known_field_in_the_wrong_place_is_refused_or_signed(data: st.DataObject) -> None:
    before = canonicalize(badge())
    document = badge()
    _, place = data.draw(st.sampled_from(list(places(document))))
    key = data.draw(st.sampled_from(sorted(terms())))
    assume(key not in place)
    place[key] = data.draw(st.sampled_from(["urn:x", 1, True, {"id": "urn:x"}, None, [], {}]))
    try:
        after = canonicalize(document)
    except Refused:
        return
    assert after != before


@given(st.data())
def test_a_field_taken_away_is_noticed(data: st.DataObject) -> None:
    before = canonicalize(badge())
    document = badge()
    _, place = data.draw(st.sampled_from(list(places(document))))
    del place[data.draw(st.sampled_from(list(place)))]
    try:
        after = canonicalize(document)
    except Refused:
        return
    assert after != before


def put(path: str, value: object) -> Change:
    """A change that sets the member at a JSON pointer."""

    def change(document: Badge) -> None:
        *way, last = path.strip("/").replace("~1", "\0").split("/")
        target: Any = document
        for name in way:
            target = target[int(name)] if isinstance(target, list) else target[name]
        if isinstance(target, list):
            target[int(last)] = value
        else:
            target[last.replace("\0", "/")] = value

    return change


def rename(path: str, name: str) -> Change:
    """A change that renames the member at a JSON pointer."""

    def change(document: Badge) -> None:
        *way, last = path.strip("/").split("/")
        target: Any = document
        for step in way:
            target = target[step]
        target[name] = target.pop(last)

    return change


SUBJECT = "/credentialSubject"
GOAL = f"{SUBJECT}/achievement"

REFUSALS: list[tuple[Change, str, str]] = [
    (put("/grade", "5"), "undefined-term", "/grade"),
    (put(f"{GOAL}/alignment/1/grade", "5"), "undefined-term", f"{GOAL}/alignment/1/grade"),
    (put(f"{SUBJECT}/result/0/points", "5"), "undefined-term", f"{SUBJECT}/result/0/points"),
    (put("/", "x"), "undefined-term", "/"),
    (put("/type", ["VerifiableCredential", "Diploma"]), "undefined-type", "/type/1"),
    (put(f"{GOAL}/type", "Goal"), "undefined-type", f"{GOAL}/type"),
    (put(f"{GOAL}/type", "@json"), "undefined-type", f"{GOAL}/type"),
    (put(f"{GOAL}/id", "M08"), "relative-iri", f"{GOAL}/id"),
    (put(f"{GOAL}/id", "/M08"), "relative-iri", f"{GOAL}/id"),
    (put(f"{GOAL}/id", ""), "relative-iri", f"{GOAL}/id"),
    (put("/issuer", "ugu"), "relative-iri", "/issuer"),
    (
        put("/credentialStatus/statusListCredential", "status/1"),
        "relative-iri",
        "/credentialStatus/statusListCredential",
    ),
    (put(f"{GOAL}/id", "_:b0"), "malformed-iri", f"{GOAL}/id"),
    (put(f"{GOAL}/id", "https://a.example/ b"), "malformed-iri", f"{GOAL}/id"),
    (put(f"{GOAL}/id", "urn:x> <urn:p> <urn:o> .\n<urn:s"), "malformed-iri", f"{GOAL}/id"),
    (put("/issuer", "@none"), "relative-iri", "/issuer"),
    (put("/issuer", "@nobody"), "malformed-iri", ""),
    (put("/name", None), "null-value", "/name"),
    (put(f"{GOAL}/tag", []), "empty-value", f"{GOAL}/tag"),
    (put("/evidence", {}), "empty-value", "/evidence"),
    (put("/evidence", [[{"type": "Evidence", "genre": "x"}]]), "nested-array", "/evidence/0"),
    (put("/@id", "urn:x"), "keyword-refused", "/@id"),
    (put("/@included", [{"id": "urn:x", "name": "x"}]), "keyword-refused", "/@included"),
    (put("/@reverse", {"issuer": {"id": "urn:x"}}), "keyword-refused", "/@reverse"),
    (put("/evidence", {"@graph": [{"id": "urn:x", "name": "x"}]}), "keyword-refused", "/evidence/@graph"),
    (put("/name", {"@list": ["x"]}), "keyword-refused", "/name/@list"),
    (put("/name", {"@set": ["x"]}), "keyword-refused", "/name/@set"),
    (put("/name", {"@value": "x"}), "value-object", "/name"),
    (put("/name", {"@value": "x", "@type": "urn:t"}), "value-object", "/name"),
    (put("/name", {"@value": "x", "@language": "русский"}), "value-object", "/name"),
    (put("/name", {"@value": 1, "@language": "ru"}), "value-object", "/name"),
    (put("/name", {"@value": "x", "@direction": "up"}), "value-object", "/name"),
    (put("/name", {"@value": "x", "@language": "ru", "url": "x"}), "value-object", "/name"),
    (rename("/credentialStatus", "https://www.w3.org/2018/credentials#credentialStatus"), "key-refused", ""),
    (rename(f"{GOAL}/criteria", "Criteria"), "key-refused", f"{GOAL}/Criteria"),
    (put("/_sd", "x"), "not-json-ld", "/_sd"),
    (put("/name", "\ud800"), "text-refused", "/name"),
    (put("/name", float("nan")), "number-refused", "/name"),
    (put("/name", 2**53), "number-refused", "/name"),
    (put("/name", b"x"), "not-json", "/name"),
    (put("/name", ("x",)), "not-json", "/name"),
    (put("/@context", [OB]), "context-missing", "/@context"),
    (put("/@context", []), "context-missing", "/@context"),
    (lambda document: document.pop("@context"), "context-missing", ""),
    (put("/@context", [VC, "https://example.org/x"]), "context-unknown", "/@context/1"),
    (put("/@context", [VC, OB + "#"]), "context-unknown", "/@context/1"),
    (put("/@context", [VC, OB, {"grade": "urn:grade"}]), "context-inline", "/@context/2"),
    (put("/@context", [VC, OB, {"@vocab": "urn:x#"}]), "context-inline", "/@context/2"),
    (put("/@context", {"@base": "urn:x"}), "context-inline", "/@context/0"),
    (put("/@context", [VC, None]), "context-inline", "/@context/1"),
    (put("/@context", [OB, VC]), "context-missing", "/@context"),
    (put("/@context", [VC, VC, OB]), "context-order", "/@context"),
    (put("/@context", [VC, "https://w3id.org/security/multikey/v1", OB]), "context-order", "/@context"),
    (
        put("/@context", [VC, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json", OB]),
        "context-order",
        "/@context",
    ),
    (put(f"{GOAL}/@context", [VC, OB]), "context-misplaced", f"{GOAL}/@context"),
    (put("/@context", VC), "undefined-type", "/type/1"),
]


@pytest.mark.parametrize(("change", "code", "pointer"), REFUSALS)
def test_refuses(change: Change, code: str, pointer: str) -> None:
    document = badge()
    change(document)
    with pytest.raises(Refused) as caught:
        canonicalize(document)
    assert (caught.value.code, caught.value.pointer if pointer else "") == (code, pointer)


def test_a_context_that_redefines_a_protected_term_is_refused(tmp_path: Any) -> None:
    file = tmp_path / "redefine.json"
    file.write_text('{"@context": {"issuer": "urn:other", "VerifiableCredential": "urn:other"}}')
    document = {**badge(), "@context": [VC, OB, "urn:redefine"]}
    with pytest.raises(Refused) as caught:
        canonicalize(document, contexts=BUNDLED.with_files({"urn:redefine": file}))
    assert caught.value.code == "redefinition"


@pytest.mark.parametrize("document", [None, [], "x", {"@context": VC}, {"@context": [VC], "id": "urn:x"}])
def test_something_that_is_no_document_is_refused(document: Any) -> None:
    with pytest.raises(Refused):
        canonicalize(document)


def test_nothing_of_the_document_is_changed() -> None:
    document = badge()
    kept = copy.deepcopy(document)
    canonicalize(document)
    assert document == kept


@pytest.mark.parametrize("inside", ["urn:uuid:x", {"id": "urn:uuid:x"}, {"id": "urn:x", "@context": [VC]}])
def test_a_presentation_carries_whole_credentials(inside: object) -> None:
    document = presentation(badge())
    document["verifiableCredential"].append(inside)
    with pytest.raises(Refused):
        canonicalize(document)


def test_a_field_added_to_a_carried_credential_is_found() -> None:
    document = presentation(badge(), badge())
    document["verifiableCredential"][1]["credentialSubject"]["grade"] = "5"
    with pytest.raises(Refused) as caught:
        canonicalize(document)
    assert caught.value.pointer == "/verifiableCredential/1/credentialSubject/grade"


def test_a_bundled_class_is_no_alias_of_a_field_unless_it_is_refused() -> None:
    """Two names with one IRI would let a field be renamed under the signature."""
    named: dict[str, set[str]] = {}
    for url in (VC, OB):
        for _, scope in places(BUNDLED.document(url)["@context"], ""):
            for name, definition in scope.items():
                iri = definition.get("@id") if isinstance(definition, dict) else definition
                if isinstance(iri, str) and not name.startswith("@") and ":" in iri:
                    named.setdefault(iri, set()).add(name)
    aliases = {frozenset(names) for names in named.values() if len(names) > 1}
    assert aliases == {frozenset({"Criteria", "criteria"}), frozenset({"GeoCoordinates", "geo"})}


@pytest.mark.parametrize("text", ["\x00", "a\x08", "\x1f", "\x7f", "x\x0bx"])
def test_control_characters_of_others_are_read_and_signed_over(text: str) -> None:
    document = badge()
    document["credentialSubject"]["narrative"] = text
    assert canonicalize(document) != canonicalize(badge())
