"""The page on which a class, or some of its learners, are given their individual plans (ИУП) from the curriculum."""

from collections.abc import Collection
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from keys.deps import Learner, Visit, Visiting
from schemas.errors import N_, BadInput, Conflict
from verifier.credit.admission import note_reading
from verifier.credit.cases import Cases
from verifier.credit.curricula import giving
from verifier.credit.curricula.admitting import GIVE, NEXT, begins, frame, require, status_of, today, told
from verifier.credit.curricula.errors import LearnersMissing
from verifier.credit.days import next_first_day, school_year
from verifier.credit.deps import Deciding, Typed
from verifier.credit.filled import Filled
from verifier.credit.wording import ITEMS

router = APIRouter(include_in_schema=False)
BASE = "/credit/curricula/{school}/plans"
LABELS = {"learners": N_("Кому"), "components": N_("Что"), "grade": N_("Класс"), "when": N_("Учебный год")}
Grade = Annotated[str, Query(max_length=32)]
_GIVE = {"x-action": GIVE}


@router.get(BASE, openapi_extra=_GIVE, name="class_plans")
def plans_of_class(visit: Visiting, cases: Deciding, school: str, grade: Grade = "", when: Grade = "") -> Response:
    """The classes of a school; of one of them who has which component, and the form to give more."""
    require(visit, GIVE, school)
    return _page(visit, cases, school, grade, when, (), None)


@router.post(BASE, openapi_extra=_GIVE, name="give_plans")
def give(visit: Visiting, cases: Deciding, school: str, typed: Typed) -> Response:
    """Put the chosen components into the plans of the chosen learners of a class."""
    require(visit, GIVE, school)
    form = Filled(typed, LABELS)
    grade, when, chosen = form.text("grade"), form.text("when"), form.many("learners")
    here = {one.id for one in visit.people.roster(school)}
    try:
        if not here.issuperset(chosen):
            raise LearnersMissing(pointer="/learners")
        year = school_year(begins(visit, cases, when))
        giving.give(
            visit.session, school, learners=chosen, components=form.many("components"), year=year, now=visit.now
        )
    except (BadInput, Conflict) as error:
        return _page(visit, cases, school, grade, when, chosen, error)
    for learner in chosen:
        visit.record("credit.plan-given", organisation=school, learner=learner, item=year)
    to = urlencode({"grade": grade, "when": when})
    return RedirectResponse(f"/credit/curricula/{school}/plans?{to}", status_code=HTTPStatus.SEE_OTHER)


def _page(
    visit: Visit,
    cases: Cases,
    school: str,
    grade: str,
    when: str,
    chosen: Collection[str],
    error: BadInput | Conflict | None,
) -> Response:
    roster = visit.people.roster(school)
    learners = [one for one in roster if one.grade == grade] if grade else []
    day = today(visit, cases)
    years = [("now", school_year(day)), (NEXT, school_year(next_first_day(day)))]
    year = school_year(begins(visit, cases, when))
    for one in learners:
        note_reading(visit, school, one.id, "plans")
    return visit.page(
        "credit/class_plans.html",
        status=status_of(error),
        **frame(visit, school),
        classes=giving.classes_of(roster),
        grade=grade,
        when=when or "now",
        years=years,
        year=year,
        learners=[(one.id, one.name) for one in learners],
        chosen=chosen or [one.id for one in learners],
        components=[(one.id, one.title) for one in giving.offered(visit.session, school, grade)] if grade else [],
        lines=_lines(visit, learners, year),
        **told(visit, error),
        labels={field: visit.translate(label) for field, label in LABELS.items()},
    )


def _lines(visit: Visit, learners: list[Learner], year: str) -> list[tuple[Learner, list[tuple[str, str, str]]]]:
    """Each learner with the components of their plan, each with its state in words."""
    found = giving.standing(visit.session, [one.id for one in learners], year)
    return [
        (one, [(each.title, each.state, visit.translate(ITEMS[each.state])) for each in found.get(one.id, [])])
        for one in learners
    ]
