"""The emblem written as SVG."""

import re
from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

from schemas.achievement import Achievement
from schemas.emblem.facts import facts
from schemas.emblem.geometry import (
    CENTRE,
    FIELD,
    HALO,
    INK,
    PALE,
    PAPER,
    UNITS,
    WEIGHT,
    Point,
    baseline,
    letter_size,
    outline,
    pattern,
    ring,
    stroke_width,
)

_FAMILY: Final = "'Golos Text','PT Sans',Arial,sans-serif"
_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 §2.2


def emblem_svg(achievement: Achievement, issuer_name: str, size: int = UNITS) -> str:
    """The emblem as an SVG element of `size` pixels; text in it is escaped, there is no script, style or reference."""
    shown = facts(achievement, issuer_name)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {UNITS} {UNITS}" width="{size}" height="{size}" role="img">',
        f"<title>{escape(_NOT_XML.sub('', shown.title))}</title>",
        _polygon(outline(shown), INK),
        *(_polygon(segment, PAPER) for segment in ring(shown.level)),
        f'<circle cx="{CENTRE:g}" cy="{CENTRE:g}" r="{FIELD:g}" fill="{PAPER}"/>',
        f'<g fill="none" stroke="{PALE}" stroke-width="{stroke_width(shown):g}" stroke-linecap="round">',
        f'<path d="{_strokes(pattern(shown))}"/></g>',
        _letters(shown.initials),
        "</svg>",
    ]
    return "".join(parts)


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.1f}"


def _polygon(points: list[Point], fill: str) -> str:
    return f'<path d="M{"L".join(map(_at, points))}Z" fill="{fill}"/>'


def _strokes(strokes: Iterable[list[Point]]) -> str:
    """Strokes as path data; one that begins where the last one ended goes on from there."""
    written, last = "", ""
    for start, end in (map(_at, stroke) for stroke in strokes):
        written += f"L{end}" if start == last else f"M{start}L{end}"
        last = end
    return written


def _letters(text: str) -> str:
    size = letter_size(text)
    place = f'x="{CENTRE:g}" y="{baseline(text):.1f}" text-anchor="middle"'
    font = f'font-family="{_FAMILY}" font-size="{size}" font-weight="{WEIGHT}"'
    ink = f'fill="{INK}" stroke="{PAPER}" stroke-width="{HALO}" stroke-linejoin="round" paint-order="stroke"'
    return f"<text {place} {font} {ink}>{escape(text)}</text>"
