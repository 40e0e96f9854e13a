import io
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from schemas.achievement import Achievement
from schemas.emblem import UNITS, emblem_png, emblem_svg, initials

FONTS = sorted((Path(__file__).parents[2] / "service" / "look" / "static" / "fonts").glob("*.woff2"))
FORMS = (
    "дополнительное образование",
    "сетевая",
    "полевая",
    "дистанционная",
    "смешанная",
    "краткий курс",
    "профессиональная проба",
    "социальная практика",
    "зачёт результатов",
)
GROUPS = ("ИНФ", "ФИЗ", "БИО", "ТЕХ", "ИП", "ФИН", "ОБЗР", "ПРОФ", "МП.П", "МП.К", "МП.Р")
UGU = "ФГБОУ ВО «Северный открытый университет»"


def achievement(form: str = "смешанная", group: str = "ИП", level: int = 3, **members: Any) -> Achievement:
    code = f"{group}1" if group.startswith("МП") else f"{group}.1"
    document = {
        "id": "https://ugu.sever.example/orgs/ugu/achievements/m08-1",
        "name": "Исследовательский проект",
        "tag": [f"форма: {form}", f"уровень: {level}"],
        "alignment": [{"targetCode": code, "targetName": "Цель", "targetUrl": "https://cpo.sever.example/1"}],
    }
    return Achievement({**document, **members})


def painted(shown: Achievement, size: int, issuer: str = UGU) -> Image.Image:
    """The emblem in shades of grey on white paper."""
    drawn = Image.open(io.BytesIO(emblem_png(shown, issuer, size, FONTS)))
    paper = Image.new("RGBA", drawn.size, "white")
    return Image.alpha_composite(paper, drawn).convert("L")


def difference(one: Image.Image, other: Image.Image) -> float:
    """How much of the picture differs, 0 to 1."""
    changed = ImageChops.difference(one, other).point(lambda shade: 255 if shade > 48 else 0)
    return changed.histogram()[255] / (one.width * one.height)


def test_the_same_achievement_always_has_the_same_emblem() -> None:
    assert emblem_svg(achievement(), UGU) == emblem_svg(achievement(), UGU)
    assert emblem_png(achievement(), UGU, fonts=FONTS) == emblem_png(achievement(), UGU, fonts=FONTS)


def test_it_is_one_plain_svg_element_without_style_script_or_reference() -> None:
    svg = emblem_svg(achievement(), UGU, 64)
    root = fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert (root.get("viewBox"), root.get("width"), root.get("role")) == ("0 0 320 320", "64", "img")
    assert root.findtext("{http://www.w3.org/2000/svg}title") == f"Исследовательский проект · {UGU}"
    assert not any(word in svg for word in ("style", "script", "href", "url(", " id="))
    assert len(svg) < 12_000


@pytest.mark.parametrize(("one", "other"), list(combinations(FORMS, 2)))
def test_forms_are_told_apart_at_32_pixels(one: str, other: str) -> None:
    assert difference(painted(achievement(form=one), 32), painted(achievement(form=other), 32)) > 0.015


@pytest.mark.parametrize(("one", "other"), [(1, 2), (2, 3), (1, 3)])
def test_levels_are_told_apart_at_32_pixels(one: int, other: int) -> None:
    assert difference(painted(achievement(level=one), 32), painted(achievement(level=other), 32)) > 0.015


@pytest.mark.parametrize(("one", "other"), list(combinations(GROUPS, 2)))
def test_groups_of_outcomes_have_patterns_of_their_own(one: str, other: str) -> None:
    first, second = (emblem_svg(achievement(group=group), UGU) for group in (one, other))
    assert first != second


def test_subject_outcomes_give_the_pattern_before_meta_subject_ones() -> None:
    mixed = [{"targetCode": code} for code in ("МП.П1", "МП.П2", "ИНФ.1")]
    alone = [{"targetCode": "ИНФ.1"}]
    assert emblem_svg(achievement(alignment=mixed), UGU) == emblem_svg(achievement(alignment=alone), UGU)


