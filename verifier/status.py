"""Step 7 of a verification: what a status list says about one credential (Bitstring Status List §3.2, OB 3.0 §9.1).

Only a set bit in a sound list fails a credential. A list that cannot be had, read or relied on is "cannot tell", never green
(ARCHITECTURE §5.2, THREATS V14, V15).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any

from keys.history import KeyStanding
from keys.proofs import Secured
from schemas import fields
from schemas.dates import read_timestamp
from schemas.reading import read_json
from schemas.refusals import Refused
from schemas.status_entry import StatusEntry
from schemas.status_list import ListTooShort, MalformedList, RangeError, StatusBits, StatusList, decode
from verifier.controllers import Keys
from verifier.policy import Policy
from verifier.signature import Asked, Signature, examine, methods_named
from verifier.suspension import Companion, companion_of, is_suspension
from verifier.verdict import Check, Outcome

LIST_BYTES = 2 * 1024 * 1024
_KEPT = 64  # opened lists, as many as a few organisations need
_KEPT_BYTES = 262_144  # larger ones, packed or unpacked, are opened again each time: strangers choose their size
_LONGEST_TTL = 30 * 24 * 3_600_000  # a month
_SET = {"revocation": "revoked", "suspension": "suspended"}
_PURPOSES = {*_SET, "message", "refresh"}
_LONGEST_MESSAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCopy:
    """What there is of a status list. `body` is None where nothing was ever got; `fresh` false where it is an older copy.

    `got_at` is when the newest sound copy was got, `edition` the latest `validFrom` seen at that address. `second` is what lies
    where this copy says that its list of suspensions is.
    """

    body: bytes | None
    fresh: bool = True
    got_at: datetime | None = None
    edition: datetime | None = None
    second: bytes | None = None


class UnusableError(Exception):
    """For the modules of this step: the list says nothing that could be relied on; `params` go into the check."""

    def __init__(self, code: str, **params: str) -> None:
        self.code, self.params = code, params
        super().__init__(code)


def judge_status(entry: StatusEntry, copy: ListCopy, issuer: str, keys: Keys, policy: Policy, now: datetime) -> Check:
    """The answer of one list for one entry; that of `message` and `refresh` is a remark (§2.1 `statusPurpose`)."""
    if entry.purpose not in _PURPOSES:
        return Check("status", Outcome.UNKNOWN, "status-unsupported")
    decisive = entry.purpose in _SET
    try:
        found = _sound_list(entry, copy, issuer, keys, policy, now)
        bits = _bits(found.encoded)
        bits.require(entry.size)
        value = bits.value(entry.index, entry.size)
    except UnusableError as reason:
        return Check("status", Outcome.UNKNOWN, reason.code, reason.params, decisive=decisive)
    except (MalformedList, ListTooShort, RangeError) as error:
        return Check("status", Outcome.UNKNOWN, error.code, decisive=decisive)
    except Refused:
        return Check("status", Outcome.UNKNOWN, "status-malformed", decisive=decisive)
    return _answer(entry, copy, found, value)


def _answer(entry: StatusEntry, copy: ListCopy, found: StatusList, value: int) -> Check:
    if entry.purpose == "message":
        return _message(entry, value)
    if entry.purpose == "refresh":
        code = "status-refresh" if value else "status-current"
        return Check("refresh", Outcome.PASSED, code, decisive=False)
    if value:
        suspended = is_suspension(companion_of(found), copy.second, entry)
        return Check("status", Outcome.FAILED, "suspended" if suspended else _SET[entry.purpose])
    return Check("status", Outcome.PASSED, "status-clear")


def _message(entry: StatusEntry, value: int) -> Check:
    """What the value means in the issuer's words; they are words of a stranger, so they are cut and shown as a quotation."""
    text = entry.messages.get(value, f"0x{value:x}")
    plain = "".join(character if character.isprintable() else " " for character in text)[:_LONGEST_MESSAGE]
    return Check("message", Outcome.PASSED, "status-message", {"message": plain}, decisive=False)


