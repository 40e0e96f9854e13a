"""The compiled path: the same answers as the general one, in a fraction of the time, for every document of strangers."""

import copy
import itertools
import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.canonical import canonicalize, label, label_general
from schemas.canonical.contexts import check_contexts
from schemas.canonical.definitions import NotCovered
from schemas.canonical.limits import SINGLE
from schemas.canonical.shape import check_shape
from schemas.canonical.statements import statements
from schemas.loader import BUNDLED
from schemas.refusals import Refused

from .badges import OB, VC, achievement, alignment, badge, presentation
from .test_safe_mode import places, terms

Change = Callable[[dict[str, Any]], object]
CPU_SECONDS = 0.25
pytestmark = pytest.mark.usefixtures("own_heap")
VALUES: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(["urn:x", "did:web:x", "@id", "x", "", "assertionMethod", 1, 1.0, -2.5, 1e21, True, None, [], {}]),
    st.text(max_size=5),
    st.sampled_from(
        [
            ["a", "a", "b"],
            ["urn:x", "urn:x"],
            [1, True, 1.0],
            [["x"]],
            {"id": "urn:x"},
            [{"id": "urn:x"}, {"id": "urn:x"}],
            {"type": ["Profile"]},
            [{"type": ["Profile"]}, {"type": ["Profile"]}],
            {"id": "urn:x", "type": ["Profile"], "name": "Имя"},
            {"@value": "текст", "@language": "ru"},
            [{"@value": "text", "@language": "EN-gb", "@direction": "ltr"}, "text"],
            {"@value": "x", "@direction": {}},
            {"type": "DataIntegrityProof", "proofPurpose": "assertionMethod", "proofValue": "z1"},
        ]
    ),
)


def answer(act: Callable[[], Any]) -> tuple[str, Any]:
    try:
        return "bytes", act()
    except Refused as error:
        return "refused", error.code


@given(st.data())
def test_one_change_anywhere_gets_the_same_answer_from_both_paths(data: st.DataObject) -> None:
    document = badge()
    _, place = data.draw(st.sampled_from(list(places(document))))
    place[data.draw(st.sampled_from(sorted(terms())))] = copy.deepcopy(data.draw(VALUES))
    assert answer(lambda: canonicalize(document)) == answer(lambda: label_general(document).text)


@given(st.data())
def test_the_quick_walk_accepts_nothing_that_the_exact_checks_refuse(data: st.DataObject) -> None:
    document = presentation(badge()) if data.draw(st.booleans()) else badge()
    for _ in range(data.draw(st.integers(1, 3))):
        _, place = data.draw(st.sampled_from(list(places(document))))
        place[data.draw(st.sampled_from([*sorted(terms()), "@id", "x:y", "Criteria"]))] = copy.deepcopy(
            data.draw(VALUES)
        )
    try:
        statements(document, BUNDLED, SINGLE)
    except (Refused, NotCovered):
        return
    check_shape(document, SINGLE)
    check_contexts(document, BUNDLED)


def twins(document: dict[str, Any]) -> None:
    """Nameless nodes that only their surroundings tell apart."""
    profile = {"type": ["Profile"], "name": "Кафедра"}
    document["credentialSubject"]["source"] = {**profile, "parentOrg": dict(profile)}
    document["evidence"] = [{"type": ["Evidence"], "genre": "отчёт"}, {"type": ["Evidence"], "genre": "отчёт"}]


def names_twice(document: dict[str, Any]) -> None:
    """One object described in two places."""
    document["credentialSubject"]["source"] = {"id": "did:web:ugu.sever.example", "type": ["Profile"], "name": "УГУ"}


def both_names_of_a_class(document: dict[str, Any]) -> None:
    """Two words of one IRI as fields: one statement."""
    document["OpenBadgeCredential"] = document["AchievementCredential"] = "x"


def listed(document: dict[str, Any]) -> None:
    scale = document["credentialSubject"]["achievement"]["resultDescription"][0]
    scale["allowedValue"] = ["5", "4", "4", {"type": ["Profile"]}, 3]


def raw(document: dict[str, Any]) -> None:
    schema: dict[str, Any] = {"a": [None, {}, [], [[1.50, "é\u2028"]]]}
    document["credentialSchema"] = {"id": "urn:s", "type": "JsonSchema", "jsonSchema": schema}


CHANGES: list[Change] = [twins, names_twice, both_names_of_a_class, listed, raw]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("digest", ["sha256", "sha384"])
def test_rare_shapes_come_out_as_on_the_general_path(change: Change, digest: str) -> None:
    document = badge()
    change(document)
    found, general = label(document, digest), label_general(document, digest)
    assert (found.text, found.lines) == (general.text, general.lines)
    assert sorted(found.labels.values()) == sorted(general.labels.values())


def test_presentations_within_and_over_the_quick_count() -> None:
    for count in (1, 2, 20):
        shown = presentation(*({**badge(), "id": f"urn:badge:{number}"} for number in range(count)))
        assert label(shown).text == label_general(shown).text


