"""Notices: one's own to read; for a school's secretary those that no letter has announced, to print and to hand over."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse
from sqlmodel import col, func, select

from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from schemas.errors import N_, NotFound
from service.notices.post import outbox, printed
from service.notices.tables import Delivery, Notice

router = APIRouter(include_in_schema=False)
PAGE = 20
WHY = {
    Delivery.OUTBOX: N_("письмо отправить нельзя"),
    Delivery.UNSURE: N_("неизвестно, дошло ли письмо"),
    Delivery.WAITING: N_("письмо не уходит"),
    Delivery.SENDING: N_("письмо не уходит"),
}


@router.get("/notices", openapi_extra={"x-action": "notices.read"}, name="notices")
def own_notices(visit: Visiting, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    """What the visitor was told, the newest first."""
    visit.require("notices.read")
    total = visit.session.exec(select(func.count()).where(Notice.person == visit.actor.person)).one()
    pages = max(1, -(-total // PAGE))
    page = min(page, pages)
    mine = select(Notice).where(Notice.person == visit.actor.person).order_by(col(Notice.at).desc(), col(Notice.id))
    shown = visit.session.exec(mine.offset((page - 1) * PAGE).limit(PAGE)).all()
    return visit.page("notices/notices.html", notices=shown, page=page, pages=pages, total=total)


@router.get("/notices/{notice_id}", openapi_extra={"x-action": "notices.read"}, name="notice")
def own_notice(visit: Visiting, notice_id: str) -> Response:
    """One notice; opening it is reading it."""
    visit.require("notices.read")
    notice = visit.session.get(Notice, notice_id)
    if notice is None or notice.person != visit.actor.person:
        raise NotFound
    if notice.read_at is None:
        notice.read_at = visit.now
    school = organisations.find(visit.session, notice.organisation).name if notice.organisation else ""
    return visit.page("notices/notice.html", notice=notice, school=school)


@router.get("/outbox/{school}", openapi_extra={"x-action": "notices.outbox"}, name="outbox")
def outbox_page(visit: Visiting, school: str) -> Response:
    """What is to be printed and handed over, on slips that can be cut apart."""
    _require(visit, school)
    waiting = outbox(visit.session, school, visit.now)
    for notice in waiting:
        visit.record("notice.read", organisation=school, learner=notice.learner or None, item=notice.id)
    return visit.page(
        "notices/outbox.html",
        school=organisations.find(visit.session, school),
        slips=[(notice, visit.people.person(notice.person).name) for notice in waiting],
        why=WHY,
    )


@router.post("/outbox/{school}/{notice_id}", openapi_extra={"x-action": "notices.outbox"}, name="notice_printed")
def hand_over(visit: Visiting, school: str, notice_id: str) -> Response:
    """The secretary has handed a slip over."""
    _require(visit, school)
    notice = visit.session.exec(select(Notice).where(Notice.id == notice_id).with_for_update()).one_or_none()
    if notice is None or notice.organisation != school:
        raise NotFound
    printed(notice, visit.now)
    visit.record("notice.printed", organisation=school, learner=notice.learner or None, item=notice.id)
    return RedirectResponse(f"/outbox/{school}", status_code=HTTPStatus.SEE_OTHER)


def _require(visit: Visit, school: str) -> None:
    visit.require("notices.read")
    visit.require("notices.outbox", Thing(organisation=school))
