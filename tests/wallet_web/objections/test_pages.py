"""The learner objects over the pages, the school answers, everybody concerned is told; answers to requests rest meanwhile."""

from datetime import timedelta

import pytest

from keys.actor import Actor, ActorKind, Membership, Role
from keys.deps import Learner
from service.database import unit_of_work
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import guardian, teenager, themself
from verifier.asking import requests
from verifier.asking.requests import Wanted
from verifier.credit.facts import State
from verifier.credit.tables import Case
from wallet_web import history
from wallet_web.consent import current_text
from wallet_web.history import ActKind
from wallet_web.tables import Purpose

SECRETARY = Actor(kind=ActorKind.PERSON, person="secretary", memberships=frozenset({Membership("s1", Role.SECRETARY)}))
ELSEWHERE = Actor(kind=ActorKind.PERSON, person="other", memberships=frozenset({Membership("s2", Role.SECRETARY)}))


@pytest.fixture
def alina(desk: Desk) -> Learner:
    return desk.enrol(teenager())


def agree(desk: Desk, alina: Learner, purpose: Purpose = Purpose.SHARING) -> None:
    asked = {"text_hash": current_text(purpose).digest, "agree": "yes"}
    assert desk.family(alina).post(f"/wallet/{alina.id}/consents", data=asked).status_code == 303


def place(desk: Desk, alina: Learner, kind: ActKind) -> str:
    """The page of the guardian's act."""
    with unit_of_work(desk.engine) as session:
        [act] = [one for one in history.acts(session, alina.id) if one.kind is kind]
    return f"/wallet/{alina.id}/objections/{act.ref}"


def link(desk: Desk, alina: Learner) -> str:
    """The address of a link that the guardian has made."""
    desk.award(alina)
    agree(desk, alina)
    badge = desk.entries(alina)[0].id
    answers = {"badge": badge, "audience": "Вуз", "purpose": "Показ", "days": "14", "act": "make"}
    made = desk.family(alina).post(f"/wallet/{alina.id}/shares", data=answers).headers["location"]
    return f"/v/{desk.wallet.links.token(made.rpartition('/')[2])}"


def test_a_link_rests_until_the_school_has_answered(desk: Desk, alina: Learner) -> None:
    shown = link(desk, alina)
    own, page = desk.browser(themself(alina)), place(desk, alina, ActKind.SHARE_MADE)
    assert page in own.get(f"/wallet/{alina.id}/history").text
    assert page not in desk.family(alina).get(f"/wallet/{alina.id}/history").text
    assert own.post(page, data={"text": " "}).status_code == 400
    assert own.post(page, data={"text": "Меня не спросили."}).status_code == 303
    assert desk.browser().get(shown).status_code == 404
    assert ("s1-secretary", "Ученик возразил против сделанного от его имени. Ответьте до 04.12.2026.") in desk.told
    office = desk.browser(SECRETARY)
    assert "04.12.2026" in office.get("/objections/s1").text
    answered = (
        "/objections/s1" + office.get("/objections/s1").text.partition('href="/objections/s1')[2].partition('"')[0]
    )
    assert "Меня не спросили." in office.get(answered).text
    assert office.post(answered, data={"said": "keep"}).status_code == 400
    assert office.post(answered, data={"text": "Всё верно."}).status_code == 400
    assert office.post(answered, data={"said": "keep", "text": "Всё верно."}).status_code == 303
    assert desk.browser().get(shown).status_code == 200
    assert "Всё верно." in own.get(page).text
    assert (alina.id, "Школа ответила на возражение ученика: Всё верно.") in desk.told
    assert office.post(answered, data={}).status_code == 409
    events = [event for event, learner, _ in desk.journal if learner == alina.id and event.startswith("objection.")]
    assert events == ["objection.filed", "objection.read", "objection.kept"]


