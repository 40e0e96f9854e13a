"""What a proof is good for, and when: purpose, domain, challenge, time (VC-DI §4.4)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from keys import proofs
from keys.errors.proofs import (
    ChallengeWrong,
    DomainWrong,
    ProofExpired,
    ProofInvalid,
    ProofMalformed,
    ProofTooEarly,
    PurposeWrong,
)

CREATED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def terms(**changed: object) -> dict[str, object]:
    return {
        "proofPurpose": "authentication",
        "created": "2026-11-22T09:30:00Z",
        "domain": "https://s1.sever.example",
        "challenge": "c-1",
        **changed,
    }


def hold(proof: dict[str, object], **asked: Any) -> None:
    given = {
        "now": CREATED,
        "purpose": "authentication",
        "domain": "https://s1.sever.example",
        "challenge": "c-1",
        **asked,
    }
    proofs.check_terms(proof, **given)


def test_terms_that_hold() -> None:
    hold(terms())
    hold(terms(), domain=None, challenge=None)
    hold(terms(domain=["https://s1.sever.example"]))
    hold(terms(), domain=["https://s1.sever.example"])
    both = ["https://a.example", "https://s1.sever.example"]
    hold(terms(domain=both), domain=both[::-1])
    hold(terms(expires="2026-11-22T09:30:01Z"))
    hold(terms(), now=CREATED - timedelta(minutes=5))
    proof = terms()
    del proof["created"]
    hold(proof)


@pytest.mark.parametrize(
    ("proof", "asked", "error"),
    [
        (terms(proofPurpose="assertionMethod"), {}, PurposeWrong),
        (terms(), {"purpose": "assertionMethod"}, PurposeWrong),
        (terms(domain="https://s2.sever.example"), {}, DomainWrong),
        (terms(domain=["https://s2.sever.example"]), {}, DomainWrong),
        (terms(domain=["https://s2.sever.example", "https://s1.sever.example"]), {}, DomainWrong),
        (terms(), {"domain": ["https://s2.sever.example", "https://s1.sever.example"]}, DomainWrong),
        (terms(domain=["https://s1.sever.example", 7]), {}, DomainWrong),
        (terms(domain={"https://s1.sever.example": 1}), {}, DomainWrong),
        (terms(domain=None), {}, DomainWrong),
        (terms(challenge="c-2"), {}, ChallengeWrong),
        (terms(challenge=["c-1"]), {}, ChallengeWrong),
        (terms(challenge=None), {}, ChallengeWrong),
        (terms(expires="2026-11-22T09:30:00Z"), {}, ProofExpired),
        (terms(), {"now": CREATED - timedelta(minutes=5, seconds=1)}, ProofTooEarly),
        (terms(created="2026-11-22"), {}, ProofMalformed),
        (terms(created="2026-11-22T09:30:00"), {}, ProofMalformed),
        (terms(created=7), {}, ProofMalformed),
        (terms(created=None), {}, ProofMalformed),
        (terms(expires="Sun, 22 Nov 2026 09:30:00 GMT"), {}, ProofMalformed),
    ],
)
def test_terms_that_do_not_hold(proof: dict[str, object], asked: dict[str, Any], error: type[ProofInvalid]) -> None:
    with pytest.raises(error):
        hold(proof, **asked)
