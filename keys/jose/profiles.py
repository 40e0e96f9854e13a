"""The forms in which a credential or presentation is a signed text; never mixed: each token is of one, and its `typ` says which.

VC_JWT      vc+jwt      the credential is the payload                          VC-JOSE-COSE §3.1.1
VP_JWT      vp+jwt      the presentation is the payload                        VC-JOSE-COSE §3.1.2
VC_SD_JWT   vc+sd-jwt   the same with parts concealed                          VC-JOSE-COSE §3.2.1
VP_SD_JWT   vp+sd-jwt                                                          VC-JOSE-COSE §3.2.2
SD_JWT_VC   dc+sd-jwt   the IETF's own: a type `vct` beside the claims         draft-ietf-oauth-sd-jwt-vc
OPEN_BADGES JWT or none the badge is the payload, its facts stand in claims    Open Badges 3.0 §8.2.4
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from keys.jose.errors import HeaderForeign, TypeWrong

_MEDIA: Final = "application/"
_OF_EVERY_TOKEN: Final = frozenset({"iss", "sub", "jti", "iat", "nbf", "exp", "cnf"})
_OF_AN_ANSWER: Final = frozenset({"aud", "nonce"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One form. `claims` are the members of the payload that speak of the token and are no part of the document in it.

    `required` are those that must be there, `header` the only members of a header, None where others are passed over.
    """

    typ: str
    cty: str = ""
    presents: bool = False
    selective: bool = False
    claims: frozenset[str] = _OF_EVERY_TOKEN
    required: tuple[str, ...] = ()
    header: frozenset[str] | None = None

    @property
    def media_type(self) -> str:
        """As it stands in the `data:` URL of an envelope."""
        return _MEDIA + self.typ.lower()

    @property
    def own_key(self) -> bool:
        """Whether a key in the header is no attack, only a hint at one of the issuer's own."""
        return self.header is not None and "jwk" in self.header


VC_JWT: Final = Profile(typ="vc+jwt", cty="vc")
VP_JWT: Final = Profile(typ="vp+jwt", cty="vp", presents=True, claims=_OF_EVERY_TOKEN | _OF_AN_ANSWER)
VC_SD_JWT: Final = Profile(typ="vc+sd-jwt", cty="vc", selective=True)
VP_SD_JWT: Final = Profile(
    typ="vp+sd-jwt", cty="vp", presents=True, selective=True, claims=_OF_EVERY_TOKEN | _OF_AN_ANSWER
)
SD_JWT_VC: Final = Profile(
    typ="dc+sd-jwt", selective=True, claims=_OF_EVERY_TOKEN | {"vct", "vct#integrity"}, required=("vct",)
)
OPEN_BADGES: Final = Profile(
    typ="JWT",
    claims=_OF_EVERY_TOKEN - {"cnf"},
    required=("iss", "jti", "sub", "nbf"),
    header=frozenset({"alg", "kid", "jwk", "typ"}),
)
PROFILES: Final = (VC_JWT, VP_JWT, VC_SD_JWT, VP_SD_JWT, SD_JWT_VC, OPEN_BADGES)
_BY_TYP: Final = {profile.typ: profile for profile in PROFILES}


def profile_of(header: Mapping[str, Any], *, selective: bool) -> Profile:
    """The profile that a header names; `selective` says whether disclosures may follow the token.

    Raises `TypeWrong` for another or the other form's `typ` or `cty`, `HeaderForeign` for a member that the profile does not know.
    """
    named = header.get("typ", "JWT")
    found = _BY_TYP.get(named.removeprefix(_MEDIA) if named != f"{_MEDIA}JWT" else named)
    if found is None or found.selective is not selective:
        raise TypeWrong
    if found.header is not None and not header.keys() <= found.header:
        raise HeaderForeign
    if header.get("cty", found.cty) != found.cty:
        raise TypeWrong
    return found
