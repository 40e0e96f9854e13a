"""Requests from the family's side: who asks for what, which badges to show, what was answered and who looked."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response

from keys import organisations
from keys.deps import Learner, Visit, Visiting
from keys.errors.proofs import SelectionError
from schemas.errors import BadInput, Forbidden
from verifier.asking import requests
from verifier.asking.requests import RequestState
from verifier.asking.tables import ShowRequest
from verifier.asking.wording import STATES
from wallet_web import acts, answering, replies, wording
from wallet_web.deps import Holding
from wallet_web.errors import NothingChosen, TooManyChosen
from wallet_web.messages import ReplyForm
from wallet_web.pages import parting
from wallet_web.pages.book import frame, may, name_of
from wallet_web.wallet import count, find_all, listed

router = APIRouter(include_in_schema=False)
_REPLY = {"x-action": "request.reply"}


@router.get("/wallet/{learner}/requests", openapi_extra=_REPLY, name="wallet.requests")
def answered(learner: str, visit: Visiting) -> Response:
    """What was asked and answered, and when the answer was opened."""
    owner = acts.admit(visit, "request.reply", learner)
    rows = [
        {
            "reply": one,
            "by": name_of(visit, one.by),
            "opened": answering.last_opened(visit.session, one),
            "in_part": [wording.in_part(part, visit.translate) for part in replies.in_part(one)],
            "word": visit.translate(STATES[requests.state(requests.find(visit.session, one.request), visit.now)]),
        }
        for one in replies.replies(visit.session, learner)
    ]
    return visit.page("wallet/requests.html", **frame(visit, owner), rows=rows)


@router.get("/wallet/{learner}/requests/{request_id}", openapi_extra=_REPLY, name="wallet.request")
def choose(learner: str, request_id: str, visit: Visiting, typed: Annotated[ReplyForm, Query()]) -> Response:
    """The form: who asks, which badges to show, or no."""
    owner = acts.admit(visit, "request.reply", learner)
    return _form(visit, owner, requests.find(visit.session, request_id), typed)


@router.post("/wallet/{learner}/requests/{request_id}", openapi_extra=_REPLY, name="wallet.request.reply")
def reply(
    learner: str, request_id: str, visit: Visiting, wallet: Holding, typed: Annotated[ReplyForm, Form()]
) -> Response:
    """Answer, refuse, or look for more badges."""
    owner = acts.admit(visit, "request.reply", learner)
    asked = requests.find(visit.session, request_id)
    if typed.act == "find":
        return _form(visit, owner, asked, typed)
    if typed.act != "refuse" and _asks(visit, owner, asked, typed):
        return _form(visit, owner, asked, typed, asks=True)
    try:
        if typed.act == "refuse":
            answering.refuse(visit, learner, request_id)
        else:
            answering.give(visit, wallet, learner, request_id, typed.badge, typed.parts())
    except (NothingChosen, TooManyChosen, SelectionError) as error:
        told = {"parts" if isinstance(error, SelectionError) else "badge": error.told(visit.translate)}
        return _form(visit, owner, asked, typed, told)
    return RedirectResponse(f"/wallet/{learner}/requests", HTTPStatus.SEE_OTHER)


def _asks(visit: Visit, owner: Learner, asked: ShowRequest, typed: ReplyForm) -> bool:
    """Whether the family is still to be asked what of a badge is shown; not where no answer is taken anyway."""
    may_answer = requests.state(asked, visit.now) is RequestState.OPEN and _refusal(visit, owner) is None
    return may_answer and parting.is_unasked(find_all(visit.session, owner.id, typed.badge), typed)


def _form(
    visit: Visit,
    owner: Learner,
    asked: ShowRequest,
    typed: ReplyForm,
    errors: Mapping[str, str] | None = None,
    *,
    asks: bool = False,
) -> Response:
    found = listed(visit.session, owner.id, query=typed.q)
    chosen = find_all(visit.session, owner.id, typed.badge)
    state, refusal = requests.state(asked, visit.now), _refusal(visit, owner)
    return visit.page(
        "wallet/request.html",
        **frame(visit, owner),
        status=HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK,
        asked=asked,
        by=organisations.find(visit.session, asked.organisation).name,
        open=state is RequestState.OPEN,
        word=visit.translate(STATES[state]),
        typed=typed,
        errors=errors or {},
        refusal=visit.translate(refusal.sentence) if refusal else "",
        may_consent=may(visit, "consent.give", owner),
        guardians=visit.people.guardians(owner.id),
        entries=[*chosen, *(entry for entry in found.entries if entry not in chosen)],
        chosen=[entry.id for entry in chosen],
        parted=parting.fields(visit, chosen, typed),
        asks=asks,
        more=found.total - len(found.entries),
        badges=count(visit.session, owner.id),
    )


def _refusal(visit: Visit, owner: Learner) -> BadInput | Forbidden | None:
    """Why this visitor cannot answer now, as far as that does not depend on what they choose."""
    try:
        answering.require_may_answer(visit, owner)
    except Forbidden as error:
        return error
    return None
