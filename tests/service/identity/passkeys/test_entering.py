"""Signing in with a passkey: whose it is, once for each challenge, and never with a copy."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from keys.actor import Membership, Role
from keys.tables import JournalRow
from service.database import reading, unit_of_work
from service.identity import accounts, handshakes
from service.identity.passkeys.tables import Passkey
from service.identity.tables import Account
from service.notices.tables import Notice
from tests.service.house import SINCE, START, House, build
from tests.service.identity.passkeys.conftest import SITE
from tests.service.identity.passkeys.desk import asked, enter, with_passkey
from tests.service.identity.passkeys.device import Device


@pytest.fixture
def both(tmp_path: Path, house_url: str) -> Iterator[House]:
    """The named installation on both databases."""
    built = build(tmp_path, house_url, public_url=SITE)
    yield built
    built.parts.engine.dispose()


def passkey(house: House) -> Passkey:
    with reading(house.parts.engine) as session:
        return session.exec(select(Passkey)).one()


def test_whoever_holds_the_device_is_in(both: House, device: Device) -> None:
    with_passkey(both, device)
    both.clock.move(timedelta(days=1))
    visitor = both.visitor()
    entered = enter(visitor, device.use(asked(visitor)), "/notices")
    assert (entered.status_code, entered.headers["location"]) == (303, "/notices")
    assert "Ветрова Ольга Петровна" in visitor.get("/account").text
    assert (passkey(both).count, passkey(both).used_at) == (1, START + timedelta(days=1))


def test_a_challenge_serves_once_for_one_browser_and_not_for_long(named: House, device: Device) -> None:
    with_passkey(named, device)
    visitor, other = named.visitor(), named.visitor()
    answer = device.use(asked(visitor))
    assert enter(other, answer).status_code == 400
    other.cookies.set("zachetka-begun", visitor.cookies["zachetka-begun"], domain=device.host)
    assert enter(visitor, answer).status_code == 303
    assert enter(other, answer).status_code == 400
    late = device.use(asked(other))
    named.clock.move(handshakes.TERM)
    assert enter(other, late).status_code == 400
    assert "zachetka" not in other.cookies


def test_a_challenge_for_making_one_lets_nobody_in(named: House, device: Device) -> None:
    with_passkey(named, device)
    visitor = named.visitor()
    answer = device.use({"challenge": "AAAA"})
    assert enter(visitor, answer).status_code == 400
    asked(visitor)
    refused = enter(visitor, answer)
    assert (refused.status_code, "Ключ доступа не подошёл" in refused.text) == (400, True)


def test_a_count_that_falls_ends_the_passkey(named: House, device: Device) -> None:
    with_passkey(named, device)
    visitor = named.visitor()
    device.count = 5
    assert enter(visitor, device.use(asked(visitor))).status_code == 303
    thief, device.count = named.visitor(), 5
    refused = enter(thief, device.use(asked(thief)))
    assert (refused.status_code, "скопировали" in refused.text) == (403, True)
    with reading(named.parts.engine) as session:
        assert session.exec(select(Passkey)).all() == []
        assert session.exec(select(JournalRow).where(JournalRow.event == "passkey.copied")).one().person is None
        assert [one.person for one in session.exec(select(Notice)) if "скопировали" in one.text] == ["olga"]
    device.count = 90
    assert enter(thief, device.use(asked(thief))).status_code == 400


def test_a_device_that_does_not_count_is_no_copy(named: House, device: Device) -> None:
    with_passkey(named, device)
    for _ in range(2):
        device.count = -1
        visitor = named.visitor()
        assert enter(visitor, device.use(asked(visitor))).status_code == 303


def test_who_decides_must_be_asked_by_the_device(named: House, device: Device) -> None:
    with_passkey(named, device)
    device.verifies = False
    visitor = named.visitor()
    assert enter(visitor, device.use(asked(visitor))).status_code == 303
    with unit_of_work(named.parts.engine) as session:
        accounts.grant(session, "olga", Membership("s1", Role.DEPUTY), since=SINCE)
    visitor = named.visitor()
    refused = enter(visitor, device.use(asked(visitor)))
    assert (refused.status_code, "Вы принимаете решения" in refused.text) == (403, True)
    device.verifies = True
    assert enter(visitor, device.use(asked(visitor))).status_code == 303


def closed(session: Session) -> None:
    session.get_one(Account, "olga").closed_at = START


def invented(session: Session) -> None:
    session.get_one(Account, "olga").demo = True


@pytest.mark.parametrize("shut", [closed, invented])
def test_an_account_that_is_shut_is_not_opened(named: House, device: Device, shut: Callable[[Session], None]) -> None:
    with_passkey(named, device)
    with unit_of_work(named.parts.engine) as session:
        shut(session)
    visitor = named.visitor()
    assert enter(visitor, device.use(asked(visitor))).status_code == 400


def test_an_answer_of_somebody_else_is_nobodys(named: House, device: Device) -> None:
    with_passkey(named, device)
    visitor = named.visitor()
    answer = device.use(asked(visitor))
    answer["response"]["userHandle"] = "AAAA"
    assert enter(visitor, answer).status_code == 400
    stranger = Device(device.origin, device.host, credential=device.credential, handle=device.handle)
    assert enter(visitor, stranger.use(asked(visitor))).status_code == 400
    assert "zachetka" not in visitor.cookies


def test_a_page_of_another_site_asks_for_nothing(named: House) -> None:
    foreign = {"origin": "https://evil.example"}
    for path in ("/sign-in/passkey/begin", "/sign-in/passkey"):
        assert named.visitor().post(path, headers=foreign).status_code == 403


def test_nobody_is_sent_elsewhere_afterwards(named: House, device: Device) -> None:
    with_passkey(named, device)
    visitor = named.visitor()
    assert enter(visitor, device.use(asked(visitor)), "https://evil.example/").headers["location"] == "/"
