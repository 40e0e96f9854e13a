"""Particulars in a list: a person says of the rows refused that their learners are of age, and only then they stand in badges."""

from datetime import datetime

import pytest
from sqlmodel import Session, select

from issuer.awards import order_of
from issuer.batches import allowing, desk, outcome
from issuer.batches.errors import BatchStep, OwnAllowance
from issuer.batches.work import Batches
from issuer.tables import AwardState, Batch, BatchState, Chunk
from keys.actor import Actor, ActorKind
from keys.tables import JournalRow
from schemas.errors import Forbidden
from tests.issuer.lists import awards_of, batches, csv_of, enter, number, run, seen, whole
from tests.issuer.office import Office
from tests.issuer.world import AWARDER, METHODIST, NOW, World, person

ADULT, MINOR = number(1), number(2)
TOLD = "Работала вместе с Алиной Ветровой, телефон +7 921 123-45-67."
HEADINGS = ("Сетевой номер", "Результат", "О работе ученика")
ROWS = [(ADULT, "88", TOLD), (MINOR, "77", TOLD), (number(3), "66", ""), (number(4), "12", TOLD), ("", "80", TOLD)]
THIRD = person("third", *((one.organisation, one.role) for one in METHODIST.memberships))


def of_age(_session: Session, wanted: str, _now: datetime) -> bool:
    return wanted == ADULT


def knowing(world: World) -> Batches:
    return batches(world, of_age=of_age)


def checked(world: World, rows: list[tuple[str, str, str]] = ROWS) -> str:
    batch = enter(world, csv_of(rows, HEADINGS))
    with world.transaction() as session:
        desk.check(session, batch)
    run(world, workers=knowing(world))
    assert seen(world, batch).state is BatchState.CHECKED
    return batch


def allow(world: World, batch: str, *rows: int, by: Actor = METHODIST) -> None:
    with world.transaction() as session:
        allowing.allow(session, batch, rows, by, NOW)
    run(world, workers=knowing(world))


def faults(world: World, batch: str) -> dict[int, str]:
    with world.transaction() as session:
        return dict(outcome.first_faults(session, session.get_one(Batch, batch), 50, str))


def submit(world: World, batch: str) -> None:
    with world.transaction() as session:
        desk.submit(session, batch, AWARDER, NOW)


def journal(world: World, event: str) -> list[tuple[str | None, str]]:
    with world.transaction() as session:
        return [(row.person, row.item) for row in session.exec(select(JournalRow)) if row.event == event]


def test_it_is_offered_where_nothing_else_is_wrong(world: World) -> None:
    batch = checked(world)
    with world.transaction() as session:
        held = session.get_one(Batch, batch)
        assert [(one.row, one.texts, one.by) for one in allowing.offered(session, held, 50)] == [
            (row, (TOLD,), "") for row in (2, 3, 6)
        ]
        assert [one.row for one in allowing.offered(session, held, 2)] == [2, 3]
        assert allowing.let_stand(session, held) == []


def test_who_is_of_age_gets_the_badge_and_nobody_else(world: World) -> None:
    batch = checked(world)
    allow(world, batch, 2, 3, 4, 5, 6)
    wrong = faults(world, batch)
    assert wrong.keys() == {3, 5, 6}
    assert "18 лет" in wrong[3]
    assert "18 лет" in wrong[6]  # nobody knows yet whose it will be
    submit(world, batch)
    run(world, workers=knowing(world))
    made = awards_of(world, batch)
    assert [(award.learner_number, order_of(award).allowed) for award in made] == [(ADULT, True), (number(3), False)]
    assert TOLD.encode() in (made[0].stored or b"")
    assert journal(world, "batch.allowed") == [(METHODIST.person, batch)]
    assert journal(world, "award.allowed") == [(METHODIST.person, made[0].id)]
    with world.transaction() as session:
        stood = allowing.let_stand(session, session.get_one(Batch, batch))
    assert [(one.row, one.texts, one.by) for one in stood] == [
        (2, (), METHODIST.person),
        (3, (TOLD,), METHODIST.person),
        (6, (TOLD,), METHODIST.person),
    ]
    whole(world, batch)


