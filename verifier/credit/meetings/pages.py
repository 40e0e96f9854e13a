"""Pages of the commission's meetings: the list, one meeting with its agenda, the form that calls or changes one."""

from collections.abc import Mapping
from http import HTTPStatus
from operator import attrgetter
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from schemas.errors import BadInput, Conflict
from verifier.credit import agenda
from verifier.credit.admission import note_reading
from verifier.credit.cases import Cases
from verifier.credit.deps import Deciding, Typed
from verifier.credit.facts import State
from verifier.credit.filled import Value
from verifier.credit.meetings import forms, listing, meetings
from verifier.credit.meetings.errors import MeetingChanged
from verifier.credit.meetings.invitation import MEDIA, invitation
from verifier.credit.meetings.office import Office
from verifier.credit.meetings.shown import MemberRow, item_row, meeting_row, option_of
from verifier.credit.meetings.tables import Meeting, MeetingState
from verifier.deps import Site

router = APIRouter(include_in_schema=False)
NAME = attrgetter("name")
WHOLE = "page"  # under this name stands what belongs to no field


@router.get("/credit/meetings/{school}", openapi_extra={"x-action": "credit.agenda"}, name="credit_meetings")
def list_page(visit: Visiting, cases: Deciding, school: str) -> Response:
    """The meetings of a school's commission, and how many cases wait for one."""
    office = _office(visit, cases, school, "credit.agenda")
    return visit.page(
        "credit/meetings.html",
        school=organisations.find(visit.session, school),
        rows=[meeting_row(visit.session, one) for one in listing.all_of(visit.session, school)],
        waiting=len(listing.free_cases(visit.session, school)),
        members=office.members,
        may_plan=visit.can("credit.meeting", Thing(organisation=school)),
    )


@router.get("/credit/meetings/{school}/new", openapi_extra={"x-action": "credit.meeting"}, name="credit_new_meeting")
def new_page(visit: Visiting, cases: Deciding, school: str) -> Response:
    """The form of a new meeting, filled in as it will mostly be sent."""
    office = _office(visit, cases, school, "credit.meeting")
    return _form(visit, office, None, forms.proposed(office), {})


@router.post("/credit/meetings/{school}/new", openapi_extra={"x-action": "credit.meeting"}, name="credit_plan_meeting")
def plan(visit: Visiting, cases: Deciding, school: str, typed: Typed) -> Response:
    """Call it; the members are told."""
    office = _office(visit, cases, school, "credit.meeting")
    try:
        with visit.session.begin_nested():
            meeting = meetings.plan(office, forms.wanted(forms.filled(typed), cases.services.zone))
    except BadInput as error:
        return _form(visit, office, None, typed, _told(visit, error))
    return _done(visit, meeting)


@router.get(
    "/credit/meetings/{school}/{meeting_id}", openapi_extra={"x-action": "credit.agenda"}, name="credit_meeting"
)
def meeting_page(visit: Visiting, cases: Deciding, school: str, meeting_id: str) -> Response:
    """One meeting: when and where, the agenda grouped, how each member stands to each case, who came."""
    office = _office(visit, cases, school, "credit.agenda")
    return _meeting(visit, office, listing.of_school(visit.session, school, meeting_id), {})


