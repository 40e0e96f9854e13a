"""Adding a proof (VC-DI §4.2)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from keys.multikey import multibase_encode
from keys.proofs.reading import proofs_of, without_proofs
from keys.proofs.suites import RDFC, find_suite
from keys.signer import Signer
from schemas.dates import write_timestamp


def add(
    document: Mapping[str, Any],
    signer: Signer,
    *,
    created: datetime,
    purpose: str = "assertionMethod",
    suite: str = RDFC,
    domain: str | None = None,
    challenge: str | None = None,
) -> dict[str, Any]:
    """A new document with one proof more; `proof` is always a list, and proofs that were there stay.

    Raises what canonicalising raises when the document cannot be secured without loss.
    """
    bare = without_proofs(document)
    chosen = find_suite(suite)
    options = _options(signer, created, purpose, suite)
    options |= {name: value for name, value in (("domain", domain), ("challenge", challenge)) if value is not None}
    options = chosen.options_for(bare, options)
    to_sign = chosen.hash_data(chosen.digest(bare), options, bare.get("@context"))
    earlier = proofs_of(document) if "proof" in document else []
    return {**bare, "proof": [*earlier, _proof(options, to_sign, signer)]}


def prove(context: object, content: bytes, signer: Signer, *, created: datetime) -> dict[str, Any]:
    """The proof of an assertion in eddsa-rdfc-2022 over a document of which only the `@context` and the digest are at hand."""
    options = _options(signer, created, "assertionMethod", RDFC)
    return _proof(options, find_suite(RDFC).hash_data(content, options, context), signer)


def _options(signer: Signer, created: datetime, purpose: str, suite: str) -> dict[str, Any]:
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": write_timestamp(created),
        "verificationMethod": signer.method,
        "proofPurpose": purpose,
    }


def _proof(options: Mapping[str, Any], to_sign: bytes, signer: Signer) -> dict[str, Any]:
    return {**options, "proofValue": multibase_encode(signer.sign(to_sign))}
