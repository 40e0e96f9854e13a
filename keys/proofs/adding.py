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
    options: dict[str, Any] = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "created": write_timestamp(created),
        "verificationMethod": signer.method,
        "proofPurpose": purpose,
    }
    options |= {name: value for name, value in (("domain", domain), ("challenge", challenge)) if value is not None}
    options = chosen.options_for(bare, options)
    value = multibase_encode(signer.sign(chosen.hash_data(bare, options)))
    earlier = proofs_of(document) if "proof" in document else []
    return {**bare, "proof": [*earlier, {**options, "proofValue": value}]}
