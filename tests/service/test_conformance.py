"""The mode for the suites of the standards bodies: every door as a suite knocks at it, on loopback alone, and nowhere else."""

import ast
import copy
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from structlog.testing import capture_logs

from keys.did import controller_of
from keys.multikey import ED25519, P256
from keys.proofs import ECDSA_JCS, ECDSA_RDFC, ECDSA_SD, JCS, RDFC, add
from schemas.canonical import canonicalize
from schemas.loader import BUNDLED
from schemas.refusals import Refused
from service.app import create_app
from service.conformance.contexts import FILES
from service.conformance.doors import LOOPBACK, Conformance
from service.conformance.errors import ConformanceExposed, ContextsMissing
from service.conformance.keyring import KINDS, Keyring
from service.conformance.suites import SUITES, configuration
from service.parts import Parts
from service.settings import Settings
from tests.campus import make_holder
from tests.service.house import House, build

ROOT = Path(__file__).parents[2]
V2 = "https://www.w3.org/ns/credentials/v2"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
DOORS = ("credentials/issue", "credentials/verify", "credentials/derive", "credentials/status", "presentations/verify")
WAYS = [(suite, kind) for suite, kinds in KINDS.items() for kind in kinds]
HERE = ("127.0.0.1", 50_000)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, vectors: Path) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("conformance")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZACHETKA_VECTORS", str(vectors))
        built = build(folder, f"sqlite:///{folder / 'zachetka.sqlite'}", vc_api="conformance")
        built.visitor()  # the application reads the contexts when it is made
        yield built
    built.parts.engine.dispose()


@pytest.fixture
def suite(house: House) -> TestClient:
    """A suite on this machine."""
    return TestClient(house.app, base_url=house.settings.public_url, client=HERE, raise_server_exceptions=False)


def mode(house: House) -> Conformance:
    return cast("Conformance", house.app.state.conformance)


def example(**changes: Any) -> dict[str, Any]:
    """A credential as the suites send them, by an issuer whom nobody has a key of."""
    return {
        "@context": [V2, EXAMPLES],
        "type": ["VerifiableCredential"],
        "issuer": "https://issuer.example/1",
        "credentialSubject": {"id": "did:example:subject", "alumniOf": "Школа"},
        **changes,
    }


def post(suite: TestClient, door: str, body: Any) -> Response:
    return suite.post(f"/vc-api/{door}", json=body)


def issued(suite: TestClient, credential: dict[str, Any], asked: str = "", **options: Any) -> dict[str, Any]:
    answer = post(suite, f"credentials/issue?{asked}", {"credential": credential, "options": options})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()["verifiableCredential"]
    return made


def status_of(suite: TestClient, credential: Any) -> int:
    answer = post(suite, "credentials/verify", {"verifiableCredential": credential, "options": {"checks": ["proof"]}})
    assert (answer.status_code == 200) == answer.json().get("verified", False)
    return answer.status_code


# --- who gets in -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.5", "conformance.example", ""])  # noqa: S104 - refused
def test_the_mode_does_not_open_where_others_could_reach_it(house: House, host: str) -> None:
    exposed = house.settings.model_copy(update={"host": host})
    with pytest.raises(ConformanceExposed):
        create_app(exposed, _with(house, exposed))


@pytest.mark.parametrize("host", sorted(LOOPBACK))
def test_it_opens_on_loopback_and_says_so_loudly(house: House, host: str) -> None:
    local = house.settings.model_copy(update={"host": host})
    with capture_logs() as told:
        create_app(local, _with(house, local))
    assert [(line["event"], line["log_level"]) for line in told] == [("conformance.open", "critical")]


def _with(house: House, settings: Settings) -> Parts:
    return replace(house.parts, settings=settings)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("caller", ["192.168.0.5", "2001:db8::1", "not-an-address"])
def test_callers_from_other_machines_are_turned_away(house: House, caller: str, door: str) -> None:
    stranger = TestClient(house.app, client=(caller, 50_000))
    answer = stranger.post(f"/vc-api/{door}", json={"credential": example()})
    assert (answer.status_code, answer.json()["code"]) == (403, "conformance-loopback")


