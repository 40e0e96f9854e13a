"""Charts hold whatever is put into them: well-formed, inside their frame, as large as the figures say."""

import math
import re
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from wallet_web.portfolio import charts
from wallet_web.portfolio.charts import AXES_MIN, STEPS, WIDTH, Axis, Bar

TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=60)
COUNT = st.integers(0, 100_000)
BARS = st.lists(st.builds(Bar, TEXT, COUNT, COUNT), max_size=12)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def rects(drawn: str, kind: str) -> list[dict[str, str]]:
    return [one.attrib for one in ET.fromstring(drawn).iter("rect") if one.get("class") == kind]  # noqa: S314 - our own drawing


@given(BARS, TEXT)
def test_bars_are_as_long_as_their_figures(rows: list[Bar], title: str) -> None:
    drawn = charts.bars(rows, title)
    full = rects(drawn, "chart-full")
    lengths = {
        row.full: float(rect["width"]) for row, rect in zip((row for row in rows if row.full), full, strict=False)
    }
    for one in [*full, *rects(drawn, "chart-pencil")]:
        assert float(one["x"]) >= 0
        assert float(one["x"]) + float(one["width"]) <= WIDTH
    if len(full) == sum(1 for row in rows if row.full):
        assert [lengths[value] for value in sorted(lengths)] == sorted(lengths.values())


@given(BARS, TEXT)
def test_columns_stand_inside_their_frame(rows: list[Bar], title: str) -> None:
    for one in rects(charts.columns(rows, title), "chart-full"):
        assert 0 <= float(one["x"]) <= WIDTH - float(one["width"]) + 0.1
        assert float(one["y"]) >= 0
        assert float(one["height"]) >= 0


@given(st.lists(st.builds(Axis, TEXT, st.floats(-5, 9)), max_size=15), TEXT)
def test_a_radar_reaches_no_further_than_its_last_ring(axes: list[Axis], title: str) -> None:
    drawn = charts.radar(axes, title)
    if len(axes) < AXES_MIN:
        assert drawn == ""
        return
    shape = next(one for one in ET.fromstring(drawn).iter("polygon") if one.get("class") == "chart-shape")  # noqa: S314
    points = [tuple(map(float, point.split(","))) for point in shape.attrib["points"].split()]
    assert len(points) == len(axes)
    for axis, (x, y) in zip(axes, points, strict=True):
        reached = math.hypot(x - WIDTH / 2, y - charts.RADAR / 2)
        assert abs(reached - charts.RADIUS * min(max(axis.value, 0), STEPS) / STEPS) < 0.2


def test_words_cannot_become_marks() -> None:
    evil = '"><script>alert(1)</script>'
    for drawn in (
        charts.bars([Bar(evil, 1)], evil),
        charts.columns([Bar(evil, 1)], evil),
        charts.radar([Axis(evil, 1)] * 3, evil),
    ):
        assert "<script" not in drawn


def test_nothing_is_drawn_in_a_colour_or_style_of_its_own() -> None:
    drawn = charts.bars([Bar("а", 2, 1)], "т") + charts.radar([Axis("а", 1)] * 3, "т")
    assert "style=" not in drawn
    assert not re.search(r'fill="(?!url\(#chart-hatch\))', drawn)
