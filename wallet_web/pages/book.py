"""The record book: what do I have, what is new, what can I do with it; and one badge: what does it prove, is it true today."""

from functools import partial
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from keys.actor import Thing
from keys.deps import Learner, Visit, Visiting
from schemas.errors import NotFound
from schemas.identity import grouped
from verifier.credit.deps import Deciding
from verifier.credit.tables import CaseStep
from verifier.credit.wording import HAPPENED
from wallet_web import acts, applying, history, wording
from wallet_web.badge import contents, file_name
from wallet_web.deps import Holding
from wallet_web.history import Act
from wallet_web.tables import EntryNotice
from wallet_web.told import notices_of
from wallet_web.wallet import count, find, listed, note_seen

router = APIRouter(include_in_schema=False)
FILES = {"json": "application/vc+ld+json", "png": "image/png", "svg": "image/svg+xml"}


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
    """The entries of one record book, newest first, each checked now."""
    owner = acts.admit(visit, "wallet.read", learner)
    found = listed(visit.session, learner, query=q, number=page)
    return visit.page(
        "wallet/book.html",
        number=grouped(owner.number),
        **frame(visit, owner),
        page=found,
        badges=wallet.check_all(found.entries, visit.now),
        all_badges=count(visit.session, learner),
        new_badges=count(visit.session, learner, new=True),
    )


@router.get("/wallet/{learner}/badges/{entry}.{ending}", openapi_extra={"x-action": "wallet.read"}, name="wallet.file")
def file(learner: str, entry: str, ending: str, visit: Visiting, wallet: Holding) -> Response:
    """The signed file byte for byte as it came, or the emblem with that file inside."""
    acts.admit(visit, "wallet.read", learner)
    badge = wallet.check(find(visit.session, learner, entry), visit.now)
    content = contents(badge, ending, wallet.fonts)
    if content is None:
        raise NotFound
    return download(content, file_name(badge.entry, ending), FILES[ending])


@router.get("/wallet/{learner}/badges/{entry}", openapi_extra={"x-action": "wallet.read"}, name="wallet.badge")
def badge_page(learner: str, entry: str, visit: Visiting, wallet: Holding) -> Response:
    """One badge in plain words, checked now."""
    owner = acts.admit(visit, "wallet.read", learner)
    stored = find(visit.session, learner, entry)
    note_seen(visit.session, stored, visit.now)
    badge = wallet.check(stored, visit.now)
    notices = [_told(visit, one) for one in notices_of(visit.session, stored.id)]
    return visit.page("wallet/badge.html", **frame(visit, owner), badge=badge, notices=notices)


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


@router.get("/wallet/{learner}/history", openapi_extra={"x-action": "wallet.read"}, name="wallet.history")
def history_page(learner: str, visit: Visiting, cases: Deciding) -> Response:
    """What was done in this wallet and in its applications, and by whom; newest first."""
    owner = acts.admit(visit, "wallet.read", learner)
    done: list[Act | CaseStep] = [*history.acts(visit.session, learner), *applying.steps(visit, cases, learner)]
    rows = [_row(visit, one) for one in sorted(done, key=lambda one: one.at, reverse=True)]
    return visit.page("wallet/history.html", **frame(visit, owner), rows=rows)


def _row(visit: Visit, done: Act | CaseStep) -> dict[str, object]:
    """One act as `look.timeline` draws it."""
    who = name_of(visit, done.person or "")
    if isinstance(done, Act):
        return {
            "at": done.at,
            "title": visit.translate(wording.ACTS[done.kind]).format(subject=done.subject),
            "who": who,
        }
    return {
        "at": done.at,
        "title": visit.translate(HAPPENED[done.event]),
        "who": who,
        "href": f"/credit/cases/{done.case}",
    }


def name_of(visit: Visit, person: str) -> str:
    """Who did something; an account that is gone has no name."""
    try:
        return visit.people.person(person).name
    except NotFound:
        return ""


def download(content: bytes, name: str, media_type: str) -> Response:
    """A file to keep; never drawn by the browser in our name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Security-Policy": "sandbox"}
    return Response(content, media_type=media_type, headers=headers)


def may(visit: Visit, action: str, learner: Learner) -> bool:
    """Whether the visitor may do something in this wallet."""
    return visit.can(action, Thing(learner=learner.id))
