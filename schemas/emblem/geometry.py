"""Where everything stands: outlines, the ring of the level, patterns, all in a square of 320 units."""

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from schemas.emblem.facts import Facts

Point = tuple[float, float]
Curve = Callable[[float], float]

UNITS: Final = 320
CENTRE: Final = 160.0
FIELD: Final = 97.0  # radius of the paper disc that carries pattern and letters
INK: Final = "#14504d"
PALE: Final = "#b4d0cc"
PAPER: Final = "#ffffff"
WEIGHT: Final = 700  # of the letters
HALO: Final = 16  # of paper around the letters
_EDGE: Final = 154.0  # farthest reach of an outline
_RING: Final = (104.0, 119.0)
_SEGMENT: Final = (8.0, 112.0)  # degrees of one third of the ring
_LETTER_SIZES: Final = {1: 120, 2: 100, 3: 70}

# Outlines: reach by angle, 1 at the farthest point, never below 0.79 so that the ring stays inside


def _regular(corners: int, turn: float = 0.0) -> Curve:
    step = 2 * math.pi / corners
    return lambda angle: math.cos(step / 2) / math.cos((angle + turn) % step - step / 2)


def _waves(count: int, depth: float, turn: float = 0.0) -> Curve:
    return lambda angle: 1 - depth / 2 * (1 + math.cos(count * (angle + turn)))


def _teeth(count: int) -> Curve:
    return lambda angle: 1.0 if math.sin(count * angle) > 0 else 0.87


def _squircle(turn: float) -> Curve:
    """A superellipse, its corners at reach 1."""
    corner = 2 ** (0.5 - 1 / 5)
    return lambda angle: (abs(math.cos(angle + turn)) ** 5 + abs(math.sin(angle + turn)) ** 5) ** (-1 / 5) / corner


_UP: Final = -math.pi / 2
_OUTLINES: Final[dict[str, Curve]] = {
    "дополнительное образование": lambda _: 0.97,
    "сетевая": _regular(6, _UP),
    "полевая": _waves(8, 0.16),
    "дистанционная": _squircle(0),
    "смешанная": _squircle(math.pi / 4),
    "краткий курс": _regular(5, _UP),
    "профессиональная проба": _teeth(12),
    "социальная практика": _waves(3, 0.2, _UP),
    "зачёт результатов": _waves(28, 0.08),
}
_SPARE_OUTLINES: Final[tuple[Curve, ...]] = (_regular(8, math.pi / 8), _regular(7, _UP), _waves(12, 0.12))


def outline(shown: Facts) -> list[Point]:
    """The silhouette."""
    curve = _OUTLINES.get(shown.form) or _SPARE_OUTLINES[shown.seed % len(_SPARE_OUTLINES)]
    return [_polar(_EDGE * curve(math.radians(degree)), degree) for degree in range(0, 360, 2)]


def _polar(radius: float, degree: float) -> Point:
    angle = math.radians(degree)
    return CENTRE + radius * math.cos(angle), CENTRE + radius * math.sin(angle)


def ring(level: int) -> Iterator[list[Point]]:
    """Three thirds of a ring from the top clockwise: broad for a reached level, a hair for the others."""
    inner, outer = _RING
    for third in range(3):
        near, far = (inner, outer) if third < level else (outer - 6, outer - 3)
        degrees = [third * 120 - 90 + _SEGMENT[0] + step * (_SEGMENT[1] - _SEGMENT[0]) / 24 for step in range(25)]
        yield [*(_polar(far, degree) for degree in degrees), *(_polar(near, degree) for degree in reversed(degrees))]


# Patterns: strokes on the paper disc, cut off at its edge

_GRID: Final = range(-100, 101, 25)
_Strokes = list[list[Point]]


def _lines(degree: float, spacing: int = 22) -> _Strokes:
    across, along = math.radians(degree + 90), math.radians(degree)
    return [
        [
            (
                CENTRE + offset * math.cos(across) + reach * math.cos(along),
                CENTRE + offset * math.sin(across) + reach * math.sin(along),
            )
            for reach in (-100, 100)
        ]
        for offset in range(-4 * spacing, 4 * spacing + 1, spacing)
    ]


def _marks(*strokes: tuple[Point, Point]) -> _Strokes:
    """The same few strokes at every point of a grid, every other row shifted."""
    return [
        [(CENTRE + x + shift + dx, CENTRE + y + dy) for dx, dy in stroke]
        for row, y in enumerate(_GRID)
        for x in _GRID
        for shift in (12.5 * (row % 2),)
        for stroke in strokes
    ]


def _rows(height: Curve) -> _Strokes:
    return [[(CENTRE + x, CENTRE + y + height(x)) for x in range(-100, 101, 5)] for y in range(-100, 101, 22)]


def _circles() -> _Strokes:
    return [[_polar(radius, degree) for degree in range(0, 361, 10)] for radius in range(14, 97, 18)]


def _rays() -> _Strokes:
    return [[_polar(10, degree), _polar(FIELD, degree)] for degree in range(0, 360, 15)]


_PATTERNS: Final[dict[str, _Strokes]] = {
    "ИНФ": _marks(((-0.1, 0), (0.1, 0)), ((8, -5), (8, 5))),
    "ФИЗ": _circles(),
    "БИО": _rows(lambda x: 7 * math.sin(x / 8)),
    "ТЕХ": [*_lines(0, 24), *_lines(90, 24)],
    "ИП": _rays(),
    "ФИН": _lines(90, 16),
    "ОБЗР": _marks(((-6, 0), (6, 0)), ((0, -6), (0, 6))),
    "ПРОФ": _rows(lambda x: abs(x % 30 - 15) - 7.5),
    "МП.П": _marks(((-7, 6), (0, -6)), ((0, -6), (7, 6)), ((7, 6), (-7, 6))),
    "МП.К": [*_lines(45, 20), *_lines(135, 20)],
    "МП.Р": _lines(0, 16),
    "": [],
}
_SPARE_PATTERNS: Final = (_lines(45), _lines(135), _lines(30, 14), _marks(((-6, -6), (6, 6)), ((-6, 6), (6, -6))))


def pattern(shown: Facts) -> Iterator[list[Point]]:
    """The strokes behind the letters."""
    strokes = _PATTERNS.get(shown.group)
    if strokes is None:
        strokes = _SPARE_PATTERNS[shown.seed % len(_SPARE_PATTERNS)]
    for stroke in strokes:
        for start, end in pairwise(stroke):
            yield from _inside(start, end)


def stroke_width(shown: Facts) -> float:
    """How thick they are."""
    return 5.0 if shown.group in {"ИНФ", "ОБЗР", "МП.П"} else 4.0


def _inside(start: Point, end: Point) -> Iterator[list[Point]]:
    """The part of a stroke that lies on the paper disc."""
    (x, y), (dx, dy) = (start[0] - CENTRE, start[1] - CENTRE), (end[0] - start[0], end[1] - start[1])
    a, b, c = dx * dx + dy * dy, x * dx + y * dy, x * x + y * y - (FIELD - 4) ** 2
    root = b * b - a * c
    if a == 0 or root <= 0:
        return
    enter, leave = max(0.0, (-b - math.sqrt(root)) / a), min(1.0, (-b + math.sqrt(root)) / a)
    if enter < leave:
        yield [(start[0] + dx * part, start[1] + dy * part) for part in (enter, leave)]


# Letters


def letter_size(initials: str) -> int:
    """The height of the letters, so that they fit the disc."""
    return _LETTER_SIZES[len(initials)]


def baseline(initials: str) -> float:
    """The height on which the letters stand."""
    return CENTRE + letter_size(initials) * 0.35
