"""What the acts are held against: the least that cryptography itself costs, and the same acts done with pyld."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import jsonschema
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyld import jsonld

from bench.badge import NOW
from bench.world import World
from keys.multikey import multibase_encode
from schemas.dates import write_timestamp
from schemas.loader import context, schema

Act = Callable[[int], Any]

_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
_PUBLIC = _KEY.public_key()
_TO_SIGN = bytes(64)
_SIGNATURE = _KEY.sign(_TO_SIGN)


def signing(world: World) -> Act:
    """One Ed25519 signature and one SHA-256 of the canonical form."""

    def act(number: int) -> bytes:
        sha256(world.canonical[number]).digest()
        return _KEY.sign(_TO_SIGN)

    return act


def verifying(world: World) -> Act:
    """JSON read, one SHA-256 of the canonical form, one Ed25519 verification."""

    def act(number: int) -> None:
        json.loads(world.badges[number])
        sha256(world.canonical[number]).digest()
        _PUBLIC.verify(_SIGNATURE, _TO_SIGN)

    return act


def pyld_canonical(world: World) -> Act:
    """`jsonld.normalize` with URDNA2015, which for these badges gives the same bytes."""
    return lambda number: _normalized(world.documents[number])


def pyld_sign(world: World) -> Act:
    """A proof made with pyld, and the file written."""

    def act(number: int) -> bytes:
        document = world.documents[number]
        options = {"cryptosuite": "eddsa-rdfc-2022", "created": write_timestamp(NOW), "proofPurpose": "assertionMethod"}
        options |= {"type": "DataIntegrityProof", "verificationMethod": world.house.signer.method}
        signed = _hash({**options, "@context": document["@context"]}) + _hash(document)
        proof = {**options, "proofValue": multibase_encode(_KEY.sign(signed))}
        return json.dumps({**document, "proof": [proof]}, ensure_ascii=False).encode()

    return act


def pyld_verify(world: World) -> Act:
    """A proof checked with pyld."""

    def act(number: int) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(world.badges[number])
        [proof] = document.pop("proof")
        proof.pop("proofValue")
        _hash({**proof, "@context": document["@context"]})
        _hash(document)
        _PUBLIC.verify(_SIGNATURE, _TO_SIGN)
        return document

    return act


def pyld_verify_full(world: World) -> Act:
    """The same, and the schema by `jsonschema`."""
    verify = pyld_verify(world)
    validator = jsonschema.Draft201909Validator(schema("achievementcredential"))
    return lambda number: validator.validate(verify(number))


def _hash(document: dict[str, Any]) -> bytes:
    return sha256(_normalized(document).encode()).digest()


def _normalized(document: dict[str, Any]) -> str:
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load}
    text: str = jsonld.normalize(document, options)
    return text


def _load(url: str, options: object = None) -> dict[str, Any]:
    del options
    found = {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "tag": "static"}
    return {**found, "document": context(url)}
