"""A badge of one's own: bring it, look at it, keep it or not."""

from typing import Annotated

from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import RedirectResponse, Response

from keys.deps import Learner, Visit, Visiting
from schemas.errors import BadInput, Unavailable
from schemas.identity import BadNumber, grouped, normalise
from verifier.answers import things
from verifier.errors import FileTooLarge
from wallet_web import acts, wording
from wallet_web.collecting import desk
from wallet_web.collecting.photo import BYTES as PHOTO_BYTES
from wallet_web.collecting.photo import read_code
from wallet_web.deps import Holding
from wallet_web.errors import NothingBrought, PhotoUnreadable
from wallet_web.pages.book import frame
from wallet_web.tables import Origin
from wallet_web.wallet import Wallet

router = APIRouter(include_in_schema=False)
OK, BAD = 200, 400
_LINKS = ("https://", "http://")


@router.get("/wallet/{learner}/collect", openapi_extra={"x-action": "wallet.collect"}, name="wallet.collect")
def form(learner: str, visit: Visiting) -> Response:
    """The form, empty."""
    return _form(visit, acts.admit(visit, "wallet.collect", learner))


@router.post("/wallet/{learner}/collect", openapi_extra={"x-action": "wallet.collect"}, name="wallet.collect.look")
def look(
    learner: str,
    visit: Visiting,
    wallet: Holding,
    file: Annotated[UploadFile | None, File()] = None,
    photo: Annotated[UploadFile | None, File()] = None,
    text: Annotated[str, Form()] = "",
    recipient: Annotated[str, Form()] = "",
) -> Response:
    """Look at the file, the photo of a code or the text that was given, the first of them."""
    owner = acts.admit(visit, "wallet.collect", learner)
    field = "file" if _given(file) else "photo" if _given(photo) else "text"
    try:
        if file is not None and _given(file):
            return _looked(visit, wallet, owner, _content(file), Origin.FILE, recipient)
        said = _code(photo) if photo is not None and _given(photo) else text.strip()
        return _said(visit, wallet, owner, said, recipient)
    except (BadInput, Unavailable) as error:
        told = error.told(visit.translate)
        return _form(visit, owner, {field: told}, recipient=recipient)


@router.get(
    "/wallet/{learner}/collect/{found}", openapi_extra={"x-action": "wallet.collect"}, name="wallet.collect.found"
)
def shown(learner: str, found: str, visit: Visiting, wallet: Holding) -> Response:
    """What it is, judged now, before anything is kept."""
    owner, row = acts.admit(visit, "wallet.collect", learner), acts.found(visit, learner, found)
    if row.entry is not None:
        return RedirectResponse(f"/wallet/{learner}/badges/{row.entry}", status_code=303)
    looked = acts.examine(visit, wallet, row)
    return visit.page(
        "wallet/found.html",
        **frame(visit, owner),
        looked=looked,
        picture=wallet.pictures.of(looked.verification.shown).path,
        found_id=row.id,
        report=looked.verification.report,
        worth=visit.translate(wording.STANDINGS_MEAN[looked.standing]),
        owned=visit.translate(wording.WHOSE[looked.whose]),
        known=visit.translate(wording.KNOWN[looked.known]) if looked.entry else "",
        names=things([looked.verification]),
    )


@router.post(
    "/wallet/{learner}/collect/{found}", openapi_extra={"x-action": "wallet.collect"}, name="wallet.collect.keep"
)
def keep(learner: str, found: str, visit: Visiting, wallet: Holding) -> Response:
    """Put it into the wallet."""
    kept = acts.keep(visit, wallet, acts.found(visit, learner, found))
    return RedirectResponse(f"/wallet/{learner}/badges/{kept}", status_code=303)


@router.post(
    "/wallet/{learner}/collect/{found}/drop", openapi_extra={"x-action": "wallet.collect"}, name="wallet.collect.drop"
)
def drop(learner: str, found: str, visit: Visiting) -> Response:
    """Forget it."""
    desk.put_away(visit.session, acts.found(visit, learner, found))
    return RedirectResponse(f"/wallet/{learner}/collect", status_code=303)


def _said(visit: Visit, wallet: Wallet, owner: Learner, said: str, recipient: str) -> Response:
    """What a text leads to: a waiting award by its code or address, a file by its address, else it is the badge itself."""
    offers = f"{wallet.links.public_url}/offers/"
    if not said:
        raise NothingBrought
    try:
        return RedirectResponse(f"/offers/{grouped(normalise(said.removeprefix(offers)))}", status_code=303)
    except BadNumber:
        pass
    if said.startswith(_LINKS):
        data = desk.fetch(wallet.verifier, said)
        return _looked(visit, wallet, owner, data, Origin.LINK, recipient)
    return _looked(visit, wallet, owner, said.encode("utf-8", "replace"), Origin.TEXT, recipient)


def _looked(visit: Visit, wallet: Wallet, owner: Learner, data: bytes, origin: Origin, recipient: str) -> Response:
    looked = acts.look(visit, wallet, owner.id, data, origin, recipient[:320])
    return RedirectResponse(f"/wallet/{owner.id}/collect/{looked.id}", status_code=303)


def _form(visit: Visit, owner: Learner, errors: dict[str, str] | None = None, *, recipient: str = "") -> Response:
    return visit.page(
        "wallet/collect.html",
        status=BAD if errors else OK,
        **frame(visit, owner),
        told=errors or {},
        errors={"file": "", "photo": "", "text": ""} | (errors or {}),
        recipient=recipient,
    )


def _given(file: UploadFile | None) -> bool:
    """Whether a file was chosen; an empty field comes as a file without a name."""
    return file is not None and bool(file.filename)


def _content(file: UploadFile) -> bytes:
    """The uploaded bytes, read no further than one byte over what could be a badge."""
    data = file.file.read(desk.BYTES + 1)
    if len(data) > desk.BYTES:
        raise FileTooLarge
    return data


def _code(photo: UploadFile) -> str:
    data = photo.file.read(PHOTO_BYTES + 1)
    if len(data) > PHOTO_BYTES:
        raise PhotoUnreadable
    return read_code(data).strip()
