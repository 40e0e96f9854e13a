"""Codes on paper: the school prints them, whoever holds one chooses a name and a password and is in."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from keys import organisations
from keys.actor import Thing
from keys.deps import Learner, Visit, Visiting
from keys.printing import Printing
from schemas.errors import N_, BadInput, Conflict, NotFound, ZachetkaError
from schemas.identity import grouped, normalise
from service.errors import status_of
from service.forms import require_own_page
from service.identity import slips, ways
from service.identity.deps import Entering, Entrance
from service.identity.errors import NobodyToPrint, SlipWorthless
from service.identity.giving import give, learners_account
from service.identity.learner_pages import require_own
from service.identity.letting_in import let_in
from service.identity.printed import TEMPLATE, SlipShown, sheet
from service.identity.tables import Account
from wallet_web import qr

router = APIRouter(include_in_schema=False)
ENTER = "/enter"
KEEP = "keep"
NEW_CODE = N_(
    "Школа выдала новый код для входа: {name}. Прежние входы закрыты. Если вы об этом не просили, сообщите школе."
)
SPARE_CODE = N_(
    "Школа выдала новый код для входа: {name}. Прежние входы закроются, когда его введут. Если вы об этом не просили, "
    "сообщите школе."
)
GUARDIAN_OF = N_("законный представитель: {name}")
IN_CLASS = N_("{grade} класс")
Text = Annotated[str, Form(max_length=1024)]


@router.post("/roll/{school}/slips", openapi_extra={"x-action": "roll.change"}, name="slips.class")
def for_a_class(
    visit: Visiting,
    entrance: Entering,
    printing: Printing,
    school: str,
    grade: Annotated[str, Form(max_length=32)] = "",
) -> Response:
    """Slips for everybody of a class who has never signed in."""
    visit.require("roll.change", Thing(organisation=school))
    everybody = [one for one in visit.people.roster(school) if one.grade == grade]
    waiting = [one for one in everybody if not _signs_in(visit, one.id)]
    if not waiting:
        raise NobodyToPrint
    return _sheet(visit, entrance, printing, [_of_learner(visit, entrance, school, one) for one in waiting])


@router.post("/roll/{school}/learners/{learner}/slips", openapi_extra={"x-action": "roll.change"}, name="slips.one")
def for_one(
    visit: Visiting,
    entrance: Entering,
    printing: Printing,
    school: str,
    learner: str,
    person: Text = "",
    old: Text = "",
) -> Response:
    """A slip for the learner or who acts for them. Whoever signed in before is told, and out at once unless `old` says keep."""
    found = require_own(visit, "roll.change", school, learner)
    if person in {"", learner}:
        slip = _of_learner(visit, entrance, school, found, keep=old == KEEP)
    else:
        slip = _of_guardian(visit, entrance, school, found, person, keep=old == KEEP)
    return _sheet(visit, entrance, printing, [slip])


@router.get(ENTER, openapi_extra={"x-action": "session.open"}, name="enter")
def ask_for_code(visit: Visiting) -> Response:
    """Ask for the code by hand."""
    visit.require("session.open")
    return draw_code(visit, "", None)


@router.post(ENTER, openapi_extra={"x-action": "session.open"}, name="enter.code")
def take_code(request: Request, visit: Visiting, entrance: Entering, code: Text = "") -> Response:
    """Go on with a code that was typed."""
    visit.require("session.open")
    require_own_page(request, entrance.public_url)
    try:
        slips.find(visit.session, code, visit.now)
    except SlipWorthless as error:
        return draw_code(visit, code, error)
    kept = grouped(normalise(code))
    return RedirectResponse(f"{ENTER}/{kept}", status_code=HTTPStatus.SEE_OTHER)


@router.get(ENTER + "/{code}", openapi_extra={"x-action": "session.open"}, name="enter.choose")
def choose(visit: Visiting, entrance: Entering, code: str) -> Response:
    """Ask for a name and a password of one's own. Opening the page uses nothing up: previews open addresses too."""
    visit.require("session.open")
    try:
        _, account = slips.find(visit.session, code, visit.now)
    except SlipWorthless as error:
        return draw_code(visit, "", error)
    return draw_choice(visit, entrance, code, "" if account.login == account.id else account.login, {})