def test_it_is_ink_on_paper_in_black_and_white() -> None:
    shades = painted(achievement(), 320).histogram()
    whole = sum(shades)
    assert sum(shades[:100]) / whole > 0.2
    assert sum(shades[230:]) / whole > 0.25


def test_the_ground_is_transparent_and_the_size_as_asked() -> None:
    drawn = Image.open(io.BytesIO(emblem_png(achievement(), UGU, 160)))
    assert (drawn.format, drawn.size, drawn.mode) == ("PNG", (160, 160), "RGBA")
    assert drawn.getpixel((0, 0)) == (0, 0, 0, 0)
    assert drawn.getpixel((80, 4)) != (0, 0, 0, 0)


def test_svg_and_png_draw_the_same_outline() -> None:
    outline = fromstring(emblem_svg(achievement(), UGU)).find("{http://www.w3.org/2000/svg}path")
    assert outline is not None
    points = [tuple(map(float, point.split())) for point in (outline.get("d") or "").strip("MZ").split("L")]
    grey = painted(achievement(), UNITS)
    centre = UNITS / 2
    for x, y in points[::15]:
        inside = (round(centre + (x - centre) * 0.96), round(centre + (y - centre) * 0.96))
        outside = (round(centre + (x - centre) * 1.04), round(centre + (y - centre) * 1.04))
        assert int(str(grey.getpixel(inside))) < 120
        if max(outside) < UNITS and min(outside) >= 0:
            assert int(str(grey.getpixel(outside))) > 200


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        (UGU, "СОУ"),
        ("Детский технопарк «Кванториум»", "КВ"),
        ('МБУ ДО «Дом творчества "Полярис"»', "ДТП"),
        ("МБОУ «Гимназия № 2»", "Г2"),
        ("МКОУ «Приозёрная школа»", "ПШ"),
        ("Центр персонализации образования", "ЦПО"),
        ("АО «Севэнерго-Демо»", "СД"),
        ("НИУ ВШЭ", "НВ"),
        ("", "•"),
    ],
)
def test_initials_stand_for_the_name_without_its_legal_form(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_without_a_font_letters_are_drawn_all_the_same() -> None:
    assert emblem_png(achievement(), UGU) != emblem_png(achievement(), "Центр «Альфа бета гамма»")


def test_an_achievement_from_elsewhere_has_an_emblem_too() -> None:
    foreign = Achievement({"id": "https://example.org/1", "name": "Badge", "tag": ["python"]})
    other = Achievement({"id": "https://example.org/2", "name": "Badge"})
    assert emblem_svg(foreign, "Example University") != emblem_svg(other, "Example University")


def test_without_a_tag_the_ring_shows_the_required_level() -> None:
    rubric = {
        "id": "https://a.example/#result-3",
        "resultType": "RubricCriterionLevel",
        "requiredLevel": "https://a.example/#l2",
        "rubricCriterionLevel": [{"id": "https://a.example/#l2", "level": "2"}],
    }
    untagged = achievement(tag=["форма: смешанная"], resultDescription=[rubric])
    assert emblem_svg(untagged, UGU) == emblem_svg(achievement(level=2), UGU)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=40), st.text(max_size=40), st.lists(st.text(max_size=20), max_size=3), st.text(max_size=8))
def test_any_words_give_a_well_formed_picture(name: str, issuer: str, tags: list[str], code: str) -> None:
    printable = [text.encode("utf-8", "ignore").decode() for text in (name, issuer, code)]
    shown = Achievement(
        {"id": "https://a.example/1", "name": printable[0], "tag": tags, "alignment": [{"targetCode": printable[2]}]}
    )
    fromstring(emblem_svg(shown, printable[1]))
    assert emblem_png(shown, printable[1], 16).startswith(b"\x89PNG")
