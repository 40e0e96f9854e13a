"""Pages of the contracts on the network form: the register, one contract, and the results recorded under it."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Literal

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from schemas.errors import BadInput, Conflict
from verifier.credit import plans
from verifier.credit.admission import note_reading
from verifier.credit.cases import Cases
from verifier.credit.deps import Deciding, Typed
from verifier.credit.filled import Value
from verifier.credit.network import contracts, forms, recording
from verifier.credit.network.recording import Recording
from verifier.credit.network.shown import contract_row, result_row
from verifier.credit.network.tables import ContractState, NetworkContract
from verifier.credit.wording import MARKS

router = APIRouter(include_in_schema=False)
Step = Literal["party", "programme", "conclude", "end"]
WHOLE = "page"  # under this name stands what belongs to no field
RECORDED = (
    "Результат записан в учебный план по договору № {number}."  # notices are Russian, as all that a school writes
)


@router.get("/credit/contracts/{school}", openapi_extra={"x-action": "credit.contracts"}, name="credit_contracts")
def register_page(visit: Visiting, cases: Deciding, school: str) -> Response:
    """Every contract of a school, and the form of a new one."""
    _require(visit, "credit.contracts", school)
    return _register(visit, cases, school, {}, {})


@router.post("/credit/contracts/{school}", openapi_extra={"x-action": "credit.contract"}, name="credit_enter_contract")
def enter(visit: Visiting, cases: Deciding, school: str, typed: Typed) -> Response:
    """Begin a contract; its parties and programmes come next."""
    _require(visit, "credit.contract", school)
    try:
        terms = forms.terms(forms.filled(typed))
        own = organisations.find(visit.session, school)
        base = (organisations.did_of(own), own.name)
        contract = contracts.enter(visit.session, school, terms, base=base, by=visit.actor.person or "", now=visit.now)
    except BadInput as error:
        return _register(visit, cases, school, typed, _told(visit, error))
    return _done(visit, contract)


@router.get(
    "/credit/contracts/{school}/{contract_id}", openapi_extra={"x-action": "credit.contracts"}, name="credit_contract"
)
def contract_page(visit: Visiting, cases: Deciding, school: str, contract_id: str) -> Response:
    """One contract: what it says, what may be done with it, what was recorded under it."""
    _require(visit, "credit.contracts", school)
    return _contract(visit, cases, contracts.of_school(visit.session, school, contract_id), {}, {})


@router.post(
    "/credit/contracts/{school}/{contract_id}/results",
    openapi_extra={"x-action": "credit.record"},
    name="credit_record",
)
def record(visit: Visiting, cases: Deciding, school: str, contract_id: str, typed: Typed) -> Response:
    """Track N: write a received badge into a learner's plan, or say beside the field why not."""
    _require(visit, "credit.record", school)
    contract, form = contracts.of_school(visit.session, school, contract_id), forms.filled(typed)
    try:
        with visit.session.begin_nested():
            result = recording.record(
                visit.session, contract, item=form.needed("item"), badge=form.file("badge"), recording=_by(visit, cases)
            )
    except (BadInput, Conflict) as error:
        return _contract(visit, cases, contract, typed, _told(visit, error))
    visit.record("credit.recorded", organisation=school, learner=result.learner, item=result.id)
    _tell_family(visit, cases, contract, result.learner)
    return _page_of(contract)


@router.post(
    "/credit/contracts/{school}/results/{result_id}/take-back",
    openapi_extra={"x-action": "credit.record"},
    name="credit_take_back",
)
def take_back(visit: Visiting, cases: Deciding, school: str, result_id: str, typed: Typed) -> Response:
    """Take a record back, with the reason."""
    _require(visit, "credit.record", school)
    result = recording.result_of(visit.session, school, result_id)
    contract = contracts.of_school(visit.session, school, result.contract)
    try:
        reason = forms.filled(typed).needed("reason")
        recording.take_back(visit.session, result, reason=reason, by=visit.actor.person or "", now=visit.now)
    except (BadInput, Conflict) as error:
        return _contract(visit, cases, contract, typed, _told(visit, error))
    visit.record("credit.taken-back", organisation=school, learner=result.learner, item=result.id)
    return _page_of(contract)


@router.post(
    "/credit/contracts/{school}/{contract_id}/{step}",
    openapi_extra={"x-action": "credit.contract"},
    name="credit_contract_step",
)
def change(visit: Visiting, cases: Deciding, school: str, contract_id: str, step: Step, typed: Typed) -> Response:
    """Name a party or a programme, put the contract into force, end it."""
    _require(visit, "credit.contract", school)
    contract = contracts.of_school(visit.session, school, contract_id)
    state, act = _STEPS[step]
    try:
        contracts.require_state(contract, state)
        with visit.session.begin_nested():
            act(visit, cases, contract, typed)
    except (BadInput, Conflict) as error:
        visit.session.refresh(contract)
        return _contract(visit, cases, contract, typed, _told(visit, error))
    return _done(visit, contract)