@router.post(ENTER + "/{code}", openapi_extra={"x-action": "session.open"}, name="enter.use")
def use(
    request: Request, visit: Visiting, entrance: Entering, code: str, login: Text = "", password: Text = ""
) -> Response:
    """Use the code up and begin a session."""
    visit.require("session.open")
    require_own_page(request, entrance.public_url)
    try:
        with visit.session.begin_nested():
            account = slips.use(visit.session, code, login, password, visit.now)
    except SlipWorthless as error:
        return draw_code(visit, "", error)
    except (BadInput, Conflict) as error:
        return draw_choice(visit, entrance, code, login, {"login" if error.pointer == "/login" else "password": error})
    visit.record("slip.used", item=account.id)
    return let_in(request, visit.session, entrance, account, visit.now, "/")


def _of_learner(visit: Visit, entrance: Entrance, school: str, found: Learner, *, keep: bool = False) -> SlipShown:
    account = learners_account(visit, found.id, found.name)
    about = IN_CLASS.format(grade=found.grade)
    return _make(visit, entrance, school, found.id, account, about=about, number=grouped(found.number), keep=keep)


def _of_guardian(
    visit: Visit, entrance: Entrance, school: str, found: Learner, person: str, *, keep: bool
) -> SlipShown:
    """Only for those who act for the learner today, and only where no organisation has given them a role."""
    account = visit.session.get(Account, person)
    if account is None or person not in {one.id for one in visit.people.guardians(found.id)}:
        raise NotFound
    return _make(
        visit, entrance, school, found.id, account, about=GUARDIAN_OF.format(name=found.name), number="", keep=keep
    )


def _make(
    visit: Visit,
    entrance: Entrance,
    school: str,
    learner: str,
    account: Account,
    *,
    about: str,
    number: str,
    keep: bool,
) -> SlipShown:
    code = give(visit, entrance, school, learner, account, SPARE_CODE if keep else NEW_CODE, keep=keep)
    return SlipShown(
        name=account.name,
        about=about,
        organisation=organisations.find(visit.session, school).short_name,
        code=code,
        address=f"{entrance.public_url}{ENTER}",
        number=number,
        expires_at=visit.now + slips.TERM,
    )


def _signs_in(visit: Visit, account: str) -> bool:
    known = visit.session.get(Account, account)
    return known is not None and ways.any_into(visit.session, known)


def _sheet(visit: Visit, entrance: Entrance, printing: Printing, made: Iterable[SlipShown]) -> Response:
    """The slips as PDF, or as a page to print where this installation prints none. They can be shown only now."""
    made = list(made)
    if not printing.ready:
        drawn = [(one, Markup(qr.svg(f"{one.address}/{one.code}"))) for one in made]  # noqa: S704 - our own drawing
        return visit.page("identity/slips.html", slips=drawn)
    content = printing(TEMPLATE, sheet(made, entrance.zone), at=visit.now, spell=True)
    headers = {"Content-Disposition": 'attachment; filename="slips.pdf"', "Cache-Control": "no-store"}
    return Response(content, media_type="application/pdf", headers=headers)


def draw_code(visit: Visit, code: str, error: ZachetkaError | None) -> Response:
    """The page that asks for the code."""
    told = error.told(visit.translate) if error is not None else ""
    status = status_of(error) if error is not None else HTTPStatus.OK
    return visit.page("identity/enter.html", status=status, code=code, told=told)


def draw_choice(
    visit: Visit, entrance: Entrance, code: str, login: str, errors: Mapping[str, ZachetkaError]
) -> Response:
    """The page of a code that works: choose a name and a password, or come through the provider; errors by field, "" above all."""
    told = {field: error.told(visit.translate) for field, error in errors.items()}
    fault = HTTPStatus.BAD_REQUEST if errors else HTTPStatus.OK
    return visit.page(
        "identity/choose.html",
        status=status_of(errors[""]) if "" in errors else fault,
        code=code,
        login=login,
        provider=entrance.provider.called(visit.language) if entrance.provider is not None else "",
        told=told.pop("", ""),
        errors=told,
    )
