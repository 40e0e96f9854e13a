"""Badges of other people's software, made while the tests run; nothing of others is kept in the project.

Each has the pages that its issuer would publish. `standings` are those that are right for it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from openbadgeslib import ob2, ob3

from schemas.baking import unwrap
from schemas.clr import CONTEXTS
from tests.differential.oracles import Worker
from tests.keys.test_interop import MANDATORY, SELECTIVE, WHOLE, badge, secret_pair, signer
from wallet_web.collecting.standing import Standing

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HOST = "https://badges.example"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4" cx="4" cy="4"/></svg>'
CONFIRMED = frozenset({Standing.EXTERNAL})
UNCONFIRMED = frozenset({Standing.CANNOT_TELL, Standing.INVALID})
TITLES = (
    "Робототехник",
    "Young Guide",
    "Школа экскурсоводов: «Музей»",
    "Data & <Design>",
    "数学",
    "Ёлка",
    "x" * 60,
    "Первая помощь",
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One badge, what is right to say of it, and what its issuer publishes; `title` is its name where that must be shown."""

    name: str
    data: bytes
    standings: frozenset[Standing] = CONFIRMED
    title: str = ""
    pages: Mapping[str, bytes] = field(default_factory=dict)


# PyPI openbadgeslib: Open Badges 3.0 and CLR


def _pem(key: Any) -> str:
    made: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return made.decode()


def _public(key: Any) -> str:
    made: bytes = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return made.decode()


ED = ed25519.Ed25519PrivateKey.generate()
P256 = ec.generate_private_key(ec.SECP256R1())
RSA = rsa.generate_private_key(65537, 2048)


def _credential(title: str, key: Any) -> Any:
    issuer = ob3.did_key_from_pem(_public(key).encode())
    return ob3.OpenBadgeCredential(
        issuer=ob3.Issuer(id=issuer, name="Мастерская", url=f"{HOST}/"),
        recipient_id="mailto:alina@example.org",
        achievement=ob3.Achievement(
            id=f"{HOST}/achievements/1", name=title, description="О деле.", criteria_narrative="Сделать дело."
        ),
        issuance_date=AT,
    )


def library_3(png: bytes) -> Iterator[Sample]:
    """Data Integrity alone and baked, JWT with two algorithms alone and baked."""
    proofs = ob3.OB3LdpSigner(_pem(ED))
    for number, title in enumerate(TITLES):
        credential = _credential(title, ED)
        yield Sample(f"ob3 json {number}", proofs.sign_to_json(credential, created=AT).encode(), title=title)
    for kind, key in (("EdDSA", ED), ("ES256", P256)):
        texts = ob3.OB3Signer(_pem(key), kind)
        for number, title in enumerate(TITLES):
            yield Sample(f"ob3 {kind} {number}", texts.sign(_credential(title, key)).encode(), title=title)
        yield Sample(f"ob3 {kind} png", texts.sign_into_png(_credential("Картинка", key), png), title="Картинка")
        yield Sample(f"ob3 {kind} svg", texts.sign_into_svg(_credential("Картинка", key), SVG), title="Картинка")


def library_clr() -> Iterator[Sample]:
    """Records of two badges each."""
    proofs = ob3.OB3LdpSigner(_pem(ED))
    for number in range(2):
        members = [proofs.sign(_credential(title, ED), created=AT) for title in TITLES[number : number + 2]]
        document = ob3.build_clr_credential(
            {"id": ob3.did_key_from_pem(_public(ED).encode()), "type": ["Profile"], "name": "Мастерская"},
            [
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": "a@b.example",
                    "identityType": "emailAddress",
                }
            ],
            members,
            credential_id=f"urn:uuid:8d1f2a52-7a5c-4e43-9f36-0a3b1c1d8e0{number}",
            valid_from=AT,
        )
        # The standard's order of contexts, its name and its list of types, none of which the library writes (CLR 2.0 §4).
        document |= {"@context": list(CONTEXTS), "name": "Запись"}
        document["credentialSubject"]["type"] = ["ClrSubject"]
        words = ob3.bundled_clr_contexts()
        signed = ob3.add_data_integrity_proof(
            document, _pem(ED), proofs.verification_method, created=AT, extra_contexts=words
        )
        yield Sample(f"clr {number}", json.dumps(signed).encode())


# PyPI openbadgeslib: Open Badges 2.0


