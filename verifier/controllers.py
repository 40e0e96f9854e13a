"""Whose key a proof was made with: from the key itself, the network's dated histories, or the controller's own document.

A verification method counts only if the controller before its `#` stands behind it: never is a key taken from the fragment of
an address that nobody asked (STANDARDS §8 D-c).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from keys.did import key_for, key_in, key_of_did_jwk, key_of_did_key, web_url
from keys.errors import BadDid, BadDidDocument, BadMultikey, HistoryInvalid
from keys.history import HistoricKey, read
from keys.multikey import PublicKey, decode
from keys.proofs import Signatures
from schemas.reading import read_json
from schemas.refusals import Refused
from schemas.trust_list import TrustList
from verifier.verdict import Check, Outcome

_DOCUMENT_BYTES = 65_536
ASSERTION = "assertionMethod"
_SELF_CERTIFIED = {"did:key:": key_of_did_key, "did:jwk:": key_of_did_jwk}
_HTTPS = "https://"


@dataclass(frozen=True, slots=True)
class FoundKey:
    """What is known of one verification method: the key, and its dates where the network keeps them; or why there is none."""

    public: PublicKey | None
    check: Check
    historic: HistoricKey | None = None


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

    def historic(self, method: str) -> HistoricKey | None:
        """The entry of the network's history for a method; an unreadable history counts as none."""
        owner, _, fragment = method.partition("#")
        if self.network is None or owner not in self.network.members:
            return None
        return _histories(self.network, owner).get(fragment)

    def _published(self, owner: str, method: str, purpose: str) -> PublicKey:
        if is_key(owner):
            return _self_certified(method, purpose)
        document = _read(self.documents.get(owner))
        if document.get("id") != owner:
            raise _NoKey(Outcome.FAILED, "key-controller")
        try:
            read_key = _https_key if owner.startswith(_HTTPS) else key_for
            return read_key(document, method, purpose)
        except BadDidDocument:
            if self.complete:
                raise _NoKey(Outcome.FAILED, "key-not-listed") from None
            raise _NoKey(Outcome.UNKNOWN, "key-history-missing") from None  # a retired key would stand in the list only


@lru_cache(maxsize=256)
def _histories(network: TrustList, owner: str) -> Mapping[str, HistoricKey]:
    """The keys of one member by their Multikey, read once for each edition of the list."""
    try:
        return {key.multikey: key for key in read(owner, list(network.keys(owner))).keys}
    except HistoryInvalid:
        return {}


class _NoKey(Exception):
    """There is no key for this method, and this is why."""

    def __init__(self, outcome: Outcome, code: str) -> None:
        self.outcome, self.code = outcome, code
        super().__init__(code)


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


def _https_key(document: Mapping[str, Any], method: str, purpose: str) -> PublicKey:
    """The key that an issuer profile or controlled identifier document at an https address gives (CID 1.0 §3.3)."""
    methods = document.get("verificationMethod")
    known = methods if isinstance(methods, list) else [methods]
    standing = document.get(purpose)
    named = standing if isinstance(standing, list) else [standing]
    for entry in (*(item for item in known if isinstance(item, dict) and item.get("id") in named), *named):
        if isinstance(entry, dict) and (entry.get("id"), entry.get("controller")) == (method, document.get("id")):
            return _key_in(entry)
    raise BadDidDocument(did=controller(method))


def _key_in(entry: Mapping[str, Any]) -> PublicKey:
    try:
        return key_in(entry)
    except BadMultikey:
        raise _NoKey(Outcome.UNKNOWN, "key-unreadable") from None
