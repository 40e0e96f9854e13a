"""What has stayed for its term goes, in one round, on both databases; everything younger stays."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from keys.actor import Membership, Role
from keys.tables import JournalRow
from service.database import unit_of_work
from service.identity import accounts, leaving, roll, slips
from service.identity.tables import Account, Slip
from service.jobs import ROUNDS
from service.notices.post import Told, printed, tell
from service.notices.tables import Notice
from service.retention import kinds
from service.retention.keeping import keep_terms
from service.retention.kinds import BadMonths
from tests.service.house import SINCE, START, House, send
from wallet_web import views
from wallet_web.tables import Consent, Purpose, Share, ShareView

YEARS = timedelta(days=366)


def notice(session: Session, person: str) -> Notice:
    told = Told(person=person, organisation="s1", learner="l1", text="Решение принято.", href="/credit")
    return tell(session, told, mails=False, now=START)


def test_the_round_takes_what_is_old_and_says_so_in_the_journal(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        slips.make(session, "l1", "s1", "secretary", START, bytes)
    assert keep_terms(house.parts.engine, START + YEARS - timedelta(days=10)) == 0
    assert keep_terms(house.parts.engine, START + YEARS) == 1
    assert keep_terms(house.parts.engine, START + YEARS) == 0
    with unit_of_work(house.parts.engine) as session:
        assert session.exec(select(Slip)).all() == []
        [row] = session.exec(select(JournalRow)).all()
        assert (row.event, row.actor_kind, row.item) == ("retention.kept", "job", "slip:1")


def test_the_worker_does_it_every_day() -> None:
    assert [round_.every for round_ in ROUNDS if round_.name == "retention.keep"] == [timedelta(days=1)]


def test_a_notice_that_nobody_has_been_given_stays(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        waiting, done, read = (notice(session, person) for person in ("olga", "l1", "l1"))
        printed(done, START)
        read.read_at = START
        session.flush()
        assert kinds.KINDS["notice"].keep(session, START) == 0
        assert kinds.KINDS["notice"].keep(session, START + timedelta(seconds=1)) == 2
        assert [left.id for left in session.exec(select(Notice))] == [waiting.id]


def test_openings_of_links_go_with_their_term(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        agreed = Consent(
            id="c", subject="l1", given_by="olga", purpose=Purpose.SHARING, items=[], text_hash="0", given_at=START
        )
        session.add(agreed)
        session.flush()
        link = Share(
            id="s",
            learner="l1",
            token_hash="0",
            audience="ВУЗ",
            purpose="показ",
            consent="c",
            created_by="olga",
            created_at=START,
            expires_at=START,
        )
        session.add(link)
        session.flush()
        views.note(session, "s", START)
        session.flush()
        assert views.forget(session, START) == 0
        assert views.forget(session, START + timedelta(seconds=1)) == 1
        assert session.exec(select(ShareView)).all() == []


def closed(session: Session) -> set[str]:
    session.expire_all()
    return {account.id for account in session.exec(select(Account)) if account.closed_at is not None}


def test_who_left_long_ago_is_closed_with_whoever_acted_for_them_alone(house: House) -> None:
    left = date(2027, 5, 31)
    visitor = house.signed_in("l1")
    with unit_of_work(house.parts.engine) as session:
        roll.leave(session, "l1", left)
        session.exec(select(Account)).all()
        assert leaving.block(session, START + YEARS) == 1
        assert closed(session) == {"l1"}
        assert leaving.block(session, START + 2 * YEARS) == 1
        assert closed(session) == {"l1", "olga"}
    assert visitor.get("/account").status_code == 303


def test_who_has_a_role_or_a_fresh_code_or_never_had_anything_is_left_alone(house: House) -> None:
    later = START + 3 * YEARS
    with unit_of_work(house.parts.engine) as session:
        roll.leave(session, "l1", date(2027, 5, 31))
        accounts.grant(session, "olga", Membership("s1", Role.TEACHER), since=SINCE)
        accounts.add_account(session, id="new", name="Новая")
        slips.make(session, "l1", "s1", "secretary", later, bytes)
        assert leaving.block(session, later) == 0
        assert closed(session) == set()


def test_the_operator_changes_a_term_and_nobody_else(house: House) -> None:
    operator = house.signed_in("operator")
    assert "12 месяцев" in operator.get("/retention").text
    assert send(operator, "/retention/slip", {"term": "6"}, form_at="/retention").status_code == 303
    assert "6 месяцев" in house.signed_in("olga").get("/retention").text
    assert send(house.signed_in("olga"), "/retention/slip", {"term": "6"}, form_at="/retention").status_code == 404
    assert send(operator, "/retention/nothing", {"term": "6"}, form_at="/retention").status_code == 404
    with unit_of_work(house.parts.engine) as session:
        assert kinds.months(session)["slip"] == 6


@pytest.mark.parametrize("term", ["", "1", "0", "-6", "six", "1201", "²", "99999999999"])
def test_a_term_that_cannot_be_is_told(house: House, term: str) -> None:
    with unit_of_work(house.parts.engine) as session, pytest.raises(BadMonths):
        kinds.change(session, "slip", term, "operator", START)
    page = send(house.signed_in("operator"), "/retention/slip", {"term": term}, form_at="/retention")
    assert page.status_code == 422
    assert "числом месяцев от 2 до 1200" in page.text
