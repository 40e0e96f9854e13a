"""Signing: a credential or presentation becomes a token, with parts of it concealed where its holder may choose what to show."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from keys import jwk
from keys.jose import jws
from keys.jose.disclosures import conceal as conceal_in
from keys.jose.errors import TypeWrong
from keys.jose.profiles import OPEN_BADGES, VC_JWT, VC_SD_JWT, VP_JWT, Profile
from keys.jose.tokens import Token, read
from keys.multikey import PublicKey
from keys.signer import Signer
from schemas import fields
from schemas.dates import read_timestamp


def sign_credential(
    document: Mapping[str, Any],
    signer: Signer,
    profile: Profile = VC_JWT,
    *,
    issued: datetime | None = None,
    expires: datetime | None = None,
    kid: str | None = None,
) -> str:
    """A credential as a signed text.

    `issued` and `expires` are dates of the signature (`iat`, `exp`); in the Open Badges form the dates are those of the credential.
    `kid` stands for the key, else it is the signer's verification method. Raises what `read` raises: a token that would not be read
    back is not given out (the Open Badges form demands an id, one subject with an id, and `validFrom`).
    """
    claims = _open_badges_claims(document) if profile is OPEN_BADGES else _claims(document, "issuer", issued, expires)
    text = jws.sign(_header(profile, signer, kid), {**document, **claims}, signer)
    return _read_back(text, profile)


def sign_presentation(
    document: Mapping[str, Any],
    signer: Signer,
    *,
    audience: str | None = None,
    nonce: str | None = None,
    issued: datetime | None = None,
    expires: datetime | None = None,
    kid: str | None = None,
) -> str:
    """A presentation of enveloped credentials as a signed text, for `audience` in answer to `nonce` (VC-JOSE-COSE §3.1.2)."""
    asked = {name: value for name, value in (("aud", audience), ("nonce", nonce)) if value is not None}
    claims = _claims(document, "holder", issued, expires)
    return _read_back(jws.sign(_header(VP_JWT, signer, kid), {**document, **claims, **asked}, signer), VP_JWT)


def conceal(
    document: Mapping[str, Any],
    signer: Signer,
    pointers: Iterable[str],
    profile: Profile = VC_SD_JWT,
    *,
    decoys: int = 0,
    holder: PublicKey | None = None,
    vct: str = "",
    issued: datetime | None = None,
    expires: datetime | None = None,
    kid: str | None = None,
) -> str:
    """A credential or presentation as SD-JWT in which each place of `pointers` may be shown or not (RFC 9901 §6.1).

    `holder` is the key to which it is bound, `vct` its type in the form `SD_JWT_VC`. Raises `CannotConceal`, `NameReserved`.
    """
    hidden, disclosures = conceal_in(document, pointers, decoys=decoys)
    claims = _claims(document, "holder" if profile.presents else "issuer", issued, expires)
    bound = {"cnf": {"jwk": jwk.write(holder)}} if holder else {}
    typed = {"vct": vct} if vct else {}
    text = jws.sign(_header(profile, signer, kid), {**hidden, **claims, **bound, **typed}, signer)
    return _read_back("~".join([text, *disclosures, ""]), profile)


def disclose(token: Token, pointers: Iterable[str]) -> str:
    """The same token with only those disclosures that show the places of `pointers`, and what they lie in.

    Places are those of `token.places`; a key binding falls away, as it is over another selection.
    """
    wanted = set(pointers)
    kept = [
        disclosure
        for place, disclosure in token.places.items()
        if any(pointer == place or pointer.startswith(f"{place}/") for pointer in wanted)
    ]
    return "~".join([token.jws.text, *kept, ""])


def _header(profile: Profile, signer: Signer, kid: str | None) -> dict[str, str]:
    typed = {"typ": profile.typ, **({"cty": profile.cty} if profile.cty else {})}
    named = signer.method if kid is None else kid
    return {**typed, **({"kid": named} if named else {})}


def _claims(document: Mapping[str, Any], who: str, issued: datetime | None, expires: datetime | None) -> dict[str, Any]:
    """`iss` and the dates of the signature; nothing is said twice that the document says (VC-JOSE-COSE §3.1.3)."""
    named = fields.reference(dict(document), who)
    dates = {"iat": issued, "exp": expires}
    written = {name: int(moment.timestamp()) for name, moment in dates.items() if moment is not None}
    return {**({"iss": named} if named else {}), **written}


def _open_badges_claims(document: Mapping[str, Any]) -> dict[str, Any]:
    """The claims that Open Badges 3.0 §8.2.4.1 demands, from the badge's own facts."""
    held = dict(document)
    subjects = [found for _, found in fields.objects(held, "credentialSubject")]
    named = {
        "iss": fields.reference(held, "issuer"),
        "jti": fields.optional(held, "id"),
        "sub": fields.optional(subjects[0], "id") if len(subjects) == 1 else None,
        "nbf": _seconds(held, "validFrom"),
        "exp": _seconds(held, "validUntil"),
    }
    return {name: value for name, value in named.items() if value is not None}


def _seconds(document: dict[str, Any], name: str) -> int | None:
    written = fields.optional(document, name)
    return None if written is None else int(read_timestamp(written).timestamp())


def _read_back(text: str, profile: Profile) -> str:
    """Our own output, read once as a stranger would read it."""
    if read(text).profile is not profile:
        raise TypeWrong
    return text
