"""Status lists of this mode: in memory, one for each purpose and issuer, signed anew with every change."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from keys import proofs
from keys.did import controller_of
from keys.errors.published import Unreachable
from keys.signer import Signer
from schemas.status_list import encode, status_list_credential
from service.conformance.errors import PlaceUnknown

_TERM = timedelta(days=1)


@dataclass(slots=True)
class _List:
    """One list: who signs it in which suite, whose places are given out (by the credential's id), which of them are set."""

    signer: Signer
    suite: str
    places: dict[str, int] = field(default_factory=dict)
    taken: int = 0
    bits: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Lists:
    """All lists. Implements `keys.fetch.Fetcher` for them: whatever else is asked for is out of reach."""

    address: str
    clock: Callable[[], datetime]
    _lists: dict[tuple[str, str], _List] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def place(self, purpose: str, signer: Signer, suite: str, credential_id: str) -> dict[str, Any]:
        """A place in the list of `signer` for `purpose`, as it stands in `credentialStatus` (BSL §2.1)."""
        name = f"{purpose}-{signer.multikey}"
        with self._lock:
            held = self._lists.setdefault((purpose, signer.multikey), _List(signer, suite))
            index, held.taken = held.taken, held.taken + 1
            if credential_id:
                held.places[credential_id] = index
        return {
            "id": f"{self.address}/{name}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": str(index),
            "statusListCredential": f"{self.address}/{name}",
        }

    def mark(self, purpose: str, credential_id: str, *, status: bool) -> None:
        """Set or lift one bit; raises `PlaceUnknown`."""
        with self._lock:
            for (kind, _), held in self._lists.items():
                if kind == purpose and credential_id in held.places:
                    change = held.bits.add if status else held.bits.discard
                    change(held.places[credential_id])
                    return
        raise PlaceUnknown

    def published(self, name: str) -> dict[str, Any] | None:
        """The signed list of that name, or None."""
        purpose, _, multikey = name.partition("-")
        with self._lock:
            held = self._lists.get((purpose, multikey))
            bits = sorted(held.bits) if held else []
        return None if held is None else self._signed(name, purpose, held, bits)

    def get(self, url: str) -> bytes:
        """The bytes of a list at its own address."""
        found = self.published(url.removeprefix(f"{self.address}/"))
        if found is None:
            raise Unreachable(host="?", reason="conformance")
        return json.dumps(found).encode()

    def _signed(self, name: str, purpose: str, held: _List, bits: list[int]) -> dict[str, Any]:
        now = self.clock()
        unsigned = status_list_credential(
            url=f"{self.address}/{name}",
            issuer=controller_of(held.signer.method),
            purpose=purpose,
            encoded=encode(bits),
            valid_from=now,
            valid_until=now + _TERM,
        )
        return proofs.add(unsigned, held.signer, created=now, suite=held.suite)
