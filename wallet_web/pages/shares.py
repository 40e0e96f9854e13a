"""Shares of one learner: what is shown to whom, who looked, how to end it."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from keys.deps import Learner, Visit, Visiting
from keys.errors.proofs import SelectionError
from schemas.errors import N_, BadInput, Forbidden, NotFound
from wallet_web import acts, consent, naming, qr, share, views, wording
from wallet_web.deps import Holding
from wallet_web.errors import NoConsent, NoNameConsent, NothingToVouch, TooYoung
from wallet_web.messages import ShareForm
from wallet_web.pages import parting
from wallet_web.pages.book import download, frame, may, name_of
from wallet_web.share import ShareState
from wallet_web.tables import Consent, Purpose, Share
from wallet_web.wallet import count, find_all, listed

router = APIRouter(include_in_schema=False)
OK, BAD = 200, 400


@router.get("/wallet/{learner}/shares", openapi_extra={"x-action": "share.read"}, name="wallet.shares")
def shares(learner: str, visit: Visiting) -> Response:
    """Every link of the learner, the living ones first."""
    owner = acts.admit(visit, "share.read", learner)
    rows = [_row(visit, *pair) for pair in share.all_of(visit.session, learner)]
    return visit.page(
        "wallet/shares.html",
        **frame(visit, owner),
        live=[row for row in rows if row["live"]],
        ended=[row for row in rows if not row["live"]],
        badges=count(visit.session, learner),
    )


@router.get("/wallet/{learner}/shares/new", openapi_extra={"x-action": "share.make"}, name="wallet.share.new")
def new(learner: str, visit: Visiting, typed: Annotated[ShareForm, Query()]) -> Response:
    """The form: which badges, for whom, what for, for how long."""
    owner = acts.admit(visit, "share.make", learner)
    return _form(visit, owner, typed, refusal=_refusal(visit, owner))


@router.post("/wallet/{learner}/shares", openapi_extra={"x-action": "share.make"}, name="wallet.share.make")
def make(learner: str, visit: Visiting, wallet: Holding, typed: Annotated[ShareForm, Form()]) -> Response:
    """Make the link, or look for more badges; what was typed is kept either way."""
    owner = acts.admit(visit, "share.make", learner)
    refusal, order = _refusal(visit, owner), typed.order()
    if typed.act == "find":
        return _form(visit, owner, typed, refusal=refusal)
    faults = share.faults(order)
    if faults or refusal:
        return _form(visit, owner, typed, refusal=refusal, errors=_told(visit, faults), status=BAD)
    if parting.is_unasked(find_all(visit.session, owner.id, typed.badge), typed):
        return _form(visit, owner, typed, refusal=None, asks=True)
    try:
        with visit.session.begin_nested():
            made = acts.make_share(visit, wallet, learner, order)
    except (NoNameConsent, NothingToVouch, SelectionError) as error:
        field = "parts" if isinstance(error, SelectionError) else "named"
        told = {field: error.told(visit.translate)}
        return _form(visit, owner, typed, refusal=None, errors=told, status=BAD)
    return RedirectResponse(f"/wallet/{learner}/shares/{made.id}", status_code=303)


@router.get("/wallet/{learner}/shares/{made}", openapi_extra={"x-action": "share.read"}, name="wallet.share")
def one(learner: str, made: str, visit: Visiting, wallet: Holding) -> Response:
    """One link: its address and code while it lives, what the reader sees, who looked."""
    owner = acts.admit(visit, "share.read", learner)
    found, agreed = share.own(visit.session, learner, made)
    row = _row(visit, found, agreed)
    entries = share.entries_of(visit.session, made)
    return visit.page(
        "wallet/share.html",
        **frame(visit, owner),
        row=row,
        url=wallet.links.url(made) if row["live"] else "",
        code=Markup(qr.svg(wallet.links.url(made))) if row["live"] else "",  # noqa: S704 - our own drawing
        badges=wallet.check_all(entries, visit.now),
        in_part=[wording.in_part(part, visit.translate) for part in share.in_part(visit.session, made)],
        views=[
            {"at": view.at, "title": wording.viewed(view, visit.translate)}
            for view in views.latest(visit.session, made)
        ],
    )


@router.get("/wallet/{learner}/shares/{made}/qr.{ending}", openapi_extra={"x-action": "share.read"}, name="wallet.qr")
def code(learner: str, made: str, ending: str, visit: Visiting, wallet: Holding) -> Response:
    """The QR code of a living link as a file to print or send."""
    acts.admit(visit, "share.read", learner)
    pair = share.own(visit.session, learner, made)
    if share.state(*pair, visit.now) is not ShareState.LIVE or ending not in {"png", "svg"}:
        raise NotFound
    url = wallet.links.url(made)
    if ending == "png":
        return download(qr.png(url), "qr.png", "image/png")
    return download(qr.svg(url).encode(), "qr.svg", "image/svg+xml")


@router.post(
    "/wallet/{learner}/shares/{made}/withdraw",
    openapi_extra={"x-action": "share.withdraw"},
    name="wallet.share.withdraw",
)
def withdraw(learner: str, made: str, visit: Visiting) -> Response:
    """Make a link dead at once."""
    acts.withdraw_share(visit, learner, made)
    return RedirectResponse(f"/wallet/{learner}/shares/{made}", status_code=303)


def _form(
    visit: Visit,
    owner: Learner,
    typed: ShareForm,
    *,
    refusal: Forbidden | None,
    errors: Mapping[str, str] | None = None,
    status: int = OK,
    asks: bool = False,
) -> Response:
    found = listed(visit.session, owner.id, query=typed.q)
    chosen = find_all(visit.session, owner.id, typed.badge)
    others = [entry for entry in found.entries if entry not in chosen]
    return visit.page(
        "wallet/share_new.html",
        **frame(visit, owner),
        status=status,
        typed=typed,
        errors=errors or {},
        refusal=visit.translate(refusal.sentence) if refusal else "",
        may_consent=may(visit, "consent.give", owner),
        guardians=visit.people.guardians(owner.id),
        entries=[*chosen, *others],
        chosen=[entry.id for entry in chosen],
        parted=parting.fields(visit, chosen, typed),
        asks=asks,
        more=found.total - len(found.entries),
        badges=count(visit.session, owner.id),
        most=share.BADGES_MAX,
        terms=share.TERM_DAYS_MAX,
        longest=share.WORDS_MAX,
    )


def _refusal(visit: Visit, owner: Learner) -> Forbidden | None:
    """Why this visitor cannot make a link now, as far as that does not depend on what they type."""
    try:
        share.require_may_share(owner, visit.actor, visit.now)
    except TooYoung as error:
        return error
    return None if consent.in_force(visit.session, owner.id, Purpose.SHARING, visit.now) else NoConsent()


def _told(visit: Visit, faults: Mapping[str, BadInput]) -> dict[str, str]:
    """The faults in the reader's words, by field of the form."""
    names = {"entries": "badge"}
    return {names.get(name, name): error.told(visit.translate) for name, error in faults.items()}


