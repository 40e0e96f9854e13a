"""Pages of a school's policy: what holds, what came before and comes after, and a new edition with what it changes."""

from collections.abc import Mapping, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from keys.printing import Printing, Prints
from schemas.errors import BadInput, Conflict, NotFound, ZachetkaError
from verifier.credit.cases import Cases
from verifier.credit.deps import Deciding, Typed
from verifier.credit.filled import Value
from verifier.credit.paper_pages import printed_answer
from verifier.credit.policies import editions, form, paper
from verifier.credit.policies.editions import Edition, Standing
from verifier.credit.policies.errors import NothingNew, PolicyMoved
from verifier.credit.policies.form import Unclear, Wanted
from verifier.credit.policies.settings import SETTINGS, Change, Setting, changes
from verifier.credit.policy import entered_years

router = APIRouter(include_in_schema=False)
READ, ADOPT = "credit.office", "credit.policy"
WHOLE = "page"  # under this name stands what belongs to no field
EDIT, DONE = "edit", "adopt"


@router.get("/credit/policy/{school}", openapi_extra={"x-action": READ}, name="credit_policy")
def policy_page(visit: Visiting, cases: Deciding, school: str) -> Response:
    """The policy in force, the editions that come and those before them, each with what it changed."""
    _require(visit, READ, school)
    today = _today(visit, cases)
    found = editions.editions_of(visit.session, school)
    return visit.page(
        "credit/policy.html",
        **_frame(visit, school),
        now=editions.holding(found, today),
        editions=[_told_edition(visit, found, one, today) for one in found],
        may_adopt=visit.can(ADOPT, Thing(organisation=school)),
    )


@router.get("/credit/policy/{school}/new", openapi_extra={"x-action": ADOPT}, name="credit_policy_form")
def form_page(visit: Visiting, cases: Deciding, school: str) -> Response:
    """The form of a new edition, filled in with what the last one says."""
    _require(visit, ADOPT, school)
    last = next(iter(editions.editions_of(visit.session, school)), Edition())
    typed = form.proposed(last, entered_years(visit.session, school), _today(visit, cases))
    return _form(visit, school, {**typed, "seen": str(last.version)}, {})


@router.post("/credit/policy/{school}/new", openapi_extra={"x-action": ADOPT}, name="credit_adopt_policy")
def adopt(visit: Visiting, cases: Deciding, school: str, typed: Typed) -> Response:
    """Show what an edition would change; adopt it once that has been seen; or go back to the form with all that was typed."""
    _require(visit, ADOPT, school)
    if typed.get("act") == EDIT:
        return _form(visit, school, typed, {})
    today = _today(visit, cases)
    try:
        wanted = form.read(typed, entered_years(visit.session, school), today)
    except Unclear as unclear:
        return _unclear(visit, school, typed, unclear)
    found = editions.editions_of(visit.session, school)
    try:
        _require_new(found, wanted)
        if typed.get("act") != DONE:
            return _changes(visit, school, found, wanted, typed, None)
        _adopt(visit, school, found, wanted, typed)
    except BadInput as error:
        return _form(visit, school, typed, {WHOLE: error.told(visit.translate)})
    except Conflict as error:
        fresh = editions.editions_of(visit.session, school)
        return _changes(visit, school, fresh, wanted, typed, error)
    return RedirectResponse(f"/credit/policy/{school}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/credit/policy/{school}/editions/{version}/pdf", openapi_extra={"x-action": READ}, name="credit_act")
def act_pdf(
    visit: Visiting, cases: Deciding, print_pdf: Printing, school: str, version: int, *, spell: bool = False
) -> Response:
    """The local act of an edition as PDF/A; that of edition 0, which the network proposes, is a draft."""
    _require(visit, READ, school)
    found = editions.editions_of(visit.session, school)
    edition = next((one for one in (*found, Edition()) if one.version == version), None)
    if edition is None:
        raise NotFound
    return _printed(visit, cases, print_pdf, school, edition, spell=spell)


@router.post("/credit/policy/{school}/new/pdf", openapi_extra={"x-action": ADOPT}, name="credit_draft_act")
def draft_act(visit: Visiting, cases: Deciding, print_pdf: Printing, school: str, typed: Typed) -> Response:
    """What is filled in, not adopted, as the draft of the act; or the form with what is wrong. The act need not be named yet."""
    _require(visit, ADOPT, school)
    try:
        wanted = form.read(typed, entered_years(visit.session, school), _today(visit, cases), signed=False)
    except Unclear as unclear:
        return _unclear(visit, school, typed, unclear)
    edition = Edition(policy=wanted.policy, valid_from=wanted.valid_from, act=wanted.act)
    return _printed(visit, cases, print_pdf, school, edition, spell=True)


