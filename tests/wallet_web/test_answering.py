"""Requests of organisations: asked, seen by the family, answered once and signed for that, read, erased."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from keys import organisations
from keys.actor import Actor, ActorKind, Membership, Role
from keys.deps import Learner
from keys.tables import OrganisationKind
from schemas.errors import NotFound
from service.database import unit_of_work
from tests.campus import make_holder
from tests.wallet_web.desk import PUBLIC_URL, Desk
from tests.wallet_web.family import adult, child, teenager, themself
from verifier.asking import requests
from wallet_web.consent import current_text
from wallet_web.present import present
from wallet_web.tables import Purpose

ASKER = Actor(kind=ActorKind.PERSON, person="asker", memberships=frozenset({Membership("ugu", Role.READER)}))
OTHER = Actor(kind=ActorKind.PERSON, person="other", memberships=frozenset({Membership("sen", Role.READER)}))
TEXT = current_text(Purpose.ANSWERING).digest
ASKED = {"organisation": "ugu", "wanted": "Значки по программированию", "purpose": "Приём без экзамена", "days": "10"}
NAMES = ("Алина", "Игоревна")  # the family name is also that of whoever is signed in


def open_house(desk: Desk, code: str = "ugu") -> None:
    with unit_of_work(desk.engine) as session:
        organisations.register(
            session,
            code=code,
            name="Северный открытый университет",
            kind=OrganisationKind.UNIVERSITY,
            host=f"{code}.sever.example",
            member_from=desk.now,
        )
        organisations.rotate(session, desk.store, code, desk.now)


def asked(desk: Desk, **changes: str) -> str:
    """The path of a new request."""
    made = desk.browser(ASKER).post("/requests/new", data=ASKED | changes)
    assert made.status_code == 303, made.text
    return str(made.headers["location"])


def agree(desk: Desk, learner: Learner, by: Actor | None = None) -> None:
    browser = desk.browser(by) if by else desk.family(learner)
    answer = browser.post(f"/wallet/{learner.id}/consents", data={"text_hash": TEXT, "agree": "yes"})
    assert answer.status_code == 303, answer.text


def reply(browser: TestClient, desk: Desk, learner: Learner, request: str, act: str = "give") -> Response:
    badges = [entry.id for entry in desk.entries(learner)]
    return browser.post(f"/wallet/{learner.id}{request}", data={"badge": badges, "act": act})


def terms(desk: Desk, request: str) -> dict[str, str]:
    told = desk.browser().get(request, headers={"accept": "application/json"})
    assert told.status_code == 200
    return dict(told.json())


@pytest.fixture
def house(both: Desk) -> Desk:
    open_house(both)
    return both


def test_the_whole_story(house: Desk) -> None:
    desk, alina = house, house.enrol(teenager())
    desk.award(alina, title="Робототехника")
    request = asked(desk)
    asker, mine = desk.browser(ASKER), desk.browser(themself(alina))
    assert "<svg" in asker.get(request).text
    seen = mine.get(request).text
    for said in ("Северный открытый университет", "Значки по программированию", "Приём без экзамена"):
        assert said in seen
    assert f"/wallet/{alina.id}{request}" in seen
    refused = mine.get(f"/wallet/{alina.id}{request}").text
    assert "нужно согласие" in refused
    assert reply(mine, desk, alina, request).json()["code"] == "no-answer-consent"
    agree(desk, alina)
    assert reply(mine, desk, alina, request).headers["location"] == f"/wallet/{alina.id}/requests"
    page = asker.get(request).text
    assert "Робототехника" in page
    assert "Подпись верна, организация имела право" in page
    assert not [name for name in (*NAMES, alina.id, alina.number) if name in page]
    log = mine.get(f"/wallet/{alina.id}/requests").text
    assert "Робототехника" in log
    assert "ответ получен" in log
    assert "14:05" in log
    assert [event for event, _, _ in desk.journal] == [
        "request.made",
        "consent.given",
        "request.answered",
        "request.read",
    ]
    assert "ответ получен" in asker.get("/requests").text


def test_a_challenge_serves_once(house: Desk) -> None:
    desk, alina = house, house.enrol(teenager())
    desk.award(alina)
    agree(desk, alina)
    request = asked(desk)
    family = desk.family(alina)
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: reply(family, desk, alina, request), range(4)))
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409]
    assert reply(family, desk, alina, request, "refuse").json()["code"] == "request-closed"
    assert "больше нельзя ответить" in family.get(f"/wallet/{alina.id}{request}").text


def test_two_requests_have_nothing_in_common(desk: Desk) -> None:
    open_house(desk)
    one, other = (terms(desk, asked(desk)) for _ in range(2))
    assert one["domain"] == other["domain"] == "did:web:ugu.sever.example"
    assert one["challenge"] != other["challenge"]
    assert re.fullmatch(rf"{PUBLIC_URL}/requests/[0-9a-f]{{32}}", one["url"])


def test_any_wallet_answers_over_http(desk: Desk) -> None:
    open_house(desk)
    request = asked(desk)
    asks, holder = terms(desk, request), make_holder("elsewhere")
    badge = desk.ugu.award()

    def answer(**changes: str) -> Response:
        wanted = {"domain": asks["domain"], "challenge": asks["challenge"]} | changes
        shown = present([badge], holder, name="urn:uuid:x", now=desk.now, **wanted)
        return desk.browser().post(request, content=shown)

    for wrong in ({"domain": "did:web:sen.sever.example"}, {"challenge": "another"}):
        assert answer(**wrong).json()["code"] == "not-an-answer"
    for body in (badge, b"{", b"", b"x" * 50):
        refused = desk.browser().post(request, content=body)
        assert refused.status_code == 400, body
    assert terms(desk, request)["state"] == "open"
    old = present([badge], holder, name="urn:uuid:x", now=desk.now, domain=asks["domain"], challenge=asks["challenge"])
    desk.campus.now += timedelta(minutes=30)
    assert desk.browser().post(request, content=old).json()["code"] == "not-an-answer"
    assert answer().json()["state"] == "answered"
    assert answer().json()["code"] == "request-closed"
    assert "Подпись верна" in desk.browser(ASKER).get(request).text


def test_a_stolen_answer_opens_no_other_request(desk: Desk) -> None:
    open_house(desk)
    first, second = asked(desk), asked(desk)
    asks = terms(desk, first)
    shown = present(
        [desk.ugu.award()],
        make_holder("alina"),
        name="urn:uuid:x",
        now=desk.now,
        domain=asks["domain"],
        challenge=asks["challenge"],
    )
    assert desk.browser().post(second, content=shown).json()["code"] == "not-an-answer"


def test_after_the_term_nothing_can_be_answered_or_read_and_the_answer_is_erased(house: Desk) -> None:
    desk, alina = house, house.enrol(teenager())
    desk.award(alina, title="Робототехника")
    agree(desk, alina)
    answered, late = asked(desk), asked(desk)
    reply(desk.family(alina), desk, alina, answered)
    desk.campus.now += timedelta(days=10)
    assert "Робототехника" not in desk.browser(ASKER).get(answered).text
    assert reply(desk.family(alina), desk, alina, late).json()["code"] == "request-closed"
    with unit_of_work(desk.engine) as session:
        assert requests.forget(session, desk.now) == 1
        assert requests.forget(session, desk.now) == 0
    with unit_of_work(desk.engine) as session:
        assert requests.find(session, answered.rpartition("/")[2]).presentation is None


def test_a_withdrawn_consent_takes_the_answers_back(house: Desk) -> None:
    desk, alina = house, house.enrol(teenager())
    desk.award(alina, title="Робототехника")
    agree(desk, alina)
    request = asked(desk)
    reply(desk.family(alina), desk, alina, request)
    assert "Робототехника" in desk.browser(ASKER).get(request).text
    given = next(item for event, _, item in desk.journal if event == "consent.given")
    assert desk.family(alina).post(f"/wallet/{alina.id}/consents/{given}/withdraw").status_code == 303
    assert "Робототехника" not in desk.browser(ASKER).get(request).text
    assert reply(desk.family(alina), desk, alina, asked(desk)).json()["code"] == "no-answer-consent"


def test_saying_no_tells_nothing_else(desk: Desk) -> None:
    open_house(desk)
    alina = desk.enrol(teenager())
    desk.award(alina, title="Робототехника")
    request = asked(desk)
    assert reply(desk.browser(themself(alina)), desk, alina, request, "refuse").status_code == 303
    page = desk.browser(ASKER).get(request).text
    assert "ответили отказом" in page
    assert not [name for name in (*NAMES, "Робототехника") if name in page]
    assert "ничего, вы отказали" in desk.family(alina).get(f"/wallet/{alina.id}/requests").text


def test_who_may_answer_at_which_age(desk: Desk) -> None:
    open_house(desk)
    small, grown = desk.enrol(child()), desk.enrol(adult())
    for one in (small, grown):
        desk.award(one)
    agree(desk, small)
    agree(desk, grown, themself(grown))
    request = asked(desk)
    assert reply(desk.browser(themself(small)), desk, small, request).json()["code"] == "too-young"
    assert reply(desk.family(small), desk, small, request).status_code == 303
    assert reply(desk.browser(themself(grown)), desk, grown, asked(desk)).status_code == 303


def test_only_the_organisation_that_asked_reads_the_answer(desk: Desk) -> None:
    open_house(desk)
    open_house(desk, "sen")
    alina = desk.enrol(teenager())
    desk.award(alina, title="Робототехника")
    agree(desk, alina)
    request = asked(desk)
    reply(desk.family(alina), desk, alina, request)
    for somebody in (desk.browser(), desk.browser(OTHER), desk.family(alina)):
        assert "Робототехника" not in somebody.get(request).text
    assert desk.browser(OTHER).post(f"{request}/withdraw").status_code == 404
    assert desk.browser(OTHER).post("/requests/new", data=ASKED).status_code == 404
    assert "Значки по программированию" not in desk.browser(OTHER).get("/requests").text
    assert [event for event, _, _ in desk.journal].count("request.read") == 0
    assert desk.browser(ASKER).post(f"{request}/withdraw").status_code == 303
    assert "Робототехника" not in desk.browser(ASKER).get(request).text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"wanted": " "}, "Напишите, что показать"),
        ({"purpose": "я" * 301}, "Напишите, для чего"),
        ({"days": "91"}, "Укажите срок"),
        ({"days": "скоро"}, "Укажите срок"),
    ],
)
def test_what_is_wrong_with_a_request_is_said_beside_the_field(desk: Desk, changes: dict[str, str], said: str) -> None:
    open_house(desk)
    answer = desk.browser(ASKER).post("/requests/new", data=ASKED | changes)
    assert answer.status_code == 400
    assert said in answer.text
    made = desk.browser(ASKER).post("/requests", json={**ASKED, "days": 5})
    assert made.status_code == 201
    assert made.json()["state"] == "open"


def test_nobody_answers_with_badges_of_others_or_with_none(desk: Desk) -> None:
    open_house(desk)
    alina, other = desk.enrol(teenager()), desk.enrol(teenager())
    desk.award(other)
    agree(desk, alina)
    request = asked(desk)
    foreign = [entry.id for entry in desk.entries(other)]
    mine = desk.family(alina)
    assert mine.post(f"/wallet/{alina.id}{request}", data={"badge": foreign, "act": "give"}).status_code == 404
    empty = mine.post(f"/wallet/{alina.id}{request}", data={"act": "give"})
    assert empty.status_code == 400
    assert terms(desk, request)["state"] == "open"


def test_an_id_that_is_none_is_not_found(desk: Desk) -> None:
    for path in ("/requests/x", "/requests/" + "0" * 32):
        assert desk.browser(ASKER).get(path).status_code == 404
        assert desk.browser().post(path, content=b"{}").json()["code"] == NotFound.code
