"""One badge under a base proof of ecdsa-sd-2023, of which the tests show parts."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from keys import proofs
from keys.ecdsa import EcdsaSigner
from keys.multikey import P256
from schemas.canonical.shape import walk

VECTORS = Path(__file__).parents[1] / "vectors" / "proofs"
CREATED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
KEY = EcdsaSigner(P256, bytes(range(32)), "did:web:ugu.sever.example#key")
MANDATORY = ["/issuer", "/validFrom", "/credentialSubject/achievement/name"]


def badge() -> dict[str, Any]:
    """A badge of which some objects have ids and some not, with several results."""
    document: dict[str, Any] = json.loads((VECTORS / "badge-rdfc.json").read_text())["unsigned"]
    document["description"] = {"@value": "Проект", "@language": "ru"}
    document["credentialSubject"]["result"] = [
        {"type": ["Result"], "resultDescription": f"urn:uuid:0000000{number}", "value": str(number * 7)}
        for number in range(4)
    ]
    return document


BADGE = badge()
BASE = proofs.add_base(BADGE, KEY, MANDATORY, created=CREATED)
PLACES = [pointer for pointer, _ in walk(BADGE) if pointer and "/description/" not in pointer]


def show(*selective: str, base: dict[str, Any] = BASE) -> dict[str, Any]:
    return proofs.derive(base, selective)


def hold(document: dict[str, Any]) -> None:
    proofs.check(document, document["proof"][0], KEY.public)


def texts(value: object) -> set[str]:
    """Every text of a document, keys aside."""
    if isinstance(value, str):
        return {value}
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {found for child in children for found in texts(child)}


CHOSEN = ("/name", "/description", "/credentialSubject/result/1", "/credentialSubject/result/2")


SHOWN = show(*CHOSEN)
