"""The network's organisations and units: who they are, what they may, which keys are theirs."""

from keys.organisations.keyring import (
    announce,
    compromise,
    due_key,
    enter_key,
    is_elsewhere,
    keys_of,
    retire,
    rotate,
    signer_for,
)
from keys.organisations.register import (
    all_organisations,
    by_did,
    did_of,
    find,
    leave,
    public_url,
    register,
    short_names,
)

__all__ = [
    "all_organisations",
    "announce",
    "by_did",
    "compromise",
    "did_of",
    "due_key",
    "enter_key",
    "find",
    "is_elsewhere",
    "keys_of",
    "leave",
    "public_url",
    "register",
    "retire",
    "rotate",
    "short_names",
    "signer_for",
]
