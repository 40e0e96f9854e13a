"""Leaving: who closes a wallet, what stops at once, what is gone four weeks later, who may come back until then."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from keys.deps import Learner
from service.database import unit_of_work
from tests.wallet_web.family import LINKS, NOW, adult, child, entry, guardian, order, teacher, teenager, themself
from wallet_web import consent, share
from wallet_web.consent import current_text
from wallet_web.errors import GuardianGives
from wallet_web.history import ActKind, acts
from wallet_web.leaving import closing, erasing
from wallet_web.leaving.closing import GRACE, Word
from wallet_web.leaving.errors import LeavingAlready, LeavingSettled, WalletClosed
from wallet_web.leaving.tables import LeavingState
from wallet_web.objections import filing
from wallet_web.objections.filing import Said
from wallet_web.portfolio import composing, goals, notes
from wallet_web.portfolio import declared as records
from wallet_web.portfolio.declared import new_id
from wallet_web.portfolio.files import PDF, Taken
from wallet_web.portfolio.goals import Wanted
from wallet_web.portfolio.sections import Section
from wallet_web.portfolio.tables import Block, Declared, DeclaredFile, DeclaredWords, Goal, Kind, NoteKind, Page
from wallet_web.portfolio.words import Words
from wallet_web.share import ShareState
from wallet_web.tables import Consent, Entry, KeptFile, Purpose, ShareItem

HASH = current_text(Purpose.SHARING).digest
GONE = NOW + GRACE


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with unit_of_work(engine) as opened:
        yield opened


@pytest.mark.parametrize(("state", "word"), list(product(LeavingState, Word)))
def test_nothing_follows_but_what_the_table_says(state: LeavingState, word: Word) -> None:
    lawful = {
        (LeavingState.ASKED, Word.AGREE),
        (LeavingState.ASKED, Word.RETURN),
        (LeavingState.CLOSED, Word.RETURN),
        (LeavingState.CLOSED, Word.ERASE),
        (LeavingState.ERASED, Word.RETURN),
    }
    if (state, word) in lawful:
        assert closing.step(state, word) is closing.TABLE[state, word]
    else:
        with pytest.raises(LeavingSettled):
            closing.step(state, word)


def test_a_guardian_leaves_for_a_child_and_a_grown_up_for_themself(session: Session) -> None:
    small, grown = child(), adult()
    consent.settle(session, "s1", both=True)
    for owner, by in ((small, guardian(small)), (grown, themself(grown))):
        assert closing.ask(session, owner, by, NOW).state is LeavingState.CLOSED
        with pytest.raises(WalletClosed):
            closing.require_open(session, owner.id)
        with pytest.raises(LeavingAlready):
            closing.ask(session, owner, by, NOW)
    alina = teenager()
    with pytest.raises(GuardianGives):
        closing.ask(session, alina, themself(alina), NOW)


def test_at_fourteen_the_learner_is_asked_where_the_school_says_so(session: Session) -> None:
    alina = teenager()
    consent.settle(session, "s1", both=True)
    assert closing.ask(session, alina, guardian(alina), NOW).state is LeavingState.ASKED
    closing.require_open(session, alina.id)
    assert closing.agree(session, alina.id, themself(alina), NOW).erase_at == GONE
    with pytest.raises(LeavingSettled):
        closing.agree(session, alina.id, themself(alina), NOW)
    consent.settle(session, "s1", both=False)
    other = teenager()
    assert closing.ask(session, other, guardian(other), NOW).state is LeavingState.CLOSED


def test_consents_and_links_end_at_once_and_stay_ended(session: Session) -> None:
    alina = teenager()
    consent.give(session, alina, guardian(alina), Purpose.SHARING, HASH, NOW)
    share.create(session, alina, guardian(alina), order(entry(session, alina)), LINKS, NOW)
    closing.ask(session, alina, guardian(alina), NOW)
    session.expire_all()
    [pair] = share.all_of(session, alina.id)
    assert share.state(*pair, NOW) is ShareState.WITHDRAWN
    closing.come_back(session, alina.id, "guardian", NOW)
    closing.require_open(session, alina.id)
    assert consent.in_force(session, alina.id, Purpose.SHARING, NOW) is None
    with pytest.raises(LeavingSettled):
        closing.come_back(session, alina.id, "guardian", NOW)


def fill(session: Session, one: Learner) -> None:
    """Something in every drawer of a portfolio."""
    by, said = themself(one), Words(title="Олимпиада")
    goal = goals.set_goal(session, one, by, NOW, Wanted(title="Поступить"), id=new_id())
    goals.advise(session, goal, teacher(one), "Запишись на практикум", NOW)
    notes.write(session, one.id, by, NoteKind.REFLECTION, "Получилось.", NOW, id=new_id())
    told = records.enter(session, one, by, NOW, id=new_id(), kind=Kind.ACHIEVEMENT, section=Section.STUDY, said=said)
    records.add_file(session, told, by, Taken("диплом.pdf", PDF, b"%PDF-"), NOW)
    page = composing.begin(session, one, by, "Портфолио", NOW, id=new_id())
    composing.add_record(session, page, told.id, NOW)
    session.add(
        KeptFile(
            learner=one.id, origin="o", path="p", section="aims", content=b"{}", digest="d", made_at=NOW, arrived_at=NOW
        )
    )
    session.flush()


def test_erased_is_everything_of_hers_and_nothing_of_others(session: Session) -> None:
    alina, other = teenager(), teenager()
    for one in (alina, other):
        consent.give(session, one, guardian(one), Purpose.SHARING, HASH, NOW)
        share.create(session, one, guardian(one), order(entry(session, one)), LINKS, NOW)
        fill(session, one)
    left = closing.ask(session, alina, guardian(alina), NOW)
    assert closing.due(session, GONE - timedelta(seconds=1)) == []
    assert closing.erase(session, left.id, GONE - timedelta(seconds=1)) == ""
    assert closing.due(session, GONE) == [left.id]
    assert closing.erase(session, left.id, GONE) == alina.id
    assert closing.erase(session, left.id, GONE) == ""
    for table in erasing.OF_LEARNER:
        assert alina.id not in set(session.exec(select(table.learner))), table  # type: ignore[attr-defined]
    for table in (Entry, Goal, Declared, Page, KeptFile):
        assert set(session.exec(select(table.learner))) == {other.id}, table
    for table in (ShareItem, Block, DeclaredFile, DeclaredWords):
        assert len(session.exec(select(table)).all()) == 1, table
    assert session.exec(select(Consent).where(Consent.subject == alina.id)).all()  # what was agreed to can be shown
    assert closing.is_erased(session, alina.id)
    closing.come_back(session, alina.id, "guardian", GONE)
    assert not closing.is_erased(session, alina.id)


def test_whoever_has_come_back_loses_nothing(session: Session) -> None:
    alina = teenager()
    entry(session, alina)
    left = closing.ask(session, alina, guardian(alina), NOW)
    closing.come_back(session, alina.id, "guardian", NOW)
    assert closing.due(session, GONE) == []
    assert closing.erase(session, left.id, GONE) == ""
    assert session.exec(select(Entry).where(Entry.learner == alina.id)).all()


@pytest.mark.parametrize("said", [Said.KEEP, Said.UPHOLD])
def test_a_learner_who_objects_is_not_erased_until_the_school_has_answered(session: Session, said: Said) -> None:
    alina = teenager()
    left = closing.ask(session, alina, guardian(alina), NOW)
    [act] = [one for one in acts(session, alina.id) if one.kind is ActKind.LEFT]
    filed = filing.file(session, alina, themself(alina), act, "Не хочу.", due=GONE.date, now=NOW)
    assert closing.due(session, GONE) == []
    assert closing.erase(session, left.id, GONE) == ""
    filing.answer(session, filed, themself(adult()), said, "Разобрались.", NOW)
    session.expire_all()
    if said is Said.KEEP:
        assert closing.due(session, GONE) == [left.id]
    else:
        assert closing.current(session, alina.id) is None
