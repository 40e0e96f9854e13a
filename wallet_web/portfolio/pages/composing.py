"""Pages of the portfolio: put one together, look at it as a reader will, show it by a link."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from keys.deps import Learner, Visit, Visiting
from schemas.errors import BadInput, Forbidden, NotFound
from wallet_web import acts, consent, share
from wallet_web.deps import Holding
from wallet_web.errors import TooYoung
from wallet_web.pages.book import frame
from wallet_web.portfolio import composing, reading
from wallet_web.portfolio import declared as records
from wallet_web.portfolio.composing import Way
from wallet_web.portfolio.errors import BadChoice, NoPageConsent, PageEmpty
from wallet_web.portfolio.messages import BlockForm, PageShareForm
from wallet_web.portfolio.reading import Read
from wallet_web.portfolio.showing import given_out, read_frame
from wallet_web.portfolio.tables import BlockKind, Page
from wallet_web.tables import Entry, Purpose
from wallet_web.wallet import Wallet, find, listed

router = APIRouter(include_in_schema=False)
OK, BAD = 200, 400
PLACE = "/wallet/{learner}/portfolio/pages"
ONE = PLACE + "/{page}"
OFFERED = 200  # badges to choose from, the newest


@router.get(PLACE, openapi_extra={"x-action": "portfolio.read"}, name="pages")
def shelf(learner: str, visit: Visiting) -> Response:
    """Every page of the learner's."""
    return _shelf(visit, acts.admit(visit, "portfolio.read", learner), {})


@router.post(PLACE, openapi_extra={"x-action": "portfolio.write"}, name="page.begin")
def begin(
    learner: str,
    visit: Visiting,
    title: Annotated[str, Form()] = "",
    id: Annotated[str, Form()] = "",  # noqa: A002 - as in the form
) -> Response:
    """A new page."""
    owner = acts.admit(visit, "portfolio.write", learner)
    known = id or share.new_id()
    try:
        made = composing.begin(visit.session, owner, visit.actor, title, visit.now, id=known)
    except BadInput as error:
        return _shelf(visit, owner, {"title": error.told(visit.translate)})
    return _to(made)


@router.get(ONE, openapi_extra={"x-action": "portfolio.read"}, name="page")
def compose(learner: str, page: str, visit: Visiting, wallet: Holding) -> Response:
    """The page with what can be done to it."""
    owner = acts.admit(visit, "portfolio.read", learner)
    return _page(visit, wallet, owner, composing.find(visit.session, learner, page), {})


@router.get(ONE + "/preview", openapi_extra={"x-action": "portfolio.read"}, name="page.preview")
def preview(learner: str, page: str, visit: Visiting, wallet: Holding) -> Response:
    """The page as its reader sees it."""
    owner = acts.admit(visit, "portfolio.read", learner)
    found = composing.find(visit.session, learner, page)
    here = f"/wallet/{learner}/portfolio/pages/{page}"
    return visit.page(
        "portfolio/preview.html",
        **frame(visit, owner),
        **read_frame(visit, _read(visit, wallet, found)),
        files=here,
        at=here,
    )


@router.get(ONE + "/works/{file}", openapi_extra={"x-action": "portfolio.read"}, name="page.file")
def work(learner: str, page: str, file: str, visit: Visiting) -> Response:
    """A file on one's own page."""
    acts.admit(visit, "portfolio.read", learner)
    found = reading.file_on(visit.session, composing.find(visit.session, learner, page), file)
    if found is None:
        raise NotFound
    return given_out(found)


@router.post(ONE, openapi_extra={"x-action": "portfolio.write"}, name="page.add")
def add(learner: str, page: str, visit: Visiting, wallet: Holding, typed: Annotated[BlockForm, Form()]) -> Response:
    """Put a block at the end."""
    owner = acts.admit(visit, "portfolio.write", learner)
    found = composing.find(visit.session, learner, page, lock=True)
    try:
        _add(visit, found, typed)
    except BadInput as error:
        return _page(visit, wallet, owner, found, {typed.kind: error.told(visit.translate)})
    return _to(found)


@router.post(ONE + "/title", openapi_extra={"x-action": "portfolio.write"}, name="page.rename")
def rename(learner: str, page: str, visit: Visiting, wallet: Holding, title: Annotated[str, Form()] = "") -> Response:
    """Give the page another title."""
    owner = acts.admit(visit, "portfolio.write", learner)
    found = composing.find(visit.session, learner, page, lock=True)
    try:
        composing.rename(visit.session, found, title, visit.now)
    except BadInput as error:
        return _page(visit, wallet, owner, found, {"title": error.told(visit.translate)})
    return _to(found)


@router.post(ONE + "/blocks/{block}", openapi_extra={"x-action": "portfolio.write"}, name="page.block")
def arrange(learner: str, page: str, block: str, visit: Visiting, act: Annotated[str, Form()] = "") -> Response:
    """Move a block up or down, or take it out."""
    acts.admit(visit, "portfolio.write", learner)
    found = composing.find(visit.session, learner, page, lock=True)
    if act not in {*Way, "remove"}:
        raise BadChoice
    if act == "remove":
        composing.take_out(visit.session, found, block, visit.now)
    else:
        composing.move(visit.session, found, block, Way(act), visit.now)
    return _to(found)


