"""Charts as SVG drawn on the server: shapes and figures alone, every word stands in the table beside them. Pure.

Colours come from classes (`zachetka.css`), so a chart follows the theme and prints in black and white: what is signed is full, what
stands in pencil is hatched.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH = 480
LABEL, ROW, BAR, GAP = 248, 40, 20, 8
RADAR, RADIUS = 320, 108
AXES_MIN = 3  # fewer axes enclose nothing
NAME_MAX = 24
STEPS = 3
FULL, PENCIL = "chart-full", "chart-pencil"


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: a name, how much is signed and how much is in pencil."""

    name: str
    full: int
    pencil: int = 0


@dataclass(frozen=True, slots=True)
class Axis:
    """One spoke of a radar, `value` from 0 to `STEPS`."""

    name: str
    value: float


def bars(rows: Sequence[Bar], title: str) -> Markup:
    """Rows of bars from one line, with their figures."""
    height = max(1, len(rows)) * ROW
    most = max([row.full + row.pencil for row in rows], default=0) or 1
    drawn = Markup("").join(_bar(row, place, most) for place, row in enumerate(rows))
    hatch = Markup(
        '<defs><pattern id="chart-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path class="chart-hatch" d="M0 0V6"/></pattern></defs>'
    )
    return _figure(WIDTH, height, title, hatch + drawn)


def columns(rows: Sequence[Bar], title: str) -> Markup:
    """Columns side by side, the first on the left: how something went on from year to year."""
    height, foot, head = 220, 28, 24
    most = max([row.full for row in rows], default=0) or 1
    step = WIDTH / max(1, len(rows))
    wide = min(72.0, step * 0.6)
    drawn = Markup("")
    for place, row in enumerate(rows):
        middle = step * (place + 0.5)
        tall = (height - foot - head) * row.full / most
        top = height - foot - tall
        drawn += Markup('<rect class="chart-full" x="{}" y="{}" width="{}" height="{}"/>').format(
            _n(middle - wide / 2), _n(top), _n(wide), _n(tall)
        )
        drawn += _text(middle, top - 8, str(row.full), "middle") + _text(middle, height - 8, row.name, "middle")
    line = Markup('<path class="chart-line" d="M0 {y}H{w}"/>').format(y=height - foot, w=WIDTH)
    return _figure(WIDTH, height, title, line + drawn)


def radar(axes: Sequence[Axis], title: str) -> Markup:
    """A radar of at least three axes; empty where there are fewer."""
    if len(axes) < AXES_MIN:
        return Markup("")
    rings = Markup("").join(_polygon("chart-ring", [step] * len(axes)) for step in range(1, STEPS + 1))
    spokes = Markup("").join(_spoke(place, len(axes)) for place in range(len(axes)))
    shape = _polygon("chart-shape", [min(max(axis.value, 0), STEPS) for axis in axes])
    names = Markup("").join(_axis_name(axis, place, len(axes)) for place, axis in enumerate(axes))
    return _figure(WIDTH, RADAR, title, rings + spokes + shape + names)


def _bar(row: Bar, place: int, most: int) -> Markup:
    room = WIDTH - LABEL - 56
    top = place * ROW + (ROW - BAR) / 2
    full, pencil = room * row.full / most, room * row.pencil / most
    figures = f"{row.full} + {row.pencil}" if row.pencil else str(row.full)
    return (
        _text(LABEL - GAP, top + BAR - 5, _short(row.name), "end")
        + _rect(FULL, LABEL, top, full)
        + _rect(PENCIL, LABEL + full, top, pencil)
        + _text(LABEL + full + pencil + GAP, top + BAR - 5, figures, "start")
    )


def _rect(kind: str, left: float, top: float, wide: float) -> Markup:
    if wide <= 0:
        return Markup("")
    hatched = Markup(' fill="url(#chart-hatch)"') if kind == PENCIL else ""
    shape = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"{}/>')
    return shape.format(kind, _n(left), _n(top), _n(wide), BAR, hatched)


def _polygon(kind: str, values: Sequence[float]) -> Markup:
    points = (_point(place, len(values), RADIUS * value / STEPS) for place, value in enumerate(values))
    drawn = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return Markup('<polygon class="{}" points="{}"/>').format(kind, drawn)


def _spoke(place: int, count: int) -> Markup:
    x, y = _point(place, count, RADIUS)
    return Markup('<path class="chart-line" d="M{} {}L{} {}"/>').format(WIDTH // 2, RADAR // 2, _n(x), _n(y))


def _axis_name(axis: Axis, place: int, count: int) -> Markup:
    x, y = _point(place, count, RADIUS + 18)
    side = x - WIDTH / 2
    anchor = "middle" if abs(side) < RADIUS / 4 else "start" if side > 0 else "end"
    return _text(x, y + 5, _short(axis.name), anchor)


def _point(place: int, count: int, distance: float) -> tuple[float, float]:
    angle = 2 * math.pi * place / count - math.pi / 2
    return WIDTH / 2 + distance * math.cos(angle), RADAR / 2 + distance * math.sin(angle)


def _text(x: float, y: float, words: str, anchor: str) -> Markup:
    return Markup('<text class="chart-text" x="{}" y="{}" text-anchor="{}">{}</text>').format(
        _n(x), _n(y), anchor, words
    )


def _short(name: str) -> str:
    return name if len(name) <= NAME_MAX else name[: NAME_MAX - 1].rstrip() + "…"


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _figure(width: int, height: int, title: str, inside: Markup) -> Markup:
    frame = Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>')
    return frame.format(width, height, escape(title), inside)
