"""The command of the JOSE suite: each of its acts writes one result, and a refusal is a result."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from keys import jwk
from keys.ecdsa import EcdsaSigner
from keys.ed25519 import Ed25519Signer
from keys.multikey import ED25519, P256
from keys.signer import Signer
from service.conformance.tokens import FEATURES, main

DOCKER = Path(__file__).parents[1] / "interop" / "docker"
ISSUER = "https://issuer.example/1"
V2 = "https://www.w3.org/ns/credentials/v2"
CREDENTIAL: dict[str, Any] = {
    "@context": [V2, "https://www.w3.org/ns/credentials/examples/v2"],
    "type": ["VerifiableCredential"],
    "issuer": ISSUER,
    "validFrom": "2010-01-01T19:23:24Z",
    "credentialSubject": {"id": "did:example:subject", "degree": {"name": "Бакалавр"}, "phones": ["1", "2"]},
}
SIGNERS: dict[str, tuple[Signer, bytes]] = {
    P256: (EcdsaSigner(P256, bytes(range(1, 33)), f"{ISSUER}#key"), bytes(range(1, 33))),
    ED25519: (Ed25519Signer(bytes(range(32)), f"{ISSUER}#key"), bytes(range(32))),
}


class Suite:
    """The folder of the suite, and its two acts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("input", "output"):
            (folder / "tests" / name).mkdir(parents=True)
        for kind, (signer, secret) in SIGNERS.items():
            public = jwk.write(signer.public)
            pair = {"id": signer.method, "publicKeyJwk": public, "secretKeyJwk": {**public, "d": jwk.encode(secret)}}
            self.write(f"{kind}.json", json.dumps(pair))

    def write(self, name: str, text: str) -> None:
        (self.folder / "tests" / "input" / name).write_text(text, encoding="utf-8")

    def arguments(self, act: str, feature: str, key: str, root: str, *more: str) -> list[str]:
        files = ["--input", f"{root}/tests/input/given", "--key", f"{root}/tests/input/{key}.json"]
        return [act, *files, "--feature", feature, *more, "--output", f"{root}/tests/output/1.json"]

    def result(self, act: str, feature: str, given: str, key: str = P256, *more: str) -> dict[str, str]:
        self.write("given", given)
        assert main(self.arguments(act, feature, key, str(self.folder), *more)) == 0
        return self.written()

    def written(self) -> dict[str, str]:
        found: dict[str, str] = json.loads((self.folder / "tests" / "output" / "1.json").read_text("utf-8"))
        return found


@pytest.fixture
def suite(tmp_path: Path, vectors: Path, monkeypatch: pytest.MonkeyPatch) -> Suite:
    monkeypatch.setenv("ZACHETKA_VECTORS", str(vectors))
    return Suite(tmp_path)


def document(feature: str) -> str:
    if feature.startswith("credential"):
        return json.dumps(CREDENTIAL)
    envelope = {"@context": V2, "type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,e30.e30.e30"}
    presentation = {"type": ["VerifiablePresentation"], "holder": ISSUER, "verifiableCredential": [envelope]}
    return json.dumps({"@context": [V2], **presentation})


@pytest.mark.parametrize("kind", SIGNERS)
@pytest.mark.parametrize("feature", FEATURES)
def test_what_is_issued_is_verified_with_its_key_alone(suite: Suite, feature: str, kind: str) -> None:
    made = suite.result("issue", feature, document(feature), kind)
    assert made["result"] == "success"
    assert suite.result("verify", feature, made["data"], kind) == made
    [other] = SIGNERS.keys() - {kind}
    assert suite.result("verify", feature, made["data"], other)["result"] == "failure"
    [another] = [name for name in FEATURES if name[:4] == feature[:4] and name != feature]
    assert suite.result("verify", another, made["data"], kind) == {"result": "failure", "data": "jwt-typ"}


def test_what_is_named_is_concealed(suite: Suite) -> None:
    paths = json.dumps(["credentialSubject.degree.name", "credentialSubject.phones[0]"])
    made = suite.result("issue", "credential_sdjwt", json.dumps(CREDENTIAL), P256, "--sd", paths)
    assert made["data"].count("~") == 3
    shown = suite.result("verify", "credential_sdjwt", made["data"].split("~")[0] + "~")
    assert shown["result"] == "success"


@pytest.mark.parametrize(
    "given",
    [
        json.dumps(CREDENTIAL),
        "e30.e30.e30",
        json.dumps({**CREDENTIAL, "validFrom": "yesterday"}),
    ],
)
def test_what_is_not_signed_is_not_verified(suite: Suite, given: str) -> None:
    assert suite.result("verify", "credential_jose", given)["result"] == "failure"


@pytest.mark.parametrize("change", [{"issuer": None}, {"credentialSubject": []}, {"@context": [V2], "unknown": "x"}])
def test_what_breaks_the_data_model_is_not_issued(suite: Suite, change: dict[str, Any]) -> None:
    assert suite.result("issue", "credential_jose", json.dumps({**CREDENTIAL, **change}))["result"] == "failure"


def test_the_suite_calls_it_in_the_place_of_docker(suite: Suite) -> None:
    suite.write("given", json.dumps(CREDENTIAL))
    before = ["compose", "-f", "./implementations/compose.yml", "run", "--rm", "Zachetka"]
    paths = ["--sd", '["credentialSubject.phones[0]"]']
    command = [str(DOCKER), *before, *suite.arguments("issue", "credential_sdjwt", P256, "", *paths)]
    subprocess.run(command, cwd=suite.folder, check=True)  # noqa: S603 - our own command
    assert suite.written()["data"].count("~") == 2
