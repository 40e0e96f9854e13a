import dataclasses
import hashlib
import json
from pathlib import Path

import pytest

import schemas.loader
from schemas.canonical.contexts import OLD_BASE
from schemas.loader import BUNDLED, DigestMismatch, NoSuchSchema, Source, check_digests, context, schema
from schemas.refusals import ContextUnknown

from .badges import OB, VC

PUBLISHED = {  # the digests printed in VCDM 2.0 App. B.1, VC-DI and found in two independent copies of the others
    VC: "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    OB: "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": (
        "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53"
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": (
        "146f85aa16effd7ca1da8056eb443f53ce1eca8a34186cb062832c0a97d889c3"
    ),
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json": (
        "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6"
    ),
    "https://w3id.org/security/data-integrity/v2": "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    "https://w3id.org/security/suites/ed25519-2020/v1": (
        "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588"
    ),
    "https://w3id.org/security/multikey/v1": "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597",
    OLD_BASE: "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": (
        "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571"
    ),
    "https://purl.imsglobal.org/spec/ob/v3p0/context.json": (
        "9f1c8f9f361ba2994b9b50701f41149919542c50c7b7455b2846d87959295d72"
    ),
    "https://w3id.org/security/data-integrity/v1": "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554",
    "achievementcredential": "b7358e895f492e74055dc6bfc7ffc420d0e497f90c4579fb83d9519b86d393ea",
    "profile": "6b268f2caa591bf657e2a290e195713c41dc2db4e1c797723cfd00a1a83f8f13",
    "endorsementcredential": "389d50fe20ab040757097a36379f88100b1ddde632fbe359c75ff98512f3a27b",
    "clrcredential": "d1b3e0d4af91ed175cd52f4632feb9e4f58798e885d29712e79ddb2be8f17ec6",
}
EARLIER_OB = "ef2fa9c7846dce233cc166b43639027278be4ee44f00bb1d45c75de2dd0cd761"
FIRST_OB = "73f1ae2c4c15d05bafea22fd9fd7fd69a29ea93659b7101bc11a99b43aa90430"  # of the published document written by `json.dumps`
FOLDER = Path(schemas.loader.__file__).parent


def rows() -> list[dict[str, str]]:
    return [
        *json.loads((FOLDER / "contexts/manifest.json").read_text("utf-8")),
        *json.loads((FOLDER / "json/manifest.json").read_text("utf-8")),
    ]


def test_the_manifests_name_the_published_digests() -> None:
    assert {row["name"]: row["sha256"] for row in rows() if "edition" not in row} == PUBLISHED
    assert {row["name"]: row["sha256"] for row in rows() if "edition" in row} == {OB: EARLIER_OB}


def test_the_first_context_of_open_badges_is_the_published_one_in_another_layout() -> None:
    """Its JSON, in the order of its members, has the digest that everybody who has it gets."""
    document = BUNDLED.document("https://purl.imsglobal.org/spec/ob/v3p0/context.json")
    assert hashlib.sha256(json.dumps(document).encode()).hexdigest() == FIRST_OB


@pytest.mark.vectors
def test_the_older_data_model_is_the_published_one_in_another_layout(vectors: Path) -> None:
    published = (vectors / "contexts/credentials-v1.jsonld").read_bytes()
    assert json.loads(published) == context(OLD_BASE)
    assert hashlib.sha256(published).hexdigest() in next(row["origin"] for row in rows() if row["name"] == OLD_BASE)


def test_every_row_names_licence_and_origin() -> None:
    assert all(row["licence"] and row["origin"] for row in rows())


def test_every_file_has_a_row() -> None:
    files = {path.name for path in [*FOLDER.glob("contexts/*.json"), *FOLDER.glob("json/*.json")]}
    assert files - {"manifest.json"} == {row["file"] for row in rows()}


def test_the_bytes_are_the_published_ones() -> None:
    check_digests()


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "v2.json"
    file.write_text("{}")
    source = Source(VC, file, PUBLISHED[VC])
    with pytest.raises(DigestMismatch):
        source.read()
    with pytest.raises(dataclasses.FrozenInstanceError):
        source.sha256 = "0"  # type: ignore[misc]  # the point of the test


@pytest.mark.parametrize(
    "url", ["https://example.org/", VC + "/", VC.replace("https", "http"), "", "file:///etc/passwd"]
)
def test_there_are_no_other_contexts(url: str) -> None:
    with pytest.raises(ContextUnknown):
        context(url)
    with pytest.raises(ContextUnknown):
        BUNDLED.rank(url)
    assert url not in BUNDLED


def test_contexts_of_suites_stand_apart(tmp_path: Path) -> None:
    file = tmp_path / "examples.json"
    file.write_text('{"@context": {}}')
    larger = BUNDLED.with_files({"urn:examples": file, "urn:more": file})
    assert larger.document("urn:examples") == {"@context": {}}
    assert "urn:examples" not in BUNDLED
    assert larger.rank(OB) < larger.rank("urn:examples") < larger.rank("urn:more")


def test_schemas_are_found_by_name() -> None:
    assert schema("profile")["$id"].endswith("ob_v3p0_profile_schema.json")
    with pytest.raises(NoSuchSchema):
        schema("../manifest")
