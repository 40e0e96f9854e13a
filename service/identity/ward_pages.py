"""A guardian lets their child in: the first time, or again when the child has lost the password."""

from fastapi import APIRouter
from fastapi.responses import Response
from markupsafe import Markup

from keys.actor import Thing
from keys.deps import Visiting
from schemas.errors import N_
from service.identity import slips
from service.identity.deps import Entering
from service.identity.giving import give, learners_account
from service.identity.slip_pages import ENTER
from wallet_web import qr

router = APIRouter(include_in_schema=False)
NEW_CODE = N_(
    "Законный представитель выдал новый код для входа: {name}. Прежние входы закрыты. Если это ошибка, сообщите школе."
)


@router.post("/account/children/{learner}/slips", openapi_extra={"x-action": "slip.give"}, name="slips.child")
def for_a_child(visit: Visiting, entrance: Entering, learner: str) -> Response:
    """A link and its drawing, to be opened on the child's device; the code is shown only now."""
    visit.require("slip.give", Thing(learner=learner))
    found = visit.people.learner(learner)
    account = learners_account(visit, learner, found.name)
    code = give(visit, entrance, found.school, learner, account, NEW_CODE)
    address = f"{entrance.public_url}{ENTER}/{code}"
    return visit.page(
        "identity/invited.html",
        trail=("/account", visit.translate(N_("Моя учётная запись"))),
        name=found.name,
        address=address,
        drawn=Markup(qr.svg(address)),  # noqa: S704 - our own drawing
        expires_at=visit.now + slips.TERM,
    )
