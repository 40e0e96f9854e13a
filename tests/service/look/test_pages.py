"""What holds for every page: well-formed, labelled, safe under a strict content policy, with a token in every form."""

import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from service.rendering import Rendering, Scene
from tests.service.look.conftest import Draw
from tests.service.look.specimen import NOW, PAGES, PROBE

VOID = {"meta", "link", "input", "img", "br", "hr", "source", "wbr"}
Attributes = dict[str, str | None]


class Reader(HTMLParser):
    """Collects the elements of a page and sees that each is closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, Attributes]] = []
        self.open: list[str] = []
        self.forms: list[list[Attributes]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "form":
            self.forms.append([dict(attrs)])
        elif tag == "input" and self.forms:
            self.forms[-1].append(dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def every(self, *tags: str) -> list[Attributes]:
        return [attributes for tag, attributes in self.elements if tag in tags]


@pytest.fixture(params=[(name, language) for name in PAGES for language in ("ru", "en")], ids="-".join)
def read(request: pytest.FixtureRequest, page: Draw) -> Reader:
    name, language = request.param
    return Reader(page(name, language))


def test_is_well_formed(read: Reader) -> None:
    assert read.open == []
    doubled = [
        name for name, times in Counter(made["id"] for _, made in read.elements if "id" in made).items() if times > 1
    ]
    assert doubled == []


def test_has_no_inline_style_script_or_handler(read: Reader) -> None:
    for tag, attributes in read.elements:
        assert tag != "style"
        assert tag != "script" or (attributes.get("src") or "").startswith("/static/look/")
        assert "style" not in attributes
        assert [name for name in attributes if name.startswith("on")] == []
        assert not (attributes.get("href") or "").startswith("javascript:")


def test_every_field_has_a_label_and_every_reference_its_target(read: Reader) -> None:
    ids = {made["id"] for _, made in read.elements if "id" in made}
    labelled = {label["for"] for label in read.every("label")}
    fields = [field for field in read.every("input", "select", "textarea") if field.get("type") != "hidden"]
    assert {field["id"] for field in fields} <= labelled
    assert labelled <= ids
    for _, attributes in read.elements:
        assert set((attributes.get("aria-describedby") or "").split()) <= ids
        href = attributes.get("href") or ""
        assert not href.startswith("#") or href[1:] in ids


def test_every_unsafe_form_brings_the_token(read: Reader) -> None:
    for form, *inputs in read.forms:
        if form["method"] == "post":
            assert {"type": "hidden", "name": "csrf", "value": "token-of-the-form"} in inputs


def test_has_one_heading_and_a_way_past_the_header(read: Reader) -> None:
    assert len(read.every("h1")) == 1
    assert {"class": "skip", "href": "#content"} in read.every("a")


def test_shows_what_was_typed_as_text(page: Draw) -> None:
    assert PROBE not in page("start.html")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page("start.html")


@pytest.mark.parametrize("name", PAGES)
def test_speaks_english_in_its_own_words(name: str, page: Draw) -> None:
    frame = re.sub(r"<main.*</main>", "", page(name, "en", acting_for="", signed_in=None, nav=[]), flags=re.DOTALL)
    assert set(re.findall(r"[А-Яа-яЁё]+", frame)) <= set(re.findall(r"[А-Яа-яЁё]+", PAGES[name].get("title", ""))) | {
        *re.findall(r"[А-Яа-яЁё]+", re.search(r"<title[^>]*>(.*?)</title>", frame, re.DOTALL)[1]),  # type: ignore[index]
        "Русский",
    }


def test_the_banner_is_for_the_demonstration_only(page: Draw) -> None:
    assert "demo-banner" in page("start.html")
    assert "demo-banner" not in page("start.html", demo=False)


def test_says_who_is_here_and_for_whom(page: Draw) -> None:
    assert "Ветрова Ольга Петровна" in page("book.html")
    assert "действует за: Алина" in page("book.html")
    stranger = page("book.html", signed_in=None, acting_for="")
    assert 'href="/sign-in"' in stranger
    assert "/sign-out" not in stranger


def test_offers_the_other_language(page: Draw) -> None:
    assert '<a href="?language=en" lang="en" hreflang="en">English</a>' in page("book.html")
    assert '<html lang="en">' in page("book.html", "en")
    assert "Русский</a>" in page("book.html", "en")


def test_a_bare_page_needs_only_what_the_service_gives(rendering: Rendering) -> None:
    frame = {"language": "ru", "demo": False, "signed_in": None, "nav": []}
    drawn = rendering.text("look/base.html", frame, Scene(language="ru", now=NOW))
    assert "<h1>Зачётка</h1>" in drawn
    assert "<title>Зачётка</title>" in drawn
    assert 'class="lead"' not in drawn
    assert "<aside" not in drawn
