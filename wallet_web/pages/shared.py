"""The page a stranger sees: are these real, who answers for them, whose are they (not shown)."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from keys.deps import Visit, Visiting
from wallet_web import acts
from wallet_web.badge import file_name
from wallet_web.deps import Holding
from wallet_web.errors import ShareGone
from wallet_web.pages.book import download, words
from wallet_web.privacy import PRIVATE
from wallet_web.share import BADGES_MAX

router = APIRouter(include_in_schema=False)
STRANGER: dict[str, Any] = {"signed_in": None, "nav": [], "acting_for": ""}
GONE = 404


@router.get("/v/{token}/{place}.json", openapi_extra={"x-action": "share.open"}, name="shared.file")
def file(token: str, place: str, visit: Visiting) -> Response:
    """One of the shared badges as its signed file, byte for byte."""
    number = int(place) if place.isascii() and place.isdigit() and len(place) <= len(str(BADGES_MAX)) else 0
    try:
        opened = acts.open_share(visit, token, number)
    except ShareGone:
        return _gone(visit)
    entry = opened.entries[number - 1]
    return _private(download(bytes(entry.document), file_name(entry, "json"), "application/vc+ld+json"))


@router.get("/v/{token}", openapi_extra={"x-action": "share.open"}, name="shared")
def shared(token: str, visit: Visiting, wallet: Holding) -> Response:
    """The shared badges, each checked now; nothing here says whose they are."""
    try:
        opened = acts.open_share(visit, token)
    except ShareGone:
        return _gone(visit)
    shown: dict[str, Any] = {
        "badges": wallet.check_all(opened.entries, visit.now),
        "at": visit.now,
        "until": opened.share.expires_at,
        "files": f"/v/{token}",
    }
    return _private(visit.page("wallet/shared.html", **STRANGER, **words(visit), **shown))


def _gone(visit: Visit) -> Response:
    """One page for wrong, expired and withdrawn links, the same to the last byte."""
    return _private(visit.page("wallet/gone.html", **STRANGER, status=GONE))


def _private(answer: Response) -> Response:
    answer.headers.update(PRIVATE)
    return answer
