"""The owner's name for one reader: off unless chosen, with PIN and consent, sealed by the school, gone when it should be."""

import json
from datetime import timedelta

import pytest
from httpx2 import Response
from sqlmodel import select

from keys import organisations
from keys.deps import Learner
from keys.sealed import unseal
from service.database import unit_of_work
from tests.service.printing.paper import text_of
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import entry, learner, teenager, themself
from tests.wallet_web.test_pins import PIN, say
from tests.wallet_web.test_sharing import agree, link_of, make
from wallet_web import naming
from wallet_web.consent import current_text
from wallet_web.tables import Purpose, ShareName

NAME = "Канарейка-7319 Алина Игоревна"
NOBODY = "Владелец не указан: подлинность значка проверена, личность предъявителя — нет."


def agree_to_name(desk: Desk, of: Learner) -> None:
    text = current_text(Purpose.NAMING).digest
    answer = desk.family(of).post(f"/wallet/{of.id}/consents", data={"text_hash": text, "agree": "yes"})
    assert answer.status_code == 303, answer.text


def named(desk: Desk, of: Learner) -> tuple[Response, str]:
    """A reader's browser that said the PIN of a link with the name, and the link."""
    agree(desk, of)
    agree_to_name(desk, of)
    made = make(desk.browser(themself(of, desk.now)), desk, of, pin=PIN, named="yes")
    assert made.status_code == 303, made.text
    return made, link_of(desk, of, made)


def kept(desk: Desk) -> list[ShareName]:
    with unit_of_work(desk.engine) as session:
        return list(session.exec(select(ShareName)))


def test_without_being_chosen_the_page_says_that_the_owner_is_not_named(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    agree(desk, alina)
    agree_to_name(desk, alina)
    link = link_of(desk, alina, make(desk.family(alina), desk, alina, pin=PIN))
    reader = desk.browser()
    say(reader, link, PIN)
    page = reader.get(link).text
    assert NOBODY in page
    assert "Алина" not in page
    assert reader.get(f"{link}/owner.json").headers["location"] == link
    assert kept(desk) == []


def test_the_name_stands_behind_the_pin_by_the_schools_word(both: Desk) -> None:
    desk, alina = both, both.enrol(teenager())
    badge = desk.award(alina, title="Робототехника")
    _, link = named(desk, alina)
    reader = desk.browser()
    assert "Алина" not in reader.get(link).text
    assert reader.get(f"{link}/owner.json").status_code == 303
    say(reader, link, PIN)
    page = reader.get(link).text
    assert NAME in page
    assert "Подтверждает Школа № 1" in page
    assert NOBODY not in page
    statement = reader.get(f"{link}/owner.json").content
    with unit_of_work(desk.engine) as session:
        keys = [key.multikey for key in organisations.keys_of(session, alina.school)]
    said = unseal(statement, "did:web:s1.sever.example", keys, desk.now, limit=65_536)
    assert said["name"] == NAME
    assert said["validUntil"] == "2026-12-06T11:05:00Z"
    assert [one["subject"] for one in said["badges"]] == [json.loads(badge)["credentialSubject"]["id"]]
    assert alina.number not in statement.decode()
    assert NAME in text_of(reader.get(f"{link}/page.pdf").content)
    assert [event for event, _, _ in desk.journal].count("share.named") == 1


@pytest.mark.parametrize(
    ("consents", "fields", "said"),
    [
        (True, {"pin": ""}, "открывается только по ПИН-коду"),
        (False, {"pin": PIN}, "нужно отдельное согласие"),
    ],
)
def test_a_name_needs_a_pin_and_a_consent(desk: Desk, consents: bool, fields: dict[str, str], said: str) -> None:  # noqa: FBT001
    alina = desk.enrol(teenager())
    desk.award(alina)
    agree(desk, alina)
    if consents:
        agree_to_name(desk, alina)
    refused = make(desk.family(alina), desk, alina, named="yes", **fields)
    assert refused.status_code == 400
    assert said in refused.text
    assert [event for event, _, _ in desk.journal if event.startswith("share")] == []


def test_the_school_vouches_for_nobody_elses_badge(desk: Desk) -> None:
    alina, other = desk.enrol(teenager()), desk.enrol(teenager())
    foreign = desk.ugu.award(learner=other.number)
    with unit_of_work(desk.engine) as session:
        entry(session, alina, document=foreign)
    agree(desk, alina)
    agree_to_name(desk, alina)
    refused = make(desk.family(alina), desk, alina, pin=PIN, named="yes")
    assert refused.status_code == 400
    assert "Среди выбранных таких нет" in refused.text
    assert kept(desk) == []
    assert "share.made" not in [event for event, _, _ in desk.journal]


def test_a_withdrawn_link_or_consent_erases_the_statement(both: Desk) -> None:
    desk, alina = both, both.enrol(teenager())
    desk.award(alina)
    made, link = named(desk, alina)
    _, other = named(desk, alina)
    assert len(kept(desk)) == 2
    desk.family(alina).post(f"{made.headers['location']}/withdraw")
    assert len(kept(desk)) == 1
    given = [item for event, _, item in desk.journal if event == "consent.given"][1]
    desk.family(alina).post(f"/wallet/{alina.id}/consents/{given}/withdraw")
    assert kept(desk) == []
    assert {desk.browser().get(one).status_code for one in (link, other)} == {404}


def test_a_link_whose_term_is_over_keeps_no_name(both: Desk) -> None:
    desk, alina = both, both.enrol(teenager())
    desk.award(alina)
    named(desk, alina)
    with unit_of_work(desk.engine) as session:
        assert naming.forget(session, desk.now) == 0
        assert naming.forget(session, desk.now + timedelta(days=14)) == 1
    assert kept(desk) == []


def test_a_statement_that_was_changed_names_nobody(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    _, link = named(desk, alina)
    reader = desk.browser()
    say(reader, link, PIN)
    with unit_of_work(desk.engine) as session:
        row = session.exec(select(ShareName)).one()
        row.document = bytes(row.document).replace("Алина".encode(), "Полина".encode())
        session.add(row)
    page = reader.get(link).text
    assert NOBODY in page
    assert "Полина" not in page


def test_clicking_twice_makes_one_statement(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    made, _ = named(desk, alina)
    same = made.headers["location"].rpartition("/")[2]
    again = make(desk.family(alina), desk, alina, id=same, pin=PIN, named="yes")
    assert again.headers["location"] == made.headers["location"]
    assert len(kept(desk)) == 1


def test_a_name_is_data_and_never_markup(desk: Desk) -> None:
    alina = desk.enrol(learner(teenager().born, "<b>Алина</b>"))
    desk.award(alina)
    _, link = named(desk, alina)
    reader = desk.browser()
    say(reader, link, PIN)
    assert "&lt;b&gt;Алина" in reader.get(link).text
