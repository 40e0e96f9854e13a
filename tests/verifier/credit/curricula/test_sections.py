"""Sections by hand: entered, changed, taken out, with the outcomes that belong to them; nothing that was decided moves."""

import re
from collections.abc import Mapping

import pytest
from sqlalchemy import Engine

from schemas.errors import BadInput
from tests.verifier.credit.office import Office, fields_of
from tests.verifier.credit.world import ALINA, World
from verifier.credit import plans
from verifier.credit.curricula import shelves
from verifier.credit.curricula.errors import ComponentUnknown
from verifier.credit.curricula.sections import Section, section_of, with_section
from verifier.credit.events import Event
from verifier.credit.matching import Part, Plan, Planned

PLAN = Plan(
    hours=68,
    outcomes=(
        Planned(code="ИНФ.1", name="Программы", level=3, part="1.1"),
        Planned(code="ИНФ.2", name="Алгоритмы", level=3, part="1.1"),
        Planned(code="ИНФ.3", name="Базы данных", level=2),
    ),
    parts=(Part("1.1", "Программирование", 48),),
)
DATABASES = Section(Part("1.2", "Базы данных", 20), frozenset({"ИНФ.3"}))


def belonging(plan: Plan) -> dict[str, str | None]:
    return {one.code: one.part for one in plan.outcomes}


def test_a_new_section_takes_the_outcomes_that_were_ticked() -> None:
    plan = with_section(PLAN, DATABASES, "")
    assert [part.code for part in plan.parts] == ["1.1", "1.2"]
    assert belonging(plan) == {"ИНФ.1": "1.1", "ИНФ.2": "1.1", "ИНФ.3": "1.2"}


def test_a_changed_section_keeps_its_place_and_lets_go_of_what_is_not_ticked() -> None:
    changed = Section(Part("2", "Программы", 40), frozenset({"ИНФ.1", "ИНФ.3"}))
    plan = with_section(with_section(PLAN, DATABASES, ""), changed, "1.1")
    assert [part.code for part in plan.parts] == ["2", "1.2"]
    assert belonging(plan) == {"ИНФ.1": "2", "ИНФ.2": None, "ИНФ.3": "2"}


@pytest.mark.parametrize(
    ("section", "was", "pointer"),
    [
        (Section(Part("1.1", "Другой", 1), frozenset()), "", "/section"),
        (Section(Part("1.2", "Длинный", 21), frozenset()), "", "/section_hours"),
        (Section(Part("1.2", "Чужой", 1), frozenset({"ХИМ.1"})), "", "/outcomes"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(section: Section, was: str, pointer: str) -> None:
    with pytest.raises(BadInput) as refused:
        with_section(PLAN, section, was)
    assert refused.value.pointer == pointer


def test_a_section_that_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(ComponentUnknown):
        with_section(PLAN, DATABASES, "9")


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"section_hours": "3"}, "/section"),
        ({"section": "1"}, "/section_hours"),
        ({"section": "=1+1", "section_hours": "3"}, "/section"),
    ],
)
def test_a_form_says_number_and_hours(said: Mapping[str, str], pointer: str) -> None:
    with pytest.raises(BadInput) as refused:
        section_of(said, ())
    assert refused.value.pointer == pointer


def test_a_section_without_a_title_is_called_by_its_number() -> None:
    assert section_of({"section": "1.2", "section_hours": "20"}, ["ИНФ.3"]).part == Part("1.2", "1.2", 20)


# --- over HTTP --------------------------------------------------------------------------------------------------

FORM = {"section": "1", "section_title": "От замысла к плану", "section_hours": "14", "outcomes": ["ИП.1", "ИП.2"]}


@pytest.fixture
def engine(sqlite: Engine) -> Engine:
    """One database is enough for pages."""
    return sqlite


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def component(office: Office) -> str:
    """The page of the component of the individual project, which has no sections."""
    with office.world.session() as session:
        [found] = shelves.components_of(session, "s1")
    return f"/credit/curricula/s1/components/{found.id}"


def line(office: Office) -> plans.PlanLine:
    with office.world.session() as session:
        [found] = plans.plan_of(session, ALINA)
        return found


def test_a_section_is_entered_changed_and_taken_out(office: Office) -> None:
    page = component(office)
    assert "только целиком" in office.get("deputy", page).text
    assert office.post("deputy", f"{page}/sections", FORM).headers["location"] == page
    assert line(office).plan.parts == (Part("1", "От замысла к плану", 14),)
    form = fields_of(office.get("deputy", f"{page}/sections", section="1").text, f"{page}/sections")
    assert (form["was"], form["section_hours"], form["outcomes"]) == (["1"], ["14"], ["ИП.1", "ИП.2"])
    office.post("deputy", f"{page}/sections", {**form, "section": "А", "outcomes": ["ИП.2"]})
    assert belonging(line(office).plan)["ИП.1"] is None
    assert belonging(line(office).plan)["ИП.2"] == "А"
    office.post("deputy", f"{page}/sections", {"was": "А", "act": "remove"})
    assert (line(office).plan.parts, set(belonging(line(office).plan).values())) == ((), {None})
    assert office.journal.count(("credit.curriculum", "deputy", page.rpartition("/")[2])) == 3


def test_what_is_wrong_is_told_and_what_was_typed_is_kept(office: Office) -> None:
    answer = office.post("deputy", f"{component(office)}/sections", {**FORM, "section_hours": "35"})
    assert (answer.status_code, "больше часов, чем во всей части" in answer.text) == (422, True)
    assert 'value="От замысла к плану"' in answer.text
    assert len(re.findall(r'name="outcomes" value="[^"]+" checked', answer.text)) == 2


def test_a_case_that_was_handed_in_knows_nothing_of_it(office: Office) -> None:
    case = office.world.drafted(office.world.badge())
    office.world.act("guardian", case, Event.SUBMIT)
    office.post("deputy", f"{component(office)}/sections", FORM)
    assert line(office).plan.parts == ()


def test_a_section_of_nobody_and_of_a_retired_component(office: Office) -> None:
    page = component(office)
    assert office.get("deputy", f"{page}/sections", section="9").status_code == 404
    assert office.post("deputy", f"{page}/sections", {"was": "9", "act": "remove"}).status_code == 404
    office.post("deputy", f"{page}/retire", {})
    assert office.get("deputy", f"{page}/sections").status_code == 409
    answer = office.post("deputy", f"{page}/sections", FORM)
    assert (answer.status_code, "убрана из учебного плана" in answer.text) == (409, True)
    assert "Добавить раздел" not in office.get("deputy", page).text


def test_only_the_deputy_changes_sections(office: Office) -> None:
    page = component(office)
    assert office.post("teacher", f"{page}/sections", FORM).status_code == 403
    assert office.get("teacher", f"{page}/sections").status_code == 403
    assert office.get("foreign:deputy", f"{page}/sections").status_code == 404
    assert "Добавить раздел" not in office.get("teacher", page).text
