"""Compiled shapes: by substitution exactly what canonicalising gives, or a clear no."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.canonical import NotCovered, Shape, canonicalize
from schemas.canonical.outlines import Path, put

from .badges import badge, presentation

SLOTS: list[Path] = [
    ("id",),
    ("name",),
    ("validFrom",),
    ("credentialStatus", "id"),
    ("credentialStatus", "statusListIndex"),
    ("credentialSubject", "id"),
    ("credentialSubject", "narrative"),
    ("credentialSubject", "identifier", 0, "salt"),
    ("credentialSubject", "result", 0, "value"),
    ("credentialSubject", "result", 2, "achievedLevel"),
]
IRI_SLOTS = {SLOTS[0], SLOTS[3], SLOTS[5], SLOTS[9]}
SHAPE = Shape(badge(), SLOTS)
IRIS = st.one_of(
    st.uuids().map(lambda found: found.urn),
    st.sampled_from(
        ["did:web:ugu.sever.example", "https://ugu.sever.example/status/1#7", "urn:ё", "urn:x y", "x", "ex:y", "_:b0"]
    ),
)
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["", '"', "\\", "\n", "\x7f", "\x00", "a\ud800", "\ue000", "_:c14n0", "9" * 300]),
)


def filled(shape: Shape, document: dict[str, Any]) -> bytes:
    return shape.canonical(shape.values(document))


def changed(values: dict[Path, str]) -> dict[str, Any]:
    document = badge()
    for slot, value in values.items():
        put(document, slot, value)
    return document


@given(st.fixed_dictionaries({slot: IRIS if slot in IRI_SLOTS else TEXTS for slot in SLOTS}))
def test_a_filled_shape_is_the_canonical_form_or_nothing(values: dict[Path, str]) -> None:
    document = changed(values)
    try:
        found = filled(SHAPE, document)
    except NotCovered:
        return
    assert found == canonicalize(document)
    assert (
        SHAPE.json(SHAPE.values(document)) == json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    )


@given(st.integers(0, 10**12), TEXTS.filter(lambda text: text.isprintable()))
def test_ordinary_values_are_covered(number: int, text: str) -> None:
    document = changed(
        {slot: f"urn:{place}:{number}" if slot in IRI_SLOTS else f"{text}{place}" for place, slot in enumerate(SLOTS)}
    )
    assert filled(SHAPE, document) == canonicalize(document)


@pytest.mark.parametrize(
    "slot",
    [
        ("type", 0),
        ("@context", 0),
        ("credentialSubject",),
        ("nothing",),
        ("id", "x"),
        ("credentialSubject", "identifier", 0, "hashed"),
    ],
)
def test_c2_a_slot_is_a_string_that_decides_nothing(slot: Path) -> None:
    with pytest.raises(NotCovered):
        Shape(badge(), [slot])


def test_c1_a_slot_reaches_the_statements() -> None:
    document = badge()
    document["name"] = "\ue000"
    with pytest.raises(NotCovered):
        Shape(document, [("id",)])


def test_c3_a_slot_has_its_predicate_for_itself() -> None:
    document = badge()
    document["credentialSubject"]["achievement"]["tag"] = ["а", "б"]
    with pytest.raises(NotCovered):
        Shape(document, [("credentialSubject", "achievement", "tag", 0)])


def test_named_graphs_and_refused_documents_have_no_shape() -> None:
    with pytest.raises(NotCovered):
        Shape(presentation(badge()), [("id",)])
    with pytest.raises(NotCovered):
        Shape({**badge(), "grade": "5"}, [("id",)])


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.pop("name"),
        lambda document: document.update(description="x"),
        lambda document: document["type"].append("AchievementCredential"),
        lambda document: document["credentialSubject"]["identifier"][0].update(hashed=1),
        lambda document: document["credentialSubject"]["identifier"][0].update(hashed="true"),
        lambda document: document["credentialSubject"]["result"].append({"type": ["Result"], "value": "1"}),
        lambda document: document["credentialSubject"]["achievement"].update(name="Другое"),
        lambda document: document.update(name=1),
        lambda document: document.update(name={"@value": "x", "@language": "ru"}),
    ],
)
def test_r1_another_document_is_of_another_shape(change: Any) -> None:
    document = badge()
    change(document)
    with pytest.raises(NotCovered):
        filled(SHAPE, document)


def test_r2_two_subjects_must_not_become_one() -> None:
    with pytest.raises(NotCovered):
        filled(SHAPE, changed({("id",): "urn:same", ("credentialSubject", "id"): "urn:same"}))


@pytest.mark.parametrize("mark", ["urn:\ue000:0", "https://ugu.sever.example/_:\ue000000000\ue000", "urn:\ue000"])
@pytest.mark.parametrize("place", ["id", "name", "humanCode"])
def test_what_looks_like_a_gap_makes_no_shape(mark: str, place: str) -> None:
    document = badge()
    document["credentialSubject"]["achievement"][place] = mark
    with pytest.raises(NotCovered):
        Shape(document, SLOTS)


def test_r3_nameless_twins_need_the_whole_algorithm() -> None:
    document = badge()
    document["evidence"] = [{"type": ["Evidence"], "genre": "а"}, {"type": ["Evidence"], "genre": "б"}]
    shape = Shape(document, [("evidence", 0, "genre")])
    other = copy.deepcopy(document)
    other["evidence"][0]["genre"] = "в"
    assert filled(shape, other) == canonicalize(other)
    other["evidence"][0]["genre"] = "б"
    with pytest.raises(NotCovered):
        filled(shape, other)


def test_r4_a_shape_stays_far_below_the_limits() -> None:
    with pytest.raises(NotCovered):
        filled(SHAPE, changed({("name",): "x" * 200_000}))


def test_the_document_of_a_shape_may_change_afterwards() -> None:
    document = badge()
    shape = Shape(document, [("id",)])
    document["credentialSubject"]["achievement"]["name"] = "Другое"
    assert filled(shape, badge()) == canonicalize(badge())
    with pytest.raises(NotCovered):
        filled(shape, document)
