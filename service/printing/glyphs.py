"""Which signs a letter file can show: its `cmap` table (OpenType 1.9, formats 4 and 12)."""

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

BASIC, ALL = 4, 12  # the two formats that say in segments which signs there are


def signs_of(fonts: Iterable[Path]) -> frozenset[int]:
    """The code points that at least one of the files has a glyph for."""
    return frozenset(sign for font in fonts for sign in _signs(font.read_bytes()))


def _signs(font: bytes) -> Iterator[int]:
    table = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", table, 2)
    for number in range(count):
        (offset,) = struct.unpack_from(">I", table, 4 + 8 * number + 4)
        (form,) = struct.unpack_from(">H", table, offset)
        if form == BASIC:
            yield from _basic(table[offset:])
        elif form == ALL:
            yield from _all(table[offset:])


def _table(font: bytes, name: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == name:
            return font[offset : offset + length]
    raise ValueError(f"no table {name!r}")


def _basic(table: bytes) -> Iterator[int]:
    """Format 4: a sign is there unless its glyph is number 0."""
    twice = struct.unpack_from(">H", table, 6)[0]
    count = twice // 2
    ends, starts = (struct.unpack_from(f">{count}H", table, place) for place in (14, 16 + twice))
    deltas, offsets = (struct.unpack_from(f">{count}H", table, 16 + times * twice) for times in (2, 3))
    for segment in range(count):
        for sign in range(starts[segment], ends[segment] + 1):
            glyph = sign
            if offsets[segment]:
                place = 16 + 3 * twice + 2 * segment + offsets[segment] + 2 * (sign - starts[segment])
                (glyph,) = struct.unpack_from(">H", table, place) if place + 2 <= len(table) else (0,)
            if (glyph or not offsets[segment]) and (glyph + deltas[segment]) % 0x10000:
                yield sign


def _all(table: bytes) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", table, 12)
    for number in range(count):
        first, last, _ = struct.unpack_from(">III", table, 16 + 12 * number)
        yield from range(first, last + 1)
