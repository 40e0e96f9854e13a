"""Personal particulars in a badge: for a minor nobody can allow them, a learner of age may, and the journal keeps who said so."""

from collections.abc import Callable
from datetime import datetime

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, select

from issuer import allowing
from issuer.awards import order_of
from issuer.errors.asking import NotOfAge
from issuer.issue import Issuer
from issuer.lint.faults import BirthDate, LintFault, PersonalField, PersonalName, Snils
from issuer.tables import Award
from keys.actor import Actor, ActorKind
from keys.tables import JournalRow
from schemas.award import AwardOrder
from schemas.errors import Forbidden
from tests.issuer.office import Office
from tests.issuer.world import AWARDER, NAMES, NOW, NUMBER, World, order

TOLD = "Вместе с Алиной Ветровой, телефон +7 921 123-45-67."


def knows(age: bool) -> Callable[[Session, str, datetime], bool]:  # noqa: FBT001 - what is known of everybody
    return lambda _session, number, _now: age and number == NUMBER


def issuer(world: World, *, age: bool) -> Issuer:
    return world.issuer(names=lambda _session, _number: NAMES, of_age=knows(age))


def told(**changes: object) -> AwardOrder:
    return order(**{"narrative": TOLD, **changes})


def test_what_stands_against_a_badge_is_asked_of_nobody_unless_something_was_allowed() -> None:
    found = (PersonalName(), Snils())

    def never() -> bool:
        raise AssertionError("nobody was to be asked")

    assert allowing.remaining(found, order(), of_age=never) == found
    assert allowing.remaining(found, order(allowed=True), of_age=lambda: True) == (found[1],)
    minor = allowing.remaining(found, order(allowed=True), of_age=lambda: False)
    assert minor[:2] == found
    assert isinstance(minor[2], NotOfAge)


@pytest.mark.parametrize("fault", [Snils(), PersonalField(), LintFault()])
def test_what_belongs_to_nobody_is_never_allowed(fault: LintFault) -> None:
    assert allowing.remaining([fault], order(allowed=True), of_age=lambda: True) == (fault,)
    assert not allowing.is_offered([fault])
    assert allowing.is_offered([fault, BirthDate()])


@pytest.mark.parametrize(("age", "allowed"), [(False, False), (False, True), (True, False)])
def test_without_age_and_word_nothing_is_signed(world: World, age: bool, allowed: bool) -> None:  # noqa: FBT001
    with pytest.raises((PersonalName, NotOfAge)):
        issuer(world, age=age).issue(told(allowed=allowed), AWARDER, NOW)
    with world.transaction() as session:
        assert session.exec(select(Award)).all() == []


def test_a_learner_of_age_may_have_it_and_the_journal_keeps_who_said_so(world: World) -> None:
    badge = issuer(world, age=True).issue(told(allowed=True), AWARDER, NOW)
    assert TOLD in badge.decode()
    with world.transaction() as session:
        [award] = session.exec(select(Award)).all()
        assert order_of(award).allowed
        rows = [row for row in session.exec(select(JournalRow)) if row.event == "award.allowed"]
    assert [(row.person, row.item) for row in rows] == [(AWARDER.person, award.id)]


def test_it_is_asked_again_at_the_moment_of_signing(world: World) -> None:
    made = issuer(world, age=True).place(told(allowed=True), AWARDER, NOW)
    with pytest.raises((PersonalName, NotOfAge)):
        issuer(world, age=False).finish(made, NOW)


def test_no_program_allows_it(world: World) -> None:
    program = Actor(kind=ActorKind.COMMAND, person=AWARDER.person, memberships=AWARDER.memberships)
    with pytest.raises(Forbidden):
        issuer(world, age=True).issue(told(allowed=True), program, NOW)


@pytest.mark.parametrize("age", [True, False])
def test_the_form_offers_it_where_something_personal_was_found(world: World, age: bool) -> None:  # noqa: FBT001
    office = Office(world)
    app = office.app()
    app.state.issuer = issuer(world, age=age)
    client = TestClient(app, headers={"x-account": "awarder"}, follow_redirects=False)
    form = {"achievement": "m08", "number": NUMBER, "event": "№ 7", "result": "87", "level_0": "2", "level_1": "3"}
    clean = client.post("/issuer/ugu/award", data={**form, "narrative": "", "number": "0"})
    assert clean.status_code == 422
    assert 'name="allowed"' not in clean.text
    found = client.post("/issuer/ugu/award", data={**form, "narrative": TOLD})
    assert 'name="allowed"' in found.text
    answer = client.post("/issuer/ugu/award", data={**form, "narrative": TOLD, "allowed": "yes"})
    assert answer.status_code == (200 if age else 422)
    assert ('name="allowed" value="yes"' in answer.text) is True
