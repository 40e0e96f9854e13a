"""Meetings over HTTP: the secretary plans one as the form stands, warned of a missed term; it is changed, cancelled, held, read."""

import re

from tests.verifier.credit.meetings.test_meetings import another, before_commission
from tests.verifier.credit.office import Office, fields_of
from tests.verifier.credit.world import World

BASE = "/credit/meetings/s1"
NEW = f"{BASE}/new"


def planned(office: Office, **changes: object) -> str:
    """A meeting as the form proposes it; the address of its page."""
    form = fields_of(office.get("secretary", NEW).text, NEW)
    answer = office.post("secretary", NEW, {**form, "place": "кабинет 12", **changes})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_a_secretary_plans_a_meeting_with_the_form_as_it_stands(world: World) -> None:
    office = Office(world)
    assert "Назначить заседание" not in office.get("secretary", BASE).text
    assert "Рассматривать нечего" in office.get("secretary", NEW).text
    before_commission(world)
    assert "Назначить заседание" in office.get("secretary", BASE).text
    page = planned(office)
    assert ("credit.meeting", "secretary", page.rpartition("/")[2]) in office.journal
    shown = office.get("member", page).text
    for part in (
        "Заседание № 1",
        "11 ноября 2026",
        "15:00",
        "кабинет 12",
        "Ветрова Алина Игоревна",
        "ещё не голосовал",
    ):
        assert part in shown.replace("\N{NO-BREAK SPACE}", " "), part
    assert f'href="{page}"' in office.get("member", "/credit").text, "the desk names the next one"
    assert "Кто пришёл" not in office.get("secretary", page).text, "it has not begun"
    again = fields_of(office.get("secretary", f"{page}/change").text, f"{page}/change")
    assert again["place"] == ["кабинет 12"]
    assert fields_of(_with_case(world, office), NEW)["place"] == ["кабинет 12"], "the last place is proposed"


def test_a_missed_term_is_told_before_it_happens_and_nothing_typed_is_lost(world: World) -> None:
    office = Office(world)
    case = before_commission(world)
    form = {**fields_of(office.get("secretary", NEW).text, NEW), "place": "кабинет 12", "day": "2026-12-24"}
    refused = office.post("secretary", NEW, form)
    assert refused.status_code == 422
    assert f"Срок пройдёт раньше заседания: № {world.read(case).number}." in refused.text
    kept = fields_of(refused.text, NEW)
    assert (kept["place"], kept["day"], kept["cases"]) == (["кабинет 12"], ["2026-12-24"], [case])
    page = planned(office, day="2026-12-24", late="yes")
    assert "срок пройдёт раньше" in office.get("secretary", page).text


def test_a_meeting_is_moved_cancelled_and_put_into_a_calendar(world: World) -> None:
    office = Office(world)
    before_commission(world)
    page = planned(office)
    form = fields_of(office.get("deputy", f"{page}/change").text, f"{page}/change")
    assert office.post("deputy", f"{page}/change", {**form, "day": "2026-11-12"}).status_code == 422, "no reason"
    assert (
        office.post("deputy", f"{page}/change", {**form, "day": "2026-11-12", "reason": "Карантин"}).status_code == 303
    )
    assert "Пока вы заполняли форму" in office.post("deputy", f"{page}/change", {**form, "reason": "Ещё"}).text
    calendar = office.get("member", f"{page}/calendar")
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert "DTSTART:20261112T120000Z" in calendar.text
    assert "Ветров" not in calendar.text
    assert office.post("secretary", f"{page}/cancel", {"reason": ""}).status_code == 422
    assert office.post("secretary", f"{page}/cancel", {"reason": "Болезнь"}).status_code == 303
    assert "Болезнь" in office.get("member", page).text
    assert office.get("secretary", f"{page}/change").status_code == 409
    assert "STATUS:CANCELLED" in office.get("member", f"{page}/calendar").text


def test_who_came_is_noted_and_the_agenda_prints(world: World) -> None:
    office = Office(world)
    before_commission(world)
    page = planned(office)
    world.later(days=3)
    shown = office.get("secretary", page).text
    assert "Открыть заседание" in shown
    few = office.post("secretary", f"{page}/hold", {"present": ["deputy"]})
    assert few.status_code == 422
    assert "Отмечено: 1" in few.text
    assert office.post("secretary", f"{page}/hold", {"present": ["deputy", "teacher", "member"]}).status_code == 303
    held = office.get("deputy", page).text
    assert "не голосует: нет на заседании" in held
    assert "Подписать один протокол" in held
    document = re.search(r"/credit/documents/\w+", held)
    assert document is not None
    assert "Повестка" in office.get("deputy", document[0]).text
    assert office.get("deputy", f"{document[0]}/pdf").content.startswith(b"%PDF")
    for who in ("guardian", "tutor"):
        assert office.get(who, document[0]).status_code == 404, "whose cases are heard beside it is nobody's affair"


def test_families_teachers_and_other_schools_are_turned_away(world: World) -> None:
    office = Office(world)
    before_commission(world)
    page = planned(office)
    for who in ("guardian", "l1", "tutor", "disputes", "foreign:secretary"):
        assert office.get(who, page).status_code in {403, 404}, who
        assert office.get(who, BASE).status_code in {403, 404}, who
    for who in ("member", "director"):
        assert office.post(who, f"{page}/cancel", {"reason": "Так"}).status_code == 403, who


def _with_case(world: World, office: Office) -> str:
    another(world)
    return office.get("secretary", NEW).text
