"""The issuer's proof: made for the holder, who derives from it what they show (VC-DI-ECDSA §3.6.1-3.6.5)."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from keys.ecdsa import EcdsaSigner, make_secret
from keys.errors.proofs import SuiteUnknown
from keys.multikey import P256, decode
from keys.proofs.adding import options_of, with_proof
from keys.proofs.reading import without_proofs
from keys.proofs.sd.signed import NAME, configuration_hash, signed_data
from keys.proofs.sd.statements import Statements
from keys.proofs.sd.values import BaseValue
from keys.signer import Signer
from schemas.loader import BUNDLED, Contexts


def add_base(
    document: Mapping[str, Any],
    signer: Signer,
    mandatory: Sequence[str],
    *,
    created: datetime,
    purpose: str = "assertionMethod",
    contexts: Contexts = BUNDLED,
) -> dict[str, Any]:
    """A new document with a base proof in ecdsa-sd-2023 more; whoever derives from it must show what `mandatory` points to.

    What a verifier has to see (issuer, status, dates) belongs into `mandatory`: a holder leaves out what they may. Each call draws
    its own secrets, so no two proofs are equal. Raises `SuiteUnknown` for another key than one on P-256, `SelectionWrong`,
    `SelectionUnsupported`, and what canonicalising raises.
    """
    kind = decode(signer.multikey).kind
    if kind != P256:
        raise SuiteUnknown(suite=f"{NAME}, {kind}")
    options = options_of(signer, created, purpose, NAME)
    own = EcdsaSigner(P256, make_secret(P256), signer.method)
    statements = Statements(without_proofs(document), label_key := secrets.token_bytes(32), contexts)
    configuration = configuration_hash(options, document.get("@context"), contexts)
    value = base_value(statements, configuration, mandatory, signer=signer, own=own, label_key=label_key)
    return with_proof(document, {**options, "proofValue": value.write()})


def base_value(
    statements: Statements,
    configuration: bytes,
    mandatory: Sequence[str],
    *,
    signer: Signer,
    own: EcdsaSigner,
    label_key: bytes,
) -> BaseValue:
    """The signatures: by the issuer over what is `mandatory`, by the proof's `own` key over each other statement."""
    must = statements.made_by(mandatory)
    parts: tuple[list[str], list[str]] = ([], [])
    for place, line in enumerate(statements.lines):
        parts[place not in must].append(line)
    signature = signer.sign(signed_data(configuration, own.public, parts[0]))
    return BaseValue(signature, own.public, label_key, [own.sign(line.encode()) for line in parts[1]], list(mandatory))
