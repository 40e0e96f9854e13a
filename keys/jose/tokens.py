"""Credentials and presentations as signed texts: taken apart, held against their own claims, checked (VC-JOSE-COSE, OB 3.0 §8.2.4).

    read ── parse ── profile_of ── reveal ── claims            what the text says, and nothing of whether it is true
    verify ── jws.verify                                       that a key signed it
    check_times                                                that the signature is in its term

Nothing outside of the decoded payload travels on: `Token.document` is what was signed, without the claims about the token itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from keys import jwk
from keys.errors.proofs import ProofExpired, ProofTooEarly
from keys.errors.written import BadJwk
from keys.jose import jws
from keys.jose.disclosures import Revealed, reveal
from keys.jose.envelopes import check_envelope
from keys.jose.errors import ClaimMissing, ClaimWrong, JwsTooLarge, KeyInHeader, NestedClaim, TypeWrong
from keys.jose.jws import Jws
from keys.jose.profiles import OPEN_BADGES, SD_JWT_VC, Profile, profile_of
from keys.multikey import PublicKey
from schemas import fields
from schemas.dates import BadTimestamp, read_timestamp
from schemas.reading import read_json
from schemas.refusals import Unreadable

_LATEST: Final = 253_402_300_799  # the last second of the year 9999
_TEXTS: Final = ("iss", "sub", "jti", "nonce", "vct")
_NESTED: Final = ("vc", "vp")
_CREDENTIAL, _PRESENTATION = "VerifiableCredential", "VerifiablePresentation"
_VC_1: Final = "https://www.w3.org/2018/credentials/v1"


@dataclass(frozen=True, slots=True)
class Token:
    """A signed text, read; `text` is the whole of it, disclosures and all.

    `claims` speak of the token, `document` is the credential or presentation in it, without objects and arrays of which no part is
    shown. `places` tells where in the document each disclosure stands, `hidden` how many parts are not shown; `binding` is the key
    binding that follows.
    """

    text: str
    jws: Jws
    profile: Profile
    claims: Mapping[str, Any]
    document: dict[str, Any]
    places: Mapping[str, str] = field(default_factory=dict)
    hidden: int = 0
    binding: Jws | None = None

    @property
    def kid(self) -> str:
        """What the header calls the key, "" where it does not."""
        return str(self.jws.header.get("kid", ""))

    @property
    def own_key(self) -> PublicKey | None:
        """The key in the header, which proves nothing: a hint at one of the issuer's own. Raises `KeyInHeader`."""
        return _read_key(self.jws.header.get("jwk"))

    @property
    def holder_key(self) -> PublicKey | None:
        """The key of the holder to whom it was issued (`cnf`, RFC 7800), None where it names none. Raises `ClaimWrong`."""
        confirmed = self.claims.get("cnf")
        if confirmed is None:
            return None
        try:
            return jwk.read(confirmed.get("jwk") if isinstance(confirmed, dict) else None)
        except BadJwk as error:
            raise ClaimWrong(claim="cnf") from error

    @property
    def issued(self) -> datetime | None:
        """When it says that it was signed (`iat`). Raises `ClaimWrong`."""
        return instant(self.claims, "iat")


def read(text: str, *, limit: int = jws.LIMIT) -> Token:
    """The token in a text of any profile. Says nothing of whether its signature holds.

    Raises `TokenInvalid` (`keys.jose.errors`) and, for a payload that is no sound JSON, what `schemas.reading.read_json` raises.
    """
    if len(text) > limit:
        raise JwsTooLarge
    first, mark, rest = text.partition("~")
    signed = jws.parse(first, limit=limit)
    payload = read_json(signed.payload, limit=limit)
    jws.check_header(signed.header, own_key=True)
    profile = profile_of(signed.header, selective=bool(mark))
    jws.check_header(signed.header, own_key=profile.own_key)
    *disclosures, bound = rest.split("~") if mark else [""]
    found = reveal(payload, disclosures) if profile.selective else Revealed(payload, {}, 0)
    claims, document = _apart(found.shown, profile)
    if bound and profile.presents:
        raise TypeWrong  # whoever presents has signed already
    binding = jws.parse(bound, limit=limit) if bound else None
    token = Token(text, signed, profile, claims, document, found.places, found.hidden, binding)
    _check(token)
    return token


def payload_of(text: str, *, limit: int = jws.LIMIT) -> dict[str, Any]:
    """The payload of a text, whatever is wrong with it otherwise: to tell a credential that breaks a rule from no credential."""
    return read_json(jws.parse(text.partition("~")[0], limit=limit).payload, limit=limit)


def verify(token: Token, public: PublicKey) -> None:
    """Raise unless the key `public` signed the token; what `keys.jose.jws.verify` raises."""
    jws.verify(token.jws, public)


