"""Records over any sequence of acts: the learner's words are never lost, the school orders exactly when a teacher has confirmed."""

import uuid
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from keys import organisations
from keys.actor import Actor
from keys.deps import Learner
from keys.tables import OrganisationKind
from schemas.attestation import CODE, UNSAID, Fact
from schemas.award import AwardOrder
from schemas.errors import BadInput, Conflict, NotFound
from service.database import unit_of_work
from tests.wallet_web.family import NOW, guardian, teacher, teenager, themself
from wallet_web.portfolio import declared as records
from wallet_web.portfolio import words
from wallet_web.portfolio.attesting import NOTHING_SEEN, Attesting, order_of
from wallet_web.portfolio.declared import FILES_MAX, TABLE, Act, step
from wallet_web.portfolio.errors import (
    BadDay,
    Confirmed,
    NoReason,
    NoTitle,
    NotWaiting,
    OnlyAchievements,
    OwnChild,
    PortfolioFull,
    TooManyFiles,
    Waiting,
)
from wallet_web.portfolio.files import PDF, Taken
from wallet_web.portfolio.sections import Section
from wallet_web.portfolio.tables import Declared, Kind, Scale, State
from wallet_web.portfolio.words import Words

DIPLOMA = Words(
    title="Олимпиада по физике",
    organiser="Дом творчества",
    held_on=date(2026, 10, 12),
    scale=Scale.MUNICIPAL,
    result="призёр",
    story="Решал задачи три часа.",
)
PUT_RIGHT = Words(title="Муниципальный этап олимпиады по физике", organiser="Управление образования", result="призёр")


class School:
    """The issuer and the notices, as far as deciding needs them."""

    def __init__(self) -> None:
        self.orders: list[AwardOrder] = []

    def order(self, _session: Session, order: AwardOrder, _by: Actor, _now: object) -> str:
        self.orders.append(order)
        return "award"

    @property
    def attesting(self) -> Attesting:
        return Attesting(award=self.order, notify=lambda *_session, **_told: None)


def enter(session: Session, alina: Learner, said: Words = DIPLOMA, kind: Kind = Kind.ACHIEVEMENT) -> Declared:
    return records.enter(
        session, alina, themself(alina), NOW, id=records.new_id(), kind=kind, section=Section.STUDY, said=said
    )


def pdf(number: int, size: int = 20) -> Taken:
    return Taken("диплом.pdf", PDF, f"%PDF-{number}".encode().ljust(size))


def test_the_same_record_twice_is_one(engine: Engine) -> None:
    alina, known = teenager(), records.new_id()
    with unit_of_work(engine) as session:
        for title in ("Первое", "Второе"):
            records.enter(
                session,
                alina,
                themself(alina),
                NOW,
                id=known,
                kind=Kind.WORK,
                section=Section.OTHER,
                said=Words(title=title),
            )
        assert words.latest(session, known).title == "Первое"
        assert len(records.all_of(session, alina.id)) == 1
        other = teenager()
        with pytest.raises(Conflict):
            records.enter(
                session,
                other,
                themself(other),
                NOW,
                id=known,
                kind=Kind.WORK,
                section=Section.OTHER,
                said=Words(title="Чужое"),
            )


def test_a_record_of_another_learner_is_not_found(engine: Engine) -> None:
    alina = teenager()
    with unit_of_work(engine) as session:
        made = enter(session, alina)
        with pytest.raises(NotFound):
            records.find(session, teenager().id, made.id)
        with pytest.raises(NotFound):
            records.find_for_teachers(session, made.id)
        records.ask(session, made, alina, NOW)
        assert records.find_for_teachers(session, made.id) is made