def test_without_the_suites_contexts_it_does_not_open(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ZACHETKA_VECTORS", str(tmp_path))
    with pytest.raises(ContextsMissing):
        create_app(house.settings, house.parts)


def test_every_page_warns(house: House) -> None:
    assert "Проверка на соответствие." in house.visitor().get("/verify").text


# --- issue and verify ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cryptosuite", "kind"), [way for way in WAYS if way[0] != ECDSA_SD])
def test_every_suite_signs_and_is_verified(house: House, suite: TestClient, cryptosuite: str, kind: str) -> None:
    made = issued(suite, example(), f"cryptosuite={cryptosuite}&key={kind}")
    assert made["proof"]["cryptosuite"] == cryptosuite
    assert made["proof"]["verificationMethod"].startswith(mode(house).keyring.did(kind))
    assert {**made, "proof": None} == {**example(), "proof": None}
    assert status_of(suite, made) == 200


FORGERIES: dict[str, Callable[[dict[str, Any]], object]] = {
    "value": lambda made: made["credentialSubject"].update(alumniOf="Вуз"),
    "added": lambda made: made.update(undefinedTerm="x"),
    "no proof": lambda made: made.pop("proof"),
    "no type": lambda made: made["proof"].pop("type"),
    "no purpose": lambda made: made["proof"].pop("proofPurpose"),
    "other purpose": lambda made: made["proof"].update(proofPurpose="authentication"),
    "created": lambda made: made["proof"].update(created="2020-01-01T00:00:00Z"),
    "no zone": lambda made: made["proof"].update(created="2020-01-01T00:00:00"),
    "cut value": lambda made: made["proof"].update(proofValue=made["proof"]["proofValue"][:-2]),
    "other alphabet": lambda made: made["proof"].update(proofValue="u" + made["proof"]["proofValue"][1:]),
    "suite": lambda made: made["proof"].update(cryptosuite="nothing-2022"),
    "context": lambda made: made.update({"@context": ["https://www.w3.org/ns/credentials/examples/v2"]}),
}


@pytest.mark.parametrize("forge", FORGERIES)
@pytest.mark.parametrize("cryptosuite", [RDFC, JCS, ECDSA_RDFC, ECDSA_JCS])
def test_a_rejection_is_400(suite: TestClient, cryptosuite: str, forge: str) -> None:
    made = issued(suite, example(), f"cryptosuite={cryptosuite}")
    FORGERIES[forge](made)
    assert status_of(suite, made) == 400


@pytest.mark.parametrize(
    "change",
    [
        {"@context": [EXAMPLES, V2]},
        {"type": "NotDefined"},
        {"type": []},
        {"issuer": None},
        {"issuer": "no-url"},
        {"credentialSubject": {}},
        {"credentialSubject": []},
        {"validFrom": "yesterday"},
        {"validFrom": "2030-01-01T00:00:00Z", "validUntil": "2020-01-01T00:00:00Z"},
        {"credentialStatus": {"id": "https://list.example/1"}},
        {"@context": [V2], "undefinedTerm": "x"},
        {"id": ["urn:a:1", "urn:a:2"]},
    ],
    ids=str,
)
def test_what_breaks_the_data_model_is_not_signed(suite: TestClient, change: dict[str, Any]) -> None:
    answer = post(suite, "credentials/issue", {"credential": example(**change)})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_older_data_model_gets_the_words_for_its_proof(suite: TestClient) -> None:
    older = {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": ["VerifiableCredential"],
        "issuer": "did:example:issuer",
        "issuanceDate": "2020-01-01T00:00:00Z",
        "credentialSubject": {"id": "did:example:subject"},
    }
    made = issued(suite, older)
    assert made["@context"] == [*older["@context"], "https://w3id.org/security/data-integrity/v2"]
    assert status_of(suite, made) == 200


@pytest.mark.parametrize("asked", ["cryptosuite=none", "cryptosuite=eddsa-rdfc-2022&key=P-256", "key=P-256"])
def test_a_key_that_there_is_none_of(suite: TestClient, asked: str) -> None:
    answer = post(suite, f"credentials/issue?{asked}", {"credential": example()})
    assert (answer.status_code, answer.json()["code"]) == (400, "conformance-key")


# --- derive ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by_its_issuer", [True, False])
def test_a_part_is_derived_and_verified(house: House, suite: TestClient, *, by_its_issuer: bool) -> None:
    issuer = mode(house).keyring.did(P256) if by_its_issuer else example()["issuer"]
    made = issued(suite, example(issuer=issuer), f"cryptosuite={ECDSA_SD}", mandatoryPointers=["/issuer"])
    assert status_of(suite, made) == 400  # a base proof is not for showing
    options = {"selectivePointers": ["/credentialSubject/alumniOf"]}
    answer = post(suite, "credentials/derive", {"verifiableCredential": made, "options": options})
    part = answer.json()["verifiableCredential"]
    assert answer.status_code == 201
    assert (part["issuer"], part["credentialSubject"]["alumniOf"]) == (issuer, "Школа")
    assert status_of(suite, part) == 200
    part["credentialSubject"]["alumniOf"] = "Вуз"
    assert status_of(suite, part) == 400


@pytest.mark.parametrize("pointers", [["/nowhere"], "x", [5], ["no-pointer"]])
def test_what_cannot_be_derived(suite: TestClient, pointers: Any) -> None:
    made = issued(suite, example(), f"cryptosuite={ECDSA_SD}")
    body = {"verifiableCredential": made, "options": {"selectivePointers": pointers}}
    assert post(suite, "credentials/derive", body).status_code == 400


# --- status ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", ["revocation", "suspension"])
def test_a_bit_is_set_and_lifted(house: House, suite: TestClient, purpose: str) -> None:
    own = mode(house).keyring.did(ED25519)
    made = issued(suite, example(id=f"urn:uuid:{purpose}", issuer=own), f"status={purpose}")
    entry = made["credentialStatus"][0] if isinstance(made["credentialStatus"], list) else made["credentialStatus"]
    published = suite.get(entry["statusListCredential"].removeprefix(house.settings.public_url))
    assert "json" in published.headers["content-type"]
    assert published.json()["credentialSubject"]["statusPurpose"] == purpose
    body = {"credentialId": made["id"], "credentialStatus": {"type": entry["type"], "statusPurpose": purpose}}
    for status, expected in ((None, 400), (False, 200), (True, 400)):
        told = body if status is None else {**body, "status": status}
        assert post(suite, "credentials/status", told).status_code == 200
        house.clock.move(timedelta(minutes=5))  # a verifier keeps a list for a while
        assert status_of(suite, made) == expected


def test_a_credential_without_a_place_has_no_status(suite: TestClient) -> None:
    body = {"credentialId": "urn:uuid:nobody", "credentialStatus": {"statusPurpose": "revocation"}}
    answer = post(suite, "credentials/status", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "conformance-status")
    assert suite.get("/vc-api/status-lists/revocation-z6Mk").status_code == 404


# --- presentations ---------------------------------------------------------------------------------------------------


def test_a_presentation_is_judged_with_domain_and_challenge(house: House, suite: TestClient) -> None:
    holder = make_holder("suite")
    made = issued(suite, example(issuer=mode(house).keyring.did(ED25519)))
    unsigned = {
        "@context": [V2],
        "type": ["VerifiablePresentation"],
        "holder": controller_of(holder.method),
        "verifiableCredential": [made],
    }
    shown = add(
        unsigned,
        holder,
        created=house.clock.now,
        purpose="authentication",
        domain="d.example",
        challenge="c",
        contexts=mode(house).contexts,
    )
    right = {"domain": "d.example", "challenge": "c"}
    forged = copy.deepcopy(shown)
    forged["verifiableCredential"][0]["credentialSubject"]["alumniOf"] = "Вуз"
    tries = [(shown, right, 200), (shown, {**right, "challenge": "x"}, 400), (shown, {**right, "domain": "x"}, 400)]
    for presentation, options, expected in (*tries, (forged, right, 400), (unsigned, right, 400)):
        answer = post(suite, "presentations/verify", {"verifiablePresentation": presentation, "options": options})
        assert answer.status_code == expected, answer.text


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("body", [None, [], {}, {"credential": 5, "verifiableCredential": "x"}, {"options": []}])
def test_requests_of_another_shape_are_400(suite: TestClient, door: str, body: Any) -> None:
    assert post(suite, door, body).status_code == 400


# --- what only the suites need ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("setting", ["off", "on"])
def test_a_real_installation_never_loads_it(tmp_path: Path, setting: str) -> None:
    program = f"""
import sys
from pathlib import Path
from tests.service.house import build
house = build(Path({str(tmp_path)!r}), "sqlite:///{tmp_path / "z.sqlite"}", vc_api={setting!r})
assert house.app
sys.exit(any(name.startswith("service.conformance") for name in sys.modules))
"""
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)  # noqa: S603 - our own interpreter
    assert ended.returncode == 0


