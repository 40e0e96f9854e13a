"""The first sign-in with a code on paper, through the provider instead of with a password."""

from fastapi import APIRouter, Request, Response

from keys.deps import Visiting
from schemas.errors import ZachetkaError
from service.forms import require_own_page
from service.identity import handshakes, slips
from service.identity.deps import Entering, guest
from service.identity.errors import SlipWorthless
from service.identity.providers.pages import provider_of, show_way
from service.identity.slip_pages import ENTER, draw_choice, draw_code
from service.identity.tables import Purpose

router = APIRouter(include_in_schema=False)


@router.post(ENTER + "/{code}/provider", openapi_extra={"x-action": "session.open"}, name="provider.first")
def begin_with_slip(request: Request, visit: Visiting, entrance: Entering, code: str) -> Response:
    """Show the way to the provider to who holds a code on paper and wants no password here; it is used up on the way back."""
    visit.require("session.open")
    require_own_page(request, entrance.public_url)
    try:
        slip, _ = slips.find(visit.session, code, visit.now)
    except SlipWorthless as error:
        return draw_code(visit, "", error)
    try:
        provider = provider_of(entrance)
        provider.prepare(visit.now)
    except ZachetkaError as error:
        return draw_choice(visit, entrance, code, "", {"": error})
    token = guest(request).token
    handle = handshakes.begin(
        visit.session, Purpose.FIRST_PROVIDER, token, visit.now, entrance.entropy, slip=slip.digest
    )
    return show_way(visit, entrance, provider, handle, back=f"{ENTER}/{code}", first=True)
