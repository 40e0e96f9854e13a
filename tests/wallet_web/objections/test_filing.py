"""Objections: what may follow what, who may say it, what stops meanwhile and what ends (DOMAIN §4)."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from keys import journal
from keys.actor import Actor, ActorKind, Membership, Role
from keys.deps import Learner
from schemas.errors import NotFound
from service.database import unit_of_work
from tests.wallet_web.family import LINKS, NOW, adult, child, entry, guardian, order, teenager, themself
from wallet_web import consent, history, share
from wallet_web.consent import ConsentState, current_text
from wallet_web.errors import NoConsent
from wallet_web.history import Act, ActKind
from wallet_web.objections import filing
from wallet_web.objections.errors import (
    NoSchoolToAnswer,
    ObjectedAlready,
    ObjectionSettled,
    OwnAct,
    OwnFamily,
    OwnWord,
    TooYoungToObject,
    WordsMissing,
)
from wallet_web.objections.filing import Said
from wallet_web.objections.tables import Objection, ObjectionState
from wallet_web.share import ShareState
from wallet_web.tables import Consent, Purpose, Share

HASH = current_text(Purpose.SHARING).digest
LATER = NOW + timedelta(hours=1)
DUE = date(2026, 12, 6)
OFFICE = Actor(kind=ActorKind.PERSON, person="secretary", memberships=frozenset({Membership("s1", Role.SECRETARY)}))


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with unit_of_work(engine) as opened:
        yield opened


def shared(session: Session, of: Learner) -> tuple[Consent, Share]:
    """A link that the guardian has made on their own consent."""
    given = consent.give(session, of, guardian(of), Purpose.SHARING, HASH, NOW)
    made = share.create(session, of, guardian(of), order(entry(session, of)), LINKS, NOW)
    session.flush()
    return given, made


def done(session: Session, of: Learner, kind: ActKind) -> Act:
    return next(act for act in history.acts(session, of.id) if act.kind is kind)


def object_to(session: Session, of: Learner, act: Act, text: str = "Меня не спросили.") -> Objection:
    return filing.file(session, of, themself(of), act, text, due=lambda: DUE, now=NOW)


def states(session: Session, of: Learner) -> tuple[ConsentState, ShareState]:
    session.expire_all()
    [(made, agreed)] = share.all_of(session, of.id)
    return consent.state(agreed, LATER), share.state(made, agreed, LATER)


# --- the table --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "said"), list(product(ObjectionState, Said)))
def test_only_what_is_filed_is_settled_and_only_once(state: ObjectionState, said: Said) -> None:
    if state is not ObjectionState.FILED:
        with pytest.raises(ObjectionSettled):
            filing.step(state, said)
        return
    follows = {Said.KEEP: ObjectionState.KEPT, Said.UPHOLD: ObjectionState.UPHELD}
    assert filing.step(state, said) is follows.get(said, ObjectionState.TAKEN_BACK)


# --- what stops -------------------------------------------------------------------------------------------------


def test_a_disputed_consent_waits_for_the_learners_own_word(session: Session) -> None:
    alina = teenager()
    given, _ = shared(session, alina)
    filed = object_to(session, alina, done(session, alina, ActKind.CONSENT_GIVEN))
    assert states(session, alina) == (ConsentState.AWAITING, ShareState.HELD)
    with pytest.raises(NoConsent):
        share.create(session, alina, guardian(alina), order(entry(session, alina)), LINKS, LATER)
    consent.withdraw(session, alina, guardian(alina), given.id, LATER)
    again = consent.give(session, alina, guardian(alina), Purpose.SHARING, HASH, LATER)
    assert consent.state(again, LATER) is ConsentState.AWAITING  # a new one does not get round the objection
    filing.answer(session, filed, OFFICE, Said.KEEP, "Согласие дано по закону.", LATER)
    consent.withdraw(session, alina, guardian(alina), again.id, LATER)
    third = consent.give(session, alina, guardian(alina), Purpose.SHARING, HASH, LATER)
    assert consent.state(third, LATER) is ConsentState.IN_FORCE


@pytest.mark.parametrize("kind", [ActKind.CONSENT_GIVEN, ActKind.SHARE_MADE])
@pytest.mark.parametrize("said", [Said.KEEP, Said.TAKE_BACK])
def test_what_was_stopped_goes_on(session: Session, kind: ActKind, said: Said) -> None:
    alina = teenager()
    shared(session, alina)
    filed = object_to(session, alina, done(session, alina, kind))
    assert states(session, alina)[1] is ShareState.HELD
    if said is Said.KEEP:
        filing.answer(session, filed, OFFICE, said, "Всё верно.", LATER)
    else:
        filing.take_back(session, alina.id, filed.act, themself(alina), LATER)
    assert states(session, alina) == (ConsentState.IN_FORCE, ShareState.LIVE)


def test_an_upheld_objection_ends_the_consent_and_the_next_asks_both(session: Session) -> None:
    alina = teenager()
    shared(session, alina)
    filed = object_to(session, alina, done(session, alina, ActKind.CONSENT_GIVEN))
    filing.answer(session, filed, OFFICE, Said.UPHOLD, "Вы правы.", LATER)
    assert states(session, alina) == (ConsentState.WITHDRAWN, ShareState.WITHDRAWN)
    assert (filed.settled_by, filed.settled_at, filed.answer) == ("secretary", LATER, "Вы правы.")
    new = consent.give(session, alina, guardian(alina), Purpose.SHARING, HASH, LATER)
    assert consent.state(new, LATER) is ConsentState.AWAITING
    consent.answer(session, alina, themself(alina), new.id, LATER, agrees=True)
    assert consent.in_force(session, alina.id, Purpose.SHARING, LATER) is not None


def test_an_upheld_objection_withdraws_the_link_alone(session: Session) -> None:
    alina = teenager()
    shared(session, alina)
    filed = object_to(session, alina, done(session, alina, ActKind.SHARE_MADE))
    filing.answer(session, filed, OFFICE, Said.UPHOLD, "Вы правы.", LATER)
    assert states(session, alina) == (ConsentState.IN_FORCE, ShareState.WITHDRAWN)


def test_an_application_rests_until_the_learner_was_told_that_it_was_right(session: Session) -> None:
    alina = teenager()
    submitted = Act(NOW, ActKind.STEP, "guardian", "step-1", "submit", case="case-1")
    assert not filing.disputes(session, "case-1")
    filed = object_to(session, alina, submitted)
    assert filing.disputes(session, "case-1")
    assert not filing.disputes(session, "case-2")
    filing.answer(session, filed, OFFICE, Said.KEEP, "Заявление подано верно.", LATER)
    assert not filing.disputes(session, "case-1")
    other = object_to(session, alina, Act(NOW, ActKind.STEP, "guardian", "step-2", "submit", case="case-2"))
    filing.answer(session, other, OFFICE, Said.UPHOLD, "Вы правы.", LATER)
    assert filing.disputes(session, "case-2")


# --- who, and against what --------------------------------------------------------------------------------------


def test_it_is_for_learners_of_fourteen_on_and_for_what_others_did(session: Session) -> None:
    small, alina = child(), teenager()
    shared(session, small)
    with pytest.raises(TooYoungToObject):
        object_to(session, small, done(session, small, ActKind.SHARE_MADE))
    given, _ = shared(session, alina)
    own = Act(NOW, ActKind.BADGE_BROUGHT, themself(alina).person or "", "badge")
    with pytest.raises(OwnAct):
        object_to(session, alina, own)
    consent.hold(session, given.id, held=True)
    with pytest.raises(OwnWord):
        object_to(session, alina, done(session, alina, ActKind.CONSENT_GIVEN))


def test_a_learner_of_no_school_is_told_that_nobody_could_answer(session: Session) -> None:
    grown = adult()
    gone = Learner(**{field: getattr(grown, field) for field in Learner.__slots__} | {"school": ""})
    act = Act(NOW, ActKind.SHARE_MADE, "guardian", "link", "Вуз")
    with pytest.raises(NoSchoolToAnswer):
        filing.file(session, gone, themself(gone), act, "Нет.", due=lambda: DUE, now=NOW)


def test_to_one_act_there_is_one_objection_however_it_ended(session: Session) -> None:
    alina = teenager()
    shared(session, alina)
    act = done(session, alina, ActKind.SHARE_MADE)
    for text in ("", "  ", "я" * 1001):
        with pytest.raises(WordsMissing):
            object_to(session, alina, act, text)
    filed = object_to(session, alina, act)
    filing.take_back(session, alina.id, act.ref, themself(alina), LATER)
    with pytest.raises(ObjectedAlready):
        object_to(session, alina, act)
    with pytest.raises(ObjectionSettled):
        filing.answer(session, filed, OFFICE, Said.KEEP, "Поздно.", LATER)
    with pytest.raises(NotFound):
        filing.take_back(session, alina.id, "share_made-none", themself(alina), LATER)


@pytest.mark.parametrize("who", ["guardian", "recorder"])
def test_nobody_answers_for_their_own_family_or_to_themselves(session: Session, who: str) -> None:
    alina = teenager()
    recorded = Act(NOW, ActKind.BADGE_BROUGHT, "recorder", "badge")
    filed = object_to(session, alina, recorded)
    wards = frozenset({alina.id}) if who == "guardian" else frozenset[str]()
    by = Actor(kind=ActorKind.PERSON, person=who, wards=wards, memberships=OFFICE.memberships)
    with pytest.raises(OwnFamily):
        filing.answer(session, filed, by, Said.KEEP, "Всё верно.", LATER)
    assert filed.state is ObjectionState.FILED


# --- every act --------------------------------------------------------------------------------------------------


def test_acts_that_leave_only_a_line_in_the_journal_are_seen_too(session: Session) -> None:
    alina = teenager()
    for event in (*history.JOURNALED, "share.viewed"):
        journal.append(
            session, at=NOW, event=event, actor_kind="person", person="guardian", learner=alina.id, item="thing"
        )
    found = history.acts(session, alina.id)
    assert {act.kind for act in found} == set(history.JOURNALED.values())
    assert len({act.ref for act in found}) == len(found)
    filed = object_to(session, alina, history.find(found, found[0].ref))
    assert filing.of(session, alina.id) == [filed]


def test_a_consent_from_paper_is_the_schools_act(session: Session) -> None:
    alina = teenager()
    consent.record_paper(session, alina, guardian(alina), Purpose.SHARING, "дело 7", "clerk", NOW)
    [act] = history.acts(session, alina.id)
    assert (act.kind, act.person) == (ActKind.CONSENT_RECORDED, "clerk")
    object_to(session, alina, act)
    assert consent.in_force(session, alina.id, Purpose.SHARING, NOW) is None
