"""The application in two steps: choose and keep, look again and hand in."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse, Response

from keys import organisations
from keys.deps import Learner, Visit, Visiting
from schemas.errors import ZachetkaError
from verifier.credit.cases import Cases
from verifier.credit.deps import Deciding
from verifier.credit.errors import NoComponent, RuleNotMet, Stale
from verifier.credit.facts import State
from verifier.credit.matching import LEVELS, Comparison
from verifier.credit.tables import Wish
from verifier.credit.wording import NEEDED, SHOWN, WISH_HELP, WISHES
from wallet_web import acts, applying
from wallet_web.applying import Choice
from wallet_web.badge import Badge
from wallet_web.deps import Holding
from wallet_web.errors import CannotPresent, NoItem, NothingChosen, NoWish
from wallet_web.messages import ApplicationForm
from wallet_web.pages.book import frame, may
from wallet_web.wallet import count, find_all, listed
from wallet_web.wording import Translate

router = APIRouter(include_in_schema=False)
OK, BAD = 200, 400
FIELDS: Mapping[type[ZachetkaError], str] = {
    NoItem: "item",
    NoComponent: "item",
    NothingChosen: "badge",
    CannotPresent: "badge",
    NoWish: "wish",
}


@router.get("/wallet/{learner}/apply", openapi_extra={"x-action": "wallet.apply"}, name="wallet.apply")
def choose(
    learner: str, visit: Visiting, cases: Deciding, typed: Annotated[ApplicationForm, Query()], case: str = ""
) -> Response:
    """Step one; with `case` the draft that was kept is put back into the form."""
    owner = acts.admit(visit, "wallet.apply", learner)
    return _choose(visit, cases, owner, _kept(visit, cases, learner, case) if case else typed)


@router.post("/wallet/{learner}/apply", openapi_extra={"x-action": "wallet.apply"}, name="wallet.apply.keep")
def keep(learner: str, visit: Visiting, cases: Deciding, typed: Annotated[ApplicationForm, Form()]) -> Response:
    """Keep the draft and go on to step two; or look for more badges."""
    owner = acts.admit(visit, "wallet.apply", learner)
    if typed.act == "find":
        return _choose(visit, cases, owner, typed)
    wrong = {FIELDS[type(error)]: visit.translate(error.sentence) for error in _faults(typed)}
    if wrong:
        return _choose(visit, cases, owner, typed, wrong)
    choice = Choice(
        item=typed.item, entries=tuple(typed.badge), wish=Wish(typed.wish), assessment=typed.assessment == "yes"
    )
    try:
        case = applying.save(visit, cases, learner, choice)
    except (RuleNotMet, NoComponent, NothingChosen, CannotPresent, Stale) as error:
        told = error.told(visit.translate)
        return _choose(visit, cases, owner, typed, {FIELDS.get(type(error), "item"): told})
    return RedirectResponse(f"/wallet/{learner}/apply/{case.id}", status_code=303)


@router.get("/wallet/{learner}/apply/{case}", openapi_extra={"x-action": "wallet.apply"}, name="wallet.review")
def review(learner: str, case: str, visit: Visiting, cases: Deciding, wallet: Holding) -> Response:
    """Step two: everything at a glance, what the school will find, and the button of whoever may hand it in."""
    owner = acts.admit(visit, "wallet.apply", learner)
    work = applying.look(visit, cases, learner, case)
    if work.case.state is not State.DRAFT:
        return RedirectResponse(f"/credit/cases/{case}", status_code=303)
    badges = wallet.check_all(applying.entries_of(visit.session, work), visit.now)
    comparison = applying.outlook(visit, work.line, badges)
    return visit.page(
        "wallet/review.html",
        **frame(visit, owner),
        case=work.case,
        line=work.line,
        school=organisations.find(visit.session, work.case.school).name,
        badges=badges,
        wish=visit.translate(WISHES[work.case.wish]) if work.case.wish else "",
        rows=_rows(comparison, badges, f"/wallet/{learner}", visit.translate),
        met=len(comparison.required) - len(comparison.missing),
        needed=len(comparison.required),
        may_submit=may(visit, "wallet.submit", owner),
        guardians=visit.people.guardians(owner.id),
    )


@router.post("/wallet/{learner}/apply/{case}", openapi_extra={"x-action": "wallet.submit"}, name="wallet.submit")
def submit(
    learner: str, case: str, visit: Visiting, cases: Deciding, wallet: Holding, version: Annotated[int, Form()]
) -> Response:
    """Hand it in; a second click finds it handed in."""
    acts.require_who_submits(visit, learner)
    applying.submit(visit, cases, wallet, applying.look(visit, cases, learner, case), version)
    return RedirectResponse(f"/credit/cases/{case}", status_code=303)


def _choose(
    visit: Visit, cases: Cases, owner: Learner, typed: ApplicationForm, errors: Mapping[str, str] | None = None
) -> Response:
    found = listed(visit.session, owner.id, query=typed.q)
    chosen = find_all(visit.session, owner.id, typed.badge)
    lines = applying.open_lines(visit, cases, owner.id)
    begun = {case.item: case.id for case in applying.drafts(visit, cases, owner.id)}
    return visit.page(
        "wallet/apply.html",
        **frame(visit, owner),
        status=BAD if errors else OK,
        typed=typed,
        errors=errors or {},
        lines=[(line, organisations.find(visit.session, line.school).name) for line in lines],
        begun=[(begun[line.item], line.title) for line in lines if line.item in begun],
        entries=[*chosen, *(entry for entry in found.entries if entry not in chosen)],
        chosen=[entry.id for entry in chosen],
        more=found.total - len(found.entries),
        badges=count(visit.session, owner.id),
        wishes=[(str(wish), visit.translate(WISHES[wish]), visit.translate(WISH_HELP[wish])) for wish in Wish],
        may_submit=may(visit, "wallet.submit", owner),
        guardians=visit.people.guardians(owner.id),
    )


def _kept(visit: Visit, cases: Cases, learner: str, case: str) -> ApplicationForm:
    """The form as the draft has it."""
    work = applying.look(visit, cases, learner, case)
    entries = applying.entries_of(visit.session, work)
    return ApplicationForm(
        item=work.case.item,
        badge=[entry.id for entry in entries],
        wish=str(work.case.wish or ""),
        assessment="yes" if work.case.assessment_agreed else "",
    )


def _faults(typed: ApplicationForm) -> list[NoItem | NothingChosen | NoWish]:
    """What is missing in the form before anything is looked up."""
    checks = ((NoItem, typed.item), (NothingChosen, typed.badge), (NoWish, typed.wish in set(Wish)))
    return [error() for error, there in checks if not there]


def _rows(comparison: Comparison, badges: Sequence[Badge], here: str, translate: Translate) -> list[dict[str, object]]:
    """The comparison line by line, as `look.comparison` draws it."""
    titles = {badge.entry.id: badge.title for badge in badges}
    return [
        {
            "code": row.outcome.code,
            "name": row.outcome.name,
            "required": translate(NEEDED).format(level=translate(LEVELS[row.outcome.level])),
            "mark": str(row.finding),
            "optional": not row.outcome.required,
            "shown": translate(SHOWN).format(level=translate(LEVELS[row.shown])) if row.shown else "",
            "evidence": titles.get(row.evidence, ""),
            "evidence_href": f"{here}/badges/{row.evidence}" if row.evidence in titles else "",
            "detail": row.why.words(translate),
        }
        for row in comparison.rows
    ]
