"""Something that signs: a key named by its address, wherever it is kept."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import unquote, urlsplit

from keys import pkcs11
from keys.errors.store import SignerUnknown
from keys.multikey import PublicKey
from keys.store import KeyStore


class Signer(Protocol):
    """Signs bytes as one verification method."""

    @property
    def method(self) -> str:
        """The verification method: a DID URL."""
        ...

    @property
    def public(self) -> PublicKey:
        """The public key; its kind is the algorithm of the signatures."""
        ...

    @property
    def multikey(self) -> str:
        """The public key as a Multikey."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The raw signature of `data`."""
        ...


class KeyPlace(NamedTuple):
    """Where a new key lies ("" in the store's own files), and its public half."""

    address: str
    multikey: str


def _from_file(uri: str, method: str, secret: bytes) -> Signer:
    parts = urlsplit(uri)
    return KeyStore(Path(unquote(parts.path)), secret).signer(parts.fragment, method)


_KEEPERS: dict[str, Callable[[str, str, bytes], Signer]] = {"file": _from_file, pkcs11.SCHEME: pkcs11.open_key}


def from_uri(uri: str, method: str, secret: bytes) -> Signer:
    """The key at an address, as `method`.

    `file:/folder/of/the/store#name-of-the-key`, whose `secret` opens the store, or `pkcs11:token=…;object=…?module-path=…`, whose
    `secret` is the PIN. Raises `SignerUnknown` and what the keeper raises.
    """
    keeper = _KEEPERS.get(urlsplit(uri).scheme)
    if keeper is None:
        raise SignerUnknown(uri=uri)
    return keeper(uri, method, secret)


def make_key(store: KeyStore, name: str) -> KeyPlace:
    """Make a key where the store keeps new ones: in its hardware module, or in a sealed file of its own."""
    if not store.token:
        return KeyPlace("", store.make(name))
    address = pkcs11.Address.read(store.token).key(name)
    return KeyPlace(address, pkcs11.make(address, store.pin))


def open_key(store: KeyStore, address: str, name: str, method: str) -> Signer:
    """A key of the store, wherever it lies."""
    return from_uri(address, method, store.pin) if address else store.signer(name, method)