def test_one_line_of_the_house_knows_it() -> None:
    found = [
        str(path.relative_to(ROOT))
        for package in ("schemas", "keys", "issuer", "verifier", "wallet_web", "service")
        for path in (ROOT / package).rglob("*.py")
        if "conformance" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, (ast.Import, ast.ImportFrom)) and "service.conformance" in ast.unparse(node)
    ]
    assert found == ["service/app.py"]


def test_its_contexts_are_unknown_elsewhere(house: House) -> None:
    for address in FILES:
        assert address in mode(house).contexts
        assert address not in BUNDLED
    with pytest.raises(Refused):
        canonicalize(example())


def test_the_keys_die_with_the_process() -> None:
    assert set(Keyring.make().signers) == set(Keyring.make().signers)
    assert not {signer.multikey for signer in Keyring.make().signers.values()} & {
        signer.multikey for signer in Keyring.make().signers.values()
    }


def test_the_suites_are_told_addresses_that_answer(house: House, suite: TestClient) -> None:
    address = house.settings.public_url
    told = configuration(address, mode(house).keyring)
    [ours] = told["implementations"]
    endpoints = [endpoint for kind in ("issuers", "verifiers", "vpVerifiers", "vcHolders") for endpoint in ours[kind]]
    for endpoint in endpoints:
        assert endpoint["id"].startswith("did:key:z")
        assert suite.post(endpoint["endpoint"].removeprefix(address), json={}).status_code == 400
    tags = {tag for endpoint in endpoints for tag in endpoint["tags"]}
    assert {tag for wanted in SUITES.values() for tag in wanted} <= tags
    for issuer in ours["issuers"]:
        made = post(suite, issuer["endpoint"].removeprefix(f"{address}/vc-api/"), {"credential": example()})
        assert made.json()["verifiableCredential"]["proof"]["verificationMethod"].startswith(issuer["id"])
    assert json.dumps(told)
