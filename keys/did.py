"""did:key, did:jwk and did:web: who a verification method belongs to, where its document lies, what the document says."""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import unquote

from keys import jwk as jwks
from keys import multikey as multikeys
from keys.errors.written import BadDid, BadDidDocument, BadMultikey
from schemas.reading import read_json
from schemas.refusals import Refused

KEY_BYTES: Final = 64 * 1024  # what a document about keys may weigh
CONTEXTS = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
SIGNING: Final = frozenset({"authentication", "assertionMethod", "capabilityInvocation", "capabilityDelegation"})
"""The verification relationships that the document of a did:key gives a key that signs (did:key §3.1.2, CID 1.0 §2.3)."""
_LONGEST_JWK: Final = 2_048  # characters of a did:jwk, enough for RSA with 8192 bits
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?=[a-z])(?!0x){_LABEL}", re.ASCII)
_SEGMENT = re.compile(r"[A-Za-z0-9._~-]+", re.ASCII)


def is_host(text: str) -> bool:
    """Whether a text is a lower-case DNS name of two labels or more that no program can take for an IP address."""
    return len(text) <= 253 and _HOST.fullmatch(text) is not None  # noqa: PLR2004 - RFC 1035's longest name


def did_key(multikey: str) -> str:
    """The DID that is the key itself."""
    return f"did:key:{multikey}"


def did_web(host: str) -> str:
    """The DID of a host."""
    return f"did:web:{host}"


def verification_method(did: str, multikey: str) -> str:
    """The address of a key in the document of a DID; the fragment is the key."""
    return f"{did}#{multikey}"


def controller_of(method: str) -> str:
    """The DID before the fragment of a verification method; raises `BadDid` when it is no DID URL with a fragment."""
    did, mark, fragment = method.partition("#")
    if not mark or not fragment or not did.startswith("did:"):
        raise BadDid(did=method)
    return did


def web_host(did: str) -> str:
    """The host of a did:web; raises `BadDid` for other DIDs, ports, IP addresses and anything else unusual."""
    return _web_parts(did)[0]


def web_url(did: str) -> str:
    """Where the document of a did:web lies (did:web §2.5.2)."""
    host, path = _web_parts(did)
    return f"https://{host}/{'/'.join(path) or '.well-known'}/did.json"


@lru_cache(maxsize=128)
def _web_parts(did: str) -> tuple[str, tuple[str, ...]]:
    scheme, _, rest = did.partition("did:web:")
    host, *path = rest.split(":")
    if scheme or unquote(host) != host or not is_host(host) or not all(map(_is_segment, path)):
        raise BadDid(did=did)
    return host, tuple(path)


def _is_segment(text: str) -> bool:
    return _SEGMENT.fullmatch(text) is not None and text.strip(".") != ""


def document(did: str, keys: Iterable[str], announced: Iterable[str] = ()) -> dict[str, Any]:
    """The DID document in which every Multikey of `keys` may assert; `announced` ones are shown, but may not yet."""
    asserting = list(keys)
    return {
        "@context": CONTEXTS,
        "id": did,
        "verificationMethod": [_method(did, key) for key in (*asserting, *announced)],
        "assertionMethod": [verification_method(did, key) for key in asserting],
    }


def _method(did: str, multikey: str) -> dict[str, str]:
    method = verification_method(did, multikey)
    return {"id": method, "type": "Multikey", "controller": did, "publicKeyMultibase": multikey}


def key_for(did_document: Mapping[str, Any], method: str, purpose: str = "assertionMethod") -> multikeys.PublicKey:
    """The key that a DID document gives for `method`, if it authorises it for `purpose` (CID 1.0 §3.3).

    Raises `BadDidDocument` when the document is another's, does not know the method, or does not authorise it.
    """
    did = controller_of(method)
    entry = dict(methods(did_document, purpose)).get(method)
    if did_document.get("id") != did or entry is None:
        raise BadDidDocument(did=did)
    try:
        return key_in(entry)
    except BadMultikey as error:
        raise BadDidDocument(did=did) from error


def key_in(method: Mapping[str, Any]) -> multikeys.PublicKey:
    """The key in a verification method: a Multikey or a JsonWebKey (CID 1.0 §2.2.2, §2.2.3). Raises `BadMultikey`.

    `JsonWebKey2020` is the older name of the latter. A method that holds both forms is refused: they could be two keys.
    """
    if ("publicKeyJwk" in method) == ("publicKeyMultibase" in method):
        raise BadMultikey
    if "publicKeyJwk" in method:
        return jwks.read(method["publicKeyJwk"])
    return multikeys.decode(str(method["publicKeyMultibase"]))


def methods(document: Mapping[str, Any], purpose: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """The methods of the document's own that a relationship holds, embedded or named, each with its whole address.

    Of two with one address the first counts. For DID documents and for other controlled identifier documents (CID 1.0 §2.2, §2.3).
    """
    owner = str(document.get("id"))
    several = _list if owner.startswith("did:") else _one_or_more
    listed = [method for method in several(document.get("verificationMethod")) if isinstance(method, Mapping)]
    known = {_absolute(method.get("id"), owner): method for method in reversed(listed)}
    given: set[str] = set()
    for reference in several(document.get(purpose)):
        method = reference if isinstance(reference, Mapping) else known.get(_absolute(reference, owner))
        if method is not None and method.get("controller") == owner:
            address = _absolute(method.get("id"), owner)
            if address not in given:
                given.add(address)
                yield address, method


def _list(value: object) -> list[Any]:
    """What a DID document must write as a list, even of one (DID Core §5.2)."""
    return value if isinstance(value, list) else []


def _one_or_more(value: object) -> list[Any]:
    """What JSON-LD lets stand alone."""
    return value if isinstance(value, list) else [value]


def _absolute(reference: object, did: str) -> str:
    """A whole address, also where it was written as a bare fragment."""
    text = reference if isinstance(reference, str) else ""
    return did + text if text.startswith("#") else text


def did_jwk(public: multikeys.PublicKey) -> str:
    """The DID that is the key itself, as a JWK (did:jwk)."""
    written = json.dumps(jwks.write(public), separators=(",", ":"))
    return f"did:jwk:{jwks.encode(written.encode())}"


def key_of_did_jwk(method: str, purpose: str = "assertionMethod") -> multikeys.PublicKey:
    """The key of `did:jwk:…#0`, if it is authorised for `purpose`; raises `BadDid`.

    A JWK for encryption authorises no signature, and one for signatures no key agreement (did:jwk, "Read").
    """
    did, _, fragment = method.partition("#")
    if not did.startswith("did:jwk:") or fragment != "0" or purpose not in SIGNING or len(did) > _LONGEST_JWK:
        raise BadDid(did=method[:_LONGEST_JWK])
    try:
        return jwks.read(read_json(jwks.decode(did.removeprefix("did:jwk:")), limit=_LONGEST_JWK))
    except (BadMultikey, Refused) as error:
        raise BadDid(did=method) from error


def key_of_did_key(method: str, purpose: str = "assertionMethod") -> multikeys.PublicKey:
    """The key of `did:key:z…#z…`, if a key of its own DID is authorised for `purpose`.

    Raises `BadDid` unless both halves are that same key in base58btc, and for key agreement, which these keys cannot do.
    """
    did = controller_of(method)
    key = did.removeprefix("did:key:")
    if method != verification_method(did_key(key), key) or not key.startswith("z") or purpose not in SIGNING:
        raise BadDid(did=method)
    try:
        return multikeys.decode(key)
    except BadMultikey as error:
        raise BadDid(did=method) from error
