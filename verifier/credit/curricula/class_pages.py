"""The page on which a school says for which classes its components are, where they came without one."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from keys.deps import Visit, Visiting
from schemas.errors import BadInput
from verifier.credit.cases import Cases
from verifier.credit.curricula import classing
from verifier.credit.curricula.admitting import CHANGE, frame, require, status_of, texts, today, told
from verifier.credit.curricula.classing import Unclassed
from verifier.credit.days import school_year
from verifier.credit.deps import Deciding, Typed

router = APIRouter(include_in_schema=False)
CLASSES = "/credit/curricula/{school}/classes"
_CHANGE = {"x-action": CHANGE}


@router.get(CLASSES, openapi_extra=_CHANGE, name="unclassed")
def unclassed(visit: Visiting, cases: Deciding, school: str) -> Response:
    """The components without a class, each with the classes whose learners have it."""
    require(visit, CHANGE, school)
    return _page(visit, school, _rows(visit, cases, school), {}, None)


@router.post(CLASSES, openapi_extra=_CHANGE, name="say_classes")
def say(visit: Visiting, cases: Deciding, school: str, typed: Typed) -> Response:
    """Write down the classes that were filled in; what was left empty stays for another time."""
    require(visit, CHANGE, school)
    rows, form = _rows(visit, cases, school), texts(typed)
    try:
        changed = classing.say(visit.session, rows, form)
    except BadInput as error:
        return _page(visit, school, rows, form, error)
    for one in changed:
        visit.record("credit.curriculum", organisation=school, item=one.id)
    left = len(changed) < len(rows)
    to = f"/credit/curricula/{school}"
    return RedirectResponse(f"{to}/classes" if left else to, status_code=HTTPStatus.SEE_OTHER)


def _rows(visit: Visit, cases: Cases, school: str) -> list[Unclassed]:
    year = school_year(today(visit, cases))
    return classing.unclassed(visit.session, school, visit.people.roster(school), year)


def _page(
    visit: Visit, school: str, rows: list[Unclassed], form: Mapping[str, str], error: BadInput | None
) -> Response:
    return visit.page(
        "credit/unclassed.html",
        status=status_of(error),
        **frame(visit, school),
        rows=[(one, form.get(one.field, "") if form else classing.proposed(one.classes)) for one in rows],
        **told(visit, error),
        labels={one.field: one.component.title for one in rows},
    )
