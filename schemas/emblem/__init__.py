"""The emblem of an achievement, drawn from its data alone: the same achievement always gives the same picture.

Outline = form of activity, pattern = group of outcomes, ring = level 1-3, letters = initials of the issuer. One geometry of
polygons, strokes and letters in a square of 320 units is written as SVG and painted as PNG. Two inks and paper, so it prints in
black and white; silhouette, ring and letters carry at 32 pixels.
"""

from schemas.emblem.facts import Facts, facts, initials
from schemas.emblem.geometry import UNITS
from schemas.emblem.png import emblem_png
from schemas.emblem.svg import emblem_svg

__all__ = ["UNITS", "Facts", "emblem_png", "emblem_svg", "facts", "initials"]
