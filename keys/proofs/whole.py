"""Suites that sign a document whole: four choices, and one way to sign and to check (VC-DI-EDDSA §3.2, VC-DI-ECDSA §3.2)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import new
from typing import Any, Protocol

from keys import algorithms
from keys.errors.proofs import ProofMalformed
from keys.errors.written import BadMultibase
from keys.multikey import PublicKey, decode, multibase_decode, multibase_encode
from keys.proofs.secured import Form, Secured
from keys.signer import Signer
from schemas.loader import BUNDLED, Contexts


class WholeForm(Form, Protocol):
    """A transformation of documents that knows how proof options are written as well; a module with these names is one."""

    def options_for(self, document: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
        """The proof options as they stand in the finished proof."""
        ...

    def configuration(self, options: Mapping[str, Any], context: object, algorithm: str, contexts: Contexts) -> bytes:
        """The canonical proof configuration; `context` is the document's `@context` (None where it has none)."""
        ...


@dataclass(frozen=True, slots=True)
class Whole:
    """A suite that signs documents whole: its name, its transformation, and the hash that goes with each kind of key it takes.

    The algorithm of the signature is the key's own; signatures are written in base58btc only (VC-DI-EDDSA §2.2.1).
    """

    name: str
    form: WholeForm
    hashes: Mapping[str, str]

    @property
    def kinds(self) -> Collection[str]:
        """The kinds of keys it takes."""
        return self.hashes.keys()

    def options_for(self, document: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
        """The proof options as they stand in the finished proof."""
        return self.form.options_for(document, options)

    def sign(self, secured: Secured, options: Mapping[str, Any], signer: Signer) -> str:
        """The proof value over what a proof with these options covers. Raises what canonicalising raises."""
        algorithm = self.hashes[decode(signer.multikey).kind]
        content = secured.digest(self.form, algorithm, options)
        return self.sign_digest(content, options, secured.document.get("@context"), signer, secured.contexts)

    def sign_digest(
        self, content: bytes, options: Mapping[str, Any], context: object, signer: Signer, contexts: Contexts = BUNDLED
    ) -> str:
        """The proof value over a document of which only the `@context` and the digest `content` are at hand."""
        algorithm = self.hashes[decode(signer.multikey).kind]
        return multibase_encode(signer.sign(self.hash_data(content, options, context, algorithm, contexts)))

    def check(self, secured: Secured, proof: Mapping[str, Any], public: PublicKey) -> None:
        """Raise `ProofInvalid` unless `proof` was made over the document with `public`, a key of a kind that the suite takes."""
        algorithm = self.hashes[public.kind]
        options = {name: value for name, value in proof.items() if name != "proofValue"}
        signature = _signature(proof["proofValue"], algorithms.LENGTHS[public.kind])
        content = secured.digest(self.form, algorithm, proof)
        context = secured.document.get("@context")
        algorithms.verify(public, signature, self.hash_data(content, options, context, algorithm, secured.contexts))

    def hash_data(
        self,
        content: bytes,
        options: Mapping[str, Any],
        context: object,
        algorithm: str = "sha256",
        contexts: Contexts = BUNDLED,
    ) -> bytes:
        """What is signed: the hash of the proof configuration, then that of the document, which is `content`."""
        return new(algorithm, self.form.configuration(options, context, algorithm, contexts)).digest() + content


def _signature(value: str, length: int) -> bytes:
    try:
        signature = multibase_decode(value)
    except BadMultibase as error:
        raise _malformed() from error
    if not value.startswith("z") or len(signature) != length:
        raise _malformed()
    return signature


def _malformed() -> ProofMalformed:
    return ProofMalformed(pointer="/proof/proofValue", field="proofValue")
