"""Consents: the text to read, who may give it, what was given before."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from keys import organisations
from keys.deps import FORGET_DEVICE, Learner, Visit, Visiting
from keys.printing import Printing
from schemas.errors import N_, NotFound
from wallet_web import acts, consent, share, wording
from wallet_web.errors import NotAgreed, TextChanged
from wallet_web.pages.book import frame, may, name_of
from wallet_web.pages.paper import Sheet, printed
from wallet_web.share import ShareState
from wallet_web.tables import Consent, Purpose

router = APIRouter(include_in_schema=False)
OK, CHANGED, BAD = 200, 409, 400
AWAITING = consent.ConsentState.AWAITING
OPERATOR, SUBJECT = N_("Кошелёк ведёт"), N_("Обучающийся")
GUARDIAN, LEARNER = N_("Законный представитель"), N_("Обучающийся")
VERSION = N_("Редакция {version}.")


@router.get("/wallet/{learner}/consents", openapi_extra={"x-action": "consent.read"}, name="wallet.consents")
def consents(learner: str, visit: Visiting, purpose: Purpose = Purpose.SHARING) -> Response:
    """The text in force for one purpose, with the button to give or to withdraw, and the history."""
    return _page(visit, acts.admit(visit, "consent.read", learner), purpose)


@router.post("/wallet/{learner}/consents", openapi_extra={"x-action": "consent.give"}, name="wallet.consent.give")
def give(
    learner: str, visit: Visiting, text_hash: Annotated[str, Form()] = "", agree: Annotated[str, Form()] = ""
) -> Response:
    """Give the consent that was read."""
    owner = acts.require_who_decides(visit, "consent.give", learner)
    purpose = Purpose.SHARING
    try:
        purpose = consent.purpose_of(text_hash)
        if agree != "yes":
            return _page(visit, owner, purpose, errors={"agree": visit.translate(NotAgreed.sentence)}, status=BAD)
        acts.give_consent(visit, learner, text_hash)
    except TextChanged as error:
        return _page(visit, owner, purpose, errors={"agree": visit.translate(error.sentence)}, status=CHANGED)
    return RedirectResponse(_address(learner, purpose), status_code=303)


@router.post(
    "/wallet/{learner}/consents/{given}/withdraw",
    openapi_extra={"x-action": "consent.withdraw"},
    name="wallet.consent.withdraw",
)
def withdraw(learner: str, given: str, visit: Visiting) -> Response:
    """Withdraw a consent and everything that rests on it."""
    ended = acts.withdraw_consent(visit, learner, given)
    return RedirectResponse(_address(learner, ended.purpose), status_code=303, headers=FORGET_DEVICE)


@router.post(
    "/wallet/{learner}/consents/{given}/answer",
    openapi_extra={"x-action": "consent.agree"},
    name="wallet.consent.answer",
)
def answer(learner: str, given: str, visit: Visiting, said: Annotated[str, Form(max_length=8)] = "") -> Response:
    """A learner of 14 to 17 agrees to what the guardian has given, or does not, where the school asks both."""
    told = acts.answer_consent(visit, learner, given, agrees=said == "yes")
    return RedirectResponse(_address(learner, told.purpose), status_code=303)


@router.get(
    "/wallet/{learner}/consent-texts/{purpose}.pdf",
    openapi_extra={"x-action": "consent.read"},
    name="wallet.consent.text",
)
def text_on_paper(
    learner: str, purpose: Purpose, visit: Visiting, printing: Printing, *, spell: bool = False
) -> Response:
    """The text in force as a document of its own, to be signed on paper."""
    owner = acts.admit(visit, "consent.read", learner)
    here = f"/wallet/{learner}"
    sheet = Sheet(
        template="wallet/consent.typ",
        data=blank(visit, owner, purpose),
        name="consent.pdf",
        back=f"{here}/consents",
        here=f"{here}/consent-texts/{purpose}.pdf",
    )
    return printed(visit, printing, sheet, spell=spell)


def blank(visit: Visit, owner: Learner, purpose: Purpose) -> dict[str, Any]:
    """A consent to be signed, as data of `wallet/consent.typ`: the published text word for word, then who signs."""
    text = consent.current_text(purpose)
    both = consent.asks_both(visit.session, owner, visit.now)
    minor = visit.now.date() < consent.comes_of_age(owner.born)
    signers = [*([GUARDIAN] if minor else []), *([LEARNER] if both or not minor else [])]
    return {
        "title": text.title,
        "paragraphs": list(text.paragraphs),
        "facts": [
            [visit.translate(OPERATOR), _operator(visit, owner)],
            [visit.translate(SUBJECT), owner.name],
        ],
        "signers": [visit.translate(one) for one in signers],
        "small": [f"{visit.translate(VERSION).format(version=text.version)} SHA-256 {text.digest}"],
    }


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


def _address(learner: str, purpose: Purpose) -> str:
    asked = "" if purpose is Purpose.SHARING else f"?purpose={purpose}"
    return f"/wallet/{learner}/consents{asked}"


def _page(
    visit: Visit, owner: Learner, purpose: Purpose, *, errors: dict[str, str] | None = None, status: int = OK
) -> Response:
    history = [one for one in consent.history(visit.session, owner.id) if one.purpose is purpose]
    current = consent.in_force(visit.session, owner.id, purpose, visit.now)
    told = wording.CONSENTS[purpose]
    resting = [pair for pair in share.all_of(visit.session, owner.id) if current and pair[1].id == current.id]
    states = [share.state(*pair, visit.now) for pair in resting]
    return visit.page(
        "wallet/consents.html",
        **frame(visit, owner),
        status=status,
        errors=errors or {},
        text=consent.current_text(purpose),
        purpose=purpose,
        told=visit.translate(told.in_force if current else told.missing),
        withdrawing=visit.translate(told.withdrawing),
        others=[
            (_address(owner.id, one), consent.current_text(one).title, _given(visit, owner, one))
            for one in Purpose
            if one is not purpose
        ],
        current=_row(visit, current) if current else None,
        awaiting=next((_row(visit, one) for one in history if consent.state(one, visit.now) is AWAITING), None),
        may_answer=may(visit, "consent.agree", owner),
        rows=[_row(visit, one) for one in history],
        live_links=states.count(ShareState.LIVE),
        may_decide=may(visit, "consent.give", owner),
        guardians=visit.people.guardians(owner.id),
        operator=_operator(visit, owner),
    )


def _given(visit: Visit, owner: Learner, purpose: Purpose) -> bool:
    return consent.in_force(visit.session, owner.id, purpose, visit.now) is not None


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