@router.post(ONE + "/remove", openapi_extra={"x-action": "portfolio.write"}, name="page.remove")
def remove(learner: str, page: str, visit: Visiting, sure: Annotated[str, Form()] = "") -> Response:
    """Forget the page, when the family is sure."""
    acts.admit(visit, "portfolio.write", learner)
    found = composing.find(visit.session, learner, page, lock=True)
    if sure != "yes":
        return _to(found)
    composing.remove(visit.session, found, visit.now)
    return RedirectResponse(f"/wallet/{learner}/portfolio/pages", status_code=303)


@router.post(ONE + "/share", openapi_extra={"x-action": "share.make"}, name="page.share")
def share_page(
    learner: str, page: str, visit: Visiting, wallet: Holding, typed: Annotated[PageShareForm, Form()]
) -> Response:
    """Make a link that shows the page."""
    owner = acts.admit(visit, "share.make", learner)
    found = composing.find(visit.session, learner, page, lock=True)
    order = typed.order_for(composing.badges_of(visit.session, found.id))
    wrong = {name: error.told(visit.translate) for name, error in share.faults(order).items()}
    if not composing.blocks(visit.session, found.id):
        wrong["page"] = PageEmpty().told(visit.translate)
    if wrong or _refusal(visit, owner):
        return _page(visit, wallet, owner, found, wrong, typed, refused=True)
    made = acts.make_share(visit, wallet, learner, order)
    composing.tie(visit.session, found, made.id)
    return RedirectResponse(f"/wallet/{learner}/shares/{made.id}", status_code=303)


def _add(visit: Visit, page: Page, typed: BlockForm) -> None:
    if typed.kind == BlockKind.BADGE:
        composing.add_badge(visit.session, page, typed.entry, visit.now)
    elif typed.kind == BlockKind.RECORD:
        composing.add_record(visit.session, page, typed.record, visit.now)
    elif typed.kind == BlockKind.OUTCOMES:
        composing.add_outcomes(visit.session, page, visit.now)
    elif typed.kind == BlockKind.WORDS:
        composing.add_words(visit.session, page, typed.text, visit.now)
    else:
        raise BadChoice


def _read(visit: Visit, wallet: Wallet, page: Page) -> Read:
    entries = [find(visit.session, page.learner, entry) for entry in composing.badges_of(visit.session, page.id)]
    return reading.read(visit.session, page, wallet.check_all(entries, visit.now))


def _shelf(visit: Visit, owner: Learner, errors: Mapping[str, str]) -> Response:
    rows = [
        (one, composing.is_shown(visit.session, one.id, visit.now)) for one in composing.all_of(visit.session, owner.id)
    ]
    return visit.page(
        "portfolio/pages.html",
        **frame(visit, owner),
        status=BAD if errors else OK,
        rows=rows,
        new=share.new_id(),
        agreed=consent.in_force(visit.session, owner.id, Purpose.PORTFOLIO, visit.now),
        errors=errors,
    )


def _page(
    visit: Visit,
    wallet: Wallet,
    owner: Learner,
    page: Page,
    errors: Mapping[str, str],
    typed: PageShareForm | None = None,
    *,
    refused: bool = False,
) -> Response:
    read, refusal = _read(visit, wallet, page), _refusal(visit, owner)
    told = [(one, said) for one, said in records.all_of(visit.session, owner.id)]
    return visit.page(
        "portfolio/compose.html",
        **frame(visit, owner),
        **read_frame(visit, read),
        status=BAD if errors or refused else OK,
        page=page,
        may_change=not composing.is_shown(visit.session, page.id, visit.now),
        badges=_choices(visit, owner, read),
        records=[(one.id, said.title) for one, said in told if one.id not in _on(read)],
        links=[pair[0] for pair in composing.links_of(visit.session, page.id)],
        typed=typed or PageShareForm(),
        refusal=visit.translate(refusal.sentence) if refusal else "",
        needs_consent=isinstance(refusal, NoPageConsent),
        terms=share.TERM_DAYS_MAX,
        longest=share.WORDS_MAX,
        errors=errors,
    )


def _choices(visit: Visit, owner: Learner, read: Read) -> list[tuple[str, str]]:
    """The badges that are not on the page yet."""
    on_page = {badge.entry.id for badge in read.badges}
    entries: tuple[Entry, ...] = listed(visit.session, owner.id, size=OFFERED).entries
    return [(entry.id, f"{entry.title} · {entry.issuer_name}") for entry in entries if entry.id not in on_page]


def _on(read: Read) -> set[str]:
    return {block.record.id for block in read.blocks if block.record is not None}


def _refusal(visit: Visit, owner: Learner) -> Forbidden | None:
    """Why this visitor cannot show a page now, as far as that does not depend on what they type."""
    try:
        share.require_may_share(owner, visit.actor, visit.now)
    except TooYoung as error:
        return error
    agreed = consent.in_force(visit.session, owner.id, Purpose.PORTFOLIO, visit.now)
    return None if agreed is not None else NoPageConsent()


def _to(page: Page) -> Response:
    return RedirectResponse(f"/wallet/{page.learner}/portfolio/pages/{page.id}", status_code=303)
