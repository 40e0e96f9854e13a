"""The emblem painted as PNG."""

import io
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

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

_SUPERSAMPLING: Final = 4
_LATIN: Final = dict(zip("АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ", "ABVGDEEZZIJKLMNOPRSTUFHCCSS'Y'EUA", strict=True))


def emblem_png(achievement: Achievement, issuer_name: str, size: int = UNITS, fonts: Sequence[Path] = ()) -> bytes:
    """The emblem as a PNG of `size` pixels on a transparent ground.

    `fonts` are files that FreeType reads, tried in turn for each letter; without one the letters are drawn in Latin.
    """
    shown = facts(achievement, issuer_name)
    scale = size * _SUPERSAMPLING / UNITS
    image = Image.new("RGBA", (size * _SUPERSAMPLING,) * 2, (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.polygon(_scaled(outline(shown), scale), fill=INK)
    for segment in ring(shown.level):
        draw.polygon(_scaled(segment, scale), fill=PAPER)
    draw.circle((CENTRE * scale, CENTRE * scale), FIELD * scale, fill=PAPER)
    for stroke in pattern(shown):
        draw.line(_scaled(stroke, scale), fill=PALE, width=round(stroke_width(shown) * scale))
    _paint_letters(draw, shown.initials, scale, fonts)
    painted = io.BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(painted, "PNG", optimize=True)
    return painted.getvalue()


def _scaled(points: Sequence[Point], scale: float) -> list[Point]:
    return [(x * scale, y * scale) for x, y in points]


def _paint_letters(draw: ImageDraw.ImageDraw, text: str, scale: float, fonts: Sequence[Path]) -> None:
    size = letter_size(text) * scale
    drawn = [_glyph(letter, size, fonts) for letter in text]
    left = CENTRE * scale - sum(font.getlength(letter) for letter, font in drawn) / 2
    places = []
    for letter, font in drawn:
        places.append((left, letter, font))
        left += font.getlength(letter)
    for width, fill in ((round(HALO * scale / 2), PAPER), (0, INK)):
        for x, letter, font in places:
            draw.text(
                (x, baseline(text) * scale),
                letter,
                fill=fill,
                font=font,
                anchor="ls",
                stroke_width=width,
                stroke_fill=PAPER,
            )


def _bold(path: Path, size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(path, size)
    with suppress(OSError):  # a font with one weight has no axes
        font.set_variation_by_axes([WEIGHT])
    return font


def _glyph(letter: str, size: float, fonts: Sequence[Path]) -> tuple[str, ImageFont.FreeTypeFont]:
    """The letter and the first font that has it; else its Latin neighbour in Pillow's own font."""
    for path in fonts:
        font = _bold(path, size)
        if bytes(font.getmask(letter)) != bytes(font.getmask("\uffff")):
            return letter, font
    spare = ImageFont.load_default(size)
    if not isinstance(spare, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType")
    return _LATIN.get(letter, letter), spare
