"""Canonical forms: our own cases, the W3C Data Integrity vectors, and pyld as a second opinion."""

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld

from schemas.canonical import canonicalize, jcs, label
from schemas.loader import BUNDLED, Contexts
from schemas.reading import read_json
from schemas.refusals import Refused

from .badges import badge, presentation

CASES = Path(__file__).parent.parent / "vectors"


@pytest.mark.parametrize("case", sorted(path.name for path in (CASES / "canonical").iterdir() if path.is_dir()))
def test_our_own_cases(case: str) -> None:
    folder = CASES / "canonical" / case
    document = read_json((folder / "document.json").read_bytes())
    expected = (folder / "canonical.nq").read_bytes()
    assert canonicalize(document) == expected
    assert hashlib.sha256(expected).hexdigest() == (folder / "sha256.txt").read_text().strip()


@pytest.mark.parametrize("case", sorted(path.name for path in (CASES / "refused").glob("*.json")))
def test_our_own_refusals(case: str) -> None:
    folder = CASES / "refused" / case
    rows = json.loads(folder.read_text("utf-8"))
    with pytest.raises(Refused) as caught:
        canonicalize(rows["document"])
    assert (caught.value.code, caught.value.pointer) == (rows["code"], rows["pointer"])


@pytest.fixture(scope="module")
def suite_contexts(vectors: Path) -> Contexts:
    return BUNDLED.with_files(
        {
            "https://www.w3.org/ns/credentials/examples/v2": vectors / "contexts/credentials-examples-v2.jsonld",
            "https://w3id.org/citizenship/v4rc1": vectors / "contexts/citizenship-v4rc1.jsonld",
        }
    )


@pytest.mark.vectors
@pytest.mark.parametrize(
    ("folder", "document"), [("eddsa-rdfc-2022", "unsigned"), ("eddsa-rdfc-2022/employ", "employmentAuth")]
)
def test_the_intermediate_values_of_eddsa_rdfc_2022(
    folder: str, document: str, vectors: Path, suite_contexts: Contexts
) -> None:
    base = vectors / "vc-di-eddsa"
    values = base / folder
    for source, form, digest in (
        (base / f"{document}.json", "canonDocDataInt.txt", "docHashDataInt.txt"),
        (values / "proofConfigDataInt.json", "proofCanonDataInt.txt", "proofHashDataInt.txt"),
    ):
        found = canonicalize(json.loads(source.read_text("utf-8")), contexts=suite_contexts)
        assert found == (values / form).read_bytes()
        assert hashlib.sha256(found).hexdigest() == (values / digest).read_text().strip()


@pytest.mark.vectors
def test_the_intermediate_values_of_eddsa_jcs_2022(vectors: Path) -> None:
    values = vectors / "vc-di-eddsa/eddsa-jcs-2022"
    for source, form, digest in (
        (vectors / "vc-di-eddsa/unsigned.json", "canonDocJCS.txt", "docHashJCS.txt"),
        (values / "proofConfigJCS.json", "proofCanonJCS.txt", "proofHashJCS.txt"),
    ):
        found = jcs(json.loads(source.read_text("utf-8")))
        assert found == (values / form).read_bytes()
        assert hashlib.sha256(found).hexdigest() == (values / digest).read_text().strip()


@pytest.mark.vectors
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("complete", None),
        ("simple", None),
        ("endorsement-valid", None),
        ("simple-err-expired", None),
        ("simple-err-context", "context-missing"),
        ("simple-err-type", "undefined-type"),
        ("simple-err-issuer-type", "undefined-type"),
        ("simple-err-credential-subject-type", "undefined-type"),
        ("simple-err-evidence-type", "undefined-type"),
    ],
)
def test_the_fixtures_of_the_open_badges_validator(name: str, code: str | None, vectors: Path) -> None:
    document = json.loads((vectors / f"openbadges-3.0/{name}.json").read_text("utf-8"))
    if code is None:
        assert canonicalize(document)
        return
    with pytest.raises(Refused) as caught:
        canonicalize(document)
    assert caught.value.code == code


def second_opinion(document: dict[str, Any]) -> str:
    def load(url: str, _: object) -> dict[str, Any]:
        return {"contextUrl": None, "documentUrl": url, "document": copy.deepcopy(BUNDLED.document(url))}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "base": None, "documentLoader": load}
    return str(jsonld.normalize(document, options))


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x7f", min_codepoint=32), min_size=1)


@st.composite
def badges(draw: st.DrawFn) -> dict[str, Any]:
    """Badges with other texts, numbers, and more or fewer parts."""
    document = badge()
    subject = document["credentialSubject"]
    document["name"] = draw(WORDS | st.builds(lambda text: {"@value": text, "@language": "ru"}, WORDS))
    subject["narrative"] = draw(WORDS)
    subject["creditsEarned"] = draw(st.integers(-(2**40), 2**40) | st.floats(-1e30, 1e30, allow_nan=False))
    subject["achievement"]["tag"] = draw(st.lists(WORDS, min_size=1, max_size=4, unique=True))
    for part in ("alignment", "resultDescription"):
        kept = subject["achievement"][part][: draw(st.integers(0, 4))]
        subject["achievement"][part] = kept or ["x"]
        if not kept:
            del subject["achievement"][part]
    return document


@given(badges())
def test_pyld_finds_the_same_form(document: dict[str, Any]) -> None:
    assert canonicalize(document).decode() == second_opinion(document)


def test_pyld_finds_the_same_form_of_a_presentation() -> None:
    document = presentation(badge(), {**badge(), "id": "urn:uuid:8c7d6e5f-0000-4000-8000-000000000000"})
    assert canonicalize(document).decode() == second_opinion(document)


def test_the_order_of_fields_and_of_sets_does_not_matter() -> None:
    document = dict(reversed(badge().items()))
    document["credentialSubject"]["result"].reverse()
    document["type"].reverse()
    assert canonicalize(document) == canonicalize(badge())


def test_direction_is_signed() -> None:
    document = {**badge(), "name": {"@value": "שלום", "@language": "he", "@direction": "rtl"}}
    assert '"שלום"^^<https://www.w3.org/ns/i18n#he_rtl>' in canonicalize(document).decode()


def test_a_json_schema_is_signed_as_json() -> None:
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential", "JsonSchemaCredential"],
        "issuer": "did:web:cpo.sever.example",
        "credentialSubject": {
            "id": "https://cpo.sever.example/schema",
            "type": "JsonSchema",
            "jsonSchema": {"properties": {"@context": {"const": None}, "b:c": {}}, "enum": [[], {}]},
        },
    }
    assert '\\"enum\\":[[],{}]' in canonicalize(document).decode()
    assert "#JSON>" in canonicalize(document).decode()


def test_labels_lead_from_the_input_to_the_canonical_form() -> None:
    found = label(badge())
    assert b"".join(map(str.encode, found.lines)) == canonicalize(badge())
    assert set(found.labels.values()) == {f"_:c14n{number}" for number in range(len(found.labels))}


def test_sha_384_gives_other_labels_to_the_same_statements() -> None:
    one, two = label(badge()), label(badge(), "sha384")
    assert one.labels.keys() == two.labels.keys()
    assert one.labels != two.labels
