"""Mutations that know JSON: what is mutated stays a document, now and then with bytes that no JSON writer would write."""

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any, Final

from tests.fuzz.acts import ACTS, prune
from tests.fuzz.draw import RAW_PLACE, Draw
from tests.fuzz.words import KEYWORDS, RAW, TERMS

MAX_LENGTH: Final = 16_384
_TOKENS: Final = (
    *(json.dumps(word).encode() for word in (*TERMS, *KEYWORDS)),
    *(bytes([byte]) for byte in b'{}[],:"\\'),
)
_RAW_FORMS: Final = (json.dumps(RAW_PLACE), f'"{RAW_PLACE}"')
_BYTES_SHARE: Final = 5
_SMALL: Final = 1_000
_REMEMBERED: Final = 1_000


def mutate_bytes(data: bytes, random: Random) -> bytes:
    """A few bytes changed, cut out, repeated or replaced by a word."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 4)):
        start = random.randrange(len(changed) + 1)
        end = min(len(changed), start + random.choice((0, 1, 1, 2, 8, 40)))
        piece = bytes(changed[start:end])
        changed[start:end] = random.choice((b"", bytes([random.randrange(256)]), piece * 2, random.choice(_TOKENS)))
    return bytes(changed)


class Mutator:
    """Makes new inputs of old ones. `donors` are inputs to take parts from."""

    def __init__(self, donors: Sequence[bytes]) -> None:
        self._donors = [document for document in map(_parsed, donors) if document]
        self._accepted = list(donors)

    def learn(self, data: bytes) -> None:
        """Start from `data` now and then: it was accepted, and what is refused early teaches little."""
        if len(data) <= _SMALL:
            self._accepted.append(data)
            del self._accepted[:-_REMEMBERED]

    def mutate(
        self,
        data: bytes,
        random: Random,
        *,
        max_length: int = MAX_LENGTH,
        by_bytes: Callable[[bytes, Random], bytes] = mutate_bytes,
    ) -> bytes:
        """An input of at most `max_length` bytes, one in five changed without regard to JSON `by_bytes`."""
        data = data if random.randrange(3) else random.choice(self._accepted)
        document = _parsed(data)
        if document is None or not random.randrange(_BYTES_SHARE):
            return by_bytes(data, random)[:max_length]
        if len(data) > _SMALL and random.randrange(4):
            prune(Draw(document, random, ()))
        for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
            random.choice(ACTS)(Draw(document, random, self._donors))
        written = _written(document, random)
        return written if len(written) <= max_length else by_bytes(data, random)[:max_length]


def _parsed(data: bytes) -> dict[str, Any] | None:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None


def _written(document: dict[str, Any], random: Random) -> bytes:
    text = json.dumps(document, ensure_ascii=not random.randrange(4), separators=(",", ":"))
    for form in _RAW_FORMS:
        while form in text:
            text = text.replace(form, random.choice(RAW), 1)
    return text.encode("utf-8", "surrogatepass")
