"""Keys in a hardware module over PKCS#11: made inside, never seen outside; one Ed25519 key per object (RFC 7512, PKCS#11 3.0 §2.3).

    pkcs11:token=zachetka;object=organisation-ugu-…?module-path=/usr/lib/softhsm/libsofthsm2.so

The token signs; its PIN is the secret, and never part of an address.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs, quote, unquote

from keys.errors.store import KeyExists, KeyMissing, SignerUnknown, TokenFailed, TokenLibraryMissing
from keys.multikey import ED25519, PublicKey, encode

SCHEME = "pkcs11"
_CURVE = "1.3.101.112"  # id-Ed25519 (RFC 8410)
_POINT_LENGTH = 32
_OCTETS = b"\x04\x20"  # some modules wrap the point into an OCTET STRING
_ADDRESS = re.compile(r"pkcs11:(?P<path>[^?]*)\?(?P<query>.*)")


@dataclass(frozen=True, slots=True)
class Address:
    """A key of a token; `name` is empty for the token itself."""

    module: str
    token: str
    name: str = ""

    @classmethod
    def read(cls, uri: str) -> "Address":
        """Raises `SignerUnknown` unless token and module are named."""
        parts = _ADDRESS.fullmatch(uri)
        if parts is None:
            raise SignerUnknown(uri=uri)
        path = dict(pair.split("=", 1) for pair in parts["path"].split(";") if "=" in pair)
        [module, *_] = parse_qs(parts["query"]).get("module-path", [""])
        if not module or not path.get("token"):
            raise SignerUnknown(uri=uri)
        return cls(module, unquote(path["token"]), unquote(path.get("object", "")))

    def key(self, name: str) -> str:
        """The address of the key called `name` in the same token."""
        return f"{SCHEME}:token={quote(self.token)};object={quote(name)}?module-path={quote(self.module)}"


class TokenSigner:
    """A private key inside a token."""

    __slots__ = ("_key", "_mechanism", "_token", "method", "public")

    def __init__(self, token: "_Token", name: str, method: str) -> None:
        self._token, self.method = token, method
        with token.use() as session:
            self._key = token.find(session, name, "PRIVATE_KEY")
            self.public = _public(token.find(session, name, "PUBLIC_KEY"), token.library)
        self._mechanism = token.library.Mechanism.EDDSA

    @property
    def multikey(self) -> str:
        """The public key as a Multikey."""
        return encode(self.public)

    def sign(self, data: bytes) -> bytes:
        """The 64 bytes of the signature, made inside the token. Raises `TokenFailed`."""
        with self._token.use():
            return bytes(self._key.sign(data, mechanism=self._mechanism))

    def __repr__(self) -> str:
        return f"<TokenSigner {self.method}>"


def make(uri: str, pin: bytes) -> str:
    """Make a key at an address and return its Multikey. Raises `KeyExists`, `TokenFailed`, `TokenLibraryMissing`."""
    address = Address.read(uri)
    token = _opened(address.module, address.token, pin)
    library = token.library
    with token.use() as session:
        wanted = {library.Attribute.LABEL: address.name, library.Attribute.CLASS: library.ObjectClass.PRIVATE_KEY}
        if list(session.get_objects(wanted)):
            raise KeyExists(name=address.name)
        curve = {library.Attribute.EC_PARAMS: _curve()}
        kind = session.create_domain_parameters(library.KeyType.EC_EDWARDS, curve, local=True)
        public, _ = kind.generate_keypair(
            mechanism=library.Mechanism.EC_EDWARDS_KEY_PAIR_GEN,
            store=True,
            label=address.name,
            id=address.name.encode(),
            private_template={library.Attribute.SENSITIVE: True, library.Attribute.EXTRACTABLE: False},
        )
        return encode(_public(public, library))


@lru_cache(maxsize=256)
def open_key(uri: str, method: str, pin: bytes) -> TokenSigner:
    """The key at an address, as `method`. Raises `KeyMissing`, `TokenFailed`, `TokenLibraryMissing`."""
    address = Address.read(uri)
    return TokenSigner(_opened(address.module, address.token, pin), address.name, method)


class _Token:
    """One token with one session, used by one thread at a time; a program logs in once."""

    def __init__(self, library: ModuleType, session: Any) -> None:
        self.library, self._session, self._lock = library, session, Lock()

    @contextmanager
    def use(self) -> Iterator[Any]:
        """The session, for this thread alone; whatever goes wrong in it is `TokenFailed`."""
        with self._lock:
            try:
                yield self._session
            except self.library.exceptions.PKCS11Error as error:
                raise TokenFailed(reason=type(error).__name__) from error

    def find(self, session: Any, name: str, kind: str) -> Any:
        """The object of that name and kind, or `KeyMissing`."""
        attribute, classes = self.library.Attribute, self.library.ObjectClass
        found = list(session.get_objects({attribute.LABEL: name, attribute.CLASS: classes[kind]}))
        if len(found) != 1:
            raise KeyMissing(name=name)
        return found[0]


@lru_cache(maxsize=8)
def _opened(module: str, label: str, pin: bytes) -> _Token:
    library = _library()
    try:
        token = library.lib(module).get_token(token_label=label)
        return _Token(library, token.open(rw=True, user_pin=pin.decode()))
    except (library.exceptions.PKCS11Error, OSError, RuntimeError, UnicodeDecodeError) as error:
        raise TokenFailed(reason=type(error).__name__) from error


def _library() -> ModuleType:
    """python-pkcs11, an extra of this package."""
    try:
        import pkcs11  # noqa: PLC0415 - only installations with a token have it
    except ImportError as error:
        raise TokenLibraryMissing from error
    return pkcs11


def _curve() -> bytes:
    from pkcs11.util.ec import encode_named_curve_parameters  # noqa: PLC0415 - as above

    return encode_named_curve_parameters(_CURVE)


def _public(public: Any, library: ModuleType) -> PublicKey:
    point = bytes(public[library.Attribute.EC_POINT]).removeprefix(_OCTETS)
    if len(point) != _POINT_LENGTH:
        raise TokenFailed(reason="EC_POINT")
    return PublicKey(ED25519, point)
