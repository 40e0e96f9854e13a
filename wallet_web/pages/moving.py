"""Taking everything along, and bringing everything from elsewhere."""

from typing import Annotated

from fastapi import APIRouter, File, UploadFile
from fastapi.responses import RedirectResponse, Response

from keys.deps import Learner, Visit, Visiting
from schemas.errors import BadInput
from wallet_web import acts, wording
from wallet_web.collecting.desk import Known
from wallet_web.deps import Holding
from wallet_web.moving import arrival as arriving
from wallet_web.moving.archive import ALL_BYTES
from wallet_web.moving.errors import ArchiveMissing, ArchiveTaken, ArchiveTooLarge
from wallet_web.moving.export import gathered
from wallet_web.moving.sections import EARLIER_TITLE
from wallet_web.pages.book import download, frame

router = APIRouter(include_in_schema=False)
OK, BAD = 200, 400
SHOWN = 200


@router.get("/wallet/{learner}/moving", openapi_extra={"x-action": "wallet.export"}, name="wallet.moving")
def moving(learner: str, visit: Visiting) -> Response:
    """What there is to take along, and the form for what was brought."""
    return _page(visit, acts.admit(visit, "wallet.export", learner))


@router.get("/wallet/{learner}/archive.zip", openapi_extra={"x-action": "wallet.export"}, name="wallet.archive")
def archive(learner: str, visit: Visiting, wallet: Holding) -> Response:
    """Everything as one file."""
    return download(acts.export_all(visit, wallet, learner), "zachetka.zip", "application/zip")


@router.post("/wallet/{learner}/import", openapi_extra={"x-action": "wallet.import"}, name="wallet.import")
def bring(learner: str, visit: Visiting, file: Annotated[UploadFile | None, File()] = None) -> Response:
    """Look at an archive."""
    owner = acts.admit(visit, "wallet.import", learner)
    try:
        brought = acts.bring_archive(visit, learner, _content(file))
    except BadInput as error:
        return _page(visit, owner, {"file": visit.translate(error.sentence)})
    return RedirectResponse(f"/wallet/{learner}/import/{brought.id}", status_code=303)


@router.get(
    "/wallet/{learner}/import/{arrival}", openapi_extra={"x-action": "wallet.import"}, name="wallet.import.look"
)
def look(learner: str, arrival: str, visit: Visiting, wallet: Holding) -> Response:
    """What taking it in would do; nothing is changed."""
    owner = acts.admit(visit, "wallet.import", learner)
    row = arriving.find(visit.session, learner, arrival, visit.now)
    try:
        outlook = arriving.look(visit.session, wallet.verifier, owner, row, visit.now)
    except ArchiveTaken:
        return RedirectResponse(f"/wallet/{learner}", status_code=303)
    except BadInput as error:
        return _page(visit, owner, {"file": visit.translate(error.sentence)})
    return visit.page(
        "wallet/arrival.html",
        **frame(visit, owner),
        arrival=row.id,
        outlook=outlook,
        sealed=visit.translate(wording.SEALED[outlook.sealed]),
        counts=[(visit.translate(words), outlook.count(known)) for known, words in wording.ARRIVING.items()],
        rows=[
            (one.label, _section(visit, one.section), visit.translate(wording.ARRIVING[one.known]))
            for one in outlook.lines
            if one.known is not Known.SAME
        ][:SHOWN],
    )


@router.post(
    "/wallet/{learner}/import/{arrival}", openapi_extra={"x-action": "wallet.import"}, name="wallet.import.take"
)
def take(learner: str, arrival: str, visit: Visiting, wallet: Holding) -> Response:
    """Take it in, all of it or nothing; a second click finds it taken."""
    owner = acts.admit(visit, "wallet.import", learner)
    try:
        acts.take_archive(visit, wallet, learner, arrival)
    except ArchiveTaken:
        return RedirectResponse(f"/wallet/{learner}", status_code=303)
    except BadInput as error:
        return _page(visit, owner, {"file": visit.translate(error.sentence)})
    return RedirectResponse(f"/wallet/{learner}", status_code=303)


def _page(visit: Visit, owner: Learner, errors: dict[str, str] | None = None) -> Response:
    parts = gathered(visit.session, owner, visit.now)
    return visit.page(
        "wallet/moving.html",
        status=BAD if errors else OK,
        **frame(visit, owner),
        errors=errors or {},
        parts=[(visit.translate(title), len(held)) for title, held in parts],
        brought=any(title == EARLIER_TITLE for title, _ in parts),
    )


def _section(visit: Visit, name: str) -> str:
    known = wording.SECTION_NAMES.get(name)
    return visit.translate(known) if known else ""


def _content(file: UploadFile | None) -> bytes:
    if file is None or not file.filename:
        raise ArchiveMissing
    data = file.file.read(ALL_BYTES + 1)
    if len(data) > ALL_BYTES:
        raise ArchiveTooLarge
    return data
