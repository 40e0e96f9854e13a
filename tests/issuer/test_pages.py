"""The office pages and the JSON doors, as a person and a program meet them."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from issuer.module import Statement
from issuer.pages import PER_PAGE
from issuer.rights import RIGHTS
from issuer.tables import AwardState
from keys.errors.store import KeyStoreError
from schemas.credential import Credential
from schemas.identity import grouped
from schemas.outcomes import shown
from tests.issuer.awarded import awards
from tests.issuer.office import ALINA, Office
from tests.issuer.world import AWARDER, NOW, NUMBER, World, module, order

FORM = {
    "achievement": "m08",
    "number": grouped(NUMBER).lower(),
    "event": "ведомость № 7",
    "result": "87,5",
    "level_0": "2",
    "level_1": "3",
    "narrative": "Исследовала течения в озере.",
}
CODE_WORDS = re.compile(
    r"\b(Award|Issuer|Achievement|ordered|reserved|stored|delivered|refused|published|issuer|revocation|credential)\b"
)


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


@pytest.fixture
def client(office: Office) -> TestClient:
    return office.client()


def words(page: str) -> str:
    """What a person reads: no tags, no attributes, no drawings."""
    body = re.sub(r"(?s)<svg.*?</svg>|<head>.*?</head>|<script.*?</script>", " ", page)
    return re.sub(r"<[^>]+>", " ", body)


def preview(client: TestClient, **changes: str) -> str:
    answer = client.post("/issuer/ugu/award", data={**FORM, "act": "preview", **changes})
    assert answer.status_code == 200
    return answer.text


def sign(client: TestClient, **changes: str) -> str:
    """Look at the preview, sign it and return where the award is."""
    seen = re.search(r'name="shown" value="([0-9a-f]{64})"', preview(client, **changes))
    assert seen
    answer = client.post("/issuer/ugu/award", data={**FORM, **changes, "act": "sign", "shown": seen[1]})
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_the_desk_shows_what_can_be_awarded_and_what_was(client: TestClient) -> None:
    empty = client.get("/issuer/ugu").text
    assert "Вручений пока нет" in empty
    assert empty.count("award?achievement=") == 2
    assert empty.count("<svg xmlns=") == 2
    here = sign(client)
    desk = client.get("/issuer/ugu").text
    assert f'href="{here}"' in desk
    assert "Вручён" in desk
    assert NUMBER not in desk


def test_many_awards_are_paged(office: Office, client: TestClient) -> None:
    for n in range(PER_PAGE + 1):
        office.world.issuer().place(order(event=f"ведомость № {n}"), AWARDER, NOW)
    first, second = client.get("/issuer/ugu").text, client.get("/issuer/ugu?page=2").text
    assert (first.count("/awards/"), second.count("/awards/")) == (PER_PAGE, 1)
    assert "Подписывается" in first


def test_the_form_is_for_one_achievement(client: TestClient) -> None:
    choice = client.get("/issuer/ugu/award").text
    assert "award?achievement=m08" in choice
    form = client.get("/issuer/ugu/award?achievement=m08").text
    assert form.count('type="radio"') == 6
    assert form.count("checked") == 2
    assert "От 0 до 100, проходной результат — 60." in form
    without_points = client.get("/issuer/ugu/award?achievement=m07").text
    assert 'name="result"' not in without_points
    assert client.get("/issuer/ugu/award?achievement=m99").status_code == 404


def test_a_badge_is_seen_before_it_is_signed(office: Office, client: TestClient) -> None:
    page = preview(client)
    text = words(page)
    assert "Подписать и вручить" in page
    assert all(part in text for part in ("87.5 из 100", "34 академ. ч", "базовый", "продвинутый", "не оценивался"))
    assert grouped(NUMBER) in text
    assert awards(office.world) == []


def test_a_person_can_go_back_and_correct(client: TestClient) -> None:
    answer = client.post("/issuer/ugu/award", data={**FORM, "act": "edit", "shown": "0"})
    assert answer.status_code == 200
    assert 'value="87,5"' in answer.text
    assert "Исследовала течения в озере." in answer.text


def test_signing_makes_the_badge_and_shows_it(office: Office, client: TestClient) -> None:
    page = client.get(sign(client)).text
    assert "Значок вручён" in page
    [award] = awards(office.world)
    assert award.state is AwardState.DELIVERED
    assert award.ordered_by == "awarder"
    assert ("award.read", "ugu", ALINA.id, award.id) in office.notes


def test_pressing_the_button_twice_makes_one_badge(office: Office, client: TestClient) -> None:
    assert sign(client) == client.post("/issuer/ugu/award", data={**FORM, "act": "sign"}).headers["location"]
    assert len(awards(office.world)) == 1


def test_a_preview_that_is_out_of_date_is_shown_again(office: Office, client: TestClient) -> None:
    preview(client)
    with office.world.transaction() as session:
        office.world.offer(session, module(criteria="Другие условия."))
    answer = client.post("/issuer/ugu/award", data={**FORM, "act": "sign", "shown": "0" * 64})
    assert "описание изменилось" in answer.text
    assert awards(office.world) == []


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("number", "123", "Такого сетевого номера не бывает"),
        ("event", " ", "Укажите основание"),
        ("result", "59", "ниже проходного"),
        ("result", "<b>", "числом от 0 до 100"),
        ("level_0", "9", "Выберите уровень"),
        ("narrative", "Алина справилась", "имя или фамилия"),
        ("narrative", "+7 921 123 45 67", "номер телефона"),
    ],
)
def test_an_error_stands_beside_its_field_and_what_was_typed_is_kept(
    office: Office, client: TestClient, field: str, typed: str, told: str
) -> None:
    answer = client.post("/issuer/ugu/award", data={**FORM, field: typed, "act": "sign"})
    assert answer.status_code == 422
    beside = re.search(rf'id="field-{field}-error">(.*?)</p>', answer.text, re.DOTALL)
    assert beside
    assert told in beside[1]
    assert 'value="ведомость № 7"' in answer.text or field == "event"
    assert "<b>" not in answer.text
    assert awards(office.world) == []


def test_statements_have_fields_and_errors_of_their_own(office: Office) -> None:
    with office.world.transaction() as session:
        office.world.offer(session, module(code="exam", statements=(Statement("exam", "Экзамен"),)))
    client = office.client()
    form = {**FORM, "achievement": "exam"}
    missing = client.post("/issuer/ugu/award", data={**form, "act": "preview"})
    assert re.search(r'id="field-statement_exam-error">.*?Заполните: Экзамен', missing.text, re.DOTALL)
    named = client.post("/issuer/ugu/award", data={**form, "statement_exam": "сдала Ветрова", "act": "preview"})
    assert re.search(r'id="field-statement_exam-error">.*?имя или фамилия', named.text, re.DOTALL)
    assert (
        "сдан на 5"
        in client.post("/issuer/ugu/award", data={**form, "statement_exam": "сдан на 5", "act": "preview"}).text
    )


def test_another_content_under_the_same_event_is_told_beside_the_event(client: TestClient) -> None:
    sign(client)
    answer = client.post("/issuer/ugu/award", data={**FORM, "result": "99", "act": "sign"})
    assert re.search(r'id="field-event-error">.*?уже выдан с другими данными', answer.text, re.DOTALL)


def test_a_badge_that_waits_says_what_happens_next(office: Office, client: TestClient) -> None:
    office.world.wallets.has_wallet = False
    assert "Ждёт владельца" in client.get(sign(client)).text
    office.world.wallets.fails = [KeyStoreError()]
    assert client.post("/issuer/ugu/award", data={**FORM, "event": "№ 8", "act": "sign"}).status_code == 500
    desk = client.get("/issuer/ugu").text
    assert desk.count("Подписан, ждёт владельца") == 2


def test_a_badge_is_revoked_with_a_reason(office: Office, client: TestClient) -> None:
    here = sign(client)
    missing = client.post(f"{here}/revoke", data={"reason": " "})
    assert missing.status_code == 422
    assert re.search(r'id="field-reason-error">.*?причину', missing.text, re.DOTALL)
    assert client.post(f"{here}/revoke", data={"reason": "ошибка в ведомости"}).status_code == 303
    page = client.get(here).text
    assert "Значок отозван" in page
    assert "ошибка в ведомости" in page
    assert "Сотрудник awarder" in page
    assert "Отозвать навсегда" not in page
    assert client.post(f"{here}/revoke", data={"reason": "ещё раз"}).status_code == 409
    assert awards(office.world)[0].revoked_at == NOW


def test_no_code_word_and_no_english_is_on_a_russian_page(client: TestClient) -> None:
    here = sign(client)
    for address in ("/issuer/ugu", "/issuer/ugu/award", "/issuer/ugu/award?achievement=m08", here):
        text = words(client.get(address).text)
        assert not CODE_WORDS.search(text), address
    assert not CODE_WORDS.search(words(preview(client, event="№ 8")))


def test_a_badge_is_suspended_and_put_into_force_again(client: TestClient) -> None:
    here = sign(client)
    page = client.get(here).text
    assert all(word in page for word in ("Приостановить", "Отозвать навсегда", "Исправить ошибку"))
    assert f'action="{here}/lift"' not in page
    assert client.post(f"{here}/suspend", data={"reason": "спорный результат"}).status_code == 303
    suspended = client.get(here).text
    assert "Действие значка приостановлено" in suspended
    assert "спорный результат" in suspended
    assert f'action="{here}/suspend"' not in suspended
    assert "Приостановлен" in client.get("/issuer/ugu").text
    assert client.post(f"{here}/lift", data={"reason": "подтверждён"}).status_code == 303
    assert "Значок действует" in client.get(here).text
    assert client.post(f"{here}/lift", data={"reason": "ещё раз"}).status_code == 409


def test_a_badge_is_corrected_after_looking_at_what_changes(office: Office, client: TestClient) -> None:
    here = sign(client)
    form = client.get(f"{here}/correct").text
    assert 'value="87.5"' in form
    assert "Прежнее основание: ведомость № 7" in form
    said = {**FORM, "result": "91", "event": "приказ № 3", "reason": "описка"}
    missing = client.post(f"{here}/correct", data={**said, "reason": " ", "act": "preview"})
    assert missing.status_code == 422
    assert re.search(r'id="field-reason-error">.*?причину', missing.text, re.DOTALL)
    same = client.post(f"{here}/correct", data={**said, "result": "87,5", "act": "preview"})
    assert "ничего не изменено" in same.text
    low = client.post(f"{here}/correct", data={**said, "result": "1", "act": "preview"})
    assert re.search(r'id="field-result-error">.*?ниже проходного', low.text, re.DOTALL)
    seen = client.post(f"{here}/correct", data={**said, "act": "preview"}).text
    assert "87.5 из 100" in seen
    assert "91 из 100" in seen
    shown = re.search(r'name="shown" value="([0-9a-f]{64})"', seen)
    assert shown
    answer = client.post(f"{here}/correct", data={**said, "act": "sign", "shown": shown[1]})
    assert answer.status_code == 303
    assert "Эта версия исправляет прежнюю" in client.get(answer.headers["location"]).text
    assert "Значок заменён исправленным" in client.get(here).text
    assert len(awards(office.world)) == 2


def test_programs_do_the_same(office: Office) -> None:
    client = office.client()
    made = client.post("/api/awards", json=_asked()).json()
    door = f"/api/awards/{made['id']}"
    assert client.post(f"{door}/suspend", json={"reason": "спорный"}).json()["suspended_at"]
    assert client.post(f"{door}/lift", json={"reason": "ясно"}).json()["suspended_at"] is None
    said = {"organisation": "ugu", "event": "приказ № 3", "reason": "описка", "result": "91"}
    corrected = client.post(f"{door}/correct", json=said)
    assert (corrected.status_code, corrected.json()["replaces"]) == (201, made["id"])
    assert client.get(door).json()["revoked_at"]
    assert client.post(f"{door}/correct", json={**said, "organisation": "kol"}).status_code == 404


def test_the_pages_exist_in_english(office: Office) -> None:
    office.language = "en"
    client = office.client()
    page = client.get(sign(client)).text
    assert "The badge is in force" in page
    assert "What can be awarded" in client.get("/issuer/ugu").text


@pytest.mark.parametrize("account", ["stranger", "nobody"])
def test_strangers_see_and_do_nothing(office: Office, account: str) -> None:
    here = sign(office.client())
    api = here.replace("/issuer/ugu/awards", "/api/awards")
    stranger, refused = office.client(account), 404 if account == "stranger" else 401
    for address in ("/issuer/ugu", "/issuer/ugu/award", here, api, "/api/awards/" + "0" * 32):
        assert stranger.get(address).status_code == refused
    for address, data in ((f"{here}/revoke", {"reason": "нет"}), ("/issuer/ugu/award", {**FORM, "act": "sign"})):
        assert stranger.post(address, data=data).status_code == refused
    assert stranger.post(f"{api}/revoke", json={"reason": "нет"}).status_code == refused
    assert stranger.post("/api/awards", json=_asked()).status_code == refused
    [award] = awards(office.world)
    assert award.revoked_at is None


@pytest.mark.parametrize("mark", ["%00", "%ED%A0%80", "%F0%9F%98%80"])
def test_odd_characters_in_addresses_and_fields_lead_nowhere(client: TestClient, mark: str) -> None:
    for address in (f"/api/awards/{mark}", f"/issuer/ugu/awards/{mark}", f"/issuer/ugu/award?achievement={mark}"):
        assert client.get(address).status_code == 404
    answer = client.post("/issuer/ugu/award", data={**FORM, "event": "№\0 7", "act": "sign"})
    assert answer.status_code == 422
    assert client.post("/api/awards", json=_asked(event="№\0 7")).json()["code"] == "control-character"


def test_an_award_is_not_found_under_another_organisation(office: Office) -> None:
    here = sign(office.client()).replace("/issuer/ugu/", "/issuer/kol/")
    assert office.client().get(here).status_code == 404


def test_a_manager_sees_and_revokes_but_does_not_award(office: Office) -> None:
    here = sign(office.client())
    manager = office.client("manager")
    assert "Вручить</a>" not in manager.get("/issuer/ugu").text
    assert manager.get("/issuer/ugu/award").status_code == 403
    assert manager.post(f"{here}/revoke", data={"reason": "ошибка"}).status_code == 303


# JSON


def _asked(**changes: Any) -> dict[str, Any]:
    asked = {
        "organisation": "ugu",
        "achievement": "m08",
        "learner_number": NUMBER,
        "event": "ведомость № 7",
        "result": "87",
        "levels": {"ИП.1": 2},
    }
    return {**asked, **changes}


def test_a_program_awards_reads_and_revokes(office: Office, client: TestClient) -> None:
    made = client.post("/api/awards", json=_asked())
    assert made.status_code == 201
    body = made.json()
    assert (body["state"], body["revoked_at"]) == ("delivered", None)
    assert [found.level for found in shown(Credential(body["credential"]))] == [2, 3, None]
    assert client.post("/api/awards", json=_asked()).json()["id"] == body["id"]
    assert client.get(f"/api/awards/{body['id']}").json() == body
    assert ("award.read", "ugu", ALINA.id, body["id"]) in office.notes
    revoked = client.post(f"/api/awards/{body['id']}/revoke", json={"reason": "ошибка"})
    assert revoked.json()["revoked_at"] == "2026-11-20T09:30:00Z"


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"learner_number": "7"}, "bad-number", "/learner_number"),
        ({"result": "59"}, "below-pass", "/result"),
        ({"achievement": "m99"}, "not-published", "/achievement"),
        ({"narrative": "Алина"}, "lint-name", "/credentialSubject/narrative"),
    ],
)
def test_a_refusal_has_a_stable_code_and_a_place(
    client: TestClient, changes: dict[str, Any], code: str, pointer: str
) -> None:
    answer = client.post("/api/awards", json=_asked(**changes)).json()
    assert (answer["code"], answer["pointer"]) == (code, pointer)


@pytest.mark.parametrize(
    "changes", [{"awarded_at": "2020-01-01T00:00:00Z"}, {"levels": {"ИП.1": "x"}}, {"event": "х" * 201}]
)
def test_what_is_not_asked_for_is_not_taken(client: TestClient, changes: dict[str, Any]) -> None:
    assert client.post("/api/awards", json=_asked(**changes)).status_code == 422


def test_every_route_states_its_action(office: Office) -> None:
    known = {right.action for right in RIGHTS}
    for route in office.app().routes:
        extra = getattr(route, "openapi_extra", None)
        if extra is not None:
            assert extra["x-action"] in known
