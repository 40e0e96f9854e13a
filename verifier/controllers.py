"""Whose key a proof was made with: from the key itself, the network's dated histories, or the controller's own document.

A verification method counts only if the controller before its `#` stands behind it: never is a key taken from the fragment of
an address that nobody asked (STANDARDS §8 D-c).
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from keys.did import key_in, key_of_did_jwk, key_of_did_key, methods, web_url
from keys.errors.published import HistoryInvalid
from keys.errors.written import BadDid, BadMultikey
from keys.history import HistoricKey, read
from keys.multikey import PublicKey, decode
from keys.proofs import Signatures
from schemas.reading import read_json
from schemas.refusals import Refused
from schemas.trust_list import TrustList
from verifier.hints import Hint, Named
from verifier.verdict import Check, Outcome

_DOCUMENT_BYTES = 65_536
ASSERTION = "assertionMethod"
_DID_KEY, _DID_JWK = "did:key:", "did:jwk:"
_SELF_CERTIFIED = {_DID_KEY: key_of_did_key, _DID_JWK: key_of_did_jwk}
_HTTPS = "https://"


@dataclass(frozen=True, slots=True)
class FoundKey:
    """What is known of one verification method: the key, and its dates where the network keeps them; or why there is none."""

    public: PublicKey | None
    check: Check
    historic: HistoricKey | None = None


class _NoKey(Exception):
    """There is no key for this method, and this is why."""

    def __init__(self, outcome: Outcome, code: str) -> None:
        self.outcome, self.code = outcome, code
        super().__init__(code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Where keys are looked up: the network's list and the controllers' documents that were got (None: unreachable).

    `complete` says whether the list is the current one, so that a key missing from it is missing indeed; `signatures` remembers
    which proofs were found to hold under which key.
    """

    network: TrustList | None
    complete: bool
    documents: Mapping[str, bytes | None]
    signatures: Signatures = field(default_factory=Signatures)

    def find(self, method: str, purpose: str = ASSERTION) -> FoundKey:
        """The key of a verification method, if its controller stands behind it for `purpose` (CID 1.0 §3.3).

        The network's histories are of keys that assert; for any other purpose the controller's own document is asked.
        """
        owner = controller(method)
        historic = self.historic(method) if purpose == ASSERTION else None
        if historic is not None:
            return FoundKey(decode(historic.multikey), Check("key", Outcome.PASSED, "key-of-issuer"), historic)
        if document_url(owner) is None and not is_key(owner):
            return _none(Outcome.UNKNOWN, "key-method-unknown")
        try:
            return FoundKey(self._published(owner, method, purpose), Check("key", Outcome.PASSED, "key-of-issuer"))
        except _NoKey as missing:
            return _none(missing.outcome, missing.code)

    def pick(self, owner: str, hint: Hint, purpose: str = ASSERTION) -> FoundKey:
        """The one of the owner's keys that a token names otherwise than by its address; without any name, its only key."""
        historic = self.historic_like(owner, hint) if purpose == ASSERTION else None
        if historic is not None:
            return FoundKey(decode(historic.multikey), Check("key", Outcome.PASSED, "key-of-issuer"), historic)
        if document_url(owner) is None and not is_key(owner):
            return _none(Outcome.UNKNOWN, "key-method-unknown")
        try:
            listed = self._listed(owner, purpose)
            found = [key for key in listed if hint.fits(key)]
            if hint.is_empty and len(listed) > 1:
                return _none(Outcome.UNKNOWN, "key-unnamed")
            if not found:
                raise self._absent()
            return FoundKey(found[0].public, Check("key", Outcome.PASSED, "key-of-issuer"))
        except _NoKey as missing:
            return _none(missing.outcome, missing.code)

    def historic_like(self, owner: str, hint: Hint) -> HistoricKey | None:
        """The entry of the network's history that fits; none where nothing is named and there are several."""
        if self.network is None or owner not in self.network.members:
            return None
        entries = _histories(self.network, owner)
        found = [key for name, key in entries.items() if hint.fits(Named(f"{owner}#{name}", decode(name)))]
        return found[0] if found and not (hint.is_empty and len(entries) > 1) else None

    def _listed(self, owner: str, purpose: str) -> list[Named]:
        """Every key that the owner's own document lists for a purpose, as far as they can be read."""
        if is_key(owner):
            method = f"{owner}#{'0' if owner.startswith(_DID_JWK) else owner.removeprefix(_DID_KEY)}"
            return [Named(method, _self_certified(method, purpose))]
        document = self._document(owner)
        return [named for method, entry in methods(document, purpose) if (named := _read_method(method, entry))]

    def _document(self, owner: str) -> dict[str, Any]:
        document = _read(self.documents.get(owner))
        if document.get("id") != owner:
            raise _NoKey(Outcome.FAILED, "key-controller")
        return document

    def _absent(self) -> _NoKey:
        """Why a key that nobody lists today is not there: a retired one would stand in the network's list only."""
        return (
            _NoKey(Outcome.FAILED, "key-not-listed")
            if self.complete
            else _NoKey(Outcome.UNKNOWN, "key-history-missing")
        )

    def historic(self, method: str) -> HistoricKey | None:
        """The entry of the network's history for a method; an unreadable history counts as none."""
        owner, _, fragment = method.partition("#")
        if self.network is None or owner not in self.network.members:
            return None
        return _histories(self.network, owner).get(fragment)

    def _published(self, owner: str, method: str, purpose: str) -> PublicKey:
        if is_key(owner):
            return _self_certified(method, purpose)
        document = self._document(owner)
        entry = dict(methods(document, purpose)).get(method)
        if entry is None:
            raise self._absent()
        try:
            return key_in(entry)
        except BadMultikey:
            raise _NoKey(Outcome.UNKNOWN, "key-unreadable") from None