def _row(visit: Visit, made: Share, agreed: Consent) -> dict[str, object]:
    state = share.state(made, agreed, visit.now)
    ended = made.withdrawn_at or agreed.ended_at or made.expires_at
    opened, last = views.times_opened(visit.session, made.id)
    return {
        "share": made,
        "live": state is ShareState.LIVE,
        "word": visit.translate(wording.SHARE_STATES[state]),
        "until": made.expires_at if state is ShareState.LIVE else min(ended, made.expires_at),
        "by": name_of(visit, made.created_by),
        "ended_by": name_of(visit, made.withdrawn_by) if made.withdrawn_by else "",
        "views": opened,
        "last_view": last,
        "lock": _lock(visit, made),
    }


def _lock(visit: Visit, made: Share) -> list[tuple[str, str]]:
    """What the family is told of the recipient and the PIN, as `look.facts` takes it."""
    told = [(visit.translate(N_("Для кого")), made.recipient)] if made.recipient else []
    if naming.document_of(visit.session, made.id) is not None:
        told.append((visit.translate(N_("Имя")), visit.translate(N_("читатель увидит его, подтвердила школа"))))
    if made.pin_hash is None:
        return told
    asked = visit.translate(N_("спрашивается; неверных попыток: {misses}")).format(misses=made.pin_misses)
    return [*told, (visit.translate(N_("ПИН-код")), asked)]
