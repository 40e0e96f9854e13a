"""What may be remembered of proofs: that this key signed these bytes, and nothing else (THREATS V12)."""

from collections.abc import Mapping
from threading import Lock
from typing import Any

from keys.multikey import PublicKey
from keys.proofs.checking import check
from keys.proofs.secured import Secured

_Known = tuple[str, int, PublicKey]  # SHA-256 of the bytes received, the proof's place in the document, the key


class Signatures:
    """Checks proofs, and each at most once for the same bytes under the same key.

    Whose key it is, its dates, status, trust and policy are judged anew each time by whoever asks. Holds the last `most` answers.
    """

    def __init__(self, most: int = 4_096) -> None:
        self._most = most
        self._known: dict[_Known, None] = {}
        self._lock = Lock()

    def check(self, secured: Secured, proof: Mapping[str, Any], public: PublicKey) -> None:
        """Raise what `keys.proofs.check` raises, unless this key is known to have made this proof over these bytes."""
        place = secured.place(proof)
        known = (secured.received, place, public)
        if known in self._known:
            return
        check(secured, proof, public)
        if secured.received and place >= 0:  # a proof from elsewhere has no place among these bytes
            self._note(known)

    def _note(self, known: _Known) -> None:
        with self._lock:
            self._known[known] = None
            while len(self._known) > self._most:
                del self._known[next(iter(self._known))]