def test_age_is_asked_again_before_anything_is_signed(world: World) -> None:
    batch = checked(world)
    allow(world, batch, 2)
    submit(world, batch)
    run(world, workers=batches(world))
    assert [award.learner_number for award in awards_of(world, batch)] == [number(3)]
    assert journal(world, "award.allowed") == []
    whole(world, batch)


def test_it_is_taken_back_by_unticking_the_row_and_by_other_columns(world: World) -> None:
    batch = checked(world)
    allow(world, batch, 2)
    assert 2 not in faults(world, batch)
    allow(world, batch)
    assert 2 in faults(world, batch)
    allow(world, batch, 2)
    event = seen(world, batch).event
    with world.transaction() as session:
        desk.set_columns(session, batch, ["number", "result", "narrative"], event)
        assert allowing.allowers(session, session.get_one(Batch, batch)) == {METHODIST.person}
        desk.set_columns(session, batch, ["number", "result", "evidence"], event)
        assert allowing.allowers(session, session.get_one(Batch, batch)) == frozenset()


def test_no_program_says_it_and_nobody_says_it_of_a_list_that_was_not_tried(world: World) -> None:
    batch = checked(world)
    program = Actor(kind=ActorKind.COMMAND, person="awarder", memberships=AWARDER.memberships)
    with pytest.raises(Forbidden), world.transaction() as session:
        allowing.allow(session, batch, {2}, program, NOW)
    submit(world, batch)
    with pytest.raises(BatchStep), world.transaction() as session:
        allowing.allow(session, batch, {2}, METHODIST, NOW)
    with world.transaction() as session:
        assert session.exec(select(Chunk.allowed)).all() == [[]]


def test_the_second_person_is_not_the_one_who_allowed(world: World) -> None:
    with world.transaction() as session:
        desk.settle(session, "ugu", METHODIST, NOW, second_person=True)
    batch = checked(world)
    allow(world, batch, 2)
    submit(world, batch)
    with pytest.raises(OwnAllowance), world.transaction() as session:
        desk.approve(session, batch, METHODIST, NOW)
    with world.transaction() as session:
        desk.approve(session, batch, THIRD, NOW)
    run(world, workers=knowing(world))
    assert [award.state for award in awards_of(world, batch)] == [AwardState.STORED] * 2


def test_on_the_page_rows_are_ticked_and_the_second_person_sees_who_ticked_them(world: World) -> None:
    with world.transaction() as session:
        desk.settle(session, "ugu", METHODIST, NOW, second_person=True)
    batch = checked(world)
    here, office = f"/issuer/ugu/batches/{batch}", Office(world)
    awarder, colleague = office.client(), office.client("colleague")
    assert 'name="row_2"' not in office.client("manager").get(here).text  # who only approves is not asked
    page = awarder.get(here).text
    assert [f'name="row_{row}"' in page for row in (2, 3, 4, 5, 6)] == [True, True, False, False, True]
    assert office.client("stranger").post(f"{here}/allow", data={"row_2": "yes"}).status_code != 303
    ticked = {"row_2": "yes", "row_x": "yes", "row_3": "no", f"row_{'9' * 5000}": "yes"}
    assert awarder.post(f"{here}/allow", data=ticked).status_code == 303
    run(world, workers=knowing(world))
    assert 'name="row_2" value="yes" checked' in awarder.get(here).text
    assert awarder.post(f"{here}/submit").status_code == 303
    assert "вы разрешили" not in colleague.get(here).text
    seen_by_second = colleague.get(here).text
    assert all(told in seen_by_second for told in (TOLD, "Сотрудник awarder", 'value="approve"'))
    assert colleague.post(f"{here}/approve", data={"act": "approve"}).status_code == 303
    run(world, workers=knowing(world))
    assert "Сотрудник awarder" in colleague.get(here).text
