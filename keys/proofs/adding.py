"""Adding a proof (VC-DI §4.2), also to a set or to a chain (§4.3)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from keys.errors.proofs import SuiteUnknown
from keys.multikey import decode
from keys.proofs.reading import proofs_of, without_proofs
from keys.proofs.secured import Secured
from keys.proofs.suites import DATA_INTEGRITY, RDFC, find_suite
from keys.signer import Signer
from schemas.dates import write_timestamp
from schemas.loader import BUNDLED, Contexts


def add(
    document: Mapping[str, Any],
    signer: Signer,
    *,
    created: datetime,
    purpose: str = "assertionMethod",
    suite: str = RDFC,
    domain: str | Sequence[str] | None = None,
    challenge: str | None = None,
    expires: datetime | None = None,
    proof_id: str | None = None,
    previous: str | Sequence[str] | None = None,
    contexts: Contexts = BUNDLED,
) -> dict[str, Any]:
    """A new document with one proof more; `proof` is always a list, and proofs that were there stay.

    With `previous`, the ids of proofs that are there, the new proof covers those as well: the document becomes a chain.
    Raises `SuiteUnknown` for a key of a kind that the suite does not take, `ProofMalformed` where `previous` names what is not
    there, and what canonicalising raises when the document cannot be secured without loss.
    """
    chosen = find_suite(suite)
    if decode(signer.multikey).kind not in chosen.kinds:
        raise SuiteUnknown(suite=f"{suite}, {decode(signer.multikey).kind}")
    wanted = {
        "domain": domain if domain is None or isinstance(domain, str) else list(domain),
        "challenge": challenge,
        "expires": None if expires is None else write_timestamp(expires),
        "id": proof_id,
        "previousProof": previous if previous is None or isinstance(previous, str) else list(previous),
    }
    secured = Secured(document, contexts=contexts)
    options = options_of(signer, created, purpose, suite)
    options |= {name: value for name, value in wanted.items() if value is not None}
    options = chosen.options_for(document, options)
    return with_proof(document, {**options, "proofValue": chosen.sign(secured, options, signer)})


def prove(context: object, content: bytes, signer: Signer, *, created: datetime) -> dict[str, Any]:
    """The proof of an assertion in eddsa-rdfc-2022 over a document of which only the `@context` and the digest are at hand."""
    options = options_of(signer, created, "assertionMethod", RDFC)
    return {**options, "proofValue": find_suite(RDFC).sign_digest(content, options, context, signer)}


def with_proof(document: Mapping[str, Any], proof: Mapping[str, Any]) -> dict[str, Any]:
    """The document with one proof more."""
    earlier = proofs_of(document) if "proof" in document else []
    return {**without_proofs(document), "proof": [*earlier, proof]}


def options_of(signer: Signer, created: datetime, purpose: str, suite: str) -> dict[str, Any]:
    """What every proof says of itself (VC-DI §2.1)."""
    return {
        "type": DATA_INTEGRITY,
        "cryptosuite": suite,
        "created": write_timestamp(created),
        "verificationMethod": signer.method,
        "proofPurpose": purpose,
    }
