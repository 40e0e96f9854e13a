"""What is no badge on the campus: endorsements, and records of several credentials."""

from collections.abc import Mapping
from typing import Any

from schemas import clr
from schemas.clr import Association
from schemas.dates import write_timestamp
from tests.campus import CONTEXTS, House, make_uuid


def draft_endorsement(by: House, about: str, text: str = "Оценивают честно.", **changes: Any) -> dict[str, Any]:
    """An unsigned endorsement of the thing with that id; `changes` set members, one that is None is taken away."""
    by.awards += 1
    document = {
        "@context": list(CONTEXTS),
        "id": make_uuid("endorsement", by.code, by.awards),
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": f"Рекомендация: {by.name}",
        "issuer": {"id": by.did, "type": ["Profile"], "name": by.name},
        "validFrom": write_timestamp(by.campus.now),
        "credentialSubject": {"id": about, "type": ["EndorsementSubject"], "endorsementComment": text},
        "credentialStatus": by.status_entry("revocation", by.awards),
    } | changes
    return {name: value for name, value in document.items() if value is not None}


def endorse(by: House, about: str, **changes: Any) -> dict[str, Any]:
    """A signed and deposited endorsement."""
    document = by.sign(draft_endorsement(by, about, **changes))
    by.deposit(document)
    return document


def record(by: House, *credentials: Mapping[str, Any], associations: tuple[Association, ...] = ()) -> dict[str, Any]:
    """A signed and deposited record of these credentials."""
    by.awards += 1
    document = by.sign(
        clr.compose(
            record_id=make_uuid("record", by.code, by.awards),
            name="Зачётная книжка",
            issuer={"id": by.did, "type": ["Profile"], "name": by.name},
            subject_id=make_uuid("owner", by.code),
            credentials=[dict(credential) for credential in credentials],
            made_at=by.campus.now,
            associations=associations,
        )
    )
    by.deposit(document)
    return document
