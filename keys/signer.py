"""Something that signs: a key named by its address, wherever it is kept."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from keys.errors import SignerUnknown
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


def _from_file(uri: str, method: str, secret: bytes) -> Signer:
    parts = urlsplit(uri)
    return KeyStore(Path(unquote(parts.path)), secret).signer(parts.fragment, method)


_KEEPERS: dict[str, Callable[[str, str, bytes], Signer]] = {"file": _from_file}


def from_uri(uri: str, method: str, secret: bytes) -> Signer:
    """The key at an address, as `method`: `file:/folder/of/the/store#name-of-the-key`. Raises `SignerUnknown`."""
    keeper = _KEEPERS.get(urlsplit(uri).scheme)
    if keeper is None:
        raise SignerUnknown(uri=uri)
    return keeper(uri, method, secret)
