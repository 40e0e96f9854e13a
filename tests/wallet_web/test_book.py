"""The record book and a badge's page, from empty to two thousand."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from schemas.baking import unwrap
from service.database import unit_of_work
from tests.campus import changed
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import adult, child, entry, guardian, teenager, themself
from wallet_web.tables import Entry
from wallet_web.wallet import count, listed


def test_home_leads_to_the_only_book(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    assert desk.browser(themself(alina)).get("/wallet").headers["location"] == f"/wallet/{alina.id}"
    assert desk.family(alina).get("/wallet").headers["location"] == f"/wallet/{alina.id}"


def test_a_guardian_of_two_chooses(desk: Desk) -> None:
    one, two = desk.enrol(teenager()), desk.enrol(child())
    page = desk.browser(guardian(one, two)).get("/wallet")
    assert page.status_code == 200
    assert f"/wallet/{one.id}" in page.text
    assert f"/wallet/{two.id}" in page.text


def test_whoever_has_no_book_is_told_why(desk: Desk) -> None:
    assert "Зачётной книжки здесь нет" in desk.browser(guardian()).get("/wallet").text


def test_an_empty_book_says_what_will_appear(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    page = desk.family(alina).get(f"/wallet/{alina.id}")
    assert "Пока пусто" in page.text
    assert "Подать заявление о зачёте</a>\n  <a" not in page.text


@pytest.mark.parametrize("path", ["", "/consents", "/shares", "/shares/new", "/apply", "/history"])
def test_a_stranger_and_a_foreign_family_see_nothing(desk: Desk, path: str) -> None:
    alina, other = desk.enrol(teenager()), desk.enrol(teenager())
    assert desk.browser().get(f"/wallet/{alina.id}{path}").status_code == 401
    assert desk.family(other).get(f"/wallet/{alina.id}{path}").status_code == 404
    assert desk.browser(themself(other)).get(f"/wallet/{alina.id}{path}").status_code == 404


def test_a_badge_is_new_until_it_is_opened(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    family = desk.family(alina)
    assert ">новый<" in family.get(f"/wallet/{alina.id}").text
    badge = desk.entries(alina)[0]
    assert family.get(f"/wallet/{alina.id}/badges/{badge.id}").status_code == 200
    assert ">новый<" not in family.get(f"/wallet/{alina.id}").text


def test_a_badge_says_what_it_proves_and_that_it_holds_today(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina, evidence=[{"id": "https://ugu.example/work", "type": ["Evidence"], "name": "Доклад"}])
    page = desk.family(alina).get(f"/wallet/{alina.id}/badges/{desk.entries(alina)[0].id}").text
    for said in (
        "Подлинный",
        "Северный открытый университет",
        "34 академических часа",
        "87 из 100 баллов, нужно не меньше 60",
        "ИП.1",
        "продвинутый",
        "Защитить проект перед комиссией.",
        "https://ugu.example/work",
        'class="stamp"',
        "14:05",
    ):
        assert said in page, said


def test_an_address_that_is_not_https_is_no_link(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    evil = "javascript:alert(1)"
    desk.award(alina, evidence=[{"id": evil, "type": ["Evidence"], "name": "<b>Доклад</b>"}])
    page = desk.family(alina).get(f"/wallet/{alina.id}/badges/{desk.entries(alina)[0].id}").text
    assert evil not in page
    assert "&lt;b&gt;Доклад" in page


def test_a_revoked_badge_has_no_stamp_and_says_why(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.ugu.revoke(desk.award(alina))
    for path in ("", f"/badges/{desk.entries(alina)[0].id}"):
        page = desk.family(alina).get(f"/wallet/{alina.id}{path}").text
        assert "Недействителен" in page
        assert 'class="stamp"' not in page


@pytest.mark.parametrize("damage", ["points", "cut"])
def test_a_changed_file_shows_nothing_of_its_content(desk: Desk, damage: str) -> None:
    alina = desk.enrol(teenager())
    badge = desk.award(alina)
    forged = changed(badge, lambda document: document["credentialSubject"]["result"][0].update(value="100"))
    with unit_of_work(desk.engine) as session:
        session.exec(select(Entry)).one().document = forged if damage == "points" else badge[:200]
    for path in ("", f"/badges/{desk.entries(alina)[0].id}"):
        page = desk.family(alina).get(f"/wallet/{alina.id}{path}")
        assert page.status_code == 200
        assert "Недействителен" in page.text
        assert "из 100 баллов" not in page.text
        assert 'class="stamp"' not in page.text


def test_files_carry_the_stored_bytes(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    badge = desk.award(alina)
    path = f"/wallet/{alina.id}/badges/{desk.entries(alina)[0].id}"
    family = desk.family(alina)
    assert family.get(f"{path}.json").content == badge
    for ending, kind in (("png", "image/png"), ("svg", "image/svg+xml")):
        answer = family.get(f"{path}.{ending}")
        assert answer.headers["content-type"].startswith(kind)
        assert "attachment" in answer.headers["content-disposition"]
        assert unwrap(answer.content) == badge
        assert desk.campus.verify(answer.content).verdict == "valid"
    assert family.get(f"{path}.exe").status_code == 404


def test_nobody_here_signs_the_badge_of_another_installation_as_a_text(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    path = f"/wallet/{alina.id}/badges/{desk.entries(alina)[0].id}"
    assert f"{path}.jwt" not in desk.family(alina).get(path).text
    assert desk.family(alina).get(f"{path}.jwt").json()["code"] == "award-unknown"
    assert "badge.texted" not in [event for event, _, _ in desk.journal]


def test_a_badge_of_another_book_is_not_found(desk: Desk) -> None:
    alina, other = desk.enrol(teenager()), desk.enrol(teenager())
    desk.award(other)
    foreign = desk.entries(other)[0].id
    for ending in ("", ".json", ".jwt", ".png"):
        assert desk.family(alina).get(f"/wallet/{alina.id}/badges/{foreign}{ending}").status_code == 404


def test_two_thousand_badges_are_paged_and_searched(engine: Engine) -> None:
    alina = teenager()
    with unit_of_work(engine) as session:
        for number in range(2_000):
            made = entry(session, alina, title=f"значок {number}")
            made.received_at += timedelta(seconds=number)
        entry(session, teenager(), title="значок 77")
        first = listed(session, alina.id)
        assert (first.total, first.pages, len(first.entries)) == (2_000, 100, 20)
        assert first.entries[0].title == "значок 1999"
        assert listed(session, alina.id, number=100).entries[-1].title == "значок 0"
        assert listed(session, alina.id, number=10_000).number == 100
        assert listed(session, alina.id, number=-1).number == 1
        found = listed(session, alina.id, query="ЗНАЧОК 1234")
        assert [one.title for one in found.entries] == ["значок 1234"]
        assert listed(session, alina.id, query="100%").total == 0
        assert listed(session, alina.id, query="_").total == 0
        assert count(session, alina.id) == count(session, alina.id, new=True) == 2_000


def test_twenty_one_badges_make_two_pages(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    for number in range(21):
        desk.award(alina, title=f"Модуль {number:02}")
    family = desk.family(alina)
    assert family.get(f"/wallet/{alina.id}").text.count('class="entry"') == 20
    assert family.get(f"/wallet/{alina.id}?page=2").text.count('class="entry"') == 1
    found = family.get(f"/wallet/{alina.id}", params={"q": "модуль 07"}).text
    assert found.count('class="entry"') == 1
    assert "Ничего не нашлось" in family.get(f"/wallet/{alina.id}", params={"q": "<script>"}).text


def test_a_school_recognition_wears_the_schools_stamp(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    draft = desk.ugu.draft(learner=alina.number)
    draft["credentialSubject"]["achievement"]["achievementType"] = "ext:CreditRecognition"
    badge = desk.ugu.sign(draft)
    desk.ugu.deposit(badge)
    desk.receive(alina, json.dumps(badge, ensure_ascii=False).encode())
    page = desk.family(alina).get(f"/wallet/{alina.id}").text
    assert ">засчитано<" in page


def test_an_adult_sees_their_own_book_without_acting_for_anybody(desk: Desk) -> None:
    egor = desk.enrol(adult())
    page = desk.browser(themself(egor)).get(f"/wallet/{egor.id}").text
    assert "действует за" not in page


def test_window_titles_hold_no_names(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    for path in ("", "/consents", "/shares", "/shares/new", "/apply", "/history"):
        page = desk.family(alina).get(f"/wallet/{alina.id}{path}").text
        assert "Канарейка" not in page[page.index("<title>") : page.index("</title>")]


def test_english_pages_are_english(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    page = desk.browser(guardian(alina), language="en").get(f"/wallet/{alina.id}").text
    assert "There is 1 badge here." in page
    assert "Что можно сделать" not in page
