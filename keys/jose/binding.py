"""Key binding of an SD-JWT (RFC 9901 §4.3, §7.3): the holder signs whom they show which selection to, and when."""

from datetime import datetime, timedelta

from keys import jwk
from keys.errors.proofs import ChallengeWrong, DomainWrong, ProofInvalid
from keys.jose import jws
from keys.jose.disclosures import ALGORITHM, HASHES
from keys.jose.errors import BindingMissing, BindingWrong, ClaimWrong
from keys.jose.tokens import Token, instant
from keys.signer import Signer
from schemas.reading import read_json
from schemas.refusals import Refused

TYP = "kb+jwt"
_BYTES = 65_536
_SKEW = timedelta(minutes=5)


def bind(token: Token, signer: Signer, *, audience: str, nonce: str, now: datetime) -> str:
    """The token and what it discloses, bound by its holder to one receiver and one request."""
    selection = _selection(token)
    claims = {"iat": int(now.timestamp()), "aud": audience, "nonce": nonce, "sd_hash": _hash(token, selection)}
    return selection + jws.sign({"typ": TYP}, claims, signer)


def check_binding(
    token: Token, *, now: datetime, age: timedelta | None, audience: str | None = None, nonce: str | None = None
) -> None:
    """Raise unless the holder's own key signed this very selection, not in the future and, where `age` is given, not longer ago.

    `audience` and `nonce` are what was asked, None where nothing was. `BindingMissing` where there is no binding or no holder's
    key in the token, `BindingWrong` where it does not hold, `DomainWrong` and `ChallengeWrong` where it answers something else.
    """
    public = token.holder_key
    if token.binding is None or public is None:
        raise BindingMissing
    try:
        jws.check_header(token.binding.header)
        jws.verify(token.binding, public)
        claims = read_json(token.binding.payload, limit=_BYTES)
        signed = instant(claims, "iat")
    except (ProofInvalid, Refused, ClaimWrong) as error:
        raise BindingWrong from error
    whole = all(isinstance(claims.get(name), str) for name in ("aud", "nonce", "sd_hash"))
    if token.binding.header.get("typ") != TYP or not whole or claims["sd_hash"] != _hash(token, _selection(token)):
        raise BindingWrong
    if signed is None or signed > now + _SKEW or (age is not None and now - signed > age):
        raise BindingWrong
    if audience is not None and claims["aud"] != audience:
        raise DomainWrong
    if nonce is not None and claims["nonce"] != nonce:
        raise ChallengeWrong


def _selection(token: Token) -> str:
    """The token and its disclosures up to the last `~`, in their order."""
    return token.text[: token.text.rindex("~") + 1]


def _hash(token: Token, selection: str) -> str:
    payload = read_json(token.jws.payload, limit=jws.LIMIT)
    return jwk.encode(HASHES[str(payload.get(ALGORITHM, "sha-256"))](selection.encode()).digest())