def test_who_comes_too_late_is_told(engine: Engine) -> None:
    alina, school = teenager(), School()
    by = teacher(alina)
    with unit_of_work(engine) as session:
        made = enter(session, alina)
        records.ask(session, made, alina, NOW)
        records.take_back(session, made)
        with pytest.raises(NotWaiting):
            school.attesting.confirm(session, made, alina, by, NOW, number=1, said=DIPLOMA)
        records.ask(session, made, alina, NOW)
        with pytest.raises(NotWaiting):
            school.attesting.confirm(session, made, alina, by, NOW, number=2, said=DIPLOMA)
        school.attesting.confirm(session, made, alina, by, NOW, number=1, said=DIPLOMA)
        with pytest.raises(NotWaiting):
            school.attesting.send_back(session, made, by, "поздно", NOW, number=1)
        for late in (
            lambda: records.take_back(session, made),
            lambda: records.add_file(session, made, by, pdf(1), NOW),
            lambda: records.rewrite(session, made, alina, by, NOW, section=Section.OTHER, said=PUT_RIGHT),
        ):
            with pytest.raises(Confirmed):
                late()
    assert len(school.orders) == 1


def test_nobody_confirms_their_own_child(engine: Engine) -> None:
    alina, school = teenager(), School()
    mother = guardian(alina)
    with unit_of_work(engine) as session:
        made = enter(session, alina)
        records.ask(session, made, alina, NOW)
        with pytest.raises(OwnChild):
            school.attesting.confirm(session, made, alina, mother, NOW, number=1, said=DIPLOMA)
        with pytest.raises(OwnChild):
            school.attesting.send_back(session, made, mother, "нет", NOW, number=1)
    assert school.orders == []


def test_what_is_ordered_says_the_month_and_who_confirmed(engine: Engine) -> None:
    alina = teenager()
    with unit_of_work(engine) as session:
        organisations.register(
            session, code="s1", name="Школа", kind=OrganisationKind.SCHOOL, host="s1.example", member_from=NOW
        )
        made = enter(session, alina, Words(title="Концерт"))
        records.add_file(session, made, themself(alina), pdf(1), NOW)
        records.ask(session, made, alina, NOW)
        bare = order_of(session, made, words.latest(session, made.id), alina, teacher(alina), NOW)
        assert (bare.organisation, bare.achievement, bare.learner_number) == ("s1", CODE, alina.number)
        assert bare.statements[Fact.SEEN] == "файлов: 1"
        assert {bare.statements[fact] for fact in (Fact.MONTH, Fact.SCALE, Fact.RESULT, Fact.ORGANISER)} == {UNSAID}
        assert bare.statements[Fact.REFERENCE] == made.reference
        full = enter(session, alina)
        records.ask(session, full, alina, NOW)
        tutor = Actor(person="tutor", tutees=frozenset({alina.id}))
        told = order_of(session, full, words.latest(session, full.id), alina, tutor, NOW).statements
        assert told[Fact.MONTH] == "10.2026"
        assert told[Fact.BY] == "тьютор"
        assert told[Fact.SEEN] == NOTHING_SEEN
        assert bare.statements[Fact.BY] == "классный руководитель"
        assert set(told) == set(Fact)


