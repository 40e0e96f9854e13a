"""Signed texts inside of JSON: EnvelopedVerifiableCredential and EnvelopedVerifiablePresentation (VCDM 2.0 §4.13.1, §4.13.2)."""

import re
from collections.abc import Mapping
from typing import Any, Final

from keys.jose.errors import EnvelopeUnknown, EnvelopeWrong
from keys.jose.profiles import OPEN_BADGES, PROFILES, Profile
from schemas import fields
from schemas.canonical.contexts import BASE

CREDENTIAL: Final = "EnvelopedVerifiableCredential"
PRESENTATION: Final = "EnvelopedVerifiablePresentation"
ENVELOPES: Final = frozenset({CREDENTIAL, PRESENTATION})
_BY_MEDIA: Final = {profile.media_type: profile for profile in PROFILES if profile is not OPEN_BADGES}
_DATA: Final = re.compile(r"data:[a-z0-9.+-]+/[a-z0-9.+-]+(?:;base64)?,.", re.ASCII)
_TEXT: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+(?:~[A-Za-z0-9_.~-]*)?", re.ASCII)
_MEMBERS: Final = frozenset({"@context", "id", "type"})


def envelope(text: str, profile: Profile) -> dict[str, Any]:
    """The object that carries a signed text; raises `EnvelopeWrong` for the Open Badges form, which has no media type."""
    if profile is OPEN_BADGES:
        raise EnvelopeWrong
    return {"@context": BASE, "id": f"data:{profile.media_type},{text}", "type": _kind(profile)}


def check_envelope(document: Mapping[str, Any]) -> None:
    """Raise `EnvelopeWrong` for what is no envelope of anything, and for one with another context or member: nobody signed it."""
    held = dict(document)
    if not held.keys() <= _MEMBERS or not isinstance(held.get("id"), str) or not _DATA.match(held["id"]):
        raise EnvelopeWrong
    kinds, contexts = fields.many(held, "type"), fields.many(held, "@context")
    if len(kinds) != 1 or kinds[0] not in {CREDENTIAL, PRESENTATION} or contexts not in ([], [BASE]):
        raise EnvelopeWrong


def open_envelope(document: Mapping[str, Any]) -> tuple[str, Profile]:
    """The text in an envelope, and the profile that its media type names; the header of the text must name it again.

    Raises `EnvelopeWrong` as `check_envelope` and for an `id` that holds no token, `EnvelopeUnknown` for a form not read here.
    """
    check_envelope(document)
    media, _, text = document["id"].removeprefix("data:").partition(",")
    profile = _BY_MEDIA.get(media)
    if profile is None:
        raise EnvelopeUnknown
    if fields.many(dict(document), "type") != [_kind(profile)] or not _TEXT.fullmatch(text):
        raise EnvelopeWrong
    return text, profile


def _kind(profile: Profile) -> str:
    return PRESENTATION if profile.presents else CREDENTIAL
