"""CBOR (RFC 8949) as proofs use it, the one place that knows cbor2: no tags, no streams, one spelling for each value."""

from collections import defaultdict
from typing import Any, Final, NoReturn

import cbor2

from keys.errors.written import BadCbor

_DEPTH: Final = 4


def encode(value: object) -> bytes:
    """The bytes of a value in their shortest form, maps in the order in which they were made."""
    return cbor2.dumps(value)


def decode(data: bytes) -> Any:
    """The inverse, for what `encode` writes and nothing else.

    Raises `BadCbor` for tags, indefinite lengths, repeated keys, longer spellings, bytes after the value, nesting over 4.
    """
    try:
        value = cbor2.loads(
            data,
            semantic_decoders=defaultdict(lambda: _refuse),
            max_depth=_DEPTH,
            allow_indefinite=False,
            allow_duplicate_keys=False,
        )
    except (cbor2.CBORDecodeError, ValueError, TypeError) as error:  # a map or a list as a key is a TypeError
        raise BadCbor from error
    if encode(value) != data:
        raise BadCbor
    return value


def _refuse(*_: object) -> NoReturn:
    raise ValueError("tag")
