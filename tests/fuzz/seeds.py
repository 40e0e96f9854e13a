"""Where fuzzing starts: our own cases, whole and in small, and what was found before."""

import json
from pathlib import Path
from typing import Any, Final

from tests.fuzz.words import CONTEXTS

VECTORS: Final = Path(__file__).parent.parent / "vectors"
CORPUS: Final = Path(__file__).parent / "corpus"
_BASE: Final = {
    "@context": [CONTEXTS[0], "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
}


def seeds() -> list[bytes]:
    """The inputs of the first generation."""
    files = [*VECTORS.glob("canonical/*/document.json"), *VECTORS.glob("proofs/*.json"), *CORPUS.iterdir()]
    refused = [json.loads(file.read_text("utf-8"))["document"] for file in sorted(VECTORS.glob("refused/*.json"))]
    return [*(file.read_bytes() for file in sorted(files)), *map(_written, [*refused, *_small()])]


def _written(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _small() -> list[dict[str, Any]]:
    """Documents of a few statements: most mutations of a large one meet nothing new."""
    subject = {"type": ["AchievementSubject"], "achievement": {"id": "urn:a", "type": ["Achievement"], "name": "x"}}
    return [
        {**_BASE, "issuer": "urn:i", "credentialSubject": subject},
        {**_BASE, "issuer": {"id": "urn:i", "type": ["Profile"], "parentOrg": {"type": ["Profile"], "name": "x"}}},
        {**_BASE, "evidence": [{"type": ["Evidence"], "name": "a"}, {"type": ["Evidence"], "name": "b"}]},
        {**_BASE, "name": {"@value": "x", "@language": "ru", "@direction": "ltr"}, "validFrom": "2026-11-20T09:00:00Z"},
        {**_BASE, "credentialSchema": {"id": "urn:s", "type": "JsonSchema"}, "proof": [{"type": "DataIntegrityProof"}]},
        {
            "@context": [CONTEXTS[0]],
            "type": ["VerifiablePresentation"],
            "verifiableCredential": [{**_BASE, "issuer": "urn:i"}, {**_BASE, "issuer": "urn:j"}],
        },
        {
            "@context": CONTEXTS[0],
            "type": "VerifiableCredential",
            "credentialStatus": {"type": "BitstringStatusListEntry"},
        },
        {
            **_BASE,
            "type": ["VerifiableCredential", "JsonSchemaCredential"],
            "credentialSubject": {"jsonSchema": {"a": [1.5]}},
        },
    ]