def _printed(visit: Visit, cases: Cases, print_pdf: Prints, school: str, edition: Edition, *, spell: bool) -> Response:
    said = edition.at or visit.now  # the words of the school are those it adopted the edition with
    sheet = paper.sheet(visit.session, school, edition, on=said.astimezone(cases.services.zone).date())
    name, back = f"regulation-{edition.version or 'draft'}", f"/credit/policy/{school}"
    return printed_answer(
        visit, print_pdf, sheet, document=None, name=name, back=back, spell=spell, template=paper.TEMPLATE
    )


def _unclear(visit: Visit, school: str, typed: Mapping[str, Value], unclear: Unclear) -> Response:
    return _form(visit, school, typed, {name: one.told(visit.translate) for name, one in unclear.faults.items()})


def _require(visit: Visit, action: str, school: str) -> None:
    visit.require("credit.desk")
    visit.require(action, Thing(organisation=school))


def _today(visit: Visit, cases: Cases) -> date:
    return visit.now.astimezone(cases.services.zone).date()


def _require_new(found: Sequence[Edition], wanted: Wanted) -> None:
    last = next(iter(found), Edition())
    if (last.policy, last.act) == (wanted.policy, wanted.act) and last.valid_from == wanted.valid_from:
        raise NothingNew


def _adopt(visit: Visit, school: str, found: Sequence[Edition], wanted: Wanted, typed: Mapping[str, Value]) -> None:
    if typed.get("seen") != str(_last(found)):
        raise PolicyMoved
    by = visit.actor.person or ""
    one = editions.adopt(visit.session, school, wanted.policy, wanted.valid_from, act=wanted.act, by=by, now=visit.now)
    visit.record("credit.policy", organisation=school, item=f"{school}/{one.version}")


def _last(found: Sequence[Edition]) -> int:
    return found[0].version if found else 0


def _frame(visit: Visit, school: str) -> dict[str, Any]:
    return {
        "school": organisations.find(visit.session, school),
        "base": f"/credit/policy/{school}",
        "groups": [(visit.translate(heading), group) for heading, group in SETTINGS.items()],
    }


def _told_edition(
    visit: Visit, found: Sequence[Edition], one: Edition, today: date
) -> tuple[Edition, Standing, str, list[Change]]:
    """An edition, where it stands, who entered it, and what it changed."""
    who = visit.people.person(one.person).name if one.person else ""
    return one, editions.standing(found, one, today), who, changes(_before(found, one).policy, one.policy)


def _before(found: Sequence[Edition], one: Edition) -> Edition:
    """What would hold on the first day of `one` without it."""
    earlier = [other for other in found if other.version < one.version]
    return editions.holding(earlier, one.valid_from) if one.valid_from else Edition()


def _form(visit: Visit, school: str, typed: Mapping[str, Value], errors: Mapping[str, str]) -> Response:
    return visit.page(
        "credit/policy_form.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        **_frame(visit, school),
        typed=typed,
        errors=errors,
        labels={name: visit.translate(label) for name, label in _labels(typed).items()},
        asked=_asked(visit, typed, errors),
        scales=range(form.rows_of(typed)),
        parts_of_scale=[(part, visit.translate(label)) for part, label in form.SCALE.items()],
    )


def _asked(
    visit: Visit, typed: Mapping[str, Value], errors: Mapping[str, str]
) -> list[tuple[str, Sequence[Setting], list[Change], bool]]:
    """Every group of settings: what it says otherwise than the network, and whether something in it is wrong."""
    own = form.differing(typed)
    return [
        (
            visit.translate(heading),
            group,
            [change for change in own if change.setting in group],
            any(form.field_of(one, name) for one in group for name in errors),
        )
        for heading, group in SETTINGS.items()
    ]


def _labels(typed: Mapping[str, Value]) -> dict[str, str]:
    """What the fields are called where faults are listed."""
    scales = {
        f"scale-{number}-{part}": label for number in range(form.rows_of(typed)) for part, label in form.SCALE.items()
    }
    return {**form.LABELS, **scales}


def _typed(typed: Mapping[str, Value]) -> dict[str, Value]:
    """The fields of the form alone, to be sent along once more."""
    return {name: text for name, text in typed.items() if name in form.LABELS or name.startswith("scale-")}


def _changes(
    visit: Visit,
    school: str,
    found: Sequence[Edition],
    wanted: Wanted,
    typed: Mapping[str, Value],
    error: ZachetkaError | None,
) -> Response:
    before = editions.holding(found, wanted.valid_from)
    return visit.page(
        "credit/policy_changes.html",
        status=HTTPStatus.CONFLICT if error else HTTPStatus.OK,
        **_frame(visit, school),
        wanted=wanted,
        before=before,
        changes=changes(before.policy, wanted.policy),
        never=[one for one in found if one.valid_from and one.valid_from >= wanted.valid_from],
        kept={**_typed(typed), "seen": str(_last(found))},
        told=error.told(visit.translate) if error else "",
    )