def _sound_list(
    entry: StatusEntry, copy: ListCopy, issuer: str, keys: Keys, policy: Policy, now: datetime
) -> StatusList:
    """The list, if it is signed by the credential's issuer, lies where it says, serves the purpose and holds today."""
    if copy.body is None:
        raise unreachable(copy)
    listed = opened(copy.body)
    found = listed.list
    signed = examine(listed.secured, Asked(signer=issuer, now=now), keys, policy)
    for wrong, code in (
        (found.issuer_id != issuer, "status-foreign"),
        (not signed.holds or signed.in_part or not _key_good(signed, now), "status-unsigned"),
        (found.url != entry.list_url, "status-misplaced"),
        (entry.purpose not in found.purposes, "status-purpose"),
        ("credentialStatus" in found.document, "status-loop"),
    ):
        if wrong:
            raise UnusableError(code)
    _check_time(found, copy, policy, now)
    return found


@dataclass(frozen=True, slots=True)
class OpenedList:
    """What stands in the bytes of a list. `methods` are those that its proofs name, `companion` the second list that it names."""

    list: StatusList
    secured: Secured
    methods: tuple[str, ...]
    companion: Companion | None


def opened(body: bytes) -> OpenedList:
    """The list in these bytes, or the refusal; whether it may be relied on today is judged at each reading."""
    return _kept(body) if len(body) <= _KEPT_BYTES else _open(body)


def _open(body: bytes) -> OpenedList:
    document = read_json(body, limit=LIST_BYTES)
    found, secured = StatusList(document), Secured(document, sha256(body).hexdigest())
    return OpenedList(found, secured, methods_named(document), companion_of(found))


_kept = lru_cache(maxsize=_KEPT)(_open)


def _bits(encoded: str) -> StatusBits:
    try:
        return _kept_bits(encoded)
    except MalformedList:  # or only larger than what is kept
        return decode(encoded)


@lru_cache(maxsize=_KEPT)
def _kept_bits(encoded: str) -> StatusBits:
    return decode(encoded, cap=_KEPT_BYTES)


def unreachable(copy: ListCopy) -> UnusableError:
    """Nothing was got: never, or not since the last sound copy."""
    if copy.got_at is None:
        return UnusableError("status-unreachable")
    return UnusableError("status-unreachable-since", since_at=copy.got_at.isoformat())


def _key_good(signed: Signature, now: datetime) -> bool:
    """Lists are signed again all the time, so their key must have been good without reserve when this edition was made."""
    key = signed.key.historic if signed.key else None
    created = (signed.proof or {}).get("created")
    at = read_timestamp(created) if isinstance(created, str) else now
    return key is None or key.standing(at) is KeyStanding.GOOD


def _check_time(found: StatusList, copy: ListCopy, policy: Policy, now: datetime) -> None:
    """In its own term, no older than an edition seen before, and an older copy only within its `ttl` (§2.2)."""
    begins, ends = found.valid_from, found.valid_until
    if begins is not None and begins > now + policy.skew:
        raise UnusableError("status-early")
    if ends is not None and ends <= now:
        raise UnusableError("status-stale", since_at=ends.isoformat())
    if copy.edition is not None and (begins is None or begins < copy.edition):
        raise UnusableError("status-rolled-back")
    if not copy.fresh and (copy.got_at is None or now - copy.got_at >= _time_to_live(found.document)):
        raise unreachable(copy)


def _time_to_live(document: dict[str, Any]) -> timedelta:
    """How long a copy may stand in for the list: `ttl` in milliseconds, nothing where it is not stated."""
    stated = fields.objects(document, "credentialSubject")[0][1].get("ttl")
    if isinstance(stated, int) and not isinstance(stated, bool) and 0 < stated <= _LONGEST_TTL:
        return timedelta(milliseconds=stated)
    return timedelta(0)
