"""What a stranger takes from a shared page: the files as an archive, a presentation, a page for paper, the record of the check.

Registered before the single files, whose addresses are numbers.
"""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, RedirectResponse, Response

from keys.deps import Visit, Visiting
from keys.printing import Printing
from verifier import record
from verifier.record import Record
from wallet_web import acts, bundle, naming
from wallet_web.badge import Badge, file_name
from wallet_web.deps import Holding, Reader, Reading
from wallet_web.errors import PinNeeded, ShareGone
from wallet_web.pages.book import download
from wallet_web.pages.paper import Sheet, printed
from wallet_web.pages.shared import STRANGER, number_of, private, refused
from wallet_web.portfolio import composing, reading
from wallet_web.portfolio.printed import sheet_of
from wallet_web.share import OpenShare
from wallet_web.tables import Taken
from wallet_web.wallet import Wallet

router = APIRouter(include_in_schema=False)
_OPEN = {"x-action": "share.open"}


@router.get("/v/{token}/files.zip", openapi_extra=_OPEN, name="shared.archive")
def archive(token: str, visit: Visiting, wallet: Holding, reader: Reading) -> Response:
    """Every signed file of the share, byte for byte, in one archive."""

    def answer(opened: OpenShare) -> Response:
        files = [
            (f"{place:02}-{file_name(one, 'json')}", bytes(one.document)) for place, one in enumerate(opened.entries, 1)
        ]
        return download(bundle.archive(files), "badges.zip", "application/zip")

    return _taken(visit, wallet, reader, token, Taken.ARCHIVE, answer)


@router.get("/v/{token}/presentation.json", openapi_extra=_OPEN, name="shared.presentation")
def presentation(token: str, visit: Visiting, wallet: Holding, reader: Reading) -> Response:
    """The badges as one set that the learner's own key has signed."""

    def answer(opened: OpenShare) -> Response:
        return download(wallet.present_share(opened), "presentation.json", "application/vp+ld+json")

    return _taken(visit, wallet, reader, token, Taken.PRESENTATION, answer)


@router.get("/v/{token}/owner.json", openapi_extra=_OPEN, name="shared.owner")
def owner(token: str, visit: Visiting, wallet: Holding, reader: Reading) -> Response:
    """The school's sealed statement whose the badges are; without one the page, which says so."""

    def answer(opened: OpenShare) -> Response:
        statement = naming.document_of(visit.session, opened.share.id)
        if statement is None:
            return RedirectResponse(f"/v/{token}", HTTPStatus.SEE_OTHER)
        return download(statement, "owner.json", "application/json")

    return _taken(visit, wallet, reader, token, Taken.OWNER, answer)


@router.get("/v/{token}/page.pdf", openapi_extra=_OPEN, name="shared.paper")
def paper(
    token: str, visit: Visiting, wallet: Holding, reader: Reading, print_pdf: Printing, *, spell: bool = False
) -> Response:
    """The page on paper, with the code that leads back to it."""

    def answer(opened: OpenShare) -> Response:
        badges = wallet.check_all(opened.entries, visit.now)
        sheet = Sheet(
            template=bundle.TEMPLATE,
            data=_shown_on(visit, wallet, opened, badges),
            drawings=bundle.drawings_of(badges),
            name="page.pdf",
            back=f"/v/{token}",
            here=f"/v/{token}/page.pdf",
        )
        return printed(visit, print_pdf, sheet, spell=spell)

    return _taken(visit, wallet, reader, token, Taken.PAPER, answer)


@router.get("/v/{token}/record", openapi_extra=_OPEN, name="shared.record")
def record_page(token: str, visit: Visiting, wallet: Holding, reader: Reading, badge: str = "") -> Response:
    """The dated record of today's check, to read, to print and to save."""

    def answer(opened: OpenShare) -> Response:
        made = _record(wallet, opened, badge, visit)
        return visit.page(
            "wallet/record.html",
            **STRANGER,
            made=made,
            facts=record.facts(made, visit.translate, visit.times),
            back=f"/v/{token}",
            asked=_asked(badge),
        )

    return _taken(visit, wallet, reader, token, Taken.RECORD, answer, badge)


@router.get("/v/{token}/record.json", openapi_extra=_OPEN, name="shared.record_json")
def record_json(token: str, visit: Visiting, wallet: Holding, reader: Reading, badge: str = "") -> Response:
    """The same for programs."""

    def answer(opened: OpenShare) -> Response:
        return JSONResponse(
            record.to_json(_record(wallet, opened, badge, visit), visit.translate),
            headers={"Content-Disposition": 'attachment; filename="record.json"'},
        )

    return _taken(visit, wallet, reader, token, Taken.RECORD, answer, badge)


@router.get("/v/{token}/record.pdf", openapi_extra=_OPEN, name="shared.record_pdf")
def record_pdf(
    token: str,
    visit: Visiting,
    wallet: Holding,
    reader: Reading,
    print_pdf: Printing,
    badge: str = "",
    *,
    spell: bool = False,
) -> Response:
    """The same on paper."""

    def answer(opened: OpenShare) -> Response:
        data = record.sheet_of(_record(wallet, opened, badge, visit), visit.translate, visit.times, visit.language)
        back, here = f"/v/{token}/record{_asked(badge)}", f"/v/{token}/record.pdf{_asked(badge)}"
        sheet = Sheet(template=record.TEMPLATE, data=data, name="record.pdf", back=back, here=here)
        return printed(visit, print_pdf, sheet, spell=spell)

    return _taken(visit, wallet, reader, token, Taken.RECORD, answer, badge)


def _taken(
    visit: Visit,
    wallet: Wallet,
    reader: Reader,
    token: str,
    taken: Taken,
    answer: Callable[[OpenShare], Response],
    badge: str = "",
) -> Response:
    """What a live link gives, noted for the family; the page of a dead one, the question for the PIN."""
    try:
        opened = acts.open_share(visit, wallet, reader, token, taken, number_of(badge) if badge else None)
    except (ShareGone, PinNeeded) as error:
        return refused(visit, error, token)
    return private(answer(opened))


def _shown_on(visit: Visit, wallet: Wallet, opened: OpenShare, badges: Sequence[Badge]) -> dict[str, Any]:
    """What is to be printed: the page that the owner has composed, where the link shows one, else the badges."""
    url, page = wallet.links.url(opened.share.id), composing.shown_by(visit.session, opened.share.id)
    if page is not None:
        return sheet_of(opened, reading.read(visit.session, page, badges), url, visit)
    named = naming.read(visit.session, opened.share.id, opened.entries, visit.now)
    return bundle.sheet_of(opened, badges, url, named, visit)


def _asked(badge: str) -> str:
    return f"?badge={badge}" if badge else ""


def _record(wallet: Wallet, opened: OpenShare, badge: str, visit: Visit) -> Record:
    """The record of all badges, or of the one that was asked for."""
    entries = [opened.entries[number_of(badge) - 1]] if badge else opened.entries
    found = [one.verification for one in wallet.check_all(entries, visit.now)]
    files = [bytes(entry.document) for entry in entries]
    return record.of_many(found, files, wallet.verifier, by=wallet.links.public_url, now=visit.now)
