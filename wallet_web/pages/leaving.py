"""Leaving: what goes and what stays in plain words, the archive first, then the act; until it is erased the way back."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from keys.deps import FORGET_DEVICE, Learner, Visit, Visiting
from verifier.credit.deps import Deciding
from verifier.credit.work import Notifies
from wallet_web import acts, applying, consent
from wallet_web.leaving import closing
from wallet_web.leaving.errors import LeavingAlready, NotRead
from wallet_web.leaving.tables import Leaving, LeavingState
from wallet_web.moving.export import gathered
from wallet_web.pages.book import frame, may, name_of

router = APIRouter(include_in_schema=False)
PAGE = "/wallet/{learner}/leaving"
Word = Annotated[str, Form(max_length=8)]
TOLD_ASKED = "Законный представитель просит закрыть вашу зачётную книжку. Скажите, согласны ли вы."
TOLD_CLOSED = "Зачётная книжка закрыта. {day} она будет стёрта, до этого её можно скачать или открыть заново."


@router.get(PAGE, openapi_extra={"x-action": "wallet.read"}, name="wallet.leaving")
def leaving(learner: str, visit: Visiting, cases: Deciding) -> Response:
    """What leaving means, or where it stands."""
    return _page(visit, cases, acts.admit(visit, "wallet.read", learner))


@router.post(PAGE, openapi_extra={"x-action": "wallet.leave"}, name="wallet.leave")
def leave(learner: str, visit: Visiting, cases: Deciding, read: Word = "") -> Response:
    """Close the wallet, or ask the learner besides."""
    owner = acts.require_who_decides(visit, "wallet.leave", learner)
    if closing.current(visit.session, learner) is not None:
        raise LeavingAlready
    if read != "yes":
        return _page(visit, cases, owner, NotRead().told(visit.translate))
    asked = closing.ask(visit.session, owner, visit.actor, visit.now)
    visit.record("leaving.asked", learner=learner, item=asked.id)
    _note(visit, cases.services.notify, owner, asked)
    return _back(learner)


@router.post(PAGE + "/answer", openapi_extra={"x-action": "wallet.leave.answer"}, name="wallet.leave.answer")
def answer(learner: str, visit: Visiting, cases: Deciding, said: Word = "") -> Response:
    """The learner's own word where both are asked."""
    owner = acts.admit(visit, "wallet.leave.answer", learner)
    if said != "yes":
        stays = closing.come_back(visit.session, learner, visit.actor.person or "", visit.now)
        visit.record("leaving.returned", learner=learner, item=stays.id)
        return _back(learner)
    agreed = closing.agree(visit.session, learner, visit.actor, visit.now)
    _note(visit, cases.services.notify, owner, agreed)
    return _back(learner)


@router.post(PAGE + "/return", openapi_extra={"x-action": "wallet.leave"}, name="wallet.leave.return")
def come_back(learner: str, visit: Visiting) -> Response:
    """Stay after all, or open the wallet again."""
    acts.require_who_decides(visit, "wallet.leave", learner)
    back = closing.come_back(visit.session, learner, visit.actor.person or "", visit.now)
    visit.record("leaving.returned", learner=learner, item=back.id)
    return _back(learner)


def _back(learner: str) -> Response:
    return RedirectResponse(f"/wallet/{learner}/leaving", HTTPStatus.SEE_OTHER, headers=FORGET_DEVICE)


def _note(visit: Visit, notify: Notifies, owner: Learner, found: Leaving) -> None:
    """Tell the learner that they are asked, or everybody of the family that it is closed."""
    if found.state is LeavingState.CLOSED and found.erase_at is not None:
        visit.record("leaving.closed", learner=owner.id, item=found.id)
        people = {owner.id, *(one.id for one in visit.people.guardians(owner.id))}
        text = TOLD_CLOSED.format(day=found.erase_at.strftime("%d.%m.%Y"))
    else:
        people, text = {owner.id}, TOLD_ASKED
    for person in sorted(people):
        notify(
            visit.session,
            person=person,
            organisation=owner.school,
            learner=owner.id,
            text=text,
            href=f"/wallet/{owner.id}/leaving",
            handed=True,
            now=visit.now,
        )


def _page(visit: Visit, cases: Deciding, owner: Learner, error: str = "") -> Response:
    found = closing.current(visit.session, owner.id)
    there = gathered(visit.session, owner, visit.now) if found is None or found.state != LeavingState.ERASED else []
    return visit.page(
        "wallet/leaving.html",
        **frame(visit, owner),
        status=HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK,
        state=str(found.state) if found is not None else "",
        found=found,
        asked_by=name_of(visit, found.person) if found is not None else "",
        parts=[(visit.translate(title), len(files)) for title, files in there],
        under_way=len(applying.under_way(visit, cases, owner.id)),
        both=consent.asks_both(visit.session, owner, visit.now),
        may_leave=may(visit, "wallet.leave", owner),
        may_answer=may(visit, "wallet.leave.answer", owner),
        guardians=visit.people.guardians(owner.id),
        error=error,
    )
