"""A sealed stream: bytes of any length under a secret, in chunks that can be neither cut off, exchanged, repeated nor changed.

    magic ‖ format ‖ salt ‖ check ‖ chunk₀ ‖ chunk₁ ‖ … ‖ last chunk

Every stream has a salt and so a key of its own. A chunk is sealed with AES-256-GCM under its number and whether it is the last
one (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár), bound to the head. `check` tells a wrong secret from a
damaged file. Memory stays at two chunks however long the stream is.
"""

from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from keys.errors.copies import CopyDamaged, CopyForeign, CopyNewer, CopySecretWrong
from keys.store import COST, derive_key, stretch

SALT_BYTES: Final = 16
CHUNK_BYTES: Final = 64 * 1024
_MAGIC: Final = b"zachetka copy\n"
_FORMAT: Final = 1
_TAG_BYTES: Final = 16
_HEAD_BYTES: Final = len(_MAGIC) + 1 + SALT_BYTES
_ONCE: Final = bytes(12)  # the nonce of a key that seals a single word


class SealingStream:
    """Seals what is written to it into `file`. `salt` is `SALT_BYTES` random bytes that were never used before.

    Only `finish` makes it whole: what was not finished cannot be opened.
    """

    def __init__(self, file: BinaryIO, secret: bytes, salt: bytes) -> None:
        self._file = file
        self._head = _MAGIC + bytes([_FORMAT]) + salt
        check, self._cipher = _ciphers(secret, salt)
        self._buffer, self._number = bytearray(), 0
        file.write(self._head + check.encrypt(_ONCE, b"", self._head))

    def write(self, plain: bytes) -> int:
        """Take in further bytes."""
        self._buffer += plain
        while len(self._buffer) > CHUNK_BYTES:  # a full buffer waits: it may be the last chunk
            self._seal(bytes(self._buffer[:CHUNK_BYTES]), last=False)
            del self._buffer[:CHUNK_BYTES]
        return len(plain)

    def finish(self) -> None:
        """Seal the last chunk; nothing may be written after it."""
        self._seal(bytes(self._buffer), last=True)

    def _seal(self, plain: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), plain, self._head))
        self._number += 1


class OpeningStream:
    """Gives back what a `SealingStream` has sealed into `file`, each chunk only after it has proved genuine.

    Raises `CopyForeign`, `CopyNewer`, `CopySecretWrong` at once, `CopyDamaged` when reading comes to the place. The whole is
    known to be whole only when `read` has given its end, `b""`.
    """

    def __init__(self, file: BinaryIO, secret: bytes) -> None:
        self._file = file
        self._head = _read_head(file)
        check, self._cipher = _ciphers(secret, self._head[-SALT_BYTES:])
        try:
            check.decrypt(_ONCE, file.read(_TAG_BYTES), self._head)
        except (InvalidTag, ValueError) as error:
            raise CopySecretWrong from error
        self._plain, self._number = bytearray(), 0
        self._ahead = file.read(CHUNK_BYTES + _TAG_BYTES)
        self._ended = False

    def read(self, size: int) -> bytes:
        """The next `size` bytes, fewer only at the end."""
        while len(self._plain) < size and not self._ended:
            self._plain += self._open()
        given = bytes(self._plain[:size])
        del self._plain[:size]
        return given

    def _open(self) -> bytes:
        sealed, self._ahead = self._ahead, self._file.read(CHUNK_BYTES + _TAG_BYTES)
        self._ended = not self._ahead
        try:
            plain = self._cipher.decrypt(_nonce(self._number, last=self._ended), sealed, self._head)
        except (InvalidTag, ValueError) as error:
            raise CopyDamaged from error
        self._number += 1
        return plain


def _read_head(file: BinaryIO) -> bytes:
    head = file.read(_HEAD_BYTES)
    if len(head) < _HEAD_BYTES or not head.startswith(_MAGIC):
        raise CopyForeign
    if head[len(_MAGIC)] != _FORMAT:
        raise CopyNewer
    return head


def _ciphers(secret: bytes, salt: bytes) -> tuple[AESGCM, AESGCM]:
    """What seals the check of the head, and what seals the chunks."""
    master = stretch(secret, salt, **COST)
    return AESGCM(derive_key(master, "copy check")), AESGCM(derive_key(master, "copy"))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
