from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jinja2 import DictLoader, UndefinedError
from markupsafe import Markup

from service.catalogues import read_catalogues
from service.rendering import Rendering, Scene

NOW = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
RU = Scene(language="ru", now=NOW, csrf="t0ken")
EN = Scene(language="en", now=NOW)
ENGLISH = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Значки"
msgstr "Badges"

msgid "Выдал %(who)s"
msgstr "Issued by %(who)s"

msgid "%(num)s значок"
msgid_plural "%(num)s значка"
msgstr[0] "%(num)s badge"
msgstr[1] "%(num)s badges"
"""
RUSSIAN = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "%(num)s значок"
msgid_plural "%(num)s значка"
msgstr[0] "%(num)s значок"
msgstr[1] "%(num)s значка"
msgstr[2] "%(num)s значков"
"""


@pytest.fixture
def rendering(tmp_path: Path) -> Rendering:
    (tmp_path / "en.po").write_text(ENGLISH, "utf-8")
    (tmp_path / "ru.po").write_text(RUSSIAN, "utf-8")
    return Rendering(read_catalogues((tmp_path,)), zone=ZoneInfo("Europe/Moscow"), public_url="https://z.example")


def draw(rendering: Rendering, template: str, scene: Scene = RU, **data: object) -> str:
    rendering.environment.loader = DictLoader(
        {"page.html": template, "parts.html": "{% macro part() %}{{ csrf_field() }}{{ _('Значки') }}{% endmacro %}"}
    )
    return rendering.text("page.html", data, scene).replace("\N{NO-BREAK SPACE}", " ")


def test_a_word_too_long_for_any_column_may_break(rendering: Rendering) -> None:
    long, number = "<&" + "Ф" * 30, "2GB4MN3278JGE2DM166C5N1XQ9X"
    drawn = draw(rendering, "{{ text | foldable }}", text=f"{number} {long} да")
    assert drawn == f'{number} <span class="breaks">&lt;&amp;{"Ф" * 30}</span> да'
    linked = Markup('<a href="/{}">Имя {}</a>').format("a" * 40, "Ы" * 30)
    assert draw(rendering, "{{ text | foldable }}", text=linked) == (
        f'<a href="/{"a" * 40}">Имя <span class="breaks">{"Ы" * 30}</span></a>'
    )
    assert draw(rendering, "{{ 7 | foldable }}") == "7"


def test_the_message_is_its_own_russian_text(rendering: Rendering) -> None:
    assert draw(rendering, "{{ _('Значки') }}") == "Значки"
    assert draw(rendering, "{{ _('Значки') }}", EN) == "Badges"


@pytest.mark.parametrize(
    ("number", "shown"), [(1, "1 значок"), (3, "3 значка"), (5, "5 значков"), (11, "11 значков"), (21, "21 значок")]
)
def test_russian_numbers_have_three_forms(rendering: Rendering, number: int, shown: str) -> None:
    assert draw(rendering, "{{ ngettext('%(num)s значок', '%(num)s значка', n) }}", n=number) == shown


def test_english_numbers_have_two(rendering: Rendering) -> None:
    template = "{{ ngettext('%(num)s значок', '%(num)s значка', n) }}"
    assert draw(rendering, template, EN, n=1) == "1 badge"
    assert draw(rendering, template, EN, n=21) == "21 badges"


def test_neither_messages_nor_values_become_html(rendering: Rendering) -> None:
    assert draw(rendering, "{{ _('Выдал %(who)s', who=w) }}", w="<b>") == "Выдал &lt;b&gt;"
    assert draw(rendering, "{{ _(m) }}", m="<script>100 %</script>") == "&lt;script&gt;100 %&lt;/script&gt;"
    assert draw(rendering, "{{ x }}", x="<i>") == "&lt;i&gt;"


def test_macros_imported_without_their_page_know_the_visitor(rendering: Rendering) -> None:
    page = "{% from 'parts.html' import part %}{{ part() }}"
    assert draw(rendering, page) == '<input type="hidden" name="csrf" value="t0ken">Значки'
    assert draw(rendering, page, EN) == "Badges"


def test_a_missing_value_is_an_error_not_a_gap(rendering: Rendering) -> None:
    with pytest.raises(UndefinedError):
        draw(rendering, "{{ nothing }}")


@pytest.mark.parametrize(
    ("template", "russian", "english"),
    [
        ("{{ d | date }}", "05.12.2026", "05.12.2026"),
        ("{{ d | day }}", "5 декабря", "5 December"),
        ("{{ e | day }}", "5 января 2027 г.", "5 January 2027"),
        ("{{ t | moment }}", "23 ноября 2026 г., 00:30", "23 November 2026, 00:30"),
        ("{{ t | clock }}", "00:30", "00:30"),
        ("{{ t | date }}", "23.11.2026", "23.11.2026"),
        ("{{ d | iso }}", "2026-12-05", "2026-12-05"),
    ],
)
def test_dates_are_written_as_people_write_them(
    rendering: Rendering, template: str, russian: str, english: str
) -> None:
    data = {"d": date(2026, 12, 5), "e": date(2027, 1, 5), "t": NOW}
    assert draw(rendering, template, RU, **data) == russian
    assert draw(rendering, template, EN, **data) == english


def test_addresses_are_public_ones(rendering: Rendering) -> None:
    assert draw(rendering, "{{ address('/verify') }}") == "https://z.example/verify"