def check_times(claims: Mapping[str, Any], now: datetime, skew: timedelta) -> None:
    """Raise unless the claims are of their time: `ProofTooEarly`, `ProofExpired`, `ClaimWrong` (RFC 7519 §4.1.4 to §4.1.6)."""
    for name in ("iat", "nbf"):
        moment = instant(claims, name)
        if moment is not None and moment > now + skew:
            raise ProofTooEarly
    expires = instant(claims, "exp")
    if expires is not None and expires <= now:
        raise ProofExpired


def instant(claims: Mapping[str, Any], name: str) -> datetime | None:
    """A claim in seconds since 1970, UTC (RFC 7519 §2); raises `ClaimWrong` for anything else."""
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= _LATEST:
        raise ClaimWrong(claim=name)
    return datetime.fromtimestamp(value, tz=UTC)


def _read_key(found: object) -> PublicKey | None:
    try:
        return None if found is None else jwk.read(found)
    except BadJwk as error:
        raise KeyInHeader from error


def _apart(payload: Mapping[str, Any], profile: Profile) -> tuple[dict[str, Any], dict[str, Any]]:
    """The claims about the token, and the document.

    A badge of the 1.1 data model lies in the claim `vc` (VC 1.1 §6.3.1); any later one is the payload itself.
    """
    claims = {name: value for name, value in payload.items() if name in profile.claims}
    document = {name: value for name, value in payload.items() if name not in profile.claims}
    inner = document.get("vc")
    older = isinstance(inner, dict) and fields.many(inner, "@context")[:1] == [_VC_1]
    if profile is OPEN_BADGES and older and document.keys() == {"vc"}:
        return claims, document["vc"]
    if any(name in document for name in _NESTED):
        raise NestedClaim
    return claims, document


def _check(token: Token) -> None:
    """The claims are whole and say what the document says."""
    claims, document = token.claims, token.document
    for name in _TEXTS:
        if name in claims and not isinstance(claims[name], str):
            raise ClaimWrong(claim=name)
    for name in token.profile.required:
        if name not in claims:
            raise ClaimMissing(claim=name)
    _check_type(document, token.profile)
    if "aud" in document:
        raise ClaimWrong(claim="aud")  # for one receiver alone (RFC 7519 §4.1.3), and a credential is for anybody
    try:
        _check_names(claims, document, token.profile)
    except Unreadable as error:
        raise ClaimWrong(claim=error.pointer.rpartition("/")[2]) from error
    if token.profile.presents:
        _check_inside(document)
    if token.profile is OPEN_BADGES:
        _ = token.own_key
        _check_dates(claims, document)


def _check_type(document: dict[str, Any], profile: Profile) -> None:
    """A credential under the type of a credential, a presentation under that of a presentation (RFC 8725 §3.11)."""
    types = fields.many(document, "type")
    expected, other = (_PRESENTATION, _CREDENTIAL) if profile.presents else (_CREDENTIAL, _PRESENTATION)
    if other in types or (expected not in types and profile is not SD_JWT_VC):
        raise TypeWrong


def _check_names(claims: Mapping[str, Any], document: dict[str, Any], profile: Profile) -> None:
    """`iss`, `jti` and `sub` name what the document names (VC-JOSE-COSE §3.1.3, OB 3.0 §8.2.4.1)."""
    subjects = [found for _, found in fields.objects(document, "credentialSubject")]
    subject = fields.optional(subjects[0], "id") if len(subjects) == 1 else None
    named = {
        "iss": fields.reference(document, "holder" if profile.presents else "issuer"),
        "jti": fields.optional(document, "id"),
        "sub": subject,
    }
    for name, value in named.items():
        if name in claims and claims[name] != value:
            raise ClaimWrong(claim=name)


def _check_dates(claims: Mapping[str, Any], document: Mapping[str, Any]) -> None:
    """`nbf` and `exp` are the credential's own dates, to the second (OB 3.0 §8.2.4.1)."""
    for name, members in (("nbf", ("validFrom", "issuanceDate")), ("exp", ("validUntil", "expirationDate"))):
        written = next((document[member] for member in members if member in document), None)
        claimed = instant(claims, name)
        if (claimed is None) != (written is None):
            raise ClaimMissing(claim=name)
        if claimed is not None and _second(written, name) != int(claimed.timestamp()):
            raise ClaimWrong(claim=name)


def _second(written: object, claim: str) -> int:
    try:
        return int(read_timestamp(str(written)).timestamp())
    except BadTimestamp as error:
        raise ClaimWrong(claim=claim) from error


def _check_inside(document: dict[str, Any]) -> None:
    """A presentation that is a token holds enveloped credentials and no others (VC-JOSE-COSE §3.1.2)."""
    try:
        held = fields.objects(document, "verifiableCredential")
    except Unreadable as error:
        raise ClaimWrong(claim="verifiableCredential") from error
    for _, inner in held:
        check_envelope(inner)