def test_a_shared_answer_rests_and_is_erased_where_the_learner_is_right(desk: Desk, alina: Learner) -> None:
    desk.award(alina)
    agree(desk, alina, Purpose.ANSWERING)
    with unit_of_work(desk.engine) as session:
        asked = requests.make(
            session, SECRETARY, Wanted(organisation="s1", wanted="Значки", purpose="Приём"), desk.now
        ).id
    badge = desk.entries(alina)[0].id
    desk.family(alina).post(f"/wallet/{alina.id}/requests/{asked}", data={"badge": badge, "act": "give"})

    def readable() -> bool:
        with unit_of_work(desk.engine) as session:
            return requests.read(desk.campus.verifier, requests.find(session, asked), desk.now) is not None

    assert readable()
    page = place(desk, alina, ActKind.REQUEST_ANSWERED)
    own = desk.browser(themself(alina))
    own.post(page, data={"text": "Не хочу показывать."})
    assert not readable()
    own.post(f"{page}/take-back")
    assert readable()
    consent_page = place(desk, alina, ActKind.CONSENT_GIVEN)
    own.post(consent_page, data={"text": "И вообще не хочу."})
    assert not readable()
    with unit_of_work(desk.engine) as session:
        answered = next(row for row in desk.journal[::-1] if row[0] == "objection.filed")[2]
    office = desk.browser(SECRETARY)
    office.post(f"/objections/s1/{answered}", data={"said": "uphold", "text": "Согласны."})
    with unit_of_work(desk.engine) as session:
        assert requests.find(session, asked).presentation is None


def test_the_school_does_not_decide_on_a_disputed_application(desk: Desk, alina: Learner) -> None:
    desk.award(alina)
    item, badge = desk.plan(alina), desk.entries(alina)[0].id
    answers = {"item": item, "badge": badge, "wish": "full", "act": "keep"}
    review = desk.family(alina).post(f"/wallet/{alina.id}/apply", data=answers).headers["location"]
    page = desk.browser(themself(alina)).get(f"/wallet/{alina.id}/history").text
    step = page.partition("/objections/step-")[2].partition('"')[0]
    objected = f"/wallet/{alina.id}/objections/step-{step}"
    assert desk.browser(themself(alina)).post(objected, data={"text": "Не сейчас."}).status_code == 303
    with unit_of_work(desk.engine) as session:
        case = session.get_one(Case, review.rpartition("/")[2])
        assert case.state is State.DRAFT
        assert desk.app.state.cases.services.disputed(session, case.id)


def test_nobody_else_files_or_answers(desk: Desk, alina: Learner) -> None:
    link(desk, alina)
    page = place(desk, alina, ActKind.SHARE_MADE)
    assert desk.family(alina).post(page, data={"text": "Нет."}).status_code == 403
    assert desk.browser(themself(alina)).post(page, data={"text": "Нет."}).status_code == 303
    filed = next(item for event, _, item in desk.journal if event == "objection.filed")
    other = desk.browser(ELSEWHERE)
    assert other.get(f"/objections/s1/{filed}").status_code == 404
    assert other.get(f"/objections/s2/{filed}").status_code == 404
    kin = Actor(
        kind=ActorKind.PERSON, person="guardian", wards=guardian(alina).wards, memberships=SECRETARY.memberships
    )
    assert desk.browser(kin).post(f"/objections/s1/{filed}", data={"said": "keep", "text": "Да."}).status_code == 403
    assert desk.family(alina).post(f"{page}/take-back").status_code == 403


def test_an_overdue_objection_says_so(desk: Desk, alina: Learner) -> None:
    link(desk, alina)
    desk.browser(themself(alina)).post(place(desk, alina, ActKind.SHARE_MADE), data={"text": "Нет."})
    assert "просрочено" not in desk.browser(SECRETARY).get("/objections/s1").text
    desk.campus.now += timedelta(days=20)
    assert "просрочено" in desk.browser(SECRETARY).get("/objections/s1").text
