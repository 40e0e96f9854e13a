"""Signed texts before the verifier: on what terms they were signed, and which of the issuer's own keys they name.

A text never brings its key. What its header says (`kid`, `jwk`) only picks one among those that the issuer's controller document or
the network's history holds; a header that names another's key, or one that is not there, gets none (THREATS V7, V10).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from keys.errors.proofs import ChallengeWrong, DomainWrong
from keys.jose import OPEN_BADGES, Token, check_times
from schemas import fields
from schemas.dates import write_timestamp
from verifier.controllers import FoundKey, Keys, controller
from verifier.hints import Hint
from verifier.verdict import Check, Outcome


def form(token: Token) -> str:
    """What the token is, for a report: its type and its algorithm."""
    return f"{token.profile.typ}, {token.jws.header['alg']}"


def proof_of(token: Token) -> Mapping[str, Any]:
    """The terms of a token as a Data Integrity proof would write them: when it was signed, where it says so."""
    issued = token.issued
    return {} if issued is None else {"created": write_timestamp(issued)}


def check_terms(token: Token, now: datetime, skew: timedelta, *, domain: str | None, challenge: str | None) -> None:
    """Raise `ProofInvalid` unless the token is in its time and answers what was asked, where anything was.

    The term of an Open Badges token is that of the badge itself, and is judged with the badge's own dates.
    """
    own = {"iat": token.claims["iat"]} if "iat" in token.claims else {}
    check_times(own if token.profile is OPEN_BADGES else token.claims, now, skew)
    if domain is not None and fields.many(dict(token.claims), "aud") != [domain]:
        raise DomainWrong
    if challenge is not None and token.claims.get("nonce") != challenge:
        raise ChallengeWrong


def find_key(token: Token, issuer: str, purpose: str, keys: Keys) -> FoundKey:
    """The issuer's own key that the token names."""
    if _names(token, issuer):
        return keys.find(token.kid, purpose)
    if token.kid.startswith("did:") and controller(token.kid) != issuer:
        return FoundKey(None, Check("proof", Outcome.FAILED, "proof-foreign"))
    return keys.pick(issuer, hint_of(token), purpose)


def methods(token: Token, issuer: str, keys: Keys) -> list[str]:
    """What must be known before the signature can be judged: the method that is named, or the issuer's keys altogether."""
    if _names(token, issuer):
        return [token.kid]
    return [] if keys.historic_like(issuer, hint_of(token)) else [issuer]


def hint_of(token: Token) -> Hint:
    """What the header says about the key."""
    return Hint(kid=token.kid, public=token.own_key)


def _names(token: Token, issuer: str) -> bool:
    """Whether the header says no more than the address of one of the issuer's own keys."""
    return "#" in token.kid and controller(token.kid) == issuer and token.own_key is None