def test_files_have_limits(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    alina = teenager()
    by = themself(alina)
    with unit_of_work(engine) as session:
        made = enter(session, alina)
        first = records.add_file(session, made, by, pdf(0), NOW)
        assert records.add_file(session, made, by, pdf(0), NOW).id == first.id
        for number in range(1, FILES_MAX):
            records.add_file(session, made, by, pdf(number), NOW + timedelta(seconds=number))
        with pytest.raises(TooManyFiles):
            records.add_file(session, made, by, pdf(FILES_MAX), NOW)
        records.remove_file(session, made, first.id)
        records.remove_file(session, made, first.id)
        monkeypatch.setattr(records, "BYTES_MAX", 100)
        with pytest.raises(PortfolioFull):
            records.add_file(session, made, by, pdf(9, 21), NOW)
        records.ask(session, made, alina, NOW)
        with pytest.raises(Waiting):
            records.remove_file(session, made, first.id)


def test_a_record_goes_with_all_that_belongs_to_it(engine: Engine) -> None:
    alina = teenager()
    with unit_of_work(engine) as session:
        made = enter(session, alina)
        file = records.add_file(session, made, themself(alina), pdf(1), NOW)
        known, kept = made.id, file.id
    with unit_of_work(engine) as session:
        records.remove(session, records.find(session, alina.id, known))
    with unit_of_work(engine) as session:
        assert records.all_of(session, alina.id) == []
        assert words.versions(session, known) == []
        assert records.files_of(session, known) == []
        assert kept not in {one.id for one in records.files_of(session, known)}


def test_a_portfolio_is_not_without_end(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "RECORDS_MAX", 1)
    alina = teenager()
    with unit_of_work(engine) as session:
        enter(session, alina)
        with pytest.raises(PortfolioFull):
            enter(session, alina)
        enter(session, teenager())


def test_a_work_is_not_for_confirming(engine: Engine) -> None:
    alina = teenager()
    with unit_of_work(engine) as session, pytest.raises(OnlyAchievements):
        records.ask(session, enter(session, alina, kind=Kind.WORK), alina, NOW)


@pytest.mark.parametrize(
    ("said", "field", "fault"),
    [
        (Words(title=" "), "title", NoTitle),
        (Words(title="я" * 201), "title", NoTitle),
        (Words(title="x", held_on=date(2026, 11, 23)), "held_on", BadDay),
        (Words(title="x", held_on=date(2010, 4, 11)), "held_on", BadDay),
    ],
)
def test_words_have_rules(engine: Engine, said: Words, field: str, fault: type[BadInput]) -> None:
    alina = teenager()
    assert isinstance(words.faults(said.tidy(), alina.born, NOW.date())[field], fault)
    with unit_of_work(engine) as session, pytest.raises(fault):
        enter(session, alina, said)


ACTS = st.lists(
    st.sampled_from(["write", "ask", "take_back", "send_back", "confirm", "confirm as it is"]), min_size=1, max_size=12
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(acts=ACTS)
def test_over_any_acts_words_and_orders_stay_true(acts: list[str], sqlite: Engine) -> None:
    """What the family wrote last is always there; one order, exactly when the record is confirmed, with the words that count."""
    alina, school = teenager(), School()
    by = teacher(alina)
    with unit_of_work(sqlite) as session:
        made = enter(session, alina)
        family = DIPLOMA
        for number, act in enumerate(acts):
            wanted = Words(title=f"Слова {number}")
            before, version = made.state, words.latest(session, made.id).number
            try:
                if act == "write":
                    records.rewrite(session, made, alina, themself(alina), NOW, section=Section.SPORT, said=wanted)
                    family = wanted
                elif act == "ask":
                    records.ask(session, made, alina, NOW)
                elif act == "take_back":
                    records.take_back(session, made)
                elif act == "send_back":
                    school.attesting.send_back(session, made, by, "Приложите файл", NOW, number=version)
                else:
                    said = wanted if act == "confirm" else words.said(words.latest(session, made.id))
                    school.attesting.confirm(session, made, alina, by, NOW, number=version, said=said)
            except Conflict:
                assert made.state is before
            rows = words.versions(session, made.id)
            assert words.said(words.own(rows)) == family
            assert [row.number for row in rows] == list(range(1, len(rows) + 1))
            assert (made.state is State.CONFIRMED) == (len(school.orders) == 1) == (made.award is not None)
            if school.orders:
                assert school.orders[0].statements[Fact.WHAT] == rows[-1].title


def test_the_table_knows_no_way_out_of_confirmed() -> None:
    assert {state for state, _ in TABLE} == set(State) - {State.CONFIRMED}
    for act in Act:
        with pytest.raises(Confirmed):
            step(State.CONFIRMED, act)


def test_a_reason_is_needed(engine: Engine) -> None:
    alina = teenager()
    with unit_of_work(engine) as session:
        made = enter(session, alina)
        records.ask(session, made, alina, NOW)
        for reason in (" ", "я" * 1001):
            with pytest.raises(NoReason):
                records.send_back(session, made, teacher(alina), reason, NOW)
        assert str(uuid.UUID(made.reference)) == made.reference
