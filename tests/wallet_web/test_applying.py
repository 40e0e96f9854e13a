"""The application in two steps: nothing is lost, nothing happens twice, and only whoever may hands it in."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from httpx2 import Response
from sqlmodel import select

from keys.deps import Learner
from service.database import unit_of_work
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import adult, teenager, themself
from verifier.credit.facts import State
from verifier.credit.tables import Case, CaseEvidence

VERSION = re.compile(r'name="version" value="(\d+)"')


def cases(desk: Desk) -> list[Case]:
    with unit_of_work(desk.engine) as session:
        return list(session.exec(select(Case)))


def keep(desk: Desk, learner: Learner, item: object, **changes: object) -> Response:
    fields = {"item": item, "badge": [entry.id for entry in desk.entries(learner)], "wish": "full", "assessment": "yes"}
    return desk.family(learner).post(f"/wallet/{learner.id}/apply", data=fields | changes)


def version_of(page: Response) -> str:
    found = VERSION.search(page.text)
    assert found is not None, page.text
    return found.group(1)


def test_two_steps_lead_to_the_school(both: Desk) -> None:
    desk, alina = both, both.enrol(teenager())
    desk.award(alina)
    item = desk.plan(alina)
    family = desk.family(alina)
    form = family.get(f"/wallet/{alina.id}/apply", params={"badge": desk.entries(alina)[0].id})
    assert "Индивидуальный проект" in form.text
    assert "Школа № 1" in form.text
    assert " checked" in form.text
    review = keep(desk, alina, item).headers["location"]
    page = family.get(review)
    assert "Показано обязательных результатов: 2 из 2." in page.text
    assert "Решают люди" in page.text
    answer = family.post(review, data={"version": version_of(page)})
    case = cases(desk)[0]
    assert answer.headers["location"] == f"/credit/cases/{case.id}"
    assert (case.state, case.holder_shown, case.assessment_agreed) == (State.SUBMITTED, True, True)
    assert [event for event, _, _ in desk.journal] == ["credit.draft", "credit.submit"]


def test_a_second_click_finds_it_handed_in(both: Desk) -> None:
    desk, alina = both, both.enrol(teenager())
    desk.award(alina)
    review = keep(desk, alina, desk.plan(alina)).headers["location"]
    version = version_of(desk.family(alina).get(review))
    with ThreadPoolExecutor(4) as threads:
        clicks = [threads.submit(desk.family(alina).post, review, data={"version": version}) for _ in range(4)]
    assert {click.result().status_code for click in clicks} == {303}
    assert [event for event, _, _ in desk.journal].count("credit.submit") == 1
    assert desk.family(alina).get(review).headers["location"] == f"/credit/cases/{cases(desk)[0].id}"


def test_keeping_twice_keeps_one_draft(both: Desk) -> None:
    desk, alina = both, both.enrol(teenager())
    desk.award(alina)
    item = desk.plan(alina)
    with ThreadPoolExecutor(4) as threads:
        clicks = [threads.submit(keep, desk, alina, item) for _ in range(4)]
    assert len({click.result().headers["location"] for click in clicks}) == 1
    assert len(cases(desk)) == 1
    with unit_of_work(desk.engine) as session:
        assert len(session.exec(select(CaseEvidence)).all()) == 1


def test_the_draft_survives_reload_and_the_back_button(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    for title in ("Первый", "Второй"):
        desk.award(alina, title=title)
    item, (first, second) = desk.plan(alina), desk.entries(alina)
    review = keep(desk, alina, item, badge=[first.id], wish="partial").headers["location"]
    family = desk.family(alina)
    assert "Первый" in family.get(review).text
    assert "Первый" in family.get(review).text
    form = family.get(f"/wallet/{alina.id}/apply", params={"case": review.rpartition("/")[2]}).text
    assert f'value="{first.id}" checked' in form
    assert f'value="{second.id}" checked' not in form
    assert 'value="partial" checked' in form
    assert keep(desk, alina, item, badge=[second.id]).headers["location"] == review
    page = family.get(review).text
    assert "Второй" in page
    assert "Первый" not in page
    begun = family.get(f"/wallet/{alina.id}/apply").text
    assert review in begun


def test_after_it_is_handed_in_the_back_button_leads_to_the_case(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    item = desk.plan(alina)
    review = keep(desk, alina, item).headers["location"]
    family = desk.family(alina)
    family.post(review, data={"version": version_of(family.get(review))})
    again = keep(desk, alina, item).headers["location"]
    assert again == review
    assert family.get(again).headers["location"].startswith("/credit/cases/")
    assert "Сейчас подать нечего" in family.get(f"/wallet/{alina.id}/apply").text


def test_a_minor_drafts_and_is_told_who_hands_it_in(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    item = desk.plan(alina)
    mine = desk.browser(themself(alina))
    fields = {"item": item, "badge": [desk.entries(alina)[0].id], "wish": "full"}
    review = mine.post(f"/wallet/{alina.id}/apply", data=fields).headers["location"]
    page = mine.get(review)
    assert "Подать заявление</button>" not in page.text
    assert "Канарейка-7319 Ольга Петровна" in page.text
    refused = mine.post(review, data={"version": "1"})
    assert (refused.status_code, refused.json()["code"]) == (403, "guardian-submits")
    assert cases(desk)[0].state is State.DRAFT
    family = desk.family(alina)
    assert review in family.get(f"/wallet/{alina.id}/apply").text
    family.post(review, data={"version": version_of(family.get(review))})
    assert cases(desk)[0].state is State.SUBMITTED


def test_a_teenager_sees_the_guardians_application(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    keep(desk, alina, desk.plan(alina))
    page = desk.browser(themself(alina)).get(f"/wallet/{alina.id}/history").text
    assert "Составлен черновик" in page
    assert f"/credit/cases/{cases(desk)[0].id}" in page
    assert "Канарейка-7319 Ольга Петровна" in page


def test_an_adult_hands_in_alone(desk: Desk) -> None:
    egor = desk.enrol(adult())
    desk.award(egor)
    item = desk.plan(egor)
    mine = desk.browser(themself(egor))
    fields = {"item": item, "badge": [desk.entries(egor)[0].id], "wish": "full"}
    review = mine.post(f"/wallet/{egor.id}/apply", data=fields).headers["location"]
    mine.post(review, data={"version": version_of(mine.get(review))})
    assert cases(desk)[0].state is State.SUBMITTED


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"item": ""}, "Выберите часть учебного плана."),
        ({"item": "0" * 32}, "Такой части нет в учебном плане ученика."),
        ({"badge": []}, "Отметьте хотя бы один значок."),
        ({"badge": ["0" * 32]}, "Отметьте хотя бы один значок."),
        ({"wish": ""}, "Выберите, чего вы хотите."),
        ({"wish": "everything"}, "Выберите, чего вы хотите."),
    ],
)
def test_what_is_missing_is_told_and_what_was_chosen_is_kept(desk: Desk, changes: dict[str, object], said: str) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    item = desk.plan(alina)
    answer = keep(desk, alina, changes.pop("item", item), **changes)
    assert answer.status_code == 400
    assert said in answer.text
    assert 'name="assessment" value="yes" checked' in answer.text
    assert cases(desk) == []


def test_missing_outcomes_are_shown_before_it_is_handed_in(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    review = keep(desk, alina, desk.plan(alina, outcomes=("ИП.1", "ИНФ.3"))).headers["location"]
    page = desk.family(alina).get(review).text
    assert "Показано обязательных результатов: 1 из 2." in page
    assert "не показан" in page


def test_a_revoked_badge_shows_nothing_in_the_outlook(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    badge = desk.award(alina)
    review = keep(desk, alina, desk.plan(alina)).headers["location"]
    desk.ugu.revoke(badge)
    page = desk.family(alina).get(review).text
    assert "Показано обязательных результатов: 0 из 2." in page
    assert "Недействителен" in page


def test_nobody_applies_with_badges_or_for_plans_of_others(desk: Desk) -> None:
    alina, other = desk.enrol(teenager()), desk.enrol(teenager())
    desk.award(alina)
    desk.award(other)
    foreign = desk.plan(other, code="P3")
    mine = desk.plan(alina)
    assert keep(desk, alina, foreign).status_code == 400
    assert keep(desk, alina, mine, badge=[desk.entries(other)[0].id]).status_code == 400
    review = keep(desk, alina, mine).headers["location"]
    case = review.rpartition("/")[2]
    assert desk.family(other).get(review).status_code == 404
    assert desk.family(other).get(f"/wallet/{other.id}/apply/{case}").status_code == 404
    assert desk.family(other).post(f"/wallet/{other.id}/apply/{case}", data={"version": "1"}).status_code == 404
    assert desk.family(other).get(f"/wallet/{other.id}/apply", params={"case": case}).status_code == 404


def test_without_badges_or_without_a_plan_the_page_says_what_to_do(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    assert "Значков пока нет" in desk.family(alina).get(f"/wallet/{alina.id}/apply").text
    desk.award(alina)
    assert "Сейчас подать нечего" in desk.family(alina).get(f"/wallet/{alina.id}/apply").text
