"""What is sent to a door: a body that reaches the question of rights, and changes nothing where the answer is yes."""

import json
from typing import Any

from schemas.identity import IDENTITY_TYPE
from service.demo.people import account_of, guardian_of
from service.demo.wallets import LEARNER
from tests.journeys import cast
from tests.journeys.things import ISSUER, Things


def sent(row: str, kind: str, things: Things) -> dict[str, Any]:
    """A body that reaches the question of rights, and changes nothing where the answer is yes."""
    forms: dict[str, dict[str, str]] = {
        "POST /demo/sign-in": {"account": cast.account(kind if kind in cast.SIGNED_IN else "employer")},
        "POST /issuer/{organisation}/award": {"achievement": "m08"},
        "POST /issuer/{organisation}/batches/{batch_id}/steer": {"act": "pause"},
        "POST /issuer/{organisation}/catalogue/rules": {"second_person": "yes"},
        "POST /offers/{code}": {"learner": account_of(LEARNER)},
        "POST /roll/{school}/learners/{learner}/consents": {"person": account_of(guardian_of(LEARNER))},
        "POST /credit/register/{school}/export": {"form": "csv"},
        "POST /credit/curricula/{school}/components/{component_id}/retire": {"act": "return"},
        "POST /requests/new": {"organisation": ISSUER},
        "POST /wallet/{learner}/requests/{request_id}": {"act": "find"},
        "POST /credit/plans/{learner}/applications": {"item": things.item},
        "POST /credit/plans/{learner}/parallel": {"item": things.item, "act": "end"},
        "POST /verify": {"text": things.badge.decode()},
        "POST /verify/many": {"links": "https://elsewhere.example/v/x"},
        "POST /wallet/{learner}/apply/{case}": {"version": "0"},
        "POST /wallet/{learner}/badges/{entry}/remove": {"sure": ""},
    }
    award = {
        "organisation": "ugu",
        "achievement": "m08",
        "learner_number": things.number,
        "event": "№ 2",
        "result": "5",
    }
    documents: dict[str, dict[str, Any]] = {
        "POST /requests": {"organisation": ISSUER, "wanted": "", "purpose": ""},
        "POST /api/awards": award,
        "POST /api/offers/{code}": {"learner": account_of(LEARNER)},
        "POST /api/awards/{award_id}/revoke": {"reason": ""},
        "POST /api/awards/{award_id}/suspend": {"reason": ""},
        "POST /api/awards/{award_id}/lift": {"reason": ""},
        "POST /api/awards/{award_id}/correct": {"organisation": "ugu", "event": "№ 3", "reason": ""},
        "POST /api/credit/cases/{case_id}/{event}": {"version": 0},
        "POST /credit/applications": {"component": things.item, "wish": "full", "presentation": {}},
        "POST /api/wallet/{learner}/presentations": {"badges": [], "domain": "did:web:s1.example", "challenge": "1"},
        "POST /api/wallet/{learner}/consents": {"text_hash": "0" * 64},
        "POST /api/wallet/{learner}/shares": {"badges": [], "audience": "", "purpose": ""},
    }
    if row.startswith("POST /vc-api/"):
        return {"json": programs_say(row, things)}
    if row in {"POST /api/verify", "POST /requests/{request_id}"}:
        return {"content": things.badge}
    return {"json": documents[row]} if row in documents else {"form": forms.get(row, {})}


def programs_say(row: str, things: Things) -> dict[str, Any]:
    """What a program sends: about her badge, or to award it once more without saying on which occasion."""
    badge = json.loads(things.badge)
    number = {"type": "IdentityObject", "identityType": IDENTITY_TYPE, "hashed": False, "identityHash": things.number}
    achievement = {"id": badge["credentialSubject"]["achievement"]["id"]}
    draft = {"credentialSubject": {"achievement": achievement, "identifier": [number]}}
    entry = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation"}
    presentation = {"type": ["VerifiablePresentation"], "verifiableCredential": [badge]}
    bodies: dict[str, dict[str, Any]] = {
        "POST /vc-api/credentials/issue": {"credential": draft, "options": {}},
        "POST /vc-api/credentials/status": {"credentialId": badge["id"], "credentialStatus": entry, "options": {}},
        "POST /vc-api/credentials/verify": {"verifiableCredential": badge},
        "POST /vc-api/credentials/derive": {"verifiableCredential": badge},
        "POST /vc-api/presentations/verify": {"verifiablePresentation": presentation},
    }
    return bodies[row]
