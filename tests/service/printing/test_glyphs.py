from fontTools.ttLib import TTFont

from service.printing.glyphs import signs_of
from service.printing.printer import FONTS


def test_the_signs_are_those_that_another_reader_finds() -> None:
    files = sorted(FONTS.glob("*.ttf"))
    assert len(files) == 5
    for file in files:
        with TTFont(file) as font:
            assert signs_of([file]) - {0xFFFF} == set(font.getBestCmap())


def test_several_files_show_what_one_of_them_shows() -> None:
    first, *others = sorted(FONTS.glob("*.ttf"))
    assert signs_of([first, *others]) == signs_of([first]) | signs_of(others)
