"""A person's own list of passkeys: add, see, take away; and who may not."""

import re
from datetime import timedelta

from sqlmodel import select

from keys.tables import JournalRow
from service.database import reading, unit_of_work
from service.identity import attempts, handshakes
from service.identity.passkeys import keeping
from service.identity.passkeys.ceremony import NewPasskey
from service.identity.passkeys.tables import Passkey
from service.notices.tables import Notice
from tests.service.house import PASSWORD, START, House, send
from tests.service.identity.passkeys.desk import add, begin, make
from tests.service.identity.passkeys.device import Device


def kept(house: House) -> list[Passkey]:
    with reading(house.parts.engine) as session:
        return list(session.exec(select(Passkey)))


def test_a_passkey_is_added_shown_and_removed(named: House, device: Device) -> None:
    olga = named.signed_in("olga")
    assert make(olga, device, "  Мой   телефон ").headers["location"] == "/account#passkeys"
    [passkey] = kept(named)
    assert (passkey.account, passkey.name, passkey.made_at, passkey.used_at) == ("olga", "Мой телефон", START, None)
    assert bytes.fromhex(passkey.handle) not in {b"olga", b""}
    assert len(passkey.handle) == 64
    assert "Мой телефон" in olga.get("/account").text
    assert send(olga, f"/account/passkeys/{passkey.id}/remove", {}, form_at="/account").status_code == 303
    assert kept(named) == []
    with reading(named.parts.engine) as session:
        events = session.exec(select(JournalRow).where(JournalRow.person == "olga")).all()
        assert [(row.event, row.item) for row in events] == [
            ("passkey.added", passkey.id),
            ("passkey.removed", passkey.id),
        ]
        [told] = session.exec(select(Notice)).all()
        assert (told.person, "Мой телефон" in told.text) == ("olga", True)
    assert "Посмотреть" in olga.get(f"/notices/{told.id}").text


def test_one_device_is_added_once_and_another_one_knows_the_same_handle(named: House, device: Device) -> None:
    olga = named.signed_in("olga")
    make(olga, device)
    again = make(olga, device)
    assert (again.status_code, "уже есть в вашем списке" in again.text) == (409, True)
    other = Device(device.origin, device.host, credential=b"another")
    assert make(olga, other).status_code == 303
    assert other.handle == device.handle


def test_a_device_needs_a_name(named: House, device: Device) -> None:
    for name in ("", " ", "ы" * 65):
        refused = make(named.signed_in("olga"), device, name)
        assert (refused.status_code, "Назовите устройство" in refused.text) == (400, True)
    assert kept(named) == []


def test_nobody_removes_somebody_elses(named: House, device: Device) -> None:
    make(named.signed_in("olga"), device)
    [passkey] = kept(named)
    refused = send(named.signed_in("l1"), f"/account/passkeys/{passkey.id}/remove", {}, form_at="/account")
    assert refused.status_code == 404
    assert kept(named) != []


def test_whoever_finds_a_browser_open_makes_no_passkey(named: House) -> None:
    olga = named.signed_in("olga")
    for _ in range(attempts.PER_ACCOUNT):
        refused = begin(olga, "/account/passkeys/begin", password="guess")
        assert (refused.status_code, refused.json()["code"]) == (400, "own-password-wrong")
    assert begin(olga, "/account/passkeys/begin", password=PASSWORD).status_code == 429
    assert "zachetka-begun" not in olga.cookies
    named.clock.move(attempts.WINDOW)
    assert begin(olga, "/account/passkeys/begin", password=PASSWORD).status_code == 200


def test_what_was_asked_in_one_session_is_not_answered_in_another(named: House, device: Device) -> None:
    olga, elsewhere = named.signed_in("olga"), named.signed_in("olga")
    answer = device.make(begin(olga, "/account/passkeys/begin", password=PASSWORD).json())
    elsewhere.cookies.set("zachetka-begun", olga.cookies["zachetka-begun"], domain=device.host)
    assert add(elsewhere, answer).status_code == 400
    named.clock.move(handshakes.TERM)
    assert add(olga, answer).status_code == 400
    named.clock.move(-timedelta(seconds=1))
    assert add(olga, answer).status_code == 303
    assert add(olga, answer).status_code == 400


def test_who_decides_makes_only_passkeys_that_ask(named: House, device: Device) -> None:
    device.verifies = False
    refused = make(named.signed_in("deputy"), device)
    assert (refused.status_code, "не подошёл" in refused.text) == (400, True)
    assert make(named.signed_in("olga"), device).status_code == 303


def test_there_are_not_more_than_somebody_can_look_through(named: House) -> None:
    with unit_of_work(named.parts.engine) as session:
        for place in range(keeping.MOST):
            keeping.add(session, "olga", NewPasskey(f"c{place}", b"key", 0), b"handle", f"Телефон {place}", START)
    refused = begin(named.signed_in("olga"), "/account/passkeys/begin", password=PASSWORD)
    assert (refused.status_code, refused.json()["code"]) == (409, "too-many-passkeys")


def test_a_site_without_a_name_speaks_of_none(plain: House) -> None:
    olga = plain.signed_in("olga")
    assert "passkey" not in olga.get("/account").text + plain.visitor().get("/sign-in").text
    refused = begin(olga, "/account/passkeys/begin", password=PASSWORD)
    assert (refused.status_code, refused.json()["code"]) == (409, "passkeys-impossible")


def test_a_learner_is_told_that_none_is_needed(named: House) -> None:
    assert "не обязателен" in named.signed_in("l1").get("/account").text
    assert "не обязателен" not in named.signed_in("olga").get("/account").text


def test_without_a_script_the_password_serves_and_nothing_is_offered_that_cannot_be_done(named: House) -> None:
    forms = re.findall(r"<form[^>]*data-passkey[^>]*>", named.signed_in("olga").get("/account").text)
    forms += re.findall(r"<form[^>]*data-passkey[^>]*>", named.visitor().get("/sign-in").text)
    assert len(forms) == 2
    assert all(form.endswith(" hidden>") for form in forms)
    assert "<noscript>" in named.signed_in("olga").get("/account").text
