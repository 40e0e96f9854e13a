"""The store of private keys: one sealed file per key, in a folder only its owner may open, under a secret kept elsewhere.

The secret is stretched by scrypt once in a process; each file is sealed with AES-256-GCM under a key of its own, bound to
the file's name. Nothing here is ever deleted or overwritten: old keys still explain old signatures.
"""

import json
import os
import re
import secrets
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from keys import durable
from keys.clock import ClockGuard
from keys.ed25519 import Ed25519Signer
from keys.errors.store import (
    BadKeyName,
    FileExposed,
    FolderExposed,
    KeyDamaged,
    KeyExists,
    KeyMissing,
    KeyStoreError,
    SecretWrong,
)

SECRET_FILE = "master.secret"  # noqa: S105 - the name of a file
_HEADER = "store.json"
_CHECK = "check"
COST = {"n": 2**15, "r": 8, "p": 1}  # about 0.1 s and 32 MiB
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,127}", re.ASCII)


class KeyStore:
    """Sealed private keys in `folder`, opened with `secret`.

    Raises `FolderExposed` inside a git checkout unless `allow_checkout` says that this is known and meant. New keys of
    organisations are made in the hardware module `token` (`keys.pkcs11`), where one is named; `pin` opens it. `guard` refuses to
    let organisations sign while the clock is behind.
    """

    def __init__(
        self,
        folder: Path,
        secret: bytes,
        *,
        allow_checkout: bool = False,
        guard: ClockGuard | None = None,
        token: str = "",
        pin: bytes = b"",
    ) -> None:
        self._folder = folder.resolve()
        self._secret = secret
        self.guard, self.token, self.pin = guard, token, pin
        if not allow_checkout and is_in_checkout(self._folder):
            raise FolderExposed

    def __repr__(self) -> str:
        return f"<KeyStore {self._folder}>"

    def make(self, name: str) -> str:
        """Make a new Ed25519 key called `name` and return its Multikey. Raises `KeyExists`, `BadKeyName`."""
        path = self._path(name)
        if path.exists():
            raise KeyExists(name=name)
        seed = secrets.token_bytes(32)
        _write_new(path, self._seal(name, seed))
        return Ed25519Signer(seed, "").multikey

    def signer(self, name: str, method: str) -> Ed25519Signer:
        """The key called `name`, ready to sign as the verification method `method`. Raises `KeyMissing`, `KeyDamaged`."""
        path = self._path(name)
        if not path.exists():
            raise KeyMissing(name=name)
        return Ed25519Signer(self._open(name, _read_private(path)), method)

    def destroy(self, name: str) -> None:
        """Destroy a key that nobody may ever use again; one that is not there is no matter."""
        self._path(name).unlink(missing_ok=True)

    def derive(self, purpose: str) -> bytes:
        """32 secret bytes for one purpose outside the store (tokens of links, say); the same on every call."""
        return derive_key(self._master, f"derived {purpose}")

    @cached_property
    def _master(self) -> bytes:
        """The stretched secret; makes the store's header on first use and refuses a secret that did not make it."""
        _make_private_folder(self._folder)
        path = self._folder / _HEADER
        if not path.exists():
            with suppress(KeyExists):
                _write_new(path, self._new_header())
        return _open_header(self._secret, _read_private(path))

    def _new_header(self) -> bytes:
        salt = secrets.token_bytes(16)
        check = _encrypt(stretch(self._secret, salt, **COST), _CHECK, b"")
        return json.dumps({"format": 1, "scrypt": COST, "salt": salt.hex(), _CHECK: check.hex()}).encode()

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise BadKeyName(name=name)
        return self._folder / f"{name}.key"

    def _seal(self, name: str, seed: bytes) -> bytes:
        return json.dumps({"format": 1, "sealed": _encrypt(self._master, name, seed).hex()}).encode()

    def _open(self, name: str, content: bytes) -> bytes:
        master = self._master
        try:
            return _decrypt(master, name, bytes.fromhex(json.loads(content)["sealed"]))
        except (ValueError, TypeError, KeyError, InvalidTag) as error:
            raise KeyDamaged(name=name) from error


def is_in_checkout(folder: Path) -> bool:
    """Whether a folder lies inside a git work tree, from where it could be committed or packed by mistake."""
    return any((parent / ".git").exists() for parent in (folder, *folder.parents))


def own_secret(folder: Path) -> bytes:
    """The secret kept in `folder` itself, made at the first call; for installations that give none of their own."""
    _make_private_folder(folder)
    path = folder / SECRET_FILE
    if not path.exists():
        with suppress(KeyExists):
            _write_new(path, secrets.token_hex(32).encode())
    return _read_private(path)


def _open_header(secret: bytes, content: bytes) -> bytes:
    """The stretched secret, once the header's own sealed word proves it right."""
    try:
        header = json.loads(content)
        salt, cost, check = bytes.fromhex(header["salt"]), header["scrypt"], bytes.fromhex(header[_CHECK])
        master = stretch(secret, salt, **{name: int(cost[name]) for name in COST})
        _decrypt(master, _CHECK, check)
    except InvalidTag as error:
        raise SecretWrong from error
    except (ValueError, TypeError, KeyError) as error:
        raise KeyDamaged(name=_HEADER) from error
    return master


@lru_cache(maxsize=8)
def stretch(secret: bytes, salt: bytes, n: int, r: int, p: int) -> bytes:
    """The secret made into a key by scrypt. Slow on purpose, so a process does it once for each salt, however often it asks."""
    return Scrypt(salt=salt, length=32, n=n, r=r, p=p).derive(secret)


def derive_key(master: bytes, info: str) -> bytes:
    """32 bytes for one purpose, by HKDF (RFC 5869) from a stretched secret."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info.encode()).derive(master)


def _encrypt(master: bytes, name: str, plain: bytes) -> bytes:
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(derive_key(master, f"seal {name}")).encrypt(nonce, plain, name.encode())


def _decrypt(master: bytes, name: str, sealed: bytes) -> bytes:
    return AESGCM(derive_key(master, f"seal {name}")).decrypt(sealed[:12], sealed[12:], name.encode())


def _make_private_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _require_private(folder)
    except OSError as error:
        raise KeyStoreError from error


def _require_private(path: Path) -> None:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise FileExposed(name=path.name)


def _read_private(path: Path) -> bytes:
    try:
        _require_private(path)
        return path.read_bytes()
    except OSError as error:
        raise KeyStoreError from error


def _write_new(path: Path, content: bytes) -> None:
    try:
        durable.write_new(path, content)
    except FileExistsError as error:
        raise KeyExists(name=path.stem) from error
    except OSError as error:
        raise KeyStoreError from error
