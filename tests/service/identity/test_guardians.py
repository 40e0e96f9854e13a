"""Who acts for a learner: entered and ended by the school on documents; what ends with it; what is told."""

from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from keys.actor import Actor, ActorKind, Membership, Role
from keys.tables import JournalRow
from schemas.errors import NotFound
from service.database import unit_of_work
from service.identity import accounts, guardians, roll, slips
from service.identity.errors import DocumentMissing, GuardianKnown, GuardianUnknown, NameNeeded, NotAMinor
from service.identity.guardians import NewGuardian
from service.identity.guests import actor_of
from service.identity.tables import Account, Basis, Guardianship
from service.notices.tables import Notice
from tests.service.house import SINCE, START, House, send
from wallet_web import consent
from wallet_web.share import ShareState, state
from wallet_web.tables import Consent, Purpose, Share

TODAY = START.date()
HERE = "/roll/s1/learners/l1"


def new(
    name: str = "Ветров Игорь Павлович", login: str = "", document: str = "свидетельство о рождении"
) -> NewGuardian:
    return NewGuardian(name=name, login=login, basis=Basis.PARENT, document=document, since=TODAY)


def wards(session: Session, person: str, day: date = TODAY) -> frozenset[str]:
    return actor_of(session, session.get_one(Account, person), day).wards


@pytest.fixture
def secretary(house: House) -> TestClient:
    with unit_of_work(house.parts.engine) as session:
        seat = [Membership("s1", Role.SECRETARY)]
        accounts.add_account(session, id="secretary", name="Мхова Елена", memberships=seat, since=SINCE)
    return house.signed_in("secretary")


def test_a_second_parent_is_entered_on_a_document(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        made = guardians.enter(session, "l1", new(), "secretary", START)
        assert (made.document, made.checked_by, made.checked_at) == ("свидетельство о рождении", "secretary", START)
        assert wards(session, made.person) == wards(session, "olga") == {"l1"}
        assert made.until == date(2028, 4, 11)


def test_one_person_acts_for_children_of_several_schools_with_one_account(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        brother = roll.NewLearner(
            id="l2", number="N2", family_name="Ветров", given_name="Лев", patronymic="", born=date(2014, 1, 1)
        )
        roll.enrol(session, brother, school="s2", grade="6", since=SINCE)
        made = guardians.enter(session, "l2", new("ветрова ольга  петровна", "OLGA"), "secretary", START)
        assert made.person == "olga"
        assert wards(session, "olga") == {"l1", "l2"}
        with pytest.raises(GuardianKnown):
            guardians.enter(session, "l2", new("Ветрова Ольга Петровна", "olga"), "secretary", START)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (new(name=" "), NameNeeded),
        (new(document=" "), DocumentMissing),
        (new(login="nobody"), GuardianUnknown),
        (new(login="olga"), GuardianUnknown),
    ],
)
def test_nobody_is_entered_without_name_or_document_or_by_guessing(
    house: House, wrong: NewGuardian, error: type[Exception]
) -> None:
    with unit_of_work(house.parts.engine) as session, pytest.raises(error):
        guardians.enter(session, "l1", wrong, "secretary", START)


