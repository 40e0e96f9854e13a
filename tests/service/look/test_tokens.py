"""Contrast is computed from the tokens themselves, in every theme (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[3] / "service/look/static/tokens.css"
TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("paper", "paper-deep", "field")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "ink-soft", "accent", "accent-deep", "pencil") for ground in GROUNDS),
    *((tone, ground) for tone in ("valid", "wait", "bad") for ground in ("paper", f"{tone}-tint")),
    *(("ink", f"{tone}-tint") for tone in ("valid", "wait", "bad")),
    *(("ink-soft", f"{tone}-tint") for tone in ("valid", "wait", "bad")),
    *(("stamp", ground) for ground in ("paper", "valid-tint")),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
    ("paper", "bad"),
    ("cover-ink", "cover"),
    ("cover-soft", "cover"),
    ("demo-ink", "demo"),
]
SHAPE_PAIRS = [
    *(("edge", ground) for ground in GROUNDS),
    *(("accent", ground) for ground in GROUNDS),
    ("paper", "valid"),
]


def themes() -> dict[str, dict[str, str]]:
    """The colours of each theme; dark and print only change what light has set."""
    blocks = re.split(r"@media \((prefers-color-scheme: dark)\)|@media (print)", TOKENS.read_text(encoding="utf-8"))
    light, dark, paper = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[part])) for part in (0, 3, 6))
    return {"light": light, "dark": dark, "print": paper}


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_as_in_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_every_text_can_be_read(theme: str) -> None:
    colours = themes()[theme]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in TEXT_PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < TEXT} == {}


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_every_shape_can_be_seen(theme: str) -> None:
    colours = themes()[theme]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in SHAPE_PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < SHAPE} == {}


def test_every_theme_sets_every_colour() -> None:
    light, dark, paper = themes().values()
    assert set(light) == set(dark) == set(paper)


def test_colours_live_in_the_tokens_only() -> None:
    css = (TOKENS.parent / "zachetka.css").read_text(encoding="utf-8")
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", css)) == {"#fff"}, (
        "only the ground of a QR code is white in every theme"
    )
