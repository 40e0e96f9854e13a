"""A learner's plan: what is studied, credited, recorded under a contract or, by the family's choice, left without credit."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from keys import organisations
from keys.actor import Thing
from keys.deps import Learner, Visit, Visiting
from schemas.errors import N_, BadInput, Conflict
from verifier.credit import desk, plans
from verifier.credit.admission import note_reading
from verifier.credit.cases import Cases
from verifier.credit.deps import Deciding, Typed
from verifier.credit.errors import NoComponent
from verifier.credit.filled import Filled, Value
from verifier.credit.network import parallel, recording
from verifier.credit.tables import Wish
from verifier.credit.wording import ITEMS, MARKS, WISHES

router = APIRouter(include_in_schema=False)
LABELS = {
    "item": N_("Часть учебного плана"),
    "wish": N_("Чего вы хотите"),
    "presentation": N_("Файл из кошелька"),
    "note": N_("Что сказать семье"),
}
PREPARED = (
    "Тьютор или классный руководитель подготовил заявление о зачёте. Посмотрите, дополните и решите, подавать ли его."
)
Opens = Callable[[Visit, Cases, str, Filled], str]
JOURNAL = {"choose": "credit.parallel", "end": "credit.parallel-ended"}


@router.get("/credit/plans/{learner}", openapi_extra={"x-action": "credit.plan"}, name="credit_plan")
def plan_page(visit: Visiting, learner: str) -> Response:
    """What is studied, what was credited and by which case or contract."""
    return _page(visit, admit_plan(visit, learner), "")


@router.post("/credit/plans/{learner}/parallel", openapi_extra={"x-action": "credit.parallel"}, name="credit_parallel")
def choose(
    visit: Visiting,
    learner: str,
    item: Annotated[str, Form(max_length=32)] = "",
    act: Annotated[Literal["choose", "end"], Form()] = "choose",
) -> Response:
    """Track P: the family says that it wants no credit for a line of the plan, or takes that back."""
    visit.require("credit.desk")
    owner = visit.people.learner(learner)
    visit.require("credit.parallel", _thing(owner))
    done = {"choose": parallel.choose, "end": parallel.end}[act]
    try:
        done(visit.session, learner=owner.id, item=item, by=visit.actor.person or "", now=visit.now)
    except Conflict as error:
        return _page(visit, owner, error.told(visit.translate))
    visit.record(JOURNAL[act], organisation=owner.school, learner=owner.id, item=item)
    return RedirectResponse(f"/credit/plans/{owner.id}", status_code=HTTPStatus.SEE_OTHER)


@router.post(
    "/credit/plans/{learner}/applications", openapi_extra={"x-action": "credit.apply"}, name="credit_apply_by_file"
)
def apply(visit: Visiting, cases: Deciding, learner: str, typed: Typed) -> Response:
    """An application from a wallet elsewhere: a line of the plan, the wish, and the file that the wallet signed for just this."""
    return _opened(visit, cases, learner, typed, "credit.apply", hand_in)


@router.post("/credit/plans/{learner}/drafts", openapi_extra={"x-action": "credit.prepare"}, name="credit_prepare")
def prepare(visit: Visiting, cases: Deciding, learner: str, typed: Typed) -> Response:
    """A tutor or class teacher begins an application; the family completes it, or not, and hands it in (DOMAIN §2.2)."""
    return _opened(visit, cases, learner, typed, "credit.prepare", begin)


def _opened(
    visit: Visit, cases: Cases, learner: str, typed: Mapping[str, Value], action: str, opens: Opens
) -> Response:
    """On to the case that was opened by a form; or back to the plan with what was wrong, and nothing is kept."""
    visit.require("credit.desk")
    owner = visit.people.learner(learner)
    visit.require(action, _thing(owner))
    try:
        with visit.session.begin_nested():
            case = opens(visit, cases, owner.id, Filled(typed, LABELS))
    except (BadInput, Conflict) as error:
        return _page(visit, owner, error.told(visit.translate))
    return RedirectResponse(f"/credit/cases/{case}", status_code=HTTPStatus.SEE_OTHER)


def begin(visit: Visit, cases: Cases, learner: str, form: Filled) -> str:
    """Draft for the family, without a wish, and tell them; the id of the case."""
    item = _own_item(visit, learner, form)
    note = form.needed("note")
    case = cases.draft(visit.session, visit.actor, item=item, note=note, now=visit.now)
    for person in cases.look(visit.session, visit.actor, case.id, visit.now).family:
        cases.services.notify(
            visit.session,
            person=person,
            organisation=case.school,
            learner=case.learner,
            text=PREPARED,
            href=f"/wallet/{case.learner}/apply?case={case.id}",
            handed=False,
            now=visit.now,
        )
    visit.record("credit.draft", organisation=case.school, learner=case.learner, item=case.id)
    return case.id


def _own_item(visit: Visit, learner: str, form: Filled) -> str:
    """The line of this very learner's plan that a form names."""
    item = plans.find_item(visit.session, form.needed("item"))
    if item.learner != learner:
        raise NoComponent
    return item.id


def hand_in(visit: Visit, cases: Cases, learner: str, form: Filled) -> str:
    """Draft and submit; the id of the case."""
    case = cases.draft(
        visit.session,
        visit.actor,
        item=_own_item(visit, learner, form),
        wish=Wish(form.one("wish", set(Wish))),
        assessment_agreed=form.yes("assessment"),
        now=visit.now,
    )
    file = form.file("presentation")
    cases.submit(visit.session, visit.actor, case.id, version=case.version, presentation=file, now=visit.now)
    visit.record("credit.submit", organisation=case.school, learner=case.learner, item=case.id)
    return case.id


def admit_plan(visit: Visit, learner: str) -> Learner:
    """Whose plan it is, if the visitor may read it; the reading is noted."""
    visit.require("credit.desk")
    owner = visit.people.learner(learner)
    visit.require("credit.plan", _thing(owner))
    note_reading(visit, owner.school, owner.id, owner.id)
    return owner


def _page(visit: Visit, owner: Learner, told: str) -> Response:
    return visit.page(
        "credit/plan.html",
        status=HTTPStatus.CONFLICT if told else HTTPStatus.OK,
        told=told,
        learner=owner,
        school=organisations.find(visit.session, owner.school).name if owner.school else "",
        states=ITEMS,
        marks=MARKS,
        may_apply=visit.can("wallet.apply", Thing(learner=owner.id)),
        may_prepare=visit.can("credit.prepare", _thing(owner)),
        under_way=desk.items_under_way(visit.session, owner.id),
        may_hand_in=visit.can("credit.apply", _thing(owner)),
        receiver=organisations.did_of(organisations.find(visit.session, owner.school)) if owner.school else "",
        wishes=[(str(wish), visit.translate(text)) for wish, text in WISHES.items()],
        may_choose=visit.can("credit.parallel", _thing(owner)),
        acting_for=owner.name if owner.id in visit.actor.wards else "",
        **_lines(visit, owner),
    )


def _lines(visit: Visit, owner: Learner) -> dict[str, Any]:
    return {
        "lines": plans.plan_of(visit.session, owner.id),
        "recorded": recording.standing_of(visit.session, owner.id),
        "parallel": parallel.standing_of(visit.session, owner.id),
    }


def _thing(owner: Learner) -> Thing:
    return Thing(organisation=owner.school, learner=owner.id)