TAGGED = {"@value": "текст", "@language": "ru", "@direction": "ltr"}
SCALE: dict[str, Any] = {"type": ["ResultDescription"]}
SCHEMA: dict[str, Any] = {"type": "JsonSchema"}
INNERMOST: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a name": {"id": "urn:x"},
    "a type": {"type": "Profile"},
    "types": {"type": ["Profile", "Achievement"]},
    "text": {"type": ["Profile"], "name": "x"},
    "texts": {"type": ["Profile"], "name": ["x", "y"]},
    "a number": {"type": ["Profile"], "name": 1.5},
    "numbers": {"type": ["Profile"], "name": [1, True]},
    "an array of one text": {"type": ["Profile"], "name": ["x"]},
    "an array in an array": {"type": ["Profile"], "name": [["x"]]},
    "text of a language": {"type": ["Profile"], "name": TAGGED},
    "texts of a language": {"type": ["Profile"], "name": [TAGGED, {"@value": "text", "@language": "en"}]},
    "a place": {"type": ["Profile"], "url": "urn:x"},
    "places": {"type": ["Profile"], "url": ["urn:x", "urn:y"]},
    "objects": {"type": ["Profile"], "parentOrg": [{"id": "urn:x"}, {"type": ["Profile"]}]},
    "a list of one": {**SCALE, "allowedValue": "5"},
    "a list": {**SCALE, "allowedValue": ["5", 4]},
    "a list of texts of a language": {**SCALE, "allowedValue": [TAGGED, TAGGED]},
    "a list of objects": {**SCALE, "allowedValue": [{"type": ["Profile"]}, {"id": "urn:x"}]},
    "raw text": {**SCHEMA, "jsonSchema": "x"},
    "a raw object": {**SCHEMA, "jsonSchema": {"a": 1}},
    "a raw array": {**SCHEMA, "jsonSchema": [[{"a": [1]}], []]},
    "a context": {"@context": VC, "type": ["Profile"], "name": "x"},
    "contexts": {"@context": [VC, OB], "type": ["VerifiableCredential"], "name": "x"},
}


def deep(innermost: dict[str, Any], levels: int, *, arrays: bool) -> dict[str, Any]:
    """A badge with an object so many levels down, through objects alone or through arrays of one as well."""
    held, left = copy.deepcopy(innermost), levels - 2
    while left > 0:
        array = arrays and left > 1
        held = {"type": "Profile", "parentOrg": [held] if array else held}
        left -= 2 if array else 1
    subject = {"type": "AchievementSubject", "source": held}
    return {"@context": [VC, OB], "type": ["VerifiableCredential", "OpenBadgeCredential"], "credentialSubject": subject}


@pytest.mark.parametrize("arrays", [False, True], ids=["objects", "arrays"])
@pytest.mark.parametrize("name", INNERMOST)
def test_the_depth_has_one_end_on_both_paths(name: str, *, arrays: bool) -> None:
    codes = []
    for levels in range(26, 36):
        document = deep(INNERMOST[name], levels, arrays=arrays)
        found = answer(partial(canonicalize, document))
        general = answer(partial(label_general, document))
        assert found == (general if general[0] == "refused" else ("bytes", general[1].text)), levels
        codes.append(found[1])
    assert codes[0] != "too-deep"
    assert codes[-1] == "too-deep"


def wide(count: int, **members: Any) -> dict[str, Any]:
    document = badge()
    document["credentialSubject"]["source"] = [
        {"type": ["Profile"], "id": f"urn:profile:{number}", **members} for number in range(count)
    ]
    return document


LARGE: dict[str, dict[str, Any]] = {
    "many profiles": wide(1_950),
    "many nameless profiles": wide(1_900, parentOrg={"type": ["Profile"]}),
    "many types": wide(900, type=["Profile", "Achievement", "Result", "Alignment"]),
    "a fault at the end": {**wide(1_950), "zzz": 1},
    "a type that is no string at the end": {**wide(1_950), "evidence": {"type": 5}},
    "an id that is no string at the end": {**wide(1_950), "evidence": {"id": 5, "genre": "x"}},
    "many outcomes": {
        **badge(),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {**achievement(), "alignment": [alignment(str(number), number) for number in range(240)]},
        },
    },
}


@pytest.mark.parametrize("name", LARGE)
def test_the_largest_documents_end_soon(name: str) -> None:
    canonicalize(badge())
    start = time.process_time()
    answer(lambda: canonicalize(LARGE[name]))
    assert time.process_time() - start < CPU_SECONDS


COMBINED = (
    *(
        "Address",
        "Alignment",
        "EndorsementSubject",
        "Evidence",
        "IdentifierEntry",
        "IdentityObject",
        "Image",
        "Profile",
    ),
    *("Related", "Result", "ResultDescription", "RubricCriterionLevel"),
)


def combined(count: int, size: int) -> dict[str, Any]:
    """A badge with `count` objects, no two of the same types, each type with a context of its own."""
    kinds = list(itertools.islice(itertools.combinations(COMBINED, size), count))
    sources = [{"type": list(kind), "id": f"urn:kind:{place}"} for place, kind in enumerate(kinds)]
    document = badge()
    document["credentialSubject"]["source"] = sources
    return document


@pytest.mark.parametrize(("count", "size", "code"), [(100, 7, ""), (400, 5, "too-complex"), (2, 9, "too-complex")])
def test_a_document_cannot_ask_for_contexts_without_end(count: int, size: int, code: str) -> None:
    document = combined(count, size)
    canonicalize(badge())
    start = time.process_time()
    found = answer(lambda: canonicalize(document))
    assert time.process_time() - start < CPU_SECONDS
    assert found[0] == "bytes" if not code else found == ("refused", code)
    if not code:
        assert found[1] == label_general(document).text


def test_a_context_from_outside_takes_the_general_path_and_has_its_limit(tmp_path: Path) -> None:
    file = tmp_path / "context.json"
    file.write_text(json.dumps({"@context": {"@vocab": "https://example.org/vocabulary#"}}))
    contexts = BUNDLED.with_files({"urn:outside": file})
    document: dict[str, Any] = {"@context": [VC, "urn:outside"], "type": ["VerifiableCredential"], "grade": "5"}
    assert b"<https://example.org/vocabulary#grade>" in canonicalize(document, contexts=contexts)
    document["marks"] = [{"mark": str(number)} for number in range(250)]
    with pytest.raises(Refused) as caught:
        canonicalize(document, contexts=contexts)
    assert caught.value.code == "too-complex"
