"""A secured document, taken apart once: what its proofs cover, and the hashes of it that suites sign."""

from collections.abc import Mapping
from typing import Any, Protocol

from keys.proofs import rdfc
from keys.proofs.reading import covered, proofs_of, without_proofs
from schemas.loader import BUNDLED, Contexts


class Form(Protocol):
    """A transformation of documents into bytes; a module with these names is one."""

    NAME: str

    def digest(self, document: Mapping[str, Any], algorithm: str, contexts: Contexts) -> bytes:
        """The hash (`algorithm`: "sha256" or "sha384") of the canonical form of a document without the proof in question."""
        ...


class Secured:
    """A document with its proofs. What stands without proofs is canonicalised once for each form and hash, whoever asks for it.

    `received` is the SHA-256 of the bytes that `document` was read from, "" where it was not read from bytes. The document must
    not change while it is held here. `contexts` are those it may use.
    """

    def __init__(self, document: Mapping[str, Any], received: str = "", contexts: Contexts = BUNDLED) -> None:
        self.document = document
        self.received = received
        self.contexts = contexts
        self._bare: dict[str, Any] | None = None
        self._digests: dict[tuple[str, str], bytes] = {}

    @property
    def bare(self) -> dict[str, Any]:
        """The document without proofs."""
        if self._bare is None:
            self._bare = without_proofs(self.document)
        return self._bare

    def place(self, proof: Mapping[str, Any]) -> int:
        """Which of the document's proofs this very object is; -1 for one that does not stand in it."""
        places = (index for index, held in enumerate(proofs_of(self.document)) if held is proof)
        return next(places, -1)

    def digest(self, form: Form, algorithm: str, proof: Mapping[str, Any]) -> bytes:
        """The hash of what `proof` covers. Raises what canonicalising raises, and `ProofMalformed` in a chain."""
        if "previousProof" in proof:
            return form.digest(covered(self.document, proof), algorithm, self.contexts)
        return self._digest(form, algorithm)

    def content_hash(self) -> str:
        """SHA-256 over the canonical N-Quads without proofs, which is what is deposited; tells nothing of the content."""
        return f"sha256:{self._digest(rdfc, 'sha256').hex()}"

    def _digest(self, form: Form, algorithm: str) -> bytes:
        known = (form.NAME, algorithm)
        if known not in self._digests:
            self._digests[known] = form.digest(self.bare, algorithm, self.contexts)
        return self._digests[known]
