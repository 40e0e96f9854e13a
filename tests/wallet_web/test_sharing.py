"""Sharing over HTTP: consent, link, stranger, withdrawal; and what nobody outside may ever learn."""

import json
import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from keys.deps import Learner
from service.database import unit_of_work
from tests.wallet_web.desk import PUBLIC_URL, Desk
from tests.wallet_web.family import child, guardian, teenager, themself
from tests.wallet_web.qr_reader import read, trimmed
from verifier.verdict import Verdict
from wallet_web import qr, share
from wallet_web.consent import current_text
from wallet_web.share import new_id
from wallet_web.tables import Purpose
from wallet_web.wallet import GUESSES, GUESSES_WINDOW

TEXT = current_text(Purpose.SHARING).digest
NAMES = ("Канарейка", "7319", "Алина", "Игоревна", "Ольга")
LINK = re.compile(rf"{PUBLIC_URL}(/v/[A-Za-z0-9_-]{{22}})")


def agree(desk: Desk, learner: Learner) -> None:
    answer = desk.family(learner).post(f"/wallet/{learner.id}/consents", data={"text_hash": TEXT, "agree": "yes"})
    assert answer.status_code == 303, answer.text


def make(browser: TestClient, desk: Desk, learner: Learner, **changes: object) -> Response:
    fields = {
        "id": new_id(),
        "badge": [entry.id for entry in desk.entries(learner)],
        "audience": "Приёмная комиссия",
        "purpose": "Поступление",
        "days": "14",
    }
    return browser.post(f"/wallet/{learner.id}/shares", data=fields | changes)


def link_of(desk: Desk, learner: Learner, made: Response) -> str:
    page = desk.family(learner).get(made.headers["location"]).text
    found = LINK.search(page)
    assert found is not None, page
    return found.group(1)


def shared(desk: Desk, learner: Learner, **changes: object) -> str:
    """A live link to all badges of the learner."""
    agree(desk, learner)
    made = make(desk.browser(themself(learner, desk.now)), desk, learner, **changes)
    assert made.status_code == 303, made.text
    return link_of(desk, learner, made)


def test_the_whole_story(both: Desk) -> None:
    desk, alina = both, both.enrol(teenager())
    for title in ("Исследование", "Робототехника", "Первая помощь"):
        desk.award(alina, title=title)
    mine, stranger = desk.browser(themself(alina)), desk.browser()
    refused = make(mine, desk, alina)
    assert refused.status_code == 400
    assert "нужно согласие" in refused.text
    assert "Канарейка-7319 Ольга Петровна" in refused.text
    link = shared(desk, alina)
    page = stranger.get(link)
    assert page.status_code == 200
    assert page.text.count("Подпись верна, организация имела право") == 3
    assert "3 из 3" in page.text
    assert "Владелец не указан: подлинность значка проверена, личность предъявителя — нет" in page.text
    assert stranger.get(f"{link}/2.json").status_code == 200
    made = desk.journal[-1][2]
    log = desk.family(alina).get(f"/wallet/{alina.id}/shares/{made}").text
    assert "Страницу открыли" in log
    assert "Скачан файл значка 2" in log
    assert mine.post(f"/wallet/{alina.id}/shares/{made}/withdraw").status_code == 303
    assert stranger.get(link).status_code == stranger.get(f"{link}/2.json").status_code == 404
    assert "отозвана" in mine.get(f"/wallet/{alina.id}/shares/{made}").text
    assert [event for event, _, _ in desk.journal] == [
        "consent.given",
        "share.made",
        "share.viewed",
        "share.viewed",
        "share.withdrawn",
    ]


def test_withdrawn_consent_closes_every_link_at_once(both: Desk) -> None:
    desk, alina = both, both.enrol(teenager())
    desk.award(alina)
    links = [shared(desk, alina), shared(desk, alina)]
    given = desk.journal[0][2]
    assert all(desk.browser().get(link).status_code == 200 for link in links)
    assert desk.family(alina).post(f"/wallet/{alina.id}/consents/{given}/withdraw").status_code == 303
    assert all(desk.browser().get(link).status_code == 404 for link in links)
    assert make(desk.family(alina), desk, alina).status_code == 400
    agree(desk, alina)
    assert all(desk.browser().get(link).status_code == 404 for link in links)


