"""JOSE: credentials and presentations as signed texts, whole or to be shown in part.

    text = sign_credential(document, signer, VC_JWT)          a JWT; OPEN_BADGES for the form of Open Badges 3.0
    text = sign_presentation(document, signer, audience=…)    of envelopes: envelope(text, VC_JWT)
    text = conceal(document, signer, ["/credentialSubject/identifier"], VC_SD_JWT)
    text = disclose(read(text), ["/credentialSubject/identifier/0"])
    text = bind(read(text), holder, audience=…, nonce=…, now=…)

    token = read(text)                  what it says: token.profile, token.kid, token.document
    verify(token, public)               that this key signed it; the algorithm is the key's
    check_times(token.claims, now, skew)
    check_binding(token, now=…, age=…)

A private JWK becomes a signer by `keys.jwk.signer(jwk, method)`, a public one a key by `keys.jwk.read(jwk)`.
"""

from keys.jose.binding import bind, check_binding
from keys.jose.envelopes import ENVELOPES, envelope, open_envelope
from keys.jose.making import conceal, disclose, sign_credential, sign_presentation
from keys.jose.profiles import (
    OPEN_BADGES,
    PROFILES,
    SD_JWT_VC,
    VC_JWT,
    VC_SD_JWT,
    VP_JWT,
    VP_SD_JWT,
    Profile,
)
from keys.jose.tokens import Token, check_times, payload_of, read, verify

__all__ = [
    "ENVELOPES",
    "OPEN_BADGES",
    "PROFILES",
    "SD_JWT_VC",
    "VC_JWT",
    "VC_SD_JWT",
    "VP_JWT",
    "VP_SD_JWT",
    "Profile",
    "Token",
    "bind",
    "check_binding",
    "check_times",
    "conceal",
    "disclose",
    "envelope",
    "open_envelope",
    "payload_of",
    "read",
    "sign_credential",
    "sign_presentation",
    "verify",
]