def _pages(key: Any, title: str) -> dict[str, bytes]:
    profile = ob2.Profile(id=f"{HOST}/issuer", name="Мастерская", url=f"{HOST}/", email="a@b.example").to_dict()
    owned = ob2.CryptographicKey(id=f"{HOST}/key", owner=f"{HOST}/issuer", public_key_pem=_public(key)).to_dict()
    earned = ob2.BadgeClass(
        id=f"{HOST}/badge",
        name=title,
        description="О деле.",
        image=f"{HOST}/badge.png",
        criteria=f"{HOST}/criteria",
        issuer=f"{HOST}/issuer",
    ).to_dict()
    documents = [profile | {"publicKey": f"{HOST}/key"}, owned, earned]
    return {str(one["id"]): json.dumps(one).encode() for one in documents}


def _assertion(number: int, *, hosted: bool) -> Any:
    kind = {"type": "hosted"} if hosted else {"type": "signed", "creator": f"{HOST}/key"}
    return ob2.Assertion(
        recipient=ob2.IdentityObject.create("alina@example.org", "соль"),
        badge=f"{HOST}/badge",
        verification=ob2.Verification.from_dict(kind),
        id=f"{HOST}/assertions/{number}" if hosted else None,
        issued_on=AT,
    )


def library_2(png: bytes) -> Iterator[Sample]:
    """Signed with two algorithms, alone and baked; hosted."""
    for kind, key in (("RS256", RSA), ("ES256", P256)):
        made = ob2.OB2Signer(_pem(key), kind)
        for number, title in enumerate(TITLES[:4]):
            signed = made.sign(_assertion(number, hosted=False)).encode()
            yield Sample(f"ob2 {kind} {number}", signed, title=title, pages=_pages(key, title))
        pages = _pages(key, "Картинка")
        one = _assertion(9, hosted=False)
        for ending, baked in (("png", made.sign_into_png(one, png)), ("svg", made.sign_into_svg(one, SVG))):
            yield Sample(f"ob2 {kind} {ending}", baked, title="Картинка", pages=pages)
    for number, title in enumerate(TITLES[:6]):
        document = json.dumps(_assertion(number, hosted=True).to_dict()).encode()
        pages = _pages(RSA, title) | {f"{HOST}/assertions/{number}": document}
        yield Sample(f"ob2 hosted {number}", document, title=title, pages=pages)


# npm @digitalbazaar/vc


def field_software(worker: Worker) -> Iterator[Sample]:
    """Whole proofs of three kinds, and shown parts."""
    made = AT.isoformat().replace("+00:00", "Z")
    for kind, suite in WHOLE:
        for number, title in enumerate(TITLES):
            document = badge(signer(kind))
            document["credentialSubject"]["achievement"]["name"] = title
            answer = worker.ask(act="sign", document=document, suite=suite, key=secret_pair(kind), created=made)
            yield Sample(f"vc {kind} {suite} {number}", json.dumps(answer["document"]).encode(), title=title)
    request = {"suite": "ecdsa-sd-2023", "key": secret_pair("P-256"), "mandatory": MANDATORY, "created": made}
    for number in range(4):
        document = badge(signer("P-256"))
        base = worker.ask(act="sign", document=document, **request)["document"]
        shown = worker.ask(act="derive", document=base, selective=SELECTIVE[: number + 1])["document"]
        yield Sample(f"vc sd {number}", json.dumps(shown).encode(), CONFIRMED | {Standing.CANNOT_TELL})


# the standards' own


def outside(vectors: Path) -> Iterator[Sample]:
    """Every credential among the vectors. Those of the W3C are signed by another than their issuer, or made of unknown words."""
    for path in sorted((vectors / "openbadges-3.0").iterdir()):
        good = path.name.startswith(("simple.json", "simple-json.", "endorsement-valid"))
        data = path.read_bytes()
        yield Sample(path.name, data, CONFIRMED if good else UNCONFIRMED, pages=_profile(data))
    for path in sorted(vectors.glob("vc-di-*/**/*.json")):
        document = json.loads(path.read_bytes())
        if isinstance(document, dict) and "proof" in document and "VerifiableCredential" in str(document.get("type")):
            yield Sample(f"{path.parent.name}/{path.name}", path.read_bytes(), UNCONFIRMED)


def _profile(data: bytes) -> dict[str, bytes]:
    """The page on which an issuer of 1EdTech's fixtures would list the key that its proof names."""
    inner = unwrap(data)
    if not inner.lstrip().startswith(b"{"):
        return {}
    proofs = json.loads(inner).get("proof", [])
    method = proofs if isinstance(proofs, list) else [proofs]
    named = next((proof.get("verificationMethod", "") for proof in method), "")
    owner, _, key = named.partition("#")
    listed = {"id": named, "type": "Multikey", "controller": owner, "publicKeyMultibase": key}
    page = {"id": owner, "verificationMethod": [listed], "assertionMethod": [named]}
    return {owner: json.dumps(page).encode()} if owner else {}