def test_wrong_expired_and_withdrawn_look_the_same_to_the_byte(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    expired, withdrawn, unconsented = (shared(desk, alina, days=days) for days in ("1", "300", "300"))
    made = [item for event, _, item in desk.journal if event == "share.made"]
    desk.browser(themself(alina)).post(f"/wallet/{alina.id}/shares/{made[1]}/withdraw")
    desk.campus.now += timedelta(days=2)
    stranger = desk.browser()
    assert stranger.get(unconsented).status_code == 200
    desk.family(alina).post(f"/wallet/{alina.id}/consents/{desk.journal[0][2]}/withdraw")
    paths = [expired, withdrawn, unconsented, "/v/0000000000000000000000", "/v/x", f"{expired}/1.json", "/v/x/99.json"]
    answers = [stranger.get(path) for path in paths]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1
    api = {stranger.get(f"/api/shared/{path.removeprefix('/v/')}").content for path in paths[:5]}
    assert len(api) == 1


def test_a_file_that_is_not_there_is_gone_and_not_logged(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    link = shared(desk, alina)
    before = len(desk.journal)
    for place in ("0", "2", "-1", "x", "99999999999", "１"):
        assert desk.browser().get(f"{link}/{place}.json").status_code == 404
    assert len(desk.journal) == before


def test_no_name_ever_reaches_a_stranger(desk: Desk) -> None:
    """The canary: a learner with a name that occurs nowhere else."""
    alina = desk.enrol(teenager())
    badge = desk.award(alina)
    link = shared(desk, alina, audience="Вуз для Канарейка-7319", purpose="Поступление Алина Игоревна")
    stranger = desk.browser()
    page, file, api = (stranger.get(path) for path in (link, f"{link}/1.json", link.replace("/v/", "/api/shared/")))
    assert file.content == badge
    made = desk.journal[1][2]
    family = desk.family(alina)
    codes = [family.get(f"/wallet/{alina.id}/shares/{made}/qr.{ending}") for ending in ("png", "svg")]
    owned = family.get(f"/wallet/{alina.id}/badges/{desk.entries(alina)[0].id}.png")
    seen = [link, *(answer.text for answer in (page, api)), file.text, codes[1].text]
    seen += [str(sorted(answer.headers.items())) for answer in (page, file, api, owned, *codes)]
    seen += [owned.content.decode("utf-8", "ignore"), codes[0].content.decode("latin-1")]
    for text in seen:
        assert not [name for name in (*NAMES, alina.id, alina.number) if name in text]


def test_the_owner_sees_no_name_on_the_shared_page_either(desk: Desk) -> None:
    """A learner shows the page on their own phone, or sends a picture of it."""
    alina = desk.enrol(teenager())
    desk.award(alina)
    link = shared(desk, alina)
    for browser in (desk.browser(themself(alina)), desk.family(alina)):
        page = browser.get(link).text
        assert not [name for name in NAMES if name in page]
    assert not [event for event, _, _ in desk.journal if event == "share.viewed"]


def test_the_shared_page_is_kept_from_search_engines_and_previews(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    link = shared(desk, alina)
    for path in (link, f"{link}/1.json", link.replace("/v/", "/api/shared/")):
        headers = desk.browser().get(path).headers
        assert "noindex" in headers["x-robots-tag"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
    page = desk.browser().get(link).text
    assert '<meta name="robots" content="noindex' in page
    assert "og:" not in page
    assert "twitter:" not in page
    assert 'name="description"' not in page


def test_whoever_tries_links_that_lead_nowhere_is_soon_not_heard(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    link, stranger = shared(desk, alina), desk.browser()
    for number in range(GUESSES):
        assert stranger.get(f"/v/{number:022d}").status_code == 404
    told = {stranger.get(path).status_code for path in (link, "/v/" + "z" * 22, link.replace("/v/", "/api/shared/"))}
    assert told == {429}
    desk.campus.now += GUESSES_WINDOW
    assert stranger.get(link).status_code == 200


def test_the_reader_sees_whom_the_link_was_made_for(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    link = shared(desk, alina, recipient="Кафедра физики <b>")
    assert "Кафедра физики &lt;b&gt;" in desk.browser().get(link).text
    assert desk.browser().get(link.replace("/v/", "/api/shared/")).json()["recipient"] == "Кафедра физики <b>"
    assert "Для кого" not in desk.browser().get(shared(desk, alina)).text
    refused = make(desk.family(alina), desk, alina, recipient="я" * 201)
    assert "не длиннее 200 знаков" in refused.text


def test_the_shared_page_tells_todays_truth(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    first, second = desk.award(alina, title="Первый"), desk.award(alina, title="Второй")
    link = shared(desk, alina)
    desk.ugu.revoke(second)
    page = desk.browser().get(link).text
    assert "1 из 2" in page
    assert "Недействителен" in page
    desk.campus.gone.add("https://ugu.sever.example/status/revocation")
    desk.campus.now += timedelta(days=3)
    answer = desk.browser().get(link.replace("/v/", "/api/shared/")).json()
    assert Verdict.VALID not in {badge["report"]["verdict"] for badge in answer["badges"]}
    assert desk.browser().get(f"{link}/1.json").content in {first, second}


def test_the_code_leads_to_the_link(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    link = shared(desk, alina)
    assert read(trimmed(qr.matrix(PUBLIC_URL + link), qr.QUIET_ZONE)) == PUBLIC_URL + link
    made = desk.journal[1][2]
    answer = desk.family(alina).get(f"/wallet/{alina.id}/shares/{made}/qr.svg")
    assert answer.text == qr.svg(PUBLIC_URL + link)
    assert desk.family(alina).get(f"/wallet/{alina.id}/shares/{made}/qr.exe").status_code == 404


def test_a_dead_link_has_no_code_and_no_address(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    shared(desk, alina)
    made = desk.journal[1][2]
    family = desk.family(alina)
    family.post(f"/wallet/{alina.id}/shares/{made}/withdraw")
    assert LINK.search(family.get(f"/wallet/{alina.id}/shares/{made}").text) is None
    assert family.get(f"/wallet/{alina.id}/shares/{made}/qr.png").status_code == 404


def test_clicking_twice_makes_one_link(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    agree(desk, alina)
    same = new_id()
    answers = [make(desk.family(alina), desk, alina, id=same) for _ in range(2)]
    assert {answer.headers["location"] for answer in answers} == {f"/wallet/{alina.id}/shares/{same}"}
    with unit_of_work(desk.engine) as session:
        assert len(share.all_of(session, alina.id)) == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"badge": []}, "Отметьте хотя бы один значок."),
        ({"audience": ""}, "Напишите, кому вы показываете значки"),
        ({"purpose": " "}, "Напишите, зачем вы показываете значки"),
        ({"days": "366"}, "целое число дней от 1 до 365"),
        ({"days": "две недели"}, "целое число дней от 1 до 365"),
        ({"days": "-3"}, "целое число дней от 1 до 365"),
    ],
)
def test_a_mistake_is_told_beside_the_field_and_nothing_typed_is_lost(
    desk: Desk, changes: dict[str, object], said: str
) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    agree(desk, alina)
    answer = make(desk.family(alina), desk, alina, **({"audience": "Колледж", "purpose": "Практика"} | changes))
    assert answer.status_code == 400
    assert said in answer.text
    if "badge" not in changes:
        assert " checked" in answer.text
    for name, value in {"audience": "Колледж", "purpose": "Практика"}.items():
        assert name in changes or value in answer.text


def test_looking_for_a_badge_keeps_what_was_ticked(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    for number in range(22):
        desk.award(alina, title=f"Модуль {number:02}")
    agree(desk, alina)
    oldest = next(entry for entry in desk.entries(alina) if entry.title == "Модуль 03")
    answer = make(desk.family(alina), desk, alina, badge=[oldest.id], q="модуль 05", act="find")
    assert answer.status_code == 200
    assert f'value="{oldest.id}" checked' in answer.text
    assert "Модуль 05" in answer.text
    assert "Модуль 06" not in answer.text


def test_a_child_under_fourteen_is_told_who_makes_links(desk: Desk) -> None:
    timur = desk.enrol(child())
    desk.award(timur)
    agree(desk, timur)
    answer = make(desk.browser(themself(timur)), desk, timur)
    assert answer.status_code == 400
    assert "До 14 лет ссылки создаёт законный представитель" in answer.text
    assert make(desk.family(timur), desk, timur).status_code == 303


def test_a_minor_reads_the_text_and_sees_who_gives_consent(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    mine = desk.browser(themself(alina))
    page = mine.get(f"/wallet/{alina.id}/consents").text
    assert current_text(Purpose.SHARING).title in page
    assert "Канарейка-7319 Ольга Петровна" in page
    assert "Дать согласие" not in page
    answer = mine.post(f"/wallet/{alina.id}/consents", data={"text_hash": TEXT, "agree": "yes"})
    assert (answer.status_code, answer.json()["code"]) == (403, "guardian-gives")


def test_consent_is_an_act_of_its_own(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    family = desk.family(alina)
    unticked = family.post(f"/wallet/{alina.id}/consents", data={"text_hash": TEXT})
    assert unticked.status_code == 400
    old = family.post(f"/wallet/{alina.id}/consents", data={"text_hash": "0" * 64, "agree": "yes"})
    assert old.status_code == 409
    assert desk.journal == []
    agree(desk, alina)
    page = family.get(f"/wallet/{alina.id}/consents/{desk.journal[0][2]}").text
    assert all(paragraph[:40] in page for paragraph in current_text(Purpose.SHARING).paragraphs)


def test_a_teenager_sees_what_the_guardian_did_in_their_name(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    agree(desk, alina)
    make(desk.family(alina), desk, alina, audience="Музей")
    page = desk.browser(themself(alina)).get(f"/wallet/{alina.id}/history").text
    assert "Создана ссылка: Музей" in page
    assert "Дано согласие: Согласие на показ цифровых значков по ссылке" in page
    assert page.count("Канарейка-7319 Ольга Петровна") == 2


def test_the_doors_for_programs_do_the_same(both: Desk) -> None:
    desk, alina = both, both.enrol(teenager())
    desk.award(alina)
    family, base = desk.family(alina), f"/api/wallet/{alina.id}"
    row = family.get(base).json()["badges"][0]
    assert row["verdict"] == "valid"
    wanted = {"badges": [row["id"]], "audience": "вуз", "purpose": "приём", "id": new_id()}
    assert family.post(f"{base}/shares", json=wanted).json()["code"] == "no-consent"
    given = family.post(f"{base}/consents", json={"text_hash": TEXT}).json()
    assert (given["state"], given["items"]) == ("in_force", ["badges"])
    made = family.post(f"{base}/shares", json=wanted)
    assert made.status_code == 201
    assert family.post(f"{base}/shares", json=wanted).json()["id"] == made.json()["id"]
    link = made.json()["url"].removeprefix(PUBLIC_URL)
    opened = desk.browser().get(link.replace("/v/", "/api/shared/")).json()
    assert opened["badges"][0]["report"]["verdict"] == "valid"
    assert json.loads(desk.browser().get(opened["badges"][0]["file"]).content)["type"]
    ended = family.post(f"{base}/shares/{made.json()['id']}/withdraw").json()
    assert (ended["state"], ended["url"], ended["views"]) == ("withdrawn", "", 1)
    again = family.post(f"{base}/consents/{given['id']}/withdraw").json()
    assert again["state"] == "withdrawn"
    stranger = desk.browser(guardian())
    assert stranger.get(base).status_code == 404
    assert stranger.post(f"{base}/shares", json=wanted).status_code == 404
    assert stranger.post(f"{base}/consents", json={"text_hash": TEXT}).status_code == 404


def test_a_link_shows_thirty_badges_and_the_form_says_so_before_and_after(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    for number in range(share.BADGES_MAX + 1):
        desk.award(alina, title=f"Значок {number}")
    agree(desk, alina)
    mine = desk.browser(themself(alina))
    every = [entry.id for entry in desk.entries(alina)]
    assert "не больше 30" in mine.get(f"/wallet/{alina.id}/shares/new").text
    refused = make(mine, desk, alina)
    assert refused.status_code == 400
    assert "Снимите лишние отметки или сделайте вторую ссылку" in refused.text
    assert all(re.search(rf'value="{one}" checked', refused.text) for one in every)  # nothing is to be ticked again
    made = make(mine, desk, alina, badge=every[:-1])
    assert made.status_code == 303
    assert "30 из 30" in desk.browser().get(link_of(desk, alina, made)).text
