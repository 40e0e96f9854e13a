"""The record book: what do I have, what is new, what can I do with it; and one badge: what does it prove, is it true today."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Form, Header, Query
from fastapi.responses import RedirectResponse, Response

from keys.actor import Thing
from keys.deps import Learner, Visit, Visiting
from keys.routes import Shelving
from schemas.errors import NotFound
from schemas.identity import grouped
from wallet_web import acts, certificate, consent, looks, paths, wording
from wallet_web.asking import Correcting
from wallet_web.badge import contents, file_name
from wallet_web.collecting import desk
from wallet_web.collecting.found import form_of
from wallet_web.deps import Holding
from wallet_web.endorsing import endorsements_of
from wallet_web.errors import NotSure
from wallet_web.leaving import closing
from wallet_web.looks import name_of as name_of  # pages of every room say it so
from wallet_web.tables import EntryNotice
from wallet_web.texting import MEDIA_TYPE, Texting
from wallet_web.told import notices_of
from wallet_web.wallet import CHECK, all_entries, count, find, listed, note_seen

router = APIRouter(include_in_schema=False)
SURE = "yes"
Keeping = Annotated[str, Header(alias="X-Keeping", max_length=8)]
FILES = {"json": "application/vc+ld+json", "jwt": "application/jwt", "png": "image/png", "svg": "image/svg+xml"}


def frame(visit: Visit, learner: Learner) -> dict[str, Any]:
    """What every page of a wallet needs: whose it is, for whom a guardian acts, and how results are said."""
    own = visit.actor.learner == learner.id
    return {
        "learner": learner,
        "here": f"/wallet/{learner.id}",
        "own": own,
        "acting_for": "" if own else learner.name,
        **words(visit),
    }


def words(visit: Visit) -> dict[str, Any]:
    """How a badge's result is said on a page."""
    return {
        "result": partial(wording.result, translate=visit.translate),
        "pass_mark": partial(wording.pass_mark, translate=visit.translate),
        "worth_of": lambda standing: visit.translate(wording.STANDINGS[standing]),
    }


@router.get("/wallet", openapi_extra={"x-action": "wallet.home"}, name="wallet.home")
def home(visit: Visiting) -> Response:
    """The visitor's own wallet or their only child's; a choice where there are several."""
    visit.require("wallet.home")
    ids = sorted(filter(None, {visit.actor.learner, *visit.actor.wards}))
    if len(ids) == 1:
        return RedirectResponse(f"/wallet/{ids[0]}", status_code=303)
    learners = sorted(map(visit.people.learner, ids), key=lambda learner: learner.name)
    rows = [(one, count(visit.session, one.id), count(visit.session, one.id, new=True)) for one in learners]
    return visit.page("wallet/home.html", rows=rows)


@router.get("/wallet/{learner}", openapi_extra={"x-action": "wallet.read"}, name="wallet")
def book(learner: str, visit: Visiting, wallet: Holding, q: str = "", page: int = 1) -> Response:
    """The entries of one record book, newest first: the network's checked now, strangers' as they were when last asked about."""
    owner = acts.admit(visit, "wallet.read", learner)
    found = listed(visit.session, learner, query=q, number=page)
    lines = wallet.lines(visit.session, found.entries, visit.now)
    for line in lines:
        if line.is_stale(visit.now):
            visit.later(CHECK, line.entry.id)
    return visit.page(
        "wallet/book.html",
        number=grouped(owner.number),
        **frame(visit, owner),
        page=found,
        lines=lines,
        all_badges=count(visit.session, learner),
        new_badges=count(visit.session, learner, new=True),
        may_present=may(visit, "wallet.present", owner),
        closed=closing.is_shut(visit.session, learner),
        withdrawn=consent.last_withdrawn(visit.session, learner),
    )


@router.get("/wallet/{learner}/badges/{entry}.{ending}", openapi_extra={"x-action": "wallet.read"}, name="wallet.file")
def file(learner: str, entry: str, ending: str, visit: Visiting, wallet: Holding, sign_text: Texting) -> Response:
    """The signed file byte for byte as it came, the emblem with that file inside, or the same badge signed once more as a text."""
    acts.admit(visit, "wallet.read", learner)
    badge = wallet.check(find(visit.session, learner, entry), visit.now)
    stored = bytes(badge.entry.document)
    if (ending, form_of(stored)) == ("jwt", "json"):
        made = sign_text(visit.session, stored, visit.now)
        visit.record("badge.texted", organisation=made.organisation, learner=learner, item=entry)
        return download(made.text.encode(), file_name(badge.entry, ending), MEDIA_TYPE)
    brought = desk.collected(visit.session, [entry]).get(entry)
    content = contents(badge, ending, wallet.fonts, brought.file if brought else None)
    if content is None:
        raise NotFound
    return download(content, file_name(badge.entry, ending), FILES[ending])


