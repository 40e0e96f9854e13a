"""Consent as a state machine: whoever gives and withdraws in whatever order, the table answers as a few lines of model do."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from keys.actor import Actor, ActorKind
from keys.deps import Learner
from schemas.errors import Forbidden, NotFound
from service.database import unit_of_work
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import LINKS, NOW, adult, child, entry, guardian, learner, order, teenager, themself
from wallet_web import consent, share
from wallet_web.consent import ConsentState, comes_of_age, current_text, text_agreed
from wallet_web.errors import GuardianGives, NoConsent, ShareGone, TextChanged
from wallet_web.tables import Consent, Purpose

HASH = current_text(Purpose.SHARING).digest

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["give", "withdraw", "share", "wait"]),
        st.sampled_from(["guardian", "learner"]),
        st.integers(0, 500),
    ),
    max_size=14,
)


class Model:
    """What must be true, said once more in the fewest words."""

    def __init__(self) -> None:
        self.in_force: tuple[str, datetime | None] | None = None
        self.shares: dict[str, tuple[str, datetime]] = {}

    def consents(self, now: datetime) -> str | None:
        if self.in_force is None or (self.in_force[1] is not None and self.in_force[1] <= now):
            return None
        return self.in_force[0]

    def lives(self, link: str, now: datetime) -> bool:
        under, until = self.shares[link]
        return self.consents(now) == under and now < until


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, born=st.sampled_from([date(2010, 4, 12), date(2008, 12, 20), date(2008, 2, 29)]))
def test_every_order_of_acts_agrees_with_the_model(
    engine: Engine, steps: list[tuple[str, str, int]], born: date
) -> None:
    subject, model, now = learner(born), Model(), NOW
    with unit_of_work(engine) as session:
        badge = entry(session, subject)
        for act, who, days in steps:
            now += timedelta(days=days if act == "wait" else 0)
            by = guardian(subject, now=now) if who == "guardian" else themself(subject, now)
            play(session, model, subject, act, by, now, badge.id)
            check(session, model, subject, now)


def play(session: Session, model: Model, subject: Learner, act: str, by: Actor, now: datetime, badge: str) -> None:
    counts = (by.learner == subject.id) == (subject.age(now.date()) >= 18)
    if act == "give" and not counts:
        with pytest.raises(Forbidden):
            consent.give(session, subject, by, Purpose.SHARING, HASH, now)
    elif act == "give":
        made = consent.give(session, subject, by, Purpose.SHARING, HASH, now)
        if model.consents(now) is None:
            model.in_force = (made.id, made.valid_until)
        assert made.id == model.consents(now)
    elif act == "withdraw" and counts and model.in_force is not None:
        consent.withdraw(session, subject, by, model.in_force[0], now)
        model.in_force = None
    elif act == "share":
        play_share(session, model, subject, by, now, badge)


def play_share(session: Session, model: Model, subject: Learner, by: Actor, now: datetime, badge: str) -> None:
    wanted = share.ShareOrder(id=share.new_id(), entries=(badge,), audience="вуз", purpose="приём", days=300)
    under = model.consents(now)
    if under is None:
        with pytest.raises(NoConsent):
            share.create(session, subject, by, wanted, LINKS, now)
    else:
        made = share.create(session, subject, by, wanted, LINKS, now)
        model.shares[made.id] = (under, now + timedelta(days=300))


def check(session: Session, model: Model, subject: Learner, now: datetime) -> None:
    found = consent.in_force(session, subject.id, Purpose.SHARING, now)
    assert (found.id if found else None) == model.consents(now)
    for link in model.shares:
        if model.lives(link, now):
            assert share.find_by_token(session, LINKS.token(link), now).id == link
        else:
            with pytest.raises(ShareGone):
                share.find_by_token(session, LINKS.token(link), now)


def test_withdrawal_kills_every_share_and_a_new_consent_wakes_none(engine: Engine) -> None:
    subject = teenager()
    parent = guardian(subject)
    with unit_of_work(engine) as session:
        given_one = consent.give(session, subject, parent, Purpose.SHARING, HASH, NOW)
        made = share.create(session, subject, themself(subject), order(entry(session, subject)), LINKS, NOW)
        assert share.find_by_token(session, LINKS.token(made.id), NOW).id == made.id
        consent.withdraw(session, subject, parent, given_one.id, NOW)
    with unit_of_work(engine) as session:
        again = consent.give(session, subject, parent, Purpose.SHARING, HASH, NOW + timedelta(minutes=1))
        assert again.id != given_one.id
        with pytest.raises(ShareGone):
            share.find_by_token(session, LINKS.token(made.id), NOW + timedelta(minutes=2))
        assert [one.id for one in consent.history(session, subject.id)] == [again.id, given_one.id]


def test_a_guardians_consent_ends_on_the_eighteenth_birthday(engine: Engine) -> None:
    subject = teenager()
    with unit_of_work(engine) as session:
        given_one = consent.give(session, subject, guardian(subject), Purpose.SHARING, HASH, NOW)
        assert given_one.valid_until is not None
        assert given_one.valid_until.date() == date(2028, 4, 12)
        assert consent.state(given_one, given_one.valid_until) is ConsentState.LAPSED
        assert consent.state(given_one, given_one.valid_until - timedelta(seconds=1)) is ConsentState.IN_FORCE


def test_an_adults_consent_has_no_end_of_its_own(sqlite: Engine) -> None:
    subject = adult()
    with unit_of_work(sqlite) as session:
        assert consent.give(session, subject, themself(subject), Purpose.SHARING, HASH, NOW).valid_until is None


@given(born=st.dates(date(1996, 1, 1), date(2020, 12, 31)))
def test_coming_of_age_is_the_first_day_of_eighteen_years(born: date) -> None:
    one = learner(born)
    day = comes_of_age(born)
    assert one.age(day) == 18
    assert one.age(day - timedelta(days=1)) == 17


def test_a_minor_is_told_who_gives_consent(sqlite: Engine) -> None:
    subject = teenager()
    with unit_of_work(sqlite) as session, pytest.raises(GuardianGives):
        consent.give(session, subject, themself(subject), Purpose.SHARING, HASH, NOW)


def test_nobody_but_a_person_gives_consent(sqlite: Engine) -> None:
    subject = child()
    job = Actor(kind=ActorKind.JOB, wards=frozenset({subject.id}))
    with unit_of_work(sqlite) as session, pytest.raises(Forbidden):
        consent.give(session, subject, job, Purpose.SHARING, HASH, NOW)


def test_consent_counts_only_for_the_text_that_was_shown(sqlite: Engine) -> None:
    subject = child()
    with unit_of_work(sqlite) as session, pytest.raises(TextChanged):
        consent.give(session, subject, guardian(subject), Purpose.SHARING, "0" * 64, NOW)


def test_a_foreign_consent_cannot_be_withdrawn(sqlite: Engine) -> None:
    one, other = child(), child()
    with unit_of_work(sqlite) as session:
        given_one = consent.give(session, one, guardian(one), Purpose.SHARING, HASH, NOW)
        with pytest.raises(NotFound):
            consent.withdraw(session, other, guardian(one, other), given_one.id, NOW)


@pytest.mark.parametrize("purpose", Purpose)
def test_the_text_agreed_to_can_be_read_for_ever(purpose: Purpose) -> None:
    for text in consent.texts(purpose):
        kept = Consent(
            id="x", subject="x", given_by="x", purpose=purpose, items=[], text_hash=text.digest, given_at=NOW
        )
        assert consent.purpose_of(text.digest) is purpose
        assert text_agreed(kept) == text
        assert text.title.startswith("Согласие")
        assert len(text.paragraphs) >= 5


def test_published_texts_never_change() -> None:
    """A changed text is a new version: whoever agreed to the old one did not agree to the new one."""
    assert {purpose: [text.digest for text in consent.texts(purpose)] for purpose in Purpose} == {
        Purpose.SHARING: ["5517771924d2aede08a95a54f96118906b7972402326177a07d0737aebe5f48b"],
        Purpose.ANSWERING: ["c194ce75736644067e8936e80f3a5fa0b35aab7d7fd66c6a5f1a203a0406908a"],
        Purpose.NAMING: ["553af6b9221a1527b231d2308be536b5fe4089746a32b0e244255800b92fc41b"],
        Purpose.PORTFOLIO: ["339da6d813767303f4a7eb165b501f1e3c50a345498e977d3fba8bc88b627adb"],
    }


def test_a_consent_to_one_thing_is_none_to_another(both: Desk) -> None:
    desk, alina = both, both.enrol(teenager())
    family, page = desk.family(alina), f"/wallet/{alina.id}/consents"
    answering = current_text(Purpose.ANSWERING)
    shown = family.get(f"{page}?purpose=answering")
    assert answering.title in shown.text
    assert answering.digest in shown.text
    given = family.post(page, data={"text_hash": answering.digest, "agree": "yes"})
    assert given.headers["location"] == f"{page}?purpose=answering"
    with unit_of_work(desk.engine) as session:
        held = {one: consent.in_force(session, alina.id, one, desk.now) is not None for one in Purpose}
    assert held == {purpose: purpose is Purpose.ANSWERING for purpose in Purpose}
    assert "сейчас нет" in family.get(page).text
    assert "Дано согласие: Согласие на ответы по запросам" in family.get(f"/wallet/{alina.id}/history").text
