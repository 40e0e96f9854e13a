"""Evidence on a badge, by form and by list, and what must not stand in it; names of others on the same list."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from issuer.batches import desk
from issuer.batches.columns import EVIDENCE, EVIDENCE_URL, NARRATIVE, NUMBER, RESULT
from issuer.batches.outcome import first_faults
from issuer.lint import lint
from issuer.lint.privacy import OPEN_HOSTS, stems_of
from schemas.identity import grouped
from schemas.reading import read_json
from tests.issuer.lists import awards_of, csv_of, enter, good, number, run, seen, started, whole
from tests.issuer.office import Office
from tests.issuer.test_pages import FORM
from tests.issuer.world import AWARDER, NOW, World, order

WORK = "https://lk.ugu.sever.example/works/17"
OPEN = [
    "http://lk.ugu.sever.example/works/17",
    "https://lk.ugu.sever.example/works/17?token=abc",
    "https://lk.ugu.sever.example/works/17#key",
    "https://user@lk/",
    "https://disk.yandex.ru/d/abc",
    "https://m.vk.com/wall1",
    "ftp://lk.ugu.sever.example/",
    "lk.ugu.sever.example/works",
    "https://127.0.0.1/",
]


def document(**changes: Any) -> dict[str, Any]:
    return {"evidence": [{"type": ["Evidence"], **changes}], "credentialSubject": {}}


def codes(found: dict[str, Any], **more: Any) -> set[str]:
    return {fault.code for fault in lint(found, **more) if fault.pointer.startswith("/evidence")}


@pytest.mark.parametrize("address", OPEN)
def test_an_address_open_to_everybody_is_refused(address: str) -> None:
    assert codes(document(id=address)) == {"lint-open-evidence"}


def test_an_address_behind_a_sign_in_is_good() -> None:
    assert codes(document(id=WORK)) == set()
    assert codes(document(narrative="Робот")) == set()


@given(st.sampled_from(sorted(OPEN_HOSTS)), st.sampled_from(["", "www.", "m."]), st.text("abc/", max_size=9))
def test_no_page_of_an_open_host_passes(host: str, prefix: str, path: str) -> None:
    assert codes(document(id=f"https://{prefix}{host}/{path}")) == {"lint-open-evidence"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Работа Ветровой", "lint-name"),
        ("Звоните 8 921 123 45 67", "lint-phone"),
        ("Пишите: a@b.example", "lint-email"),
        ("СНИЛС 112-233-445 95", "lint-snils"),
        ("Родилась в 2010", "lint-birth-date"),
    ],
)
def test_personal_data_has_no_place_in_it(text: str, code: str) -> None:
    found = codes(document(narrative=text), names=("Ветрова", "Алина"))
    assert len(found) == 1, code


def test_the_family_names_of_the_whole_list_are_refused_where_they_are_names() -> None:
    roll = stems_of(["Ветрова", "Лисицын", "Зима"])
    assert codes(document(narrative="Вместе с Лисицыным"), roll=roll)
    assert codes(document(narrative="Вместе с Зимой"), roll=roll)
    assert not codes(document(narrative="Исследовали реку зимой"), roll=roll)


def test_a_badge_carries_what_it_rests_on(world: World) -> None:
    issued = read_json(world.issuer().issue(order(evidence=" Карта течений ", evidence_url=WORK), AWARDER, NOW))
    assert issued["evidence"] == [{"id": WORK, "type": ["Evidence"], "narrative": "Карта течений"}]
    assert "evidence" not in read_json(world.issuer().issue(order(event="№ 8"), AWARDER, NOW))


def test_another_evidence_under_the_same_occasion_is_another_award(world: World) -> None:
    client = Office(world).client()
    seen_page = client.post("/issuer/ugu/award", data={**FORM, "evidence": "Карта", "evidence_url": WORK})
    assert "Карта" in seen_page.text
    assert WORK in seen_page.text
    wrong = client.post("/issuer/ugu/award", data={**FORM, "evidence_url": OPEN[1]})
    assert re.search(r'id="field-evidence_url-error">.*?увидит кто угодно', wrong.text, re.DOTALL)
    named = client.post("/issuer/ugu/award", data={**FORM, "evidence": "Работа Ветровой"})
    assert re.search(r'id="field-evidence-error">.*?имя или фамилия', named.text, re.DOTALL)


HEADINGS = ["ФИО", "Сетевой номер", "Результат", "О работе", "Чем подтверждается", "Ссылка на работу"]


def test_a_list_has_columns_for_it(world: World) -> None:
    rows = [("", *one, "", f"Карта {place}", f"{WORK}{place}") for place, one in enumerate(good(3))]
    batch = started(world, csv_of(rows, HEADINGS))
    assert set(seen(world, batch).columns) == {NUMBER, RESULT, NARRATIVE, EVIDENCE, EVIDENCE_URL}
    run(world)
    whole(world, batch)
    carried = [read_json(award.stored or b"")["evidence"][0] for award in awards_of(world, batch)]
    assert [(one["id"], one["narrative"]) for one in carried] == [(f"{WORK}{n}", f"Карта {n}") for n in range(3)]


def test_names_in_a_column_that_is_not_used_are_kept_out_of_every_badge_of_the_list(world: World) -> None:
    told = ["Помогала Лисицыну", "Работал сам", "Пётр справился", "Течения в озере"]
    names = ["Ветрова Алина Игоревна", "Лисицын Егор", "Соболев Пётр", ""]
    rows = [
        (name, grouped(number(place)), "80", text, "", "")
        for place, (name, text) in enumerate(zip(names, told, strict=True))
    ]
    batch = enter(world, csv_of(rows, HEADINGS))
    with world.transaction() as session:
        desk.submit(session, batch, AWARDER, NOW)
    run(world)
    whole(world, batch)
    found = seen(world, batch)
    assert (found.issued, found.rejected) == (2, 2)
    with world.transaction() as session:
        faults = first_faults(session, found, 10, lambda text: text)
    assert len(faults) == 2