def test_nobody_acts_for_a_grown_up(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        grown = NewGuardian(name="А Б", login="", basis=Basis.PARENT, document="д", since=date(2028, 4, 12))
        with pytest.raises(NotAMinor):
            guardians.enter(session, "l1", grown, "secretary", START)


def test_whoever_is_ended_sees_nothing_from_that_moment(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        with pytest.raises(DocumentMissing):
            guardians.end(session, "l1", "olga", "", "secretary", START, TODAY)
        guardians.end(session, "l1", "olga", "решение суда", "secretary", START, TODAY)
        assert wards(session, "olga") == frozenset()
        with pytest.raises(NotFound):
            guardians.end(session, "l1", "olga", "решение суда", "secretary", START, TODAY)
        guardians.enter(session, "l1", new("Ветрова Ольга Петровна", "olga"), "secretary", START)
        assert wards(session, "olga") == {"l1"}
        assert len(session.exec(select(Guardianship)).all()) == 2


def test_whoever_is_ended_is_out_at_once_and_keeps_what_is_theirs_with_another_child(house: House) -> None:
    entropy = bytes(range(16))
    with unit_of_work(house.parts.engine) as session:
        brother = roll.NewLearner(
            id="l2", number="N2", family_name="Ветров", given_name="Лев", patronymic="", born=date(2014, 1, 1)
        )
        roll.enrol(session, brother, school="s2", grade="6", since=SINCE)
        guardians.enter(session, "l2", new("Ветрова Ольга Петровна", "olga"), "secretary", START)
        code = slips.make(session, "l1", "s1", "olga", START, lambda _: entropy)
    olga = house.signed_in("olga")
    assert olga.get("/wallet/l1").status_code == 200
    with unit_of_work(house.parts.engine) as session:
        guardians.end(session, "l1", "olga", "решение суда", "secretary", START, TODAY)
    assert olga.get("/wallet/l1").headers["location"].startswith("/sign-in")
    assert house.visitor().get(f"/enter/{code}").status_code == 400
    again = house.signed_in("olga")
    for gone in ("/wallet/l1", "/wallet/l1/history", "/portfolio/l1", "/wallet/l1/shares"):
        assert again.get(gone).status_code == 404
    assert again.get("/wallet/l2").status_code == 200


def test_a_code_that_the_school_made_outlives_the_guardian(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        code = slips.make(session, "l1", "s1", "secretary", START, lambda size: bytes(range(size)))
        guardians.end(session, "l1", "olga", "решение суда", "secretary", START, TODAY)
        assert slips.find(session, code, START)[1].id == "l1"


def test_whoever_was_entered_today_can_be_ended_today(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        person = guardians.enter(session, "l1", new(), "secretary", START).person
        guardians.end(session, "l1", person, "ошибка в документе", "secretary", START, TODAY)
        assert wards(session, person) == frozenset()
        guardians.enter(session, "l1", new("Ветров Игорь Павлович", person), "secretary", START)
        assert wards(session, person) == {"l1"}


# --- what ends with it ------------------------------------------------------------------------------------------


def share(session: Session, agreed: str, by: str, number: int) -> Share:
    made = Share(
        id=f"{number:032x}",
        learner="l1",
        token_hash=f"{number:064x}",
        audience="ВУЗ",
        purpose="показ",
        consent=agreed,
        created_by=by,
        created_at=START,
        expires_at=START + timedelta(days=14),
    )
    session.add(made)
    session.flush()
    return made


def give(house: House, session: Session, by: str) -> Consent:
    learner = house.parts.cases.services.people(session, START).learner("l1")
    actor = Actor(kind=ActorKind.PERSON, person=by, wards=frozenset({"l1"}))
    return consent.give(session, learner, actor, Purpose.SHARING, consent.current_text(Purpose.SHARING).digest, START)


def test_their_consents_and_links_end_and_those_of_others_stay(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        mother = give(house, session, "olga")
        rests = share(session, mother.id, "l1", 1)
        father = guardians.enter(session, "l1", new(), "secretary", START).person
        made = share(session, mother.id, father, 2)
        assert consent.end_acts_of(session, "l1", father, "secretary", START) == []
        session.expire_all()
        assert [state(one, mother, START) for one in (made, rests)] == [ShareState.WITHDRAWN, ShareState.LIVE]
        assert consent.end_acts_of(session, "l1", "olga", "secretary", START) == [mother.id]
        session.expire_all()
        assert state(rests, mother, START) is ShareState.WITHDRAWN
        assert consent.in_force(session, "l1", Purpose.SHARING, START) is None


def test_the_secretary_ends_it_and_the_rest_of_the_family_is_told(house: House, secretary: TestClient) -> None:
    with unit_of_work(house.parts.engine) as session:
        given = give(house, session, "olga").id
    entered = send(
        secretary,
        f"{HERE}/guardians",
        {"name": "Ветров Игорь Павлович", "basis": "parent", "document": "свидетельство о рождении"},
        form_at=HERE,
    )
    assert entered.status_code == 303
    page = secretary.get(HERE)
    assert "Ветров Игорь Павлович" in page.text
    assert "родитель или усыновитель" in page.text
    refused = send(secretary, f"{HERE}/guardians/olga/end", {"ground": ""}, form_at=HERE)
    assert refused.status_code == 422
    ended = send(secretary, f"{HERE}/guardians/olga/end", {"ground": "решение суда"}, form_at=HERE)
    assert ended.status_code == 303
    assert house.signed_in("olga").get("/wallet/l1").status_code == 404
    with unit_of_work(house.parts.engine) as session:
        father = session.exec(select(Guardianship.person).where(Guardianship.person != "olga")).one()
        notices = session.exec(select(Notice)).all()
        assert {notice.person for notice in notices} == {"l1", father}
        assert all("Ветрова Ольга Петровна" in notice.text for notice in notices)
        events = [(row.event, row.item) for row in session.exec(select(JournalRow)) if row.learner == "l1"]
        assert ("guardian.ended", "olga") in events
        assert ("consent.withdrawn", given) in events
        assert ("guardian.entered", father) in events


def test_a_form_that_is_wrong_keeps_what_was_typed(secretary: TestClient) -> None:
    wrong = send(secretary, f"{HERE}/guardians", {"name": "Ветров Игорь", "document": ""}, form_at=HERE)
    assert wrong.status_code == 422
    assert 'value="Ветров Игорь"' in wrong.text
    assert "какой документ вы видели" in wrong.text
