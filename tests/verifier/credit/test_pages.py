"""The pages: every act can be done through its form, people see what concerns them, and no code word shows."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import Engine

from keys.organisations import did_of, find, keys_of
from keys.sealed import unseal
from tests.campus import PROJECT, make_holder
from tests.verifier.credit.office import Office
from tests.verifier.credit.world import ALINA, TIMUR, World
from verifier.credit import documents
from verifier.credit.events import Event
from verifier.credit.facts import Party, State
from verifier.credit.forms import FORMS
from verifier.credit.papers import TITLES, DocumentKind
from verifier.credit.tables import Wish
from verifier.credit.wording import HAPPENED, NEXT, NOW, PARTIES, SHORT

TAGS = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", re.DOTALL)
ENGLISH = re.compile(r"[A-Za-z]{3,}")
ALLOWED = {"JSON", "PNG", "SVG", "English", "did", "web", "sever", "example"}


@pytest.fixture
def world(sqlite: Engine, tmp_path: Path) -> World:
    """Pages ask the database nothing of their own, so one kind of it is enough here."""
    return World(sqlite, tmp_path)


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def words(page: str) -> str:
    """What a person reads on a page."""
    return unescape(TAGS.sub(" ", page))


def test_the_whole_way_through_the_forms(world: World, office: Office) -> None:
    case = world.drafted(world.badge())
    day = world.now.date().isoformat()
    for who, event, answers in (
        ("guardian", "submit", {}),
        ("secretary", "register", {}),
        ("deputy", "start-check", {}),
        ("deputy", "accept-check", {}),
        ("teacher", "sign-matrix", {}),
        ("deputy", "send-to-commission", {}),
        ("teacher", "vote", {"extent": "full", "free": "yes"}),
        ("member", "vote", {"extent": "full", "free": "yes"}),
        ("deputy", "vote", {"extent": "full", "free": "yes"}),
        ("deputy", "conclude", {"extent": "full"}),
        ("director", "order", {"number": "17", "date": day, "signer": "Директор"}),
        ("secretary", "notify", {}),
        ("deputy", "amend-plan", {}),
        ("deputy", "close", {"journal": "yes", "file": "yes"}),
    ):
        answer = office.press(who, case, event, **answers)
        assert (answer.status_code, answer.headers.get("location")) == (303, f"/credit/cases/{case}"), answer.text
        assert (f"credit.{event}", who, case) in office.journal
    assert world.state(case) is State.CLOSED
    assert office.tasks == [("cases.nightly", case), ("award.finish", "award-1")]
    assert world.read(case).mark == "5"


def test_what_is_wrong_stands_on_the_form_and_what_was_typed_stays(world: World, office: Office) -> None:
    case = world.drafted(world.badge())
    world.to_commission(case)
    world.vote(case, "partial")
    answer = office.press("deputy", case, "conclude", extent="partial", reason="Так решили & точка")
    assert answer.status_code == 422
    assert "Предложение не следует из сопоставления" in words(answer.text)
    assert "Основание: Порядок зачёта результатов" in words(answer.text)
    assert "Так решили &amp; точка" in answer.text
    assert world.state(case) is State.IN_COMMISSION
    assert "credit.conclude" not in {event for event, _, _ in office.journal}


def test_a_refused_act_leaves_nothing_behind(world: World, office: Office) -> None:
    case = world.drafted(world.badge())
    world.to_commission(case)
    world.vote(case, "full")
    world.act("deputy", case, Event.CONCLUDE, extent="full")
    before = world.read(case)
    world.campus.gone.add(world.ugu.url("status/revocation"))
    answer = office.press("director", case, "order", number="1", date=world.now.date().isoformat(), signer="Д")
    assert answer.status_code == 422
    assert world.read(case).version == before.version
    with world.session() as session:
        work = world.cases.look(session, world.actor("director"), case, world.now)
        assert "decision" not in (work.evidence[0].reports or {})


def test_a_stale_form_is_answered_on_the_page(world: World, office: Office) -> None:
    case = world.drafted(world.badge())
    path = f"/credit/cases/{case}/submit"
    office.press("guardian", case, "submit")
    answer = office.post("guardian", path, {"version": "1", "wish": "full"})
    assert answer.status_code == 422
    assert "заявление изменилось" in words(answer.text)


def test_a_badge_can_be_handed_in_as_a_file(world: World, office: Office) -> None:
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    world.act("secretary", case, Event.REGISTER)
    world.act("secretary", case, Event.ASK_DOCUMENTS, reason="Ещё один значок.")
    path, version = f"/credit/cases/{case}/supply", str(world.read(case).version)
    page = office.get("guardian", path)
    assert 'enctype="multipart/form-data"' in page.text
    broken = office.post("guardian", path, {"version": version, "paper": ""}, badge=("a.json", b"{}", "text/plain"))
    assert broken.status_code == 422
    assert "нет значка" in words(broken.text)
    second = world.badge(outcomes=PROJECT[:1])
    good = office.post("guardian", path, {"version": version, "paper": ""}, badge=("a.json", second, "text/plain"))
    assert good.status_code == 303
    with world.session() as session:
        assert len(world.cases.look(session, world.actor("guardian"), case, world.now).evidence) == 2


def test_who_may_see_a_case(world: World, office: Office) -> None:
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    path = f"/credit/cases/{case}"
    for who in ("guardian", ALINA, "tutor", "secretary", "deputy", "teacher", "member", "director"):
        assert office.get(who, path).status_code == 200
    for who in ("foreign:deputy", TIMUR, "stranger"):
        assert office.get(who, path).status_code == 404
        assert office.get(who, f"/api{path}").status_code == 404
        assert office.post(who, f"{path}/register", {}).status_code == 404
    assert office.get("", path).status_code == 401
    assert office.get("", "/credit/cases/unknown").status_code == 401
    assert office.post("member", f"{path}/register", {}).status_code == 403
    assert office.get("guardian", f"{path}/draft").status_code == 404
    assert office.get("guardian", f"{path}/nonsense").status_code == 404


def test_a_draft_is_the_family_s_own(world: World, office: Office) -> None:
    case = world.drafted(world.badge())
    assert office.get("guardian", f"/credit/cases/{case}").status_code == 200
    assert office.get("deputy", f"/credit/cases/{case}").status_code == 404
    assert case not in office.get("secretary", "/credit").text


def test_reading_by_others_is_noted_and_by_the_family_is_not(world: World, office: Office) -> None:
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    for who in ("guardian", ALINA):
        office.get(who, f"/credit/cases/{case}")
    assert office.journal == []
    office.get("deputy", f"/credit/cases/{case}")
    office.get("tutor", f"/api/credit/cases/{case}")
    assert office.journal == [("credit.read", "deputy", case), ("credit.read", "tutor", case)]


def test_the_first_screen_of_the_applicant(world: World, office: Office) -> None:
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    world.act("secretary", case, Event.REGISTER)
    read = " ".join(words(office.get("guardian", f"/credit/cases/{case}").text).split())
    assert "Сейчас Заявление зарегистрировано. Дальше Школа проверит подлинность значков." in read
    assert "Не позднее 23 ноября (локальный акт школы)" in read.replace("\xa0", " ")
    assert "Отозвать заявление" in read
    assert "Зарегистрировать" not in read


def test_a_refusal_says_why_and_what_can_be_done(world: World, office: Office) -> None:
    case = world.drafted(world.badge(outcomes=PROJECT[:3]))
    world.to_commission(case)
    world.decided(case, "refuse")
    world.told(case)
    read = words(office.get("guardian", f"/credit/cases/{case}").text).replace("\xa0", " ")
    assert "Отказано в зачёте" in read
    assert "ИП.4 Результат ИП.4: Не подтверждён." in read
    assert "Подать возражение можно до 23 ноября." in read
    assert "подайте новое заявление и согласитесь на оценивание" in read


def test_the_desk_shows_what_waits_and_what_is_overdue(world: World, office: Office) -> None:
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    secretary = words(office.get("secretary", "/credit").text)
    assert "Зарегистрировать" in secretary
    assert "Просрочено" not in secretary
    assert "Сейчас ничего" in words(office.get("director", "/credit").text)
    world.later(days=3)
    assert "Просрочено у других" in words(office.get("director", "/credit").text)
    assert "Индивидуальный проект" in words(office.get("guardian", "/credit").text)
    assert "Заявлений пока нет" in words(office.get(TIMUR, "/credit").text)
    assert "Здесь пусто" in words(office.get("stranger", "/credit").text)


def test_the_desk_finds_by_name_number_and_component(world: World, office: Office) -> None:
    case = world.drafted(world.badge())
    world.act("guardian", case, Event.SUBMIT)
    world.act("secretary", case, Event.REGISTER)
    for query in ("ветрова", "1/2026", "проект", "ВЕТРОВА АЛИНА"):
        assert case in office.post("director", "/credit", {"q": query}).text, query
    assert "Ничего не нашлось" in words(office.post("director", "/credit", {"q": "Петров"}).text)
    assert case not in office.get("foreign:director", "/credit").text


def test_a_learner_without_a_case_sees_how_to_begin(office: Office) -> None:
    page = office.get(ALINA, "/credit").text
    assert "Выберите часть учебного плана и значки" in words(page)
    assert f'href="/wallet/{ALINA}/apply"' in page


def test_documents_are_pages_and_sealed_files(world: World, office: Office) -> None:
    case = world.credited(world.badge())
    with world.session() as session:
        made = {one.kind: one.id for one in documents.documents_of(session, case)}
        did, multikeys = did_of(find(session, "s1")), [key.multikey for key in keys_of(session, "s1")]
    for kind, document in made.items():
        page = office.get("deputy", f"/credit/documents/{document}")
        assert TITLES[DocumentKind(kind)] in words(page.text)
        sealed = office.get("deputy", f"/credit/documents/{document}/sealed").content
        said = unseal(sealed, did, multikeys, world.now, limit=documents.LARGEST)
        assert said["kind"] == kind
        assert ("Основание: " in words(page.text)) == bool(said["basis"])
    assert office.get("guardian", f"/credit/documents/{made['order']}").status_code == 200
    assert office.get("guardian", f"/credit/documents/{made['protocol']}").status_code == 404
    assert made["protocol"] not in office.get("guardian", f"/credit/cases/{case}").text
    assert office.get("foreign:deputy", f"/credit/documents/{made['order']}").status_code == 404


def test_the_day_of_an_assessment_ends_its_sentence_by_itself(world: World, office: Office) -> None:
    case = world.drafted(world.badge(outcomes=PROJECT[:3]), assessment_agreed=True)
    for who, event, fields in (
        ("guardian", Event.SUBMIT, {}),
        ("secretary", Event.REGISTER, {}),
        ("deputy", Event.START_CHECK, {}),
        ("deputy", Event.ACCEPT_CHECK, {}),
        ("deputy", Event.START_ASSESSMENT, {"on": "2026-11-16", "reason": "каб. 3"}),
    ):
        world.act(who, case, event, fields)
    with world.session() as session:
        notice = next(one.id for one in documents.documents_of(session, case) if one.kind == DocumentKind.NOTICE)
    page = words(office.get("guardian", f"/credit/documents/{notice}").text)
    assert "Оценивание назначено на 16 ноября 2026 г." in page
    assert "г.." not in page


def test_both_checks_are_one_tap_away(world: World, office: Office) -> None:
    case = world.credited(world.badge())
    page = office.get("guardian", f"/credit/cases/{case}/evidence/1")
    read = words(page.text)
    assert "Проверка при рассмотрении" in read
    assert "Проверка перед решением" in read
    assert "Выдан этому ученику? Да." in read
    assert office.get("guardian", f"/credit/cases/{case}/evidence/9").status_code == 404


def test_the_plan_and_the_school_s_rules(world: World, office: Office) -> None:
    world.credited(world.badge())
    plan = words(office.get("guardian", f"/credit/plans/{ALINA}").text)
    assert "5 (отлично)" in plan
    assert office.get("foreign:deputy", f"/credit/plans/{ALINA}").status_code == 404
    rules = words(office.get("", "/credit/rules/s1").text)
    assert "Государственная итоговая аттестация зачёту не подлежит." in rules
    assert "№ 845/369" in rules


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_code_word_shows_on_any_page_at_any_step(world: World, office: Office, language: str) -> None:
    case = world.drafted(world.badge(outcomes=(*PROJECT[:3], ("МП.К1", 2))), assessment_agreed=True)
    script = (
        ("guardian", Event.SUBMIT, {}),
        ("secretary", Event.REGISTER, {}),
        ("deputy", Event.START_CHECK, {}),
        ("deputy", Event.ACCEPT_CHECK, {}),
        ("deputy", Event.START_ASSESSMENT, {"on": "2026-11-16", "reason": "каб. 3"}),
        ("teacher", Event.FINISH_ASSESSMENT, {"came": "absent"}),
        *((who, Event.VOTE, {"extent": "refuse", "free": "yes"}) for who in ("teacher", "member", "deputy")),
        ("deputy", Event.CONCLUDE, {"extent": "refuse"}),
    )
    for who, event, fields in script:
        look_at(office, case, language)
        world.act(who, case, event, fields)
    world.sign(case, refused=True)
    world.told(case)
    world.act("guardian", case, Event.APPEAL, reason="Не согласны.")
    look_at(office, case, language)


def look_at(office: Office, case: str, language: str) -> None:
    """Every page that anybody of the school or the family is offered now."""
    for who in ("guardian", ALINA, "secretary", "deputy", "teacher", "member", "director", "disputes"):
        data = office.get(who, f"/api/credit/cases/{case}")
        if data.status_code != 200:
            continue
        acts = [f"/credit/cases/{case}/{event}" for event in data.json()["may"] if event in set(FORMS)]
        for path in (f"/credit/cases/{case}", "/credit", f"/credit/cases/{case}/evidence/1", *acts):
            page = office.get(who, path, language=language)
            assert page.status_code == 200, (who, path)
            if language == "ru":
                assert set(ENGLISH.findall(words(page.text))) <= ALLOWED, (who, path)


def test_every_state_event_and_party_has_its_words() -> None:
    assert set(NOW) == set(NEXT) == set(SHORT) == set(State)
    assert set(HAPPENED) == set(Event)
    assert set(PARTIES) == set(Party)
    assert set(FORMS) == set(Event) - {Event.DRAFT, Event.REVISE}


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_case_as_data_and_an_act(world: World, office: Office) -> None:
    case = world.drafted(world.badge())
    world.to_commission(case)
    seen = office.get("member", f"/api/credit/cases/{case}").json()
    assert (seen["state"], seen["proposal"], seen["may"]) == ("in_commission", "full", ["vote"])
    assert [row["finding"] for row in seen["rows"]] == ["met"] * 4
    assert all(row["source"].startswith("/credentialSubject/result/") for row in seen["rows"])
    assert set(seen["evidence"][0]["conditions"].values()) == {"passed"}
    body = {"version": seen["version"], "shown": seen["shown"], "fields": {"extent": "full", "free": True}}
    assert office.send("member", f"/api/credit/cases/{case}/vote", body).status_code == 200
    again = office.send("member", f"/api/credit/cases/{case}/vote", body)
    assert (again.status_code, again.json()["code"]) == (400, "not-voted")
    old = office.send("deputy", f"/api/credit/cases/{case}/vote", body | {"version": 1})
    assert (old.status_code, old.json()["code"]) == (409, "case-changed")
    other = office.send("deputy", f"/api/credit/cases/{case}/vote", body | {"shown": "sha256:0"})
    assert (other.status_code, other.json()["code"]) == (409, "shown-changed")
    assert office.send("member", f"/api/credit/cases/{case}/nonsense", body).status_code == 404
    assert [step["event"] for step in office.get("guardian", f"/api/credit/cases/{case}").json()["steps"]][-1] == (
        "send-to-commission"
    )


def test_an_application_from_any_wallet(world: World, office: Office) -> None:
    with world.session() as session:
        asks = world.cases.asks(session, world.item)
    shown = world.campus.present([world.badge()], make_holder("alina"), domain=asks.domain, challenge=asks.challenge)
    body = {"component": world.item, "wish": str(Wish.FULL), "presentation": json.loads(shown)}
    assert office.send(TIMUR, "/credit/applications", body).status_code == 404
    assert office.send(ALINA, "/credit/applications", body).status_code == 403
    answer = office.send("guardian", "/credit/applications", body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "submitted"
    assert office.send("guardian", "/credit/applications", body).json()["code"] == "component-free"
    assert office.send("guardian", "/credit/applications", body | {"component": "x"}).status_code == 404
    assert office.send("guardian", "/credit/applications", body | {"more": 1}).status_code == 422
