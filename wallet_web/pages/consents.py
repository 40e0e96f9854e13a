"""Consents: the text to read, who may give it, what was given before."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from keys import organisations
from keys.deps import Learner, Visit, Visiting
from schemas.errors import NotFound
from wallet_web import acts, consent, share, wording
from wallet_web.errors import NotAgreed, TextChanged
from wallet_web.pages.book import frame, may, name_of
from wallet_web.share import ShareState
from wallet_web.tables import Consent, Purpose

router = APIRouter(include_in_schema=False)
OK, CHANGED, BAD = 200, 409, 400


@router.get("/wallet/{learner}/consents", openapi_extra={"x-action": "consent.read"}, name="wallet.consents")
def consents(learner: str, visit: Visiting) -> Response:
    """The text in force, with the button to give or to withdraw, and the history."""
    return _page(visit, acts.admit(visit, "consent.read", learner))


@router.post("/wallet/{learner}/consents", openapi_extra={"x-action": "consent.give"}, name="wallet.consent.give")
def give(
    learner: str, visit: Visiting, text_hash: Annotated[str, Form()] = "", agree: Annotated[str, Form()] = ""
) -> Response:
    """Give the consent that was read."""
    owner = acts.require_who_decides(visit, "consent.give", learner)
    if agree != "yes":
        return _page(visit, owner, errors={"agree": visit.translate(NotAgreed.sentence)}, status=BAD)
    try:
        acts.give_consent(visit, learner, text_hash)
    except TextChanged as error:
        return _page(visit, owner, errors={"agree": visit.translate(error.sentence)}, status=CHANGED)
    return RedirectResponse(f"/wallet/{learner}/consents", status_code=303)


@router.post(
    "/wallet/{learner}/consents/{given}/withdraw",
    openapi_extra={"x-action": "consent.withdraw"},
    name="wallet.consent.withdraw",
)
def withdraw(learner: str, given: str, visit: Visiting) -> Response:
    """Withdraw a consent and every link with it."""
    acts.withdraw_consent(visit, learner, given)
    return RedirectResponse(f"/wallet/{learner}/consents", status_code=303)


@router.get("/wallet/{learner}/consents/{given}", openapi_extra={"x-action": "consent.read"}, name="wallet.consent")
def agreed(learner: str, given: str, visit: Visiting) -> Response:
    """The very text that one consent was given to, with who and when."""
    owner = acts.admit(visit, "consent.read", learner)
    found = next((one for one in consent.history(visit.session, learner) if one.id == given), None)
    if found is None:
        raise NotFound
    text = consent.text_agreed(found)
    return visit.page(
        "wallet/consent.html",
        **frame(visit, owner),
        text=text,
        row=_row(visit, found),
        operator=_operator(visit, owner),
    )


def _page(visit: Visit, owner: Learner, *, errors: dict[str, str] | None = None, status: int = OK) -> Response:
    history = consent.history(visit.session, owner.id)
    current = consent.in_force(visit.session, owner.id, Purpose.SHARING, visit.now)
    states = [share.state(*pair, visit.now) for pair in share.all_of(visit.session, owner.id)]
    return visit.page(
        "wallet/consents.html",
        **frame(visit, owner),
        status=status,
        errors=errors or {},
        text=consent.current_text(Purpose.SHARING),
        current=_row(visit, current) if current else None,
        rows=[_row(visit, one) for one in history],
        live_links=states.count(ShareState.LIVE),
        may_decide=may(visit, "consent.give", owner),
        guardians=visit.people.guardians(owner.id),
        operator=_operator(visit, owner),
    )


def _operator(visit: Visit, owner: Learner) -> str:
    """Who answers for the personal data in the wallet: the learner's school, as the text of the consent says."""
    return organisations.find(visit.session, owner.school).name if owner.school else "—"


def _row(visit: Visit, given: Consent) -> dict[str, object]:
    return {
        "consent": given,
        "state": consent.state(given, visit.now),
        "word": visit.translate(wording.CONSENT_STATES[consent.state(given, visit.now)]),
        "given_by": name_of(visit, given.given_by),
        "withdrawn_by": name_of(visit, given.withdrawn_by) if given.withdrawn_by else "",
    }
