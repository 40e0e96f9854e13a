"""The mark of the house (`look/static/mark.svg`) as a PNG, for phones that take no other icon."""

import io
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw

Point = tuple[float, float]
Box = tuple[float, float, float, float]

GRID: Final = 32  # the square in which the mark is drawn
FINER: Final = 4  # drawn larger and made smaller, so that edges are smooth
COVER: Final = (0x0B, 0x44, 0x49, 0xFF)
FOLD: Final = (0x8C, 0xA6, 0xA2, 0xFF)  # the ink at 55 % on the cover
INK: Final = (0xF6, 0xF1, 0xE2, 0xFF)
TICK: Final[tuple[Point, ...]] = ((14, 16.5), (17.5, 20), (23.5, 12))
SAFE: Final = 0.72  # of a maskable icon: what no mask cuts off (W3C Web App Manifest, "Icon masks and safe zone")


@lru_cache(maxsize=8)
def icon(size: int, *, maskable: bool = False) -> bytes:
    """The mark, `size` pixels wide: on nothing, or with the cover's colour to every edge where phones cut a shape out of it."""
    side = size * FINER
    image = Image.new("RGBA", (side, side), COVER if maskable else (0, 0, 0, 0))
    _draw(ImageDraw.Draw(image), side, SAFE if maskable else 1)
    written = io.BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(written, "PNG", optimize=True)
    return written.getvalue()


def _draw(pen: ImageDraw.ImageDraw, side: int, share: float) -> None:
    scale = side * share / GRID
    edge = (side - side * share) / 2

    def at(x: float, y: float) -> Point:
        return (edge + x * scale, edge + y * scale)

    def box(left: float, top: float, right: float, bottom: float) -> Box:
        return (*at(left, top), *at(right, bottom))

    pen.rounded_rectangle(box(5, 2, 28, 30), 4 * scale, COVER, corners=(False, True, True, False))
    pen.rectangle(box(9.25, 2, 10.75, 30), FOLD)
    pen.line([at(*point) for point in TICK], INK, round(2.8 * scale), joint="curve")
    for x, y in TICK:
        pen.ellipse(box(x - 1.4, y - 1.4, x + 1.4, y + 1.4), INK)
