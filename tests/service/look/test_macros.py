"""Each macro: what it says, what it keeps, and that nothing given to it becomes markup."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from markupsafe import Markup

from tests.service.look.conftest import Draw
from tests.service.look.specimen import LONG, PROBE, SCHOOL

LINES = [
    "{{ look.verdict(v, p, next=p, stamp=look.stamp(p, p)) }}{{ look.verdict_mark(v) }}",
    "{{ look.checks([{'outcome': 'failed', 'sentence': p, 'next': p}]) }}",
    "{{ look.stamp(p, p, p) }}{{ look.tag(p) }}{{ look.level(2, p) }}",
    "{{ look.entry(p, href=p, organisation=p, facts=[(p, p)], verdict=v, tag=p, new=True, stamp=look.stamp(p, p)) }}",
    "{{ look.pencil(p, href=p, organisation=p, facts=[(p, p)], note=p) }}",
    "{{ look.outcomes([{'code': p, 'name': p, 'level': 2}]) }}",
    "{{ look.text('n', p, value=p, help=p, error=p) }}{{ look.textarea('n', p, value=p, help=p, error=p) }}",
    "{{ look.number('n', p, value=p, unit=p) }}{{ look.select('n', p, [(p, p)], value=p, empty=p) }}",
    "{{ look.choice('n', p, [(p, p, p)], value=p, help=p, error=p) }}{{ look.choices('n', p, [(p, p, p)], values=[p]) }}",
    "{{ look.checkbox('n', p, help=p, error=p, value=p) }}{{ look.file('n', p, accept=p, help=p, error=p) }}",
    "{{ look.errors({'n': p}, {'n': p}) }}",
    "{{ look.button(p, name='n', value=p) }}{{ look.link_button(p, p) }}{{ look.copy_link(p, label=p) }}",
    "{% call look.confirm(p, p, p, button=p) %}{{ p }}{% endcall %}",
    "{{ look.trail([(p, p)]) }}{{ look.where(p, p, by=p) }}{{ look.progress(1, 2, p, left=p) }}",
    "{{ look.steps([{'title': p, 'state': 'now', 'when': p, 'note': p}]) }}",
    "{{ look.timeline([{'at': p, 'title': p, 'who': p, 'text': p, 'href': p}]) }}",
    "{{ look.facts([(p, p)]) }}{{ look.table([p, (p, 'number')], [[p, p]], caption=p) }}{{ look.table([p], [], empty=p) }}",
    "{{ look.search(p, query=p, label=p, hidden={'k': p}) }}{{ look.pager(2, 3, p, total=p) }}{{ look.date(p) }}",
    (
        "{{ look.comparison([{'code': p, 'name': p, 'required': p, 'mark': 'claimed', 'shown': p, 'evidence': p,"
        " 'evidence_href': p, 'detail': p}], planned=p, shown=p, summary=p) }}"
    ),
    "{{ look.qr('', p, caption=p, label=p) }}",
    "{% call look.paper(p, p, number=p, date=p, place=p, subject=p, addressee=[p, p]) %}{{ look.signature(p, p, p) }}{% endcall %}",
    "{{ look.notice(p, title=p) }}{{ look.empty(p, p, p, p) }}{{ look.sign_in_card(p, p, p, p, note=p) }}",
]


@pytest.mark.parametrize("source", LINES)
def test_nothing_given_becomes_markup(source: str, line: Draw) -> None:
    drawn = line(source, p=PROBE, v="invalid")
    assert "<script" not in drawn
    assert "<img" not in drawn
    assert "&lt;script&gt;" in drawn
    assert "\"'>" not in drawn


@pytest.mark.parametrize(
    ("verdict", "russian", "english", "sign"),
    [
        ("valid", "Подлинный", "Genuine", "#sign-valid"),
        ("cannot_tell", "Проверить не удалось", "Could not be checked", "#sign-cannot_tell"),
        ("invalid", "Недействителен", "Not valid", "#sign-invalid"),
    ],
)
def test_a_verdict_is_a_shape_a_word_and_a_colour(
    verdict: str, russian: str, english: str, sign: str, line: Draw
) -> None:
    for drawn in (line("{{ look.verdict(v) }}", v=verdict), line("{{ look.verdict_mark(v) }}", v=verdict)):
        assert russian in drawn
        assert sign in drawn
        assert f"tone-{verdict}" in drawn
    assert english in line("{{ look.verdict(v) }}", "en", v=verdict)


@pytest.mark.parametrize(
    ("issuer", "around"),
    [
        ("Гимназия № 2", ">Гимназия № 2 • Гимназия № 2 •<"),
        (SCHOOL, f">{SCHOOL} •<"),
        (LONG, ">«Эколого-биологический центр „Тундра“» •<"),
        ("Я" * 60, f">{'Я' * 43}… •<"),
    ],
)
def test_a_stamp_has_room_for_every_name(issuer: str, around: str, line: Draw) -> None:
    drawn = line("{{ look.stamp(name, '22.11.2026') }}", name=issuer)
    assert around in drawn
    assert f'aria-label="проверено, 22.11.2026, {issuer}"' in drawn


def test_a_self_declared_entry_never_looks_confirmed(line: Draw) -> None:
    drawn = line("{{ look.pencil('Диплом') }}")
    assert "entry-pencil" in drawn
    assert "со слов ученика, не подтверждено" in drawn
    assert "sign-valid" not in drawn


def test_a_body_that_is_empty_leaves_no_gap(line: Draw) -> None:
    assert "entry-more" not in line("{% call look.entry('Имя') %}{% if false %}x{% endif %}{% endcall %}")
    assert "entry-more" in line("{% call look.entry('Имя') %}Кнопка{% endcall %}")


def test_a_field_keeps_what_was_typed_and_says_what_is_wrong(line: Draw) -> None:
    drawn = line("{{ look.text('days', 'Дней', value=400, help='До 90.', error='Не больше 90 дней.', required=True) }}")
    assert 'value="400"' in drawn
    assert 'aria-describedby="field-days-help field-days-error" aria-invalid="true" required' in drawn
    assert 'id="field-days-error"' in drawn
    assert "необязательно" not in drawn


@pytest.mark.parametrize("value", [None, "", "  два\nряда"])
def test_a_text_area_gives_back_exactly_what_it_got(value: str | None, line: Draw) -> None:
    assert f">\n{value or ''}</textarea>" in line("{{ look.textarea('note', 'Пояснение', value=value) }}", value=value)


def test_fields_bear_what_a_form_does_not_have(line: Draw) -> None:
    drawn = line("{{ look.text('a', 'Имя', value=form.a, error=errors.a) }}", form={}, errors={})
    assert 'value=""' in drawn
    assert "field-error" not in drawn


@pytest.mark.parametrize(("required", "said"), [(False, True), (True, False), (None, False)])
def test_only_a_field_that_may_stay_empty_says_so(required: bool | None, said: bool, line: Draw) -> None:  # noqa: FBT001
    drawn = line("{{ look.text('a', 'Имя', required=required) }}", required=required)
    assert ("необязательно" in drawn) is said
    assert (" required>" in drawn) is (required is True)


def test_a_choice_keeps_the_chosen(line: Draw) -> None:
    options: dict[str, Any] = {"options": [(1, "один"), (2, "два")]}
    assert 'value="2" selected' in line("{{ look.select('n', 'Число', options, value='2') }}", **options)
    assert 'value="1" checked' in line("{{ look.choice('n', 'Число', options, value=1) }}", **options)
    many = line("{{ look.choices('n', 'Числа', options, values=['1', 2]) }}", **options)
    assert many.count("checked") == 2


def test_an_error_summary_leads_to_its_fields(line: Draw) -> None:
    drawn = line("{{ look.errors({'days': 'Не больше 90 дней.'}, {'days': 'Сколько дней'}) }}")
    assert '<a href="#field-days">Сколько дней: Не больше 90 дней.</a>' in drawn
    assert line("{{ look.errors({}) }}").strip() == ""


def test_a_dangerous_act_asks_once_more_without_a_script(line: Draw) -> None:
    drawn = line("{{ look.confirm('Отозвать', 'Точно?', '/x', button='Да, отозвать') }}")
    assert "<details" in drawn
    assert '<form class="form confirm-body" method="post" action="/x"><input type="hidden" name="csrf"' in drawn
    assert "Да, отозвать</button>" in drawn


@pytest.mark.parametrize(
    ("mark", "word"), [("met", "показан"), ("claimed", "заявлен, но не оценён"), ("absent", "не показан")]
)
def test_the_columns_meet_in_a_mark_with_a_word(mark: str, word: str, line: Draw) -> None:
    rows = [{"code": "ИП.1", "name": "Проблема", "required": "базовый уровень", "mark": mark}]
    drawn = line("{{ look.comparison(rows, planned='Надо', shown='Есть') }}", rows=rows)
    assert f"#sign-{mark}" in drawn
    assert f">{word}<" in drawn


def test_times_are_local_and_readable_by_programs(line: Draw) -> None:
    at = datetime(2026, 11, 22, 11, 5, tzinfo=UTC)
    drawn = " ".join(line("{{ look.moment(at) }}{{ look.date(day) }}", at=at, day=date(2026, 11, 22)).split())
    assert '<time datetime="2026-11-22T11:05:00+00:00">22 ноября 2026 г., 14:05</time>' in drawn
    assert '<time datetime="2026-11-22">22.11.2026</time>' in drawn


def test_the_pager_knows_both_ends(line: Draw) -> None:
    first = line("{{ look.pager(1, 2, '/x?page=') }}")
    assert 'href="/x?page=2"' in first
    assert 'rel="prev"' not in first
    assert line("{{ look.pager(1, 1, '/x?page=') }}").strip() == ""


def test_a_name_without_spaces_breaks_on_a_button(line: Draw) -> None:
    long = "Щ" * 120
    for made in ("{{ look.link_button(name, '/a') }}", "{{ look.confirm(name, 'Выдать?', '/a', button='Да') }}"):
        assert f'<span class="breaks">{long}</span>' in line(made, name=long)


def test_a_table_names_its_cells_for_the_phone_and_takes_markup(line: Draw) -> None:
    drawn = line("{{ look.table(['Имя', ('Часы', 'number')], [[link, 34]]) }}", link=Markup('<a href="/a">Алина</a>'))
    assert '<td data-label="Имя"><div><a href="/a">Алина</a></div></td>' in drawn
    assert '<td data-label="Часы" class="number"><div>34</div></td>' in drawn
