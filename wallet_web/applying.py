"""The family's application for recognition, from the wallet's side: choose, keep as a draft in the case, look again, hand in.

Everything that was chosen lies in the draft, so it survives reloads and the back button; doing a step twice does it once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from keys.deps import Visit
from schemas.errors import NotFound
from verifier.credit import desk, matching, plans
from verifier.credit.cases import Cases
from verifier.credit.errors import NoComponent, NoSuchMove, RuleNotMet, Stale
from verifier.credit.events import Event
from verifier.credit.facts import State
from verifier.credit.matching import Candidate, Comparison
from verifier.credit.plans import PlanLine
from verifier.credit.states import FINAL
from verifier.credit.tables import Case, CaseStep, EvidenceKind, Wish
from verifier.credit.view import FAMILY
from verifier.credit.work import Work
from wallet_web.badge import Badge
from wallet_web.errors import NothingChosen
from wallet_web.present import require_presentable
from wallet_web.tables import Entry
from wallet_web.wallet import Wallet, find_all, find_by_digests


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the family chose: a line of the learner's plan, the badges, the wish."""

    item: str
    entries: tuple[str, ...]
    wish: Wish
    assessment: bool


def open_lines(visit: Visit, cases: Cases, learner: str) -> list[PlanLine]:
    """The parts of the plan that may be applied for now: not credited, and no application under way."""
    busy = {case.item for case in under_way(visit, cases, learner) if case.state is not State.DRAFT}
    return [line for line in plans.open_components(visit.session, learner) if line.item not in busy]


def drafts(visit: Visit, cases: Cases, learner: str) -> list[Case]:
    """The learner's applications that are begun and not handed in."""
    return [case for case in under_way(visit, cases, learner) if case.state is State.DRAFT]


def save(visit: Visit, cases: Cases, learner: str, choice: Choice) -> Case:
    """Keep the choice: in the draft for that part of the plan, or in a new one. A case that is handed in stays as it is.

    Raises `NothingChosen`, `CannotPresent`, `NoComponent`, and what the rules of cases refuse.
    """
    chosen = find_all(visit.session, learner, choice.entries)
    if not chosen:
        raise NothingChosen
    for entry in chosen:
        require_presentable(bytes(entry.document))
    if choice.item not in {line.item for line in plans.open_components(visit.session, learner)}:
        raise NoComponent
    known = _case_for(visit, cases, learner, choice.item)
    if known is not None:
        return _revise(visit, cases, known, choice, chosen)
    try:
        return _draft(visit, cases, choice, chosen)
    except RuleNotMet:
        other = _case_for(visit, cases, learner, choice.item)
        if other is None:
            raise
        return other


def steps(visit: Visit, cases: Cases, learner: str) -> list[CaseStep]:
    """What was done for the learner in their applications; an opinion is the companion's own word."""
    own = [case.id for case in _family_cases(visit, cases, learner)]
    done = (step for case in own for step in cases.history(visit.session, case))
    return [step for step in done if step.party in FAMILY and step.event is not Event.OPINION]


def look(visit: Visit, cases: Cases, learner: str, case: str) -> Work:
    """The learner's application to look at, or `NotFound`."""
    work = cases.look(visit.session, visit.actor, case, visit.now)
    if work.case.learner != learner:
        raise NotFound
    return work


def entries_of(session: Session, work: Work) -> list[Entry]:
    """The badges of the wallet that a draft holds."""
    digests = [one.digest.removeprefix("sha256:") for one in work.evidence if one.kind is EvidenceKind.BADGE]
    return find_by_digests(session, work.case.learner, digests)


def outlook(visit: Visit, line: PlanLine, badges: Sequence[Badge]) -> Comparison:
    """What the school's comparison will find by the badges as they are today; people decide later."""
    candidates = [
        Candidate(
            evidence=badge.entry.id,
            source=badge.title,
            code=outcome.code,
            url=outcome.url,
            level=outcome.level if outcome.assessed else None,
            passed=badge.overall is None or badge.overall.passed,
            pointer=outcome.source_pointer,
        )
        for badge in badges
        if badge.stamped
        for outcome in badge.outcomes
    ]
    walk = plans.crosswalk_of(visit.session, line.school)
    return matching.compare(line.plan, candidates, crosswalk=walk, credited=line.credited_parts)


def submit(visit: Visit, cases: Cases, wallet: Wallet, work: Work, version: int) -> Case:
    """Hand the draft in as a presentation signed with the learner's own key; once, however often it is asked.

    Raises `Stale` when the draft is another by now, and what the rules of cases refuse.
    """
    case = work.case
    if case.state is not State.DRAFT:
        return case
    entries = [entry.id for entry in entries_of(visit.session, work)]
    asked = cases.asks(visit.session, case.item)
    shown = wallet.present(
        visit.session, case.learner, entries, domain=asked.domain, challenge=asked.challenge, now=visit.now
    )
    try:
        with visit.session.begin_nested():
            cases.submit(visit.session, visit.actor, case.id, version=version, presentation=shown, now=visit.now)
    except (Stale, NoSuchMove):
        visit.session.refresh(case)
        if case.state is State.DRAFT:
            raise
        return case
    visit.record("credit.submit", organisation=case.school, learner=case.learner, item=case.id)
    return case


def _draft(visit: Visit, cases: Cases, choice: Choice, chosen: Sequence[Entry]) -> Case:
    with visit.session.begin_nested():
        case = cases.draft(
            visit.session,
            visit.actor,
            item=choice.item,
            now=visit.now,
            wish=choice.wish,
            assessment_agreed=choice.assessment,
            badges=[bytes(entry.document) for entry in chosen],
        )
    visit.record("credit.draft", organisation=case.school, learner=case.learner, item=case.id)
    return case


def _revise(visit: Visit, cases: Cases, case: Case, choice: Choice, chosen: Sequence[Entry]) -> Case:
    if case.state is not State.DRAFT:
        return case
    with visit.session.begin_nested():
        revised = cases.revise(
            visit.session,
            visit.actor,
            case.id,
            version=case.version,
            now=visit.now,
            wish=choice.wish,
            assessment_agreed=choice.assessment,
            badges=[bytes(entry.document) for entry in chosen],
        )
    visit.record("credit.revise", organisation=case.school, learner=case.learner, item=case.id)
    return revised


def _case_for(visit: Visit, cases: Cases, learner: str, item: str) -> Case | None:
    return next((case for case in under_way(visit, cases, learner) if case.item == item), None)


def under_way(visit: Visit, cases: Cases, learner: str) -> list[Case]:
    """The learner's applications on which nobody has decided to the end."""
    return [case for case in _family_cases(visit, cases, learner) if case.state not in FINAL]


def _family_cases(visit: Visit, cases: Cases, learner: str) -> list[Case]:
    today = visit.now.astimezone(cases.services.zone).date()
    family = desk.family_cases(visit.session, visit.actor, visit.people, today)
    return [entry.case for entry in family if entry.case.learner == learner]
