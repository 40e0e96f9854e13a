from datetime import date

import pytest
from sqlalchemy import Engine

from keys.actor import Membership, Role
from schemas.errors import NotFound
from service.database import unit_of_work
from service.identity import accounts, roll
from service.identity.days import birthday, is_minor
from service.identity.errors import NotAMinor
from service.identity.guests import actor_of
from service.identity.people import Roll
from service.identity.roll import NewLearner
from service.identity.tables import Account

START = date(2026, 9, 1)
EGOR = NewLearner(
    id="l4", number="N4", family_name="Морошкин", given_name="Егор", patronymic="Николаевич", born=date(2008, 11, 20)
)
ALINA = NewLearner(
    id="l1", number="N1", family_name="Ветрова", given_name="Алина", patronymic="Игоревна", born=date(2010, 4, 12)
)


@pytest.fixture
def school(engine: Engine) -> Engine:
    with unit_of_work(engine) as session:
        roll.enrol(session, EGOR, school="s2", grade="11", since=START)
        roll.enrol(session, ALINA, school="s1", grade="10", since=START)
        for id_, name in (("anna", "Морошкина Анна Ильинична"), ("l4", "Морошкин Егор Николаевич")):
            accounts.add_account(session, id=id_, name=name)
        accounts.add_account(session, id="tutor", name="Каменев Д. О.", memberships=[Membership("cpo", Role.TUTOR)])
        roll.add_guardian(session, "l4", "anna", START)
        roll.add_guardian(session, "l1", "anna", START, until=date(2026, 12, 31))
        roll.add_companion(session, "l4", "tutor", START)
    return engine


def acting(engine: Engine, person: str, day: date) -> frozenset[str]:
    with unit_of_work(engine) as session:
        account = session.get(Account, person)
        assert account is not None
        return actor_of(session, account, day).wards


def test_a_guardian_acts_for_several_children(school: Engine) -> None:
    assert acting(school, "anna", date(2026, 10, 1)) == {"l1", "l4"}


def test_a_guardian_stops_on_the_eighteenth_birthday(school: Engine) -> None:
    assert acting(school, "anna", date(2026, 11, 19)) == {"l1", "l4"}
    assert acting(school, "anna", date(2026, 11, 20)) == {"l1"}


def test_guardianship_has_its_own_term(school: Engine) -> None:
    assert acting(school, "anna", date(2026, 8, 31)) == frozenset()
    assert acting(school, "anna", date(2027, 1, 1)) == frozenset()


def test_whoever_comes_of_age_acts_alone(school: Engine) -> None:
    with unit_of_work(school) as session:
        account = session.get(Account, "l4")
        assert account is not None
        before, after = (actor_of(session, account, date(2026, 11, day)) for day in (19, 20))
        assert (before.learner, before.adult) == ("l4", False)
        assert (after.learner, after.adult) == ("l4", True)
        assert Roll(session, date(2026, 11, 19)).guardians("l4")[0].name == "Морошкина Анна Ильинична"
        assert Roll(session, date(2026, 11, 20)).guardians("l4") == []


def test_nobody_becomes_guardian_of_an_adult(school: Engine) -> None:
    with pytest.raises(NotAMinor), unit_of_work(school) as session:
        roll.add_guardian(session, "l4", "anna", date(2026, 11, 20))


def test_nobody_becomes_guardian_of_nobody(school: Engine) -> None:
    with pytest.raises(NotFound), unit_of_work(school) as session:
        roll.add_guardian(session, "l99", "anna", START)


def test_a_birthday_in_a_leap_year() -> None:
    assert birthday(date(2008, 2, 29), 18) == date(2026, 3, 1)
    assert is_minor(date(2008, 2, 29), date(2026, 2, 28))
    assert not is_minor(date(2008, 2, 29), date(2026, 3, 1))


def test_a_move_ends_the_old_enrolment(school: Engine) -> None:
    moved = date(2027, 1, 12)
    with unit_of_work(school) as session:
        roll.enrol(session, ALINA, school="s3", grade="10", since=moved)
        before, after = Roll(session, date(2027, 1, 11)), Roll(session, moved)
        assert (before.learner("l1").school, after.learner("l1").school) == ("s1", "s3")
        assert [learner.id for learner in before.roster("s1")] == ["l1"]
        assert after.roster("s1") == []
        assert [learner.id for learner in after.roster("s3")] == ["l1"]


def test_a_learner_who_left_keeps_the_last_school(school: Engine) -> None:
    with unit_of_work(school) as session:
        roll.leave(session, "l1", date(2027, 5, 31))
        later = Roll(session, date(2027, 9, 1))
        assert (later.learner("l1").school, later.roster("s1")) == ("s1", [])


def test_names_behind_ids(school: Engine) -> None:
    with unit_of_work(school) as session:
        people = Roll(session, START)
        assert people.learner("l1").name == "Ветрова Алина Игоревна"
        by_number = people.learner_by_number("N1")
        assert by_number is not None
        assert by_number.id == "l1"
        assert people.learner_by_number("N9") is None
        assert people.person("anna").name == "Морошкина Анна Ильинична"
        assert people.person("l1").name == "Ветрова Алина Игоревна"
        assert [person.id for person in people.staff("cpo", Role.TUTOR)] == ["tutor"]
        assert people.staff("s1", Role.TUTOR) == []
        for unknown in (people.learner, people.person, people.guardians):
            with pytest.raises(NotFound):
                unknown("nobody")


def test_companions_are_known_to_the_actor(school: Engine) -> None:
    with unit_of_work(school) as session:
        account = session.get(Account, "tutor")
        assert account is not None
        actor = actor_of(session, account, START)
        assert actor.tutees == {"l4"}
        assert actor.holds(Role.TUTOR, "cpo")


def test_a_roster_is_in_the_order_of_the_alphabet(school: Engine) -> None:
    with unit_of_work(school) as session:
        for place, family in enumerate(("Ёлкина", "Ежова", "Жукова")):
            learner = NewLearner(
                id=f"x{place}",
                number=f"X{place}",
                family_name=family,
                given_name="А",
                patronymic="",
                born=date(2011, 1, 1),
            )
            roll.enrol(session, learner, school="s3", grade="9", since=START)
        assert [learner.family_name for learner in Roll(session, START).roster("s3")] == ["Ежова", "Ёлкина", "Жукова"]