@router.get("/wallet/{learner}/badges/{entry}", openapi_extra={"x-action": "wallet.read"}, name="wallet.badge")
def badge_page(
    learner: str, entry: str, visit: Visiting, wallet: Holding, correcting: Correcting, keeping: Keeping = ""
) -> Response:
    """One badge in plain words, checked now. It stays new where a device only keeps it for later."""
    owner = acts.admit(visit, "wallet.read", learner)
    stored = find(visit.session, learner, entry)
    badge = wallet.check(stored, visit.now)
    if not keeping:
        note_seen(visit.session, stored, visit.now)
    brought = desk.collected(visit.session, [entry]).get(entry)
    if brought is not None:
        desk.note_answer(visit.session, brought, badge.verification, visit.now)
    return visit.page(
        "wallet/badge.html",
        **frame(visit, owner),
        badge=badge,
        form=form_of(bytes(stored.document)),
        picture=form_of(bytes(brought.file)) if brought and brought.file else "",
        brought=brought,
        worth=visit.translate(wording.STANDINGS[brought.standing]) if brought else "",
        owned=visit.translate(wording.WHOSE[brought.whose]) if brought else "",
        names=badge.names,
        endorsements=endorsements_of(visit.session, wallet, badge),
        notices=[_told(visit, one) for one in notices_of(visit.session, stored.id)],
        may_remove=may(visit, "wallet.remove", owner),
        shown_by=certificate.links_showing(visit.session, learner, entry, visit.now),
        asked=correcting.asked(visit.session, bytes(stored.document)),
    )


@router.post("/wallet/{learner}/badges/{entry}/ask", openapi_extra={"x-action": "wallet.ask"}, name="wallet.ask")
def ask(
    learner: str,
    entry: str,
    visit: Visiting,
    correcting: Correcting,
    text: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Ask the organisation that awarded a badge to correct it."""
    acts.admit(visit, "wallet.ask", learner)
    stored = find(visit.session, learner, entry)
    asked = correcting.ask(visit.session, bytes(stored.document), visit.actor.person or "", text, visit.now)
    visit.record("wallet.asked", learner=learner, item=asked)
    return RedirectResponse(f"/wallet/{learner}/badges/{entry}#asked", status_code=303)


@router.post(
    "/wallet/{learner}/badges/{entry}/remove", openapi_extra={"x-action": "wallet.remove"}, name="wallet.remove"
)
def remove(learner: str, entry: str, visit: Visiting, sure: Annotated[str, Form()] = "") -> Response:
    """Erase the wallet's copy of a badge."""
    acts.admit(visit, "wallet.remove", learner)
    find(visit.session, learner, entry)
    if sure != SURE:
        raise NotSure
    acts.remove(visit, learner, entry)
    return RedirectResponse(f"/wallet/{learner}", status_code=303)


def _told(visit: Visit, one: EntryNotice) -> dict[str, object]:
    """One notice as a page shows it."""
    words = wording.NOTICES[one.notice]
    return {
        "at": one.at,
        "tone": words.tone,
        "title": visit.translate(words.title),
        "meaning": visit.translate(words.meaning),
        "reason": one.reason,
    }


@router.get("/wallet/{learner}/paths", openapi_extra={"x-action": "wallet.read"}, name="wallet.paths")
def paths_page(learner: str, visit: Visiting, wallet: Holding, shelf: Shelving) -> Response:
    """The paths that the learner is on, and what is still missing."""
    owner = acts.admit(visit, "wallet.read", learner)
    badges = wallet.check_all(all_entries(visit.session, learner), visit.now)
    return visit.page("wallet/paths.html", **frame(visit, owner), rows=paths.progress(shelf, badges))


@router.get("/wallet/{learner}/looks", openapi_extra={"x-action": "wallet.read"}, name="wallet.looks")
def looks_page(learner: str, visit: Visiting, page: Annotated[int, Query(ge=1, le=100_000)] = 1) -> Response:
    """Who has looked at what is the learner's, newest first."""
    owner = acts.admit(visit, "wallet.read", learner)
    found, total = looks.of(visit, learner, page)
    pages = max(1, -(-total // looks.PAGE))
    seen = looks.together(found)
    return visit.page("wallet/looks.html", **frame(visit, owner), seen=seen, page=page, pages=pages, total=total)


def download(content: bytes, name: str, media_type: str) -> Response:
    """A file to keep; never drawn by the browser in our name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Security-Policy": "sandbox"}
    return Response(content, media_type=media_type, headers=headers)


def may(visit: Visit, action: str, learner: Learner) -> bool:
    """Whether the visitor may do something in this wallet."""
    return visit.can(action, Thing(learner=learner.id))
