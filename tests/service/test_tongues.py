"""Russian on a page in another language is marked as Russian, and nothing else of the page changes."""

import re

import pytest

from service.tongues import mark_russian

SCHOOL = "Школа № 1"


def undone(page: str) -> str:
    """The page as it was."""
    page = re.sub(r'<bdi lang="ru">(.*?)</bdi>', r"\1", page, flags=re.DOTALL).replace(' lang="ru"', "")
    return re.sub(r"</?span>", "", page)


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (f"<p>{SCHOOL}</p>", f'<p><bdi lang="ru">{SCHOOL}</bdi></p>'),
        (
            f"<p>Confirmed by {SCHOOL}: true.</p>",
            f'<p><span>Confirmed by <bdi lang="ru">{SCHOOL}</bdi>: true.</span></p>',
        ),
        (
            "<p>МБОУ «Лицей» (новый), 34 h</p>",
            '<p><span><bdi lang="ru">МБОУ «Лицей» (новый)</bdi>, 34 h</span></p>',
        ),
        (
            "<p>Школа &#34;Радуга&#34; &amp; сад</p>",
            '<p><bdi lang="ru">Школа &#34;Радуга&#34; &amp; сад</bdi></p>',
        ),
        (
            "<p>Курс Python для всех</p>",
            '<p><span><bdi lang="ru">Курс</bdi> Python <bdi lang="ru">для всех</bdi></span></p>',
        ),
        ("<p>A <b>Ян</b> B</p>", '<p>A <b><bdi lang="ru">Ян</bdi></b> B</p>'),
        (f"<option>{SCHOOL}</option>", f'<option lang="ru">{SCHOOL}</option>'),
        (f"<title>{SCHOOL} · Zach</title>", f'<title lang="ru">{SCHOOL} · Zach</title>'),
        ("<title>Certificate of a result · Я</title>", "<title>Certificate of a result · Я</title>"),
        ('<input type="text" value="Алина"> Ян', '<input lang="ru" type="text" value="Алина"> <bdi lang="ru">Ян</bdi>'),
        (
            '<svg role="img" aria-label="seen, Школа"><text>Школа</text></svg>',
            '<svg lang="ru" role="img" aria-label="seen, Школа"><text>Школа</text></svg>',
        ),
    ],
)
def test_russian_is_marked_where_it_stands(page: str, wanted: str) -> None:
    assert mark_russian(page) == wanted
    assert undone(wanted) == page


@pytest.mark.parametrize(
    "page",
    [
        '<p lang="ru">Школа <b>Радуга</b> 1</p>',
        '<div lang="ru"><p>Школа</p><br>Сад <img alt="Ян"></div>',
        "<script>var a = 'Школа';</script>",
        "<!-- Школа -->",
        '<a href="/x?q=1" title="a > b">English</a>',
        '<nav aria-label="Школа">English</nav>',
        '<a href="?language=ru" lang="ru" hreflang="ru">Русский</a>',
    ],
)
def test_what_is_marked_already_or_never_read_stays(page: str) -> None:
    assert mark_russian(page) == page


def test_a_mark_ends_with_its_element() -> None:
    page = mark_russian('<div lang="ru"><p>Да<br></p></div><p>Нет</p></p></div>Ещё')
    assert page == '<div lang="ru"><p>Да<br></p></div><p><bdi lang="ru">Нет</bdi></p></p></div><bdi lang="ru">Ещё</bdi>'


def test_english_inside_russian_is_english_again() -> None:
    assert 'lang="en"><span>A <bdi lang="ru">Я</bdi></span></i>' in mark_russian(
        '<p lang="ru">Да <i lang="en">A Я</i></p>'
    )


def test_marking_twice_is_marking_once() -> None:
    page = mark_russian(f"<title>{SCHOOL}</title><p>By {SCHOOL}</p>")
    assert mark_russian(page) == page


def test_a_long_text_takes_no_time() -> None:
    hostile = "<p>" + "Я " + "1&" * 200_000 + "«" * 200_000 + "<" * 1000 + "</p>"
    assert undone(mark_russian(hostile)) == hostile
