"""The page a stranger sees: are these real, who answers for them, whose are they (not shown)."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from keys.deps import Visit, Visiting
from schemas.errors import ZachetkaError
from wallet_web import acts, naming, pins
from wallet_web.badge import file_name
from wallet_web.deps import PASS, Holding, Reading
from wallet_web.errors import PinNeeded, PinWaits, ShareGone, WrongPin
from wallet_web.pages.book import download, words
from wallet_web.portfolio import composing, reading
from wallet_web.portfolio.showing import given_out, read_frame
from wallet_web.portfolio.tables import Page
from wallet_web.privacy import PRIVATE
from wallet_web.share import BADGES_MAX, OpenShare
from wallet_web.tables import Taken
from wallet_web.wallet import Wallet

router = APIRouter(include_in_schema=False)
STRANGER: dict[str, Any] = {"signed_in": None, "nav": [], "acting_for": ""}


@router.get("/v/{token}/{place}.json", openapi_extra={"x-action": "share.open"}, name="shared.file")
def file(token: str, place: str, visit: Visiting, wallet: Holding, reader: Reading) -> Response:
    """One of the shared badges as its signed file, byte for byte."""
    number = number_of(place)
    try:
        opened = acts.open_share(visit, wallet, reader, token, Taken.FILE, number)
    except (ShareGone, PinNeeded) as error:
        return refused(visit, error, token)
    entry = opened.entries[number - 1]
    return private(download(bytes(entry.document), file_name(entry, "json"), "application/vc+ld+json"))


@router.get("/v/{token}", openapi_extra={"x-action": "share.open"}, name="shared")
def shared(token: str, visit: Visiting, wallet: Holding, reader: Reading) -> Response:
    """The shared badges, each checked now; nothing here says whose they are."""
    try:
        opened = acts.open_share(visit, wallet, reader, token)
    except PinNeeded:
        return _ask(visit, token)
    except ShareGone as error:
        return refused(visit, error, token)
    page = composing.shown_by(visit.session, opened.share.id)
    if page is not None:
        return _read(visit, wallet, opened, page, token)
    shown: dict[str, Any] = {
        "badges": wallet.check_all(opened.entries, visit.now),
        "at": visit.now,
        "made": opened.share,
        "owner": naming.read(visit.session, opened.share.id, opened.entries, visit.now),
        "files": f"/v/{token}",
    }
    return private(visit.page("wallet/shared.html", **STRANGER, **words(visit), **shown))


@router.get("/v/{token}/works/{work}", openapi_extra={"x-action": "share.open"}, name="shared.work")
def work(token: str, work: str, visit: Visiting, wallet: Holding, reader: Reading) -> Response:
    """A file of a record that stands on the shared page."""
    try:
        opened = acts.open_share(visit, wallet, reader, token, Taken.FILE)
    except (ShareGone, PinNeeded) as error:
        return refused(visit, error, token)
    page = composing.shown_by(visit.session, opened.share.id)
    found = reading.file_on(visit.session, page, work) if page is not None else None
    return refused(visit, ShareGone(), token) if found is None else private(given_out(found))


@router.post("/v/{token}", openapi_extra={"x-action": "share.open"}, name="shared.unlock")
def unlock(
    token: str, visit: Visiting, wallet: Holding, reader: Reading, pin: Annotated[str, Form(max_length=64)] = ""
) -> Response:
    """Say the PIN of a link."""
    try:
        passed = acts.unlock(visit, wallet, reader, token, pin)
    except ShareGone as error:
        return refused(visit, error, token)
    except PinWaits as error:
        return _ask(visit, token, error, HTTPStatus.TOO_MANY_REQUESTS)
    if passed is None:
        return _ask(visit, token, WrongPin(), HTTPStatus.FORBIDDEN)
    return _let_in(wallet, token, passed)


def number_of(place: str) -> int:
    """The number of a badge in an address; 0, which no badge has, for anything else."""
    return int(place) if place.isascii() and place.isdigit() and len(place) <= len(str(BADGES_MAX)) else 0


def refused(visit: Visit, error: ZachetkaError, token: str) -> Response:
    """One page for wrong, expired and withdrawn links, the same to the last byte; a link with a PIN asks for it first."""
    if isinstance(error, PinNeeded):
        return private(RedirectResponse(f"/v/{token}", HTTPStatus.SEE_OTHER))
    return private(visit.page("wallet/gone.html", **STRANGER, status=HTTPStatus.NOT_FOUND))


def private(answer: Response) -> Response:
    """The answer, kept from caches, search engines and other sites."""
    answer.headers.update(PRIVATE)
    return answer


def _read(visit: Visit, wallet: Wallet, opened: OpenShare, page: Page, token: str) -> Response:
    """The composed page that a link shows, its badges checked now."""
    read = reading.read(visit.session, page, wallet.check_all(opened.entries, visit.now))
    shown = {**read_frame(visit, read), "made": opened.share, "files": f"/v/{token}"}
    return private(visit.page("portfolio/shared.html", **STRANGER, **words(visit), **shown))


def _ask(visit: Visit, token: str, error: ZachetkaError | None = None, status: int = HTTPStatus.OK) -> Response:
    """Ask for the PIN; nothing here says what is behind it."""
    told = error.told(visit.translate) if error else ""
    return private(visit.page("wallet/pin.html", **STRANGER, status=status, action=f"/v/{token}", error=told))


def _let_in(wallet: Wallet, token: str, passed: str) -> Response:
    answer = RedirectResponse(f"/v/{token}", HTTPStatus.SEE_OTHER)
    answer.set_cookie(
        PASS,
        passed,
        max_age=int(pins.TERM.total_seconds()),
        path=f"/v/{token}",
        secure=wallet.links.public_url.startswith("https:"),
        httponly=True,
        samesite="lax",
    )
    return private(answer)
