"""An organisation's own people and their roles: invite, agree as the second person, end a role, let somebody in anew."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting
from schemas.errors import N_, BadInput, Conflict, ZachetkaError
from service.identity import members, slips, ways
from service.identity.deps import Entering, Entrance
from service.identity.errors import NotOurs
from service.identity.members import NewMember
from service.identity.rolls.rows import day_of
from service.identity.slip_pages import ENTER
from service.identity.tables import Account, AccountRole, Invitation
from service.identity.wording import ROLES, listed
from service.notices.post import Told, tell
from wallet_web import qr

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=256)]
BLANK = {"name": "", "colleague": "", "role": "", "until": ""}
NEW_CODE = N_(
    "Организация выдала вам новый код для входа. Прежние входы закрыты. Если вы об этом не просили, сообщите ей."
)


@router.get("/members/{organisation}", openapi_extra={"x-action": "members.read"}, name="members")
def people(visit: Visiting, entrance: Entering, organisation: str) -> Response:
    """Who holds which role, and who waits for a second person."""
    visit.require("members.read", Thing(organisation=organisation))
    return _page(visit, entrance, organisation, BLANK, {})


@router.post("/members/{organisation}", openapi_extra={"x-action": "members.change"}, name="member.invite")
def invite(
    visit: Visiting,
    entrance: Entering,
    organisation: str,
    name: Text = "",
    colleague: Text = "",
    role: Text = "",
    until: Text = "",
) -> Response:
    """Invite somebody to a role; a newcomer's link is shown at once, unless a second person must agree first."""
    visit.require("members.change", Thing(organisation=organisation))
    typed = {"name": name, "colleague": colleague, "role": role, "until": until}
    try:
        last_day = day_of(until, "until") if until else None
        new = NewMember(role=role, name=name, account=colleague, until=last_day)
        by, today = visit.actor.person or "", entrance.today(visit.now)
        with visit.session.begin_nested():
            asked = members.invite(visit.session, organisation, new, by, visit.now, today)
    except (BadInput, Conflict) as error:
        return _page(visit, entrance, organisation, typed, {error.pointer.removeprefix("/") or "role": error})
    visit.record("member.invited", organisation=organisation, item=asked.account)
    return _invited(visit, entrance, asked) if asked.agreed else _back(organisation)


@router.post(
    "/members/{organisation}/invitations/{invitation}", openapi_extra={"x-action": "members.agree"}, name="member.agree"
)
def agree(visit: Visiting, entrance: Entering, organisation: str, invitation: str, act: Text = "") -> Response:
    """The second person agrees, or does not."""
    visit.require("members.agree", Thing(organisation=organisation))
    asked = members.find(visit.session, organisation, invitation)
    by, today = visit.actor.person or "", entrance.today(visit.now)
    members.settle(visit.session, asked, by, visit.now, today, agree=act == "agree")
    visit.record("member.agreed" if asked.agreed else "member.refused", organisation=organisation, item=asked.account)
    return _invited(visit, entrance, asked) if asked.agreed else _back(organisation)


@router.post("/members/{organisation}/end", openapi_extra={"x-action": "members.change"}, name="member.end")
def end(visit: Visiting, entrance: Entering, organisation: str, person: Text = "", role: Text = "") -> Response:
    """End somebody's role today."""
    visit.require("members.change", Thing(organisation=organisation))
    try:
        members.end_role(visit.session, organisation, person, role, entrance.today(visit.now))
    except Conflict as error:
        return _page(visit, entrance, organisation, BLANK, {"role": error})
    visit.record("member.ended", organisation=organisation, item=person)
    return _back(organisation)


@router.post("/members/{organisation}/slips", openapi_extra={"x-action": "members.change"}, name="member.slip")
def slip(visit: Visiting, entrance: Entering, organisation: str, person: Text = "") -> Response:
    """Let somebody in anew who has lost their way; they are signed out everywhere and told."""
    visit.require("members.change", Thing(organisation=organisation))
    if not members.belongs_here_alone(visit.session, organisation, person, entrance.today(visit.now)):
        raise NotOurs
    told = Told(person=person, organisation=organisation, learner="", text=NEW_CODE, href="/account")
    tell(visit.session, told, mails=entrance.mails, now=visit.now)
    return show_link(visit, entrance, organisation, visit.session.get_one(Account, person), _trail(visit, organisation))


def _invited(visit: Visit, entrance: Entrance, asked: Invitation) -> Response:
    """The link of a newcomer; who signs in already needs none."""
    account = visit.session.get_one(Account, asked.account)
    if account.demo or ways.any_into(visit.session, account):
        return _back(asked.organisation)
    return show_link(visit, entrance, asked.organisation, account, _trail(visit, asked.organisation))


def show_link(
    visit: Visit, entrance: Entrance, organisation: str, account: Account, trail: tuple[str, str]
) -> Response:
    """The link by which somebody comes in for the first time or anew, shown this once; `trail` leads back."""
    by = visit.actor.person or ""
    code = slips.make(visit.session, account.id, organisation, by, visit.now, entrance.entropy, term=slips.INVITED)
    visit.record("slip.made", organisation=organisation, item=account.id)
    address = f"{entrance.public_url}{ENTER}/{code}"
    return visit.page(
        "identity/invited.html",
        trail=trail,
        name=account.name,
        address=address,
        drawn=Markup(qr.svg(address)),  # noqa: S704 - our own drawing
        expires_at=visit.now + slips.INVITED,
    )


def _trail(visit: Visit, organisation: str) -> tuple[str, str]:
    return f"/members/{organisation}", visit.translate(N_("Сотрудники и роли"))


def _back(organisation: str) -> Response:
    return RedirectResponse(f"/members/{organisation}", status_code=HTTPStatus.SEE_OTHER)


def _page(
    visit: Visit,
    entrance: Entrance,
    organisation: str,
    typed: Mapping[str, str],
    errors: Mapping[str, ZachetkaError],
) -> Response:
    here, today = Thing(organisation=organisation), entrance.today(visit.now)
    held = members.members(visit.session, organisation, today)
    may_change = visit.can("members.change", here)
    return visit.page(
        "identity/members.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        organisation=organisation,
        name=organisations.find(visit.session, organisation).name,
        members=[_member(visit, *pair) for pair in held],
        waiting=[_waiting(visit, *pair) for pair in members.waiting(visit.session, organisation)],
        colleagues=[(one.id, one.name) for one in members.colleagues(visit.session, organisation, today)],
        roles=[(role, visit.translate(ROLES[role])) for role in members.roles_of(visit.session, organisation)],
        watched=listed(members.WATCHED, visit.translate),
        may_change=may_change,
        may_agree=visit.can("members.agree", here),
        typed=typed,
        errors={field: error.told(visit.translate) for field, error in errors.items()},
    )


def _member(visit: Visit, account: Account, row: AccountRole) -> dict[str, Any]:
    own = account.id == visit.actor.person
    return {"account": account, "row": row, "role": visit.translate(ROLES[row.role]), "own": own}


def _waiting(visit: Visit, asked: Invitation, account: Account) -> dict[str, Any]:
    return {
        "row": asked,
        "name": account.name,
        "role": visit.translate(ROLES[asked.role]),
        "asked_by": visit.people.person(asked.asked_by).name,
        "own": visit.actor.person in {asked.asked_by, asked.account},
    }