@router.get(
    "/credit/meetings/{school}/{meeting_id}/calendar",
    openapi_extra={"x-action": "credit.agenda"},
    name="credit_meeting_calendar",
)
def calendar_file(visit: Visiting, cases: Deciding, site: Site, school: str, meeting_id: str) -> Response:
    """The meeting for a calendar."""
    _office(visit, cases, school, "credit.agenda")
    meeting = listing.of_school(visit.session, school, meeting_id)
    home = organisations.find(visit.session, school)
    href = f"{site}/credit/meetings/{school}/{meeting.id}"
    body = invitation(meeting, host=home.host, school=home.name, href=href)
    name = f"meeting-{meeting.year.replace('/', '-')}-{meeting.number}.ics"
    return Response(body, media_type=MEDIA, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@router.get(
    "/credit/meetings/{school}/{meeting_id}/change",
    openapi_extra={"x-action": "credit.meeting"},
    name="credit_change_meeting_form",
)
def change_page(visit: Visiting, cases: Deciding, school: str, meeting_id: str) -> Response:
    """The form of a meeting that is ahead, as it is now."""
    office = _office(visit, cases, school, "credit.meeting")
    meeting = listing.of_school(visit.session, school, meeting_id)
    meetings.require_planned(meeting)
    return _form(visit, office, meeting, forms.kept(office, meeting), {})


@router.post(
    "/credit/meetings/{school}/{meeting_id}/change",
    openapi_extra={"x-action": "credit.meeting"},
    name="credit_change_meeting",
)
def change(visit: Visiting, cases: Deciding, school: str, meeting_id: str, typed: Typed) -> Response:
    """Another time, place, agenda or company; the members are told."""
    office = _office(visit, cases, school, "credit.meeting")
    meeting, form = listing.of_school(visit.session, school, meeting_id), forms.filled(typed)
    meetings.require_planned(meeting)
    try:
        meetings.require_seen(meeting, form.number("version"))
        with visit.session.begin_nested():
            meetings.change(office, meeting, forms.wanted(form, cases.services.zone), reason=forms.reason(form))
    except (BadInput, MeetingChanged) as error:
        visit.session.refresh(meeting)
        return _form(visit, office, meeting, typed, _told(visit, error))
    return _done(visit, meeting)


@router.post(
    "/credit/meetings/{school}/{meeting_id}/cancel",
    openapi_extra={"x-action": "credit.meeting"},
    name="credit_cancel_meeting",
)
def cancel(visit: Visiting, cases: Deciding, school: str, meeting_id: str, typed: Typed) -> Response:
    """It does not take place; the members are told why."""
    office = _office(visit, cases, school, "credit.meeting")
    meeting = listing.of_school(visit.session, school, meeting_id)
    meetings.require_planned(meeting)
    try:
        meetings.cancel(office, meeting, reason=forms.reason(forms.filled(typed)))
    except BadInput as error:
        return _meeting(visit, office, meeting, _told(visit, error))
    return _done(visit, meeting)


@router.post(
    "/credit/meetings/{school}/{meeting_id}/hold",
    openapi_extra={"x-action": "credit.meeting"},
    name="credit_hold_meeting",
)
def hold(visit: Visiting, cases: Deciding, school: str, meeting_id: str, typed: Typed) -> Response:
    """Note who came; from here on they vote."""
    office = _office(visit, cases, school, "credit.meeting")
    meeting = listing.of_school(visit.session, school, meeting_id)
    try:
        meetings.hold(office, meeting, forms.filled(typed).many("present"))
    except (BadInput, Conflict) as error:
        return _meeting(visit, office, meeting, _told(visit, error))
    return _done(visit, meeting)


def _office(visit: Visit, cases: Cases, school: str, action: str) -> Office:
    visit.require("credit.desk")
    visit.require(action, Thing(organisation=school))
    return Office(
        session=visit.session, cases=cases, actor=visit.actor, people=visit.people, school=school, now=visit.now
    )


def _done(visit: Visit, meeting: Meeting) -> Response:
    visit.record("credit.meeting", organisation=meeting.school, item=meeting.id)
    return RedirectResponse(f"/credit/meetings/{meeting.school}/{meeting.id}", status_code=HTTPStatus.SEE_OTHER)


def _form(
    visit: Visit, office: Office, meeting: Meeting | None, typed: Mapping[str, Value], errors: Mapping[str, str]
) -> Response:
    found = listing.free_cases(visit.session, office.school, meeting)
    works = office.works(found)
    for work in works:
        note_reading(visit, office.school, work.case.learner, work.case.id)
    form = forms.filled(typed)
    return visit.page(
        "credit/meeting_form.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        school=organisations.find(visit.session, office.school),
        meeting=meeting,
        typed=typed,
        chosen={name: form.many(name) for name in ("members", "cases")},
        errors=errors,
        labels=forms.LABELS,
        members=[(one.id, one.name) for one in office.members],
        groups=[
            (group.component, group.modules, [option_of(item) for item in group.items])
            for group in agenda.grouped(works)
        ],
        quorum=office.quorum,
        earliest=min((case.deadline for case in found if case.deadline), default=None),
    )


def _meeting(visit: Visit, office: Office, meeting: Meeting, errors: Mapping[str, str]) -> Response:
    invited = listing.members_of(visit.session, meeting)
    works = office.works(listing.cases_of(visit.session, meeting))
    for work in works:
        note_reading(visit, office.school, work.case.learner, work.case.id)
    groups = agenda.grouped(works, {one.person for one in invited})
    thing = Thing(organisation=office.school)
    return visit.page(
        "credit/meeting.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        school=organisations.find(visit.session, office.school),
        row=meeting_row(visit.session, meeting),
        meeting=meeting,
        groups=[(group, [item_row(item, meeting, office) for item in group.items]) for group in groups],
        members=sorted((MemberRow(visit.people.person(one.person).name, one.present) for one in invited), key=NAME),
        quorum=office.quorum,
        errors=errors,
        labels=forms.LABELS,
        **_acts(visit, office, meeting, thing),
        voting=any(work.case.state is State.IN_COMMISSION for work in works),
        proposal=lambda work: work.proposed.paragraph.words(visit.translate),
        seats=agenda.SEATS,
    )


def _acts(visit: Visit, office: Office, meeting: Meeting, thing: Thing) -> dict[str, Any]:
    """What the visitor may do with the meeting now, and what the form of those who came begins with."""
    may = visit.can("credit.meeting", thing)
    invited = listing.members_of(visit.session, meeting)
    begun = meeting.starts_at <= visit.now
    possible = [visit.people.person(one) for one in meetings.invitable(office, meeting)]
    return {
        "may_change": may and meeting.state is MeetingState.PLANNED,
        "may_hold": may and begun and meetings.can_be_held(visit.session, meeting),
        "may_conclude": visit.can("credit.conclude", thing),
        "possible": [(one.id, one.name) for one in sorted(possible, key=NAME)],
        "came": [one.person for one in invited if one.present is not False],
    }


def _told(visit: Visit, error: BadInput | Conflict) -> dict[str, str]:
    return {error.pointer.removeprefix("/") or WHOLE: error.told(visit.translate)}
