"""docs/look.md, the templates and the style sheet speak of the same things."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PIL import ImageFont

from service.rendering import Rendering

ROOT = Path(__file__).parents[3]
LOOK = ROOT / "service/look"
VOCABULARY = (ROOT / "docs/look.md").read_text(encoding="utf-8")
CSS = "".join((LOOK / f"static/{name}.css").read_text(encoding="utf-8") for name in ("zachetka", "print"))
TOKENS = (LOOK / "static/tokens.css").read_text(encoding="utf-8")
SCRIPT = (LOOK / "static/zachetka.js").read_text(encoding="utf-8")
TEMPLATES = {path.name: path.read_text(encoding="utf-8") for path in LOOK.rglob("templates/look/**/*.*")}
MARKUP = "\n".join(TEMPLATES.values())
SENTENCES = {text for _, text in re.findall(r"""\b_\((["'])(.+?)\1[,)]""", MARKUP)}


def styled() -> set[str]:
    """Classes of the style sheet."""
    selectors = re.sub(r"\{[^{}]*\}", " ", re.sub(r'/\*.*?\*/|"[^"]*"', " ", CSS, flags=re.DOTALL))
    return set(re.findall(r"\.([a-z][\w-]*)", selectors))


def documented() -> set[str]:
    """Public classes: the table under «Classes»."""
    table = VOCABULARY.split("## Classes")[1]
    return {
        name for row in re.findall(r"^\| (`.+?) \|", table, re.MULTILINE) for name in re.findall(r"`([\w-]+)`", row)
    }


def used() -> set[str]:
    """Classes that templates and the script give to elements; those with a variable in them by their beginning."""
    values = re.findall(r'(?:class="|className = ")((?:\{%.*?%\}|\{\{.*?\}\}|[^"])*)"', MARKUP + SCRIPT)
    plain = [re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "*", value) for value in values]
    return {name for value in plain for name in re.split(r"[\s*]+", value) if name and not name.endswith("-")}


def beginnings() -> set[str]:
    """What stands before the variable in a class such as `notice-{{ kind }}`."""
    return set(re.findall(r"([a-z][a-z-]*-)\{\{", MARKUP))


def test_every_documented_class_is_in_the_style_sheet() -> None:
    assert documented() - styled() == set()


def test_every_class_of_the_style_sheet_is_documented_or_given_by_a_macro() -> None:
    unknown = styled() - documented() - used()
    assert {name for name in unknown if not name.startswith(tuple(beginnings()))} == set()


def test_every_class_a_column_is_given_has_its_style() -> None:
    pages = [path.read_text(encoding="utf-8") for path in ROOT.glob("[a-z]*/**/templates/**/*.html")]
    tables = "\n".join(line for page in pages for line in page.splitlines() if "look.table(" in line)
    given = set(re.findall(r'\(_\("[^"]*"\), "([\w-]+)"\)', tables))
    assert given
    assert given - styled() == set()


def test_every_class_a_macro_gives_has_its_style() -> None:
    assert used() - styled() - {"number"} == set()


def test_every_token_is_set_and_used() -> None:
    known = set(re.findall(r"^\s*(--[\w-]+):", TOKENS, re.MULTILINE))
    asked = set(re.findall(r"var\((--[\w-]+)", CSS))
    assert asked - known == set()
    assert known - asked - {"--space-1"} == set()


def signatures() -> dict[str, list[str]]:
    """The macros as the vocabulary writes them."""
    calls = re.findall(r"`(?:\{% call )?look\.(\w+)\((.*?)\)(?: %\}.*?)?`", VOCABULARY)
    return {name: [part.split("=")[0].strip() for part in _parts(inside)] for name, inside in calls[::-1]}


def _parts(inside: str) -> list[str]:
    return [part for part in re.split(r",\s*(?![^(]*\))", re.sub(r"\(\)|\{\}|_\(.*?\)", "…", inside)) if part]


def test_every_macro_is_documented_with_its_arguments(rendering: Rendering) -> None:
    module = rendering.environment.get_template("look/macros.html").make_module({"language": "ru"})
    real = {name: list(made.arguments) for name, made in vars(module).items() if hasattr(made, "arguments")}
    assert real == signatures()


@pytest.mark.parametrize("block", ["title", "heading", "before", "lead", "content", "aside", "head", "page_class"])
def test_every_block_is_documented(block: str) -> None:
    assert f"| `{block}` |" in VOCABULARY
    assert f"{{% block {block} %}}" in TEMPLATES["base.html"]


def test_every_sentence_has_its_english() -> None:
    with (LOOK / "locale/en.po").open("rb") as file:
        english = {message.id: message.string for message in read_po(file, locale="en") if message.id}
    assert set(english) == SENTENCES
    assert all(english.values())


def test_the_fonts_are_there_with_their_licence() -> None:
    fonts = LOOK / "static/fonts"
    assert set(re.findall(r'url\("fonts/(.+?)"\)', CSS)) == {path.name for path in fonts.glob("*.woff2")}
    assert "SIL Open Font License, Version 1.1" in (fonts / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("subset", "letters"), [("cyrillic", "СОУЁё"), ("latin", "0123ABC")])
def test_pillow_can_draw_with_them(subset: str, letters: str) -> None:
    font = ImageFont.truetype(LOOK / f"static/fonts/golos-text-{subset}.woff2", 64)
    font.set_variation_by_axes([700])
    missing = bytes(font.getmask("\uffff"))
    assert font.getname()[0] == "Golos Text"
    assert all(bytes(font.getmask(letter)) != missing for letter in letters)


def test_nothing_comes_from_elsewhere() -> None:
    addresses = set(re.findall(r"https?://[^\s\"')]+", MARKUP + CSS + TOKENS + SCRIPT))
    assert addresses == {"http://www.w3.org/2000/svg"}
