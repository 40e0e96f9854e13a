"""Signing whatever keeps the data model, as whoever it says, with a throw-away key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keys import proofs
from keys.proofs import ECDSA_SD, RDFC, Secured
from keys.signer import Signer
from schemas import fields
from schemas.canonical.contexts import is_older_model
from schemas.data_model import check_credential, check_order
from schemas.loader import Contexts
from service.conformance.keyring import Keyring
from service.conformance.lists import Lists

DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a suite asks for: cryptosuite, kind of key, statements that must be shown, a place in a status list."""

    suite: str = RDFC
    kind: str | None = None
    mandatory: Sequence[str] = ()
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuing:
    """Signs in this mode."""

    keyring: Keyring
    contexts: Contexts
    lists: Lists

    def issue(self, credential: Mapping[str, Any], wish: Wish, now: datetime) -> dict[str, Any]:
        """The signed credential; a single proof stands alone, as the suites read it.

        Raises `NoSuchKey`, what the data model refuses, and what cannot be signed without loss.
        """
        signer = self.keyring.signer(wish.suite, wish.kind)
        document = self._completed(dict(credential), wish, signer)
        Secured(document, contexts=self.contexts).content_hash()
        check_credential(document, self.contexts)
        check_order(document)
        signed = self._signed(document, wish, signer, now)
        return {**signed, "proof": signed["proof"][0]} if len(signed["proof"]) == 1 else signed

    def _completed(self, document: dict[str, Any], wish: Wish, signer: Signer) -> dict[str, Any]:
        """With a place in a status list, and with the words for proofs where the data model 1.1 lacks them (VC-DI §2.4.2)."""
        if is_older_model(document):
            context = fields.many(document, "@context")
            document["@context"] = [*context, *([] if DATA_INTEGRITY in context else [DATA_INTEGRITY])]
        if wish.status is not None:
            place = self.lists.place(wish.status, signer, wish.suite, fields.optional(document, "id") or "")
            document["credentialStatus"] = [*fields.many(document, "credentialStatus"), place]
        return document

    def _signed(self, document: dict[str, Any], wish: Wish, signer: Signer, now: datetime) -> dict[str, Any]:
        if wish.suite == ECDSA_SD:
            return proofs.add_base(document, signer, wish.mandatory, created=now, contexts=self.contexts)
        return proofs.add(document, signer, created=now, suite=wish.suite, contexts=self.contexts)
