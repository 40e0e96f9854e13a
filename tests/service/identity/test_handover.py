"""Coming of age: guardians step back, consents are asked anew, everybody concerned is told once, on both databases."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session, select

from keys.actor import Actor, ActorKind
from keys.tables import JournalRow
from service.database import unit_of_work
from service.identity import roll
from service.identity.handover import LATE, hand_over
from service.identity.roll import NewLearner
from service.jobs import ROUNDS
from service.notices.tables import Notice
from tests.service.house import SINCE, START, House
from wallet_web import consent
from wallet_web.tables import Purpose

DAY = date(2028, 4, 12)
NOON = datetime(2028, 4, 12, 9, tzinfo=UTC)


def told(session: Session) -> dict[str, str]:
    return {notice.person: notice.text for notice in session.exec(select(Notice))}


def test_everybody_concerned_is_told_on_the_birthday_once(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        assert hand_over(session, NOON - timedelta(days=1), DAY - timedelta(days=1), mails=False) == 0
        assert hand_over(session, NOON, DAY, mails=False) == 1
        assert hand_over(session, NOON + timedelta(hours=1), DAY, mails=False) == 0
        assert set(told(session)) == {"l1", "olga"}
        assert "теперь вы решаете сами" in told(session)["l1"]
        assert "Ветрова Алина Игоревна" in told(session)["olga"]
        row = session.exec(select(JournalRow)).one()
        assert (row.event, row.actor_kind, row.learner) == ("guardian.handed_over", "job", "l1")


def test_a_worker_that_stood_still_tells_late_but_not_years_after(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        assert hand_over(session, NOON + LATE, DAY + LATE, mails=False) == 0
        last = LATE - timedelta(days=1)
        assert hand_over(session, NOON + last, DAY + last, mails=False) == 1


def test_whose_guardian_was_ended_before_hears_nothing_through_them(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        leap = NewLearner(
            id="leap", number="N9", family_name="Ёлкин", given_name="Лев", patronymic="", born=date(2008, 2, 29)
        )
        roll.enrol(session, leap, school="s1", grade="11", since=SINCE)
        roll.add_guardian(session, "leap", "olga", date(2025, 9, 1), until=date(2026, 1, 1))
        assert hand_over(session, START, date(2026, 2, 28), mails=False) == 0
        assert hand_over(session, START, date(2026, 3, 1), mails=False) == 1
        assert told(session) == {}


def test_the_guardians_consent_ends_and_only_the_grown_up_gives_a_new_one(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        people = house.parts.cases.services.people
        mother = Actor(kind=ActorKind.PERSON, person="olga", wards=frozenset({"l1"}))
        digest = consent.current_text(Purpose.SHARING).digest
        consent.give(session, people(session, START).learner("l1"), mother, Purpose.SHARING, digest, START)
        assert consent.in_force(session, "l1", Purpose.SHARING, NOON) is None
        grown = Actor(kind=ActorKind.PERSON, person="l1", learner="l1", adult=True)
        fresh = consent.give(session, people(session, NOON).learner("l1"), grown, Purpose.SHARING, digest, NOON)
        assert (fresh.given_by, fresh.valid_until) == ("l1", None)
    assert "people.of-age" in {round_.name for round_ in ROUNDS}
