"""A school's working and free days: its year as it stands, and the form to declare days of its own or to take them back."""

from collections.abc import Mapping
from datetime import date, timedelta
from http import HTTPStatus
from typing import Annotated, Any, cast

from babel.dates import format_date
from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from schemas.errors import N_, BadInput
from verifier.credit import school_days, year
from verifier.credit.calendar import WorkingDays
from verifier.credit.cases import Cases
from verifier.credit.deps import Deciding, Typed
from verifier.credit.errors import YearUnknown
from verifier.credit.filled import Filled, Value
from verifier.credit.policy import policy_of, working_days
from verifier.credit.school_days import Span
from verifier.credit.year import DayKind

router = APIRouter(include_in_schema=False)
Year = Annotated[int | None, Query(alias="year", ge=2000, le=2100)]
Moved = Annotated[int, Query(ge=0, le=100_000)]
WHOLE = "page"  # under this name stands what belongs to no field
OFF, WORKING = "off", "working"
LABELS = {
    "first": N_("Первый день"),
    "last": N_("Последний день"),
    "what": N_("Каким будет день"),
    "reason": N_("Почему"),
}
CHOICES = {OFF: N_("Выходной"), WORKING: N_("Рабочий")}
MONDAY = date(2024, 1, 1)
LOOKS: Mapping[DayKind, str] = {
    DayKind.WORKING: "",
    DayKind.WEEKEND: "day-off",
    DayKind.HOLIDAY: "day-off day-holiday",
    DayKind.MOVED_OFF: "day-off day-moved",
    DayKind.MOVED_WORKING: "day-moved",
    DayKind.OWN_OFF: "day-off day-own",
    DayKind.OWN_WORKING: "day-own",
}
"""How a day is drawn: filled where nobody works, with a dashed edge where the state moved it, a firm one where the school did."""


@router.get("/credit/calendar/{school}", openapi_extra={"x-action": "credit.office"}, name="credit_calendar")
def calendar_page(visit: Visiting, cases: Deciding, school: str, asked: Year = None, moved: Moved = 0) -> Response:
    """One year of the school: its own days, month by month, and what the state made of it."""
    _require(visit, school)
    return _page(visit, cases, school, asked or _today(visit, cases).year, {}, {}, moved=moved)


@router.post("/credit/calendar/{school}", openapi_extra={"x-action": "credit.office"}, name="credit_declare_days")
def declare(visit: Visiting, cases: Deciding, school: str, typed: Typed) -> Response:
    """Declare a day or several free or working; running terms that would end on a day off are moved."""
    _require(visit, school)
    today = _today(visit, cases)
    try:
        span = _span(Filled(typed, _labels(visit)))
        school_days.require_possible(span, _days(visit, cases, school), today)
        with visit.session.begin_nested():
            school_days.declare(visit.session, school, span)
            moved = _postpone(visit, cases, school, span.first, span.last)
    except (BadInput, YearUnknown) as error:
        return _page(visit, cases, school, today.year, typed, _told(visit, error))
    return _done(visit, school, span.first, span.last, moved)


@router.post(
    "/credit/calendar/{school}/take-back", openapi_extra={"x-action": "credit.office"}, name="credit_take_back_days"
)
def take_back(visit: Visiting, cases: Deciding, school: str, typed: Typed) -> Response:
    """Let the state's calendar hold again for days that are not over."""
    _require(visit, school)
    today = _today(visit, cases)
    try:
        form = Filled(typed, _labels(visit))
        first, last = max(_day(form, "first"), today), _day(form, "last")
        with visit.session.begin_nested():
            school_days.take_back(visit.session, school, first, last)
            moved = _postpone(visit, cases, school, first, last)
    except (BadInput, YearUnknown) as error:
        return _page(visit, cases, school, today.year, {}, {WHOLE: error.told(visit.translate)})
    return _done(visit, school, first, last, moved)


def _require(visit: Visit, school: str) -> None:
    visit.require("credit.desk")
    visit.require("credit.office", Thing(organisation=school))


def _today(visit: Visit, cases: Cases) -> date:
    return visit.now.astimezone(cases.services.zone).date()


def _days(visit: Visit, cases: Cases, school: str) -> WorkingDays:
    policy = policy_of(visit.session, school, _today(visit, cases))
    return working_days(visit.session, school, policy, cases.services.zone)


def _labels(visit: Visit) -> dict[str, str]:
    return {name: visit.translate(label) for name, label in LABELS.items()}


def _span(form: Filled) -> Span:
    first = _day(form, "first")
    return Span(
        first=first,
        last=form.day("last") or first,
        working=form.one("what", CHOICES) == WORKING,
        reason=form.needed("reason"),
    )


def _day(form: Filled, name: str) -> date:
    form.needed(name)
    return cast("date", form.day(name))


def _postpone(visit: Visit, cases: Cases, school: str, first: date, last: date) -> int:
    found = school_days.ending_in(visit.session, school, first, last)
    works = [cases.look(visit.session, visit.actor, case.id, visit.now) for case in found]
    moved = school_days.postpone(works)
    for case in moved:
        visit.record("credit.term-moved", organisation=school, learner=case.learner, item=case.id)
    return len(moved)


def _done(visit: Visit, school: str, first: date, last: date, moved: int) -> Response:
    visit.record("credit.days", organisation=school, item=f"{first}/{last}")
    where = f"/credit/calendar/{school}?year={first.year}&moved={moved}"
    return RedirectResponse(where, status_code=HTTPStatus.SEE_OTHER)


def _page(
    visit: Visit,
    cases: Cases,
    school: str,
    shown: int,
    typed: Mapping[str, Value],
    errors: Mapping[str, str],
    *,
    moved: int = 0,
) -> Response:
    return visit.page(
        "credit/calendar.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        school=organisations.find(visit.session, school),
        base=f"/credit/calendar/{school}",
        year=shown,
        today=_today(visit, cases),
        own=school_days.spans_of(visit.session, school, shown),
        typed=typed,
        errors=errors,
        moved=moved,
        labels=_labels(visit),
        choices=[(key, visit.translate(text)) for key, text in CHOICES.items()],
        **_drawn(visit, _days(visit, cases, school), shown),
    )


def _drawn(visit: Visit, days: WorkingDays, shown: int) -> dict[str, Any]:
    """The year as the page draws it; `unknown` says why there is none."""
    try:
        months, state = year.months_of(days, shown), year.state_days(days, shown)
    except YearUnknown as error:
        return {"unknown": error.told(visit.translate)}
    return {
        "unknown": "",
        "months": [(format_date(month.first, "LLLL", locale=visit.language).capitalize(), month) for month in months],
        "weekdays": [(_weekday(visit, n, "EEEEEE"), _weekday(visit, n, "EEEE")) for n in range(7)],
        "state": state,
        "kinds": year.KINDS,
        "looks": LOOKS,
    }


def _weekday(visit: Visit, number: int, form: str) -> str:
    return format_date(MONDAY + timedelta(days=number), form, locale=visit.language)


def _told(visit: Visit, error: BadInput | YearUnknown) -> dict[str, str]:
    return {error.pointer.removeprefix("/") or WHOLE: error.told(visit.translate)}