@lru_cache(maxsize=256)
def _histories(network: TrustList, owner: str) -> Mapping[str, HistoricKey]:
    """The keys of one member by their Multikey, read once for each edition of the list."""
    try:
        return {key.multikey: key for key in read(owner, list(network.keys(owner))).keys}
    except HistoryInvalid:
        return {}


def controller(method: str) -> str:
    """The DID or address before the fragment of a verification method."""
    return method.partition("#")[0]


def is_key(owner: str) -> bool:
    """Whether a DID is the key itself, so that no document need be asked for."""
    return owner.startswith(tuple(_SELF_CERTIFIED))


def document_url(owner: str) -> str | None:
    """Where the document of a did:web or https controller lies; None where there is none to ask for."""
    if owner.startswith(_HTTPS):
        return owner
    try:
        return web_url(owner)
    except BadDid:
        return None


def _none(outcome: Outcome, code: str) -> FoundKey:
    return FoundKey(None, Check("key", outcome, code))


def _self_certified(method: str, purpose: str) -> PublicKey:
    [key_of] = (read_key for kind, read_key in _SELF_CERTIFIED.items() if method.startswith(kind))
    try:
        return key_of(method, purpose)
    except BadDid:
        raise _NoKey(Outcome.FAILED, "key-not-listed") from None


def _read(body: bytes | None) -> dict[str, Any]:
    if body is None:
        raise _NoKey(Outcome.UNKNOWN, "key-unreachable")
    try:
        return read_json(body, limit=_DOCUMENT_BYTES)
    except Refused:
        raise _NoKey(Outcome.UNKNOWN, "key-unreadable") from None


def _read_method(method: str, entry: Mapping[str, Any]) -> Named | None:
    written = entry.get("publicKeyJwk")
    kid = written.get("kid") if isinstance(written, dict) else None
    with suppress(BadMultikey):
        return Named(method, key_in(entry), kid if isinstance(kid, str) else "")
    return None
