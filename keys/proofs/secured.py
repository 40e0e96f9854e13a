"""A secured document, taken apart once: what its proofs cover, and the hashes of it that suites sign."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from keys.proofs.reading import covered, proofs_of, without_proofs
from keys.proofs.suites import RDFC, Suite, find_suite


class Secured:
    """A document with its proofs. What stands without proofs is canonicalised once for each suite, however often it is asked for.

    `received` is the SHA-256 of the bytes that `document` was read from, "" where it was not read from bytes. The document must
    not change while it is held here.
    """

    def __init__(self, document: Mapping[str, Any], received: str = "") -> None:
        self.document = document
        self.received = received
        self._digests: dict[str, bytes] = {}

    @cached_property
    def bare(self) -> dict[str, Any]:
        """The document without proofs."""
        return without_proofs(self.document)

    def place(self, proof: Mapping[str, Any]) -> int:
        """Which of the document's proofs this very object is; -1 for one that does not stand in it."""
        places = (index for index, held in enumerate(proofs_of(self.document)) if held is proof)
        return next(places, -1)

    def digest(self, suite: Suite, proof: Mapping[str, Any]) -> bytes:
        """The suite's hash of what `proof` covers. Raises what canonicalising raises, and `ProofMalformed` in a chain."""
        if "previousProof" in proof:
            return suite.digest(covered(self.document, proof))
        return self._digest(suite)

    def content_hash(self) -> str:
        """SHA-256 over the canonical N-Quads without proofs, which is what is deposited; tells nothing of the content."""
        return f"sha256:{self._digest(find_suite(RDFC)).hex()}"

    def _digest(self, suite: Suite) -> bytes:
        if suite.NAME not in self._digests:
            self._digests[suite.NAME] = suite.digest(self.bare)
        return self._digests[suite.NAME]