def _add_party(visit: Visit, cases: Cases, contract: NetworkContract, typed: Mapping[str, Value]) -> None:
    form = forms.filled(typed)
    members = cases.services.verifier.members(visit.now)
    contracts.add_party(visit.session, contract, form.needed("organisation"), forms.role(form), members)


def _add_programme(visit: Visit, _: Cases, contract: NetworkContract, typed: Mapping[str, Value]) -> None:
    contracts.add_programme(visit.session, contract, forms.programme(forms.filled(typed)))


def _conclude(visit: Visit, cases: Cases, contract: NetworkContract, typed: Mapping[str, Value]) -> None:
    form, today = forms.filled(typed), visit.now.astimezone(cases.services.zone).date()
    number, signed_on = forms.line(form, "number")[:64], forms.day(form, "signed_on")
    contracts.conclude(visit.session, contract, number=number, signed_on=signed_on, today=today)


def _end(visit: Visit, _: Cases, contract: NetworkContract, typed: Mapping[str, Value]) -> None:
    form = forms.filled(typed)
    contracts.end(visit.session, contract, from_day=forms.day(form, "ended_on"), reason=form.needed("reason"))


_STEPS = {
    "party": (ContractState.DRAFT, _add_party),
    "programme": (ContractState.DRAFT, _add_programme),
    "conclude": (ContractState.DRAFT, _conclude),
    "end": (ContractState.IN_FORCE, _end),
}


def _by(visit: Visit, cases: Cases) -> Recording:
    services = cases.services
    return Recording(
        verifier=services.verifier,
        people=visit.people,
        zone=services.zone,
        by=visit.actor.person or "",
        now=visit.now,
    )


def _tell_family(visit: Visit, cases: Cases, contract: NetworkContract, learner: str) -> None:
    family = [learner, *(one.id for one in visit.people.guardians(learner))]
    for person in family:
        cases.services.notify(
            visit.session,
            person=person,
            organisation=contract.school,
            learner=learner,
            text=RECORDED.format(number=contract.number),
            href=f"/credit/plans/{learner}",
            handed=False,
            now=visit.now,
        )


def _require(visit: Visit, action: str, school: str) -> None:
    visit.require("credit.desk")
    visit.require(action, Thing(organisation=school))


def _done(visit: Visit, contract: NetworkContract) -> Response:
    visit.record("credit.contract", organisation=contract.school, item=contract.id)
    return _page_of(contract)


def _page_of(contract: NetworkContract) -> Response:
    address = f"/credit/contracts/{contract.school}/{contract.id}"
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)


def _register(
    visit: Visit, cases: Cases, school: str, typed: Mapping[str, Value], errors: Mapping[str, str]
) -> Response:
    today = visit.now.astimezone(cases.services.zone).date()
    return visit.page(
        "credit/contracts.html",
        **_frame(visit, school, typed, errors),
        rows=[contract_row(visit.session, one, today) for one in contracts.all_of(visit.session, school)],
    )


def _contract(
    visit: Visit, cases: Cases, contract: NetworkContract, typed: Mapping[str, Value], errors: Mapping[str, str]
) -> Response:
    session, school = visit.session, contract.school
    results = recording.results_under(session, contract)
    lines = recording.open_lines(session, contract, visit.people) if contract.state is not ContractState.DRAFT else []
    seen = [result.learner for result in results] + [learner.id for _, learner in lines]
    for learner in dict.fromkeys(seen):
        note_reading(visit, school, learner, contract.id)
    return visit.page(
        "credit/contract.html",
        **_frame(visit, school, typed, errors),
        contract=contract,
        row=contract_row(session, contract, visit.now.astimezone(cases.services.zone).date()),
        parties=contracts.parties_of(session, contract),
        programmes=contracts.programmes_of(session, contract),
        members=[(member.issuer, member.name) for member in cases.services.verifier.members(visit.now)],
        targets=plans.targets_of(session, school),
        lines=[(line.item, f"{learner.name}, {learner.grade}: {line.title}") for line, learner in lines],
        results=[result_row(result, visit) for result in results],
        marks=MARKS,
    )


def _frame(visit: Visit, school: str, typed: Mapping[str, Value], errors: Mapping[str, str]) -> dict[str, Any]:
    thing = Thing(organisation=school)
    return {
        "status": HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        "school": organisations.find(visit.session, school),
        "typed": {name: value for name, value in typed.items() if isinstance(value, str)},
        "errors": errors,
        "labels": forms.LABELS,
        "roles": forms.ROLES,
        "may_change": visit.can("credit.contract", thing),
        "may_record": visit.can("credit.record", thing),
    }


def _told(visit: Visit, error: BadInput | Conflict) -> dict[str, str]:
    return {error.pointer.removeprefix("/") or WHOLE: error.told(visit.translate)}
