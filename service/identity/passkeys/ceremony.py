"""What is asked of a device and what its answer proves, over py_webauthn: the one module that knows it (WebAuthn §7.1, §7.2).

party_of ─ options_to_make ─▶ the browser ─▶ read_new     a passkey to keep
party_of ─ options_to_use ──▶ the browser ─▶ read_used    that a kept one was used just now
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json_dict
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from service.identity.passkeys.errors import PasskeyWrong

SITE = "Зачётка"
ANSWER_BYTES = 16_384
_SECONDS = 120_000  # in milliseconds, as browsers want it
Options = dict[str, Any]
Answer = Mapping[str, Any]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Party:
    """Us, as browsers know us: the host that passkeys are made for, and the origin of our pages."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """What a device has made."""

    credential: str
    public_key: bytes
    count: int


@dataclass(frozen=True, slots=True)
class Claim:
    """Which passkey an answer says that it is of, and the handle of its owner; nothing is proved yet."""

    credential: str
    handle: str


@dataclass(frozen=True, slots=True)
class Use:
    """What a proved answer says: how often the device has signed, and whether it has asked its owner who they are."""

    count: int
    verified: bool


def party_of(public_url: str) -> Party | None:
    """The party at the configured address; None where it is a bare number, for which no browser makes passkeys."""
    parts = urlsplit(public_url)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return Party(host, f"{parts.scheme}://{parts.netloc}")
    return None


def options_to_make(
    party: Party, challenge: bytes, handle: bytes, login: str, known: Iterable[str], *, verified: bool
) -> Options:
    """What the browser gets for `navigator.credentials.create`: a discoverable passkey, without attestation.

    Of the person it holds the name for signing in, by which they tell their accounts apart, and a random handle.
    """
    options = webauthn.generate_registration_options(
        rp_id=party.host,
        rp_name=SITE,
        user_name=login,
        user_id=handle,
        challenge=challenge,
        timeout=_SECONDS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_verification(verified)
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(one)) for one in known],
    )
    return options_to_json_dict(options)


def options_to_use(party: Party, challenge: bytes) -> Options:
    """What the browser gets for `navigator.credentials.get`: any passkey of ours, so nobody learns who has one."""
    options = webauthn.generate_authentication_options(
        rp_id=party.host, challenge=challenge, timeout=_SECONDS, user_verification=_verification(required=False)
    )
    return options_to_json_dict(options)


def read_new(answer: Answer, party: Party, challenge: bytes, *, verified: bool) -> NewPasskey:
    """The passkey that was made for this challenge. Raises `PasskeyWrong`."""
    made = _proved(
        lambda: webauthn.verify_registration_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            require_user_verification=verified,
        )
    )
    return NewPasskey(bytes_to_base64url(made.credential_id), made.credential_public_key, made.sign_count)


def read_claim(answer: Answer) -> Claim:
    """What an answer says of itself. Raises `PasskeyWrong`; without a handle it is of no discoverable passkey (§7.2, step 6)."""
    response = answer.get("response")
    handle = response.get("userHandle") if isinstance(response, Mapping) else None
    credential = answer.get("id")
    if not isinstance(credential, str) or not isinstance(handle, str):
        raise PasskeyWrong
    return Claim(credential, _proved(lambda: base64url_to_bytes(handle)).hex())


def read_used(answer: Answer, party: Party, challenge: bytes, public_key: bytes) -> Use:
    """That the owner of `public_key` has answered this challenge on our own page. Raises `PasskeyWrong`."""
    used = _proved(
        lambda: webauthn.verify_authentication_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=0,  # `keeping` compares it, to tell a copy from a wrong answer
        )
    )
    return Use(used.new_sign_count, used.user_verified)


def _verification(required: bool) -> UserVerificationRequirement:  # noqa: FBT001 - it is named by every caller
    return UserVerificationRequirement.REQUIRED if required else UserVerificationRequirement.PREFERRED


def _proved(read: Callable[[], Found]) -> Found:
    """What `read` finds; whatever the library meets in a stranger's bytes is one refusal."""
    try:
        return read()
    except Exception as error:
        raise PasskeyWrong from error
