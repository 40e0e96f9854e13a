"""Forms may only come from our own pages (THREATS W6): every unsafe request of a signed-in browser brings its session's token."""

import hmac
from collections.abc import AsyncIterator
from contextlib import suppress
from urllib.parse import urlsplit

from fastapi import Request

from service.identity.errors import ForeignPage, StaleForm
from service.identity.guests import Guest

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD = "csrf"
HEADER = "x-csrf-token"
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
OWN_SITES = frozenset({"same-origin", "none"})


async def take_form_token(request: Request) -> AsyncIterator[None]:
    """FastAPI dependency of the whole application: finds the token of a form or of the header, for `require_own_form`."""
    request.state.form_token = ""
    if request.method not in SAFE_METHODS:
        request.state.form_token = request.headers.get(HEADER) or await _field(request)
    yield
    await request.close()


async def _field(request: Request) -> str:
    if not request.headers.get("content-type", "").startswith(FORM_TYPES):
        return ""
    with suppress(
        RuntimeError
    ):  # read already by a door with form fields; else kept, so that a door that wants bytes has them
        await request.body()
    limit: int = request.app.state.settings.max_body
    value = (await request.form(max_part_size=limit)).get(FIELD)
    return value if isinstance(value, str) else ""


def require_own_form(request: Request, guest: Guest) -> None:
    """Raise `StaleForm` or `ForeignPage` when the request of a signed-in browser was not sent by one of our pages."""
    if guest.session is None:
        return
    if request.headers.get("sec-fetch-site", "none") == "cross-site":
        raise ForeignPage
    if not hmac.compare_digest(request.state.form_token.encode(), guest.csrf.encode()):
        raise StaleForm


def require_own_page(request: Request, public_url: str) -> None:
    """Raise `ForeignPage` when a page of another site sent the request; for doors that are open before anybody has signed in."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in OWN_SITES:
        raise ForeignPage
    origin = request.headers.get("origin")
    own_hosts = {request.headers.get("host", ""), urlsplit(public_url).netloc}
    if origin is not None and urlsplit(origin).netloc not in own_hosts:
        raise ForeignPage
