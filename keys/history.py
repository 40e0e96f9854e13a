"""The dated key history of an organisation: which of its keys could sign what, and when (ARCHITECTURE §5.5).

A DID document forgets a key when it is replaced; credentials outlive keys. So each organisation publishes every key it ever
had, sealed by a key in use, and the network's trust list repeats the same entries under the operator's seal.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from keys.did import KEY_BYTES, verification_method
from keys.errors.published import HistoryInvalid
from keys.errors.written import BadMultikey
from keys.multikey import PublicKey, decode
from keys.sealed import seal, unseal
from keys.signer import Signer
from keys.tables import KeyState, OrganisationKey
from schemas.dates import BadTimestamp, read_timestamp, write_timestamp
from schemas.reading import read_json


class KeyStanding(StrEnum):
    """What a key's history says about a signature said to be made at a time."""

    GOOD = "good"
    NEEDS_WITNESS = "needs_witness"  # compromised later: good only if somebody else saw the signature before that
    NOT_YET = "not_yet"
    ENDED = "ended"  # retired before
    COMPROMISED = "compromised"
    UNKNOWN = "unknown"  # not a key of this organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoricKey:
    """One key and its dates. `valid_until` is the first moment it may sign no more."""

    multikey: str
    state: KeyState
    valid_from: datetime
    valid_until: datetime | None = None
    compromised_at: datetime | None = None

    def standing(self, at: datetime) -> KeyStanding:
        """What the key was worth at `at`."""
        if self.state is KeyState.ANNOUNCED or at < self.valid_from:
            return KeyStanding.NOT_YET
        if self.compromised_at is not None and at >= self.compromised_at:
            return KeyStanding.COMPROMISED
        if self.valid_until is not None and at >= self.valid_until:
            return KeyStanding.ENDED
        return KeyStanding.GOOD if self.compromised_at is None else KeyStanding.NEEDS_WITNESS


@dataclass(frozen=True, slots=True)
class KeyHistory:
    """Every key that the organisation `did` ever had."""

    did: str
    keys: tuple[HistoricKey, ...]

    def standing(self, method: str, at: datetime) -> KeyStanding:
        """What a signature by the verification method `method` was worth at `at`."""
        key = self._find(method)
        return KeyStanding.UNKNOWN if key is None else key.standing(at)

    def public_key(self, method: str) -> PublicKey | None:
        """The public key behind a verification method of this organisation, whatever its state."""
        key = self._find(method)
        return None if key is None else decode(key.multikey)

    def _find(self, method: str) -> HistoricKey | None:
        return next((key for key in self.keys if verification_method(self.did, key.multikey) == method), None)


def entries(keys: Iterable[OrganisationKey]) -> list[dict[str, str]]:
    """The keys as a history and the trust list write them, oldest first."""
    return [_entry(key) for key in sorted(keys, key=lambda key: (key.valid_from, key.multikey))]


def _entry(key: OrganisationKey) -> dict[str, str]:
    dates = {"validFrom": key.valid_from, "validUntil": key.valid_until, "compromisedAt": key.compromised_at}
    written = {name: write_timestamp(date) for name, date in dates.items() if date is not None}
    return {"multikey": key.multikey, "state": str(key.state), **written}


def compose(did: str, keys: Iterable[OrganisationKey], signer: Signer, version: int, now: datetime) -> bytes:
    """The sealed key history of `did`."""
    document = {
        "type": "KeyHistory",
        "id": did,
        "version": version,
        "issuedAt": write_timestamp(now),
        "keys": entries(keys),
    }
    return seal(document, signer, now)


def read(did: str, listed: object) -> KeyHistory:
    """The history in a list of entries, as a trust list repeats it. Raises `HistoryInvalid`."""
    if not isinstance(listed, list):
        raise HistoryInvalid
    history = KeyHistory(did, tuple(map(_read_entry, listed)))
    if len({key.multikey for key in history.keys}) != len(history.keys):
        raise HistoryInvalid
    return history


def verify(body: bytes, did: str, trusted: Collection[str], now: datetime) -> KeyHistory:
    """The key history in `body`, sealed by `did` with one of the Multikeys `trusted` (those of its DID document, say).

    Raises `HistoryInvalid` for another organisation's or a malformed history, `ProofInvalid` when the seal is broken or made
    with a key that the history itself does not call good.
    """
    document = read_json(body, limit=KEY_BYTES)
    if document.get("type") != "KeyHistory" or document.get("id") != did:
        raise HistoryInvalid
    history = read(did, document.get("keys"))
    good = {key.multikey for key in history.keys if key.standing(now) is KeyStanding.GOOD}
    unseal(body, did, good.intersection(trusted), now, limit=KEY_BYTES)
    return history


def _read_entry(entry: object) -> HistoricKey:
    if not isinstance(entry, Mapping):
        raise HistoryInvalid
    try:
        multikey = str(entry["multikey"])
        decode(multikey)
        return HistoricKey(
            multikey=multikey,
            state=KeyState(entry["state"]),
            valid_from=read_timestamp(str(entry["validFrom"])),
            valid_until=_moment(entry, "validUntil"),
            compromised_at=_moment(entry, "compromisedAt"),
        )
    except (KeyError, ValueError, BadMultikey, BadTimestamp) as error:
        raise HistoryInvalid from error


def _moment(entry: Mapping[str, Any], name: str) -> datetime | None:
    return read_timestamp(str(entry[name])) if name in entry else None
