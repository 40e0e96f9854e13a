"""Where a school asks both, a consent counts when the learner has agreed; one on paper counts with whoever signed it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from schemas.errors import NotFound
from service.database import unit_of_work
from tests.wallet_web.family import LINKS, NOW, adult, child, entry, guardian, order, teenager, themself
from wallet_web import consent, share
from wallet_web.consent import ConsentState, current_text, state
from wallet_web.errors import GuardianGives, NoConsent, NotAsked, PaperMissing
from wallet_web.share import ShareState
from wallet_web.tables import Consent, Purpose

HASH = current_text(Purpose.SHARING).digest
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with unit_of_work(engine) as opened:
        consent.settle(opened, "s1", both=True)
        yield opened


def test_it_counts_from_the_learners_word_on(session: Session) -> None:
    alina = teenager()
    badge = entry(session, alina)
    given = consent.give(session, alina, guardian(alina), Purpose.SHARING, HASH, NOW)
    assert state(given, NOW) is ConsentState.AWAITING
    with pytest.raises(NoConsent):
        share.create(session, alina, guardian(alina), order(badge), LINKS, NOW)
    assert consent.give(session, alina, guardian(alina), Purpose.SHARING, HASH, LATER).id == given.id
    consent.answer(session, alina, themself(alina), given.id, LATER, agrees=True)
    assert state(given, LATER) is ConsentState.IN_FORCE
    made = share.create(session, alina, guardian(alina), order(badge), LINKS, LATER)
    consent.answer(session, alina, themself(alina), given.id, LATER, agrees=False)
    session.expire_all()
    assert state(given, LATER) is ConsentState.WITHDRAWN
    assert share.state(made, given, LATER) is ShareState.WITHDRAWN


def test_a_no_ends_it_at_once(session: Session) -> None:
    alina = teenager()
    given = consent.give(session, alina, guardian(alina), Purpose.SHARING, HASH, NOW)
    consent.answer(session, alina, themself(alina), given.id, LATER, agrees=False)
    assert (state(given, LATER), given.withdrawn_by) == (ConsentState.WITHDRAWN, themself(alina).person)
    again = consent.give(session, alina, guardian(alina), Purpose.SHARING, HASH, LATER)
    assert again.id != given.id


def test_the_guardian_may_take_it_back_before_the_learner_has_answered(session: Session) -> None:
    alina = teenager()
    given = consent.give(session, alina, guardian(alina), Purpose.SHARING, HASH, NOW)
    consent.withdraw(session, alina, guardian(alina), given.id, LATER)
    assert consent.answer(session, alina, themself(alina), given.id, LATER, agrees=True).agreed_at is None
    assert state(given, LATER) is ConsentState.WITHDRAWN


def test_only_the_learner_answers_and_only_where_asked(session: Session) -> None:
    alina, other = teenager(), teenager()
    given = consent.give(session, alina, guardian(alina), Purpose.SHARING, HASH, NOW)
    for wrong in (themself(other), guardian(alina)):
        with pytest.raises(NotFound):
            consent.answer(session, alina, wrong, given.id, LATER, agrees=True)
    consent.settle(session, "s1", both=False)
    plain = consent.give(session, other, guardian(other), Purpose.SHARING, HASH, NOW)
    assert state(plain, NOW) is ConsentState.IN_FORCE
    with pytest.raises(NotAsked):
        consent.answer(session, other, themself(other), plain.id, LATER, agrees=False)
    assert state(given, NOW) is ConsentState.AWAITING


def test_children_under_fourteen_and_grown_ups_are_asked_as_ever(session: Session) -> None:
    small, grown = child(), adult()
    assert (
        state(consent.give(session, small, guardian(small), Purpose.SHARING, HASH, NOW), NOW) is ConsentState.IN_FORCE
    )
    assert (
        state(consent.give(session, grown, themself(grown), Purpose.SHARING, HASH, NOW), NOW) is ConsentState.IN_FORCE
    )


# --- on paper ---------------------------------------------------------------------------------------------------


def paper(session: Session, alina: object, by: object, said: str = "дело 7, л. 12") -> Consent:
    return consent.record_paper(session, alina, by, Purpose.NAMING, said, "mkhova", NOW)  # type: ignore[arg-type]


def test_a_paper_with_both_signatures_counts_at_once(session: Session) -> None:
    alina = teenager()
    given = paper(session, alina, guardian(alina), " дело 7,\n л. 12 ")
    assert state(given, NOW) is ConsentState.IN_FORCE
    assert (given.paper, given.recorded_by, given.given_by) == ("дело 7, л. 12", "mkhova", guardian(alina).person)
    assert given.text_hash == current_text(Purpose.NAMING).digest
    assert given.valid_until is not None
    assert paper(session, alina, guardian(alina)).id == given.id
    consent.withdraw(session, alina, guardian(alina), given.id, LATER)
    assert consent.in_force(session, alina.id, Purpose.NAMING, LATER) is None


def test_a_paper_takes_the_place_of_one_that_waits(session: Session) -> None:
    alina = teenager()
    waiting = consent.give(session, alina, guardian(alina), Purpose.NAMING, current_text(Purpose.NAMING).digest, NOW)
    given = paper(session, alina, guardian(alina))
    assert (state(waiting, NOW), state(given, NOW)) == (ConsentState.LAPSED, ConsentState.IN_FORCE)


def test_a_paper_is_signed_by_who_decides_and_can_be_found_again(session: Session) -> None:
    alina, grown = teenager(), adult()
    with pytest.raises(GuardianGives):
        paper(session, alina, themself(alina))
    with pytest.raises(PaperMissing):
        paper(session, alina, guardian(alina), "  ")
    assert paper(session, grown, themself(grown)).valid_until is None
