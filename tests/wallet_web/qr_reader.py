"""Reads a QR code's matrix back into text (ISO/IEC 18004): byte mode, no error correction needed, versions 1-6, level M."""

from collections.abc import Callable, Iterator

Matrix = list[list[bool]]

# For level M, by version: data codewords of each block.
BLOCKS = {1: [16], 2: [28], 3: [44], 4: [32] * 2, 5: [43] * 2, 6: [27] * 4}
MASKS: list[Callable[[int, int], bool]] = [
    lambda row, column: (row + column) % 2 == 0,
    lambda row, _: row % 2 == 0,
    lambda _, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
]
FORMAT_MASK = 0b101010000010010


def read(modules: Matrix) -> str:
    """The text of a code without quiet zone."""
    version = (len(modules) - 17) // 4
    level, mask = _format(modules)
    assert level == 0b00, "level M"
    bits = "".join("01"[modules[r][c] ^ MASKS[mask](r, c)] for r, c in _path(len(modules), version))
    data = _deinterleave([int(bits[i : i + 8], 2) for i in range(0, len(bits) - 7, 8)], BLOCKS[version])
    stream = "".join(f"{byte:08b}" for byte in data)
    assert stream[:4] == "0100", "byte mode"
    length = int(stream[4:12], 2)
    return bytes(int(stream[12 + 8 * i : 20 + 8 * i], 2) for i in range(length)).decode("ascii")


def trimmed(matrix: Matrix, border: int) -> Matrix:
    """The code without its quiet zone, which must be white."""
    inner = [row[border:-border] for row in matrix[border:-border]]
    assert sum(map(sum, matrix)) == sum(map(sum, inner))
    return inner


def _format(modules: Matrix) -> tuple[int, int]:
    cells = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    value = int("".join("01"[modules[r][c]] for r, c in cells), 2) ^ FORMAT_MASK
    return value >> 13, value >> 10 & 0b111


def _path(side: int, version: int) -> Iterator[tuple[int, int]]:
    """The cells that carry data, in the order of ISO/IEC 18004 §7.7.3."""
    upward = True
    for right in (*range(side - 1, 6, -2), 5, 3, 1):
        for step in range(side):
            row = side - 1 - step if upward else step
            for column in (right, right - 1):
                if not _reserved(row, column, side, version):
                    yield row, column
        upward = not upward


def _reserved(row: int, column: int, side: int, version: int) -> bool:
    finder = (row < 9 and column < 9) or (row < 9 and column >= side - 8) or (row >= side - 8 and column < 9)
    alignment = version > 1 and abs(row - (side - 7)) <= 2 and abs(column - (side - 7)) <= 2
    return finder or alignment or row == 6 or column == 6


def _deinterleave(codewords: list[int], sizes: list[int]) -> list[int]:
    blocks: list[list[int]] = [[] for _ in sizes]
    source = iter(codewords)
    for place in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if place < size:
                block.append(next(source))
    return [byte for block in blocks for byte in block]
