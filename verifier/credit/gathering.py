"""From a case, an actor and a form to the `Facts` that the guards ask; reads, never writes."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from keys.actor import Actor, ActorKind, Role
from keys.errors.network import OrganisationUnknown
from keys.organisations import by_did
from verifier.credit import conditions, evidence, marks
from verifier.credit.facts import Extent, Facts, Party
from verifier.credit.states import FINAL
from verifier.credit.tables import Case, EvidenceKind, ItemState, PlanItem, Wish
from verifier.credit.terms import appeal_until
from verifier.credit.work import ADULT, Work

OWN_CONSENT_FROM = 14
ROLES: dict[Role, Party] = {
    Role.SECRETARY: Party.SECRETARY,
    Role.DEPUTY: Party.DEPUTY,
    Role.TEACHER: Party.TEACHER,
    Role.COMMISSION: Party.COMMISSION,
    Role.CHAIR: Party.CHAIR,
    Role.DIRECTOR: Party.DIRECTOR,
    Role.DISPUTES: Party.DISPUTES,
}
_AWARDING = frozenset({Role.AWARDER, Role.MANAGER})
_ABSENT = frozenset({"absent", "declined"})


def parties_of(actor: Actor, school: str, learner: str) -> frozenset[Party]:
    """In which capacities the actor stands to a case of that learner in that school."""
    held = {party for role, party in ROLES.items() if actor.holds(role, school)}
    if actor.kind is ActorKind.JOB:
        held.add(Party.SYSTEM)
    if actor.learner == learner:
        held |= {Party.LEARNER, Party.ADULT_LEARNER} if actor.adult else {Party.LEARNER}
    if learner in actor.wards:
        held.add(Party.GUARDIAN)
    if learner in actor.tutees:
        held.add(Party.TUTOR)
    return frozenset(held)


def facts_of(work: Work) -> Facts:
    """The facts for the act that `work` describes."""
    return Facts(
        **_actor(work),
        **_application(work),
        **_credentials(work),
        **_comparison(work),
        **_decision(work),
        **_after(work),
    )


def is_free(session: Session, item: str, case: str = "") -> bool:
    """Whether no other case about a line of a plan is under way."""
    others = select(Case.id).where(Case.item == item, Case.id != case, col(Case.state).not_in(FINAL))
    return session.exec(others).first() is None


def _actor(work: Work) -> dict[str, Any]:
    case, actor = work.case, work.actor
    earlier = [vote for vote in work.votes if vote.instance < case.instance]
    return {
        "parties": parties_of(actor, case.school, case.learner),
        "kind": actor.kind,
        "kin": case.learner == actor.learner or case.learner in actor.wards,
        "tied_to_issuer": _awards_for(work) & issuers_of(work) != frozenset(),
        "declared_free": work.form.yes("free"),
        "assessed": work.person in case.assessors,
        "present": work.attendance is None or work.person in work.attendance.present,
        "voted": work.person in {vote.person for vote in work.votes_now},
        "voted_before": work.person in {vote.person for vote in earlier},
        "concluded": case.concluded_by == work.person,
        "signed_matrix": case.matrix_signed_by == work.person,
        "judged": work.person in case.judges,
    }


def _application(work: Work) -> dict[str, Any]:
    case, form = work.case, work.form
    item = work.session.get_one(PlanItem, case.item)
    closes = work.policy.closes_for(work.learner.grade)
    return {
        "enrolled": work.learner.school == case.school,
        "component_open": item.learner == case.learner and item.state is not ItemState.CREDITED,
        "component_free": is_free(work.session, item.id, case.id),
        "state_final": work.line.state_final,
        "evidence": len(work.evidence),
        "wish_stated": case.wish is not None or bool(form.text("wish")),
        "before_cutoff": closes is None or work.today <= closes,
        "learner_confirmed": case.learner_confirmed or not _must_confirm(work),
        "undisputed": not work.services.disputed(work.session, case.id),
        "reason": bool(form.text("reason")),
        "supplied": bool(form.text("paper") or form.file("badge")),
        "answer_overdue": case.deadline is not None and work.today > case.deadline,
    }


def _must_confirm(work: Work) -> bool:
    return work.policy.learner_confirms and OWN_CONSENT_FROM <= work.learner.age(work.today) < ADULT


def _credentials(work: Work) -> dict[str, Any]:
    all_findings = [evidence.findings_of(one) for one in work.evidence]
    known = [findings for findings in all_findings if findings]
    return {
        "conditions": conditions.best(known),
        "incurable": bool(known) and all(conditions.is_incurable(findings) for findings in known),
        "unknown_long": _unclear_papers(work) or (_waited(work) and any(map(conditions.is_unclear, known))),
        "still_good": _still_carried(work),
        "check_accepted": work.case.check_accepted,
    }


def _unclear_papers(work: Work) -> bool:
    papers = [one for one in work.evidence if one.kind is EvidenceKind.PAPER]
    return any(conditions.is_unclear(evidence.findings_of(one)) for one in papers)


def _waited(work: Work) -> bool:
    since = work.case.checked_since
    return since is not None and work.days.between(since, work.today) >= work.policy.unknown_days


def _still_carried(work: Work) -> bool:
    """Whether the credentials that count now carry what was proposed or decided."""
    if not evidence.counting(work.evidence):
        return False
    if work.case.extent is Extent.PARTIAL:
        return set(work.case.parts) <= {part.code for part in work.comparison.closed_parts}
    return work.comparison.complete


def _comparison(work: Work) -> dict[str, Any]:
    case, comparison = work.case, work.comparison
    extent = _chosen(work)
    votes = work.votes_now
    return {
        "matrix_complete": bool(comparison.rows),
        "matrix_signed": case.matrix_signed_by is not None and case.matrix_digest == work.comparison_digest(),
        "gap": bool(comparison.missing),
        "assessable": comparison.assessable,
        "assessment_agreed": case.assessment_agreed,
        "told_ahead": _told_ahead(work, work.form.day("on")),
        "gaps_answered": _gaps_answered(work),
        "extent_named": extent is not None,
        "quorum": len(votes) >= work.quorum,
        "majority": 2 * sum(vote.extent is extent for vote in votes) > len(votes),
        "lawful": extent is work.lawful,
        "mark_chosen": extent is Extent.REFUSE or work.chosen_mark is not None,
    }


def _chosen(work: Work) -> Extent | None:
    text = work.form.text("extent")
    return Extent(text) if text in set(Extent) else None


def _told_ahead(work: Work, day: date | None) -> bool:
    return (
        day is not None
        and day >= work.days.after(work.today, work.policy.assessment_notice_days)
        and work.days.is_working(day)
    )


def _gaps_answered(work: Work) -> bool:
    if work.form.text("came") in _ABSENT:
        return True
    answered = work.form.by_code("level")
    return all(row.outcome.code in answered for row in work.comparison.missing)


def _decision(work: Work) -> dict[str, Any]:
    case = work.case
    return {
        "extent": case.extent,
        "mark_fixed": case.mark in marks.RANK,
        "agreed": case.agreed or not needs_agreement(case),
        "paper": _paper(work),
        "reasons_per_outcome": _reasons(work),
    }


def needs_agreement(case: Case) -> bool:
    """Whether the family is owed a question: credited in part though it asked for all, or a lower mark than the table gives."""
    in_part = case.extent is Extent.PARTIAL and case.wish is Wish.FULL
    return in_part or (case.mark is not None and marks.is_lower(case.mark, case.mark_offered))


def _paper(work: Work) -> bool:
    day = work.form.day("date")
    begun = work.case.registered_on
    in_time = day is not None and day <= work.today and (begun is None or begun <= day)
    return in_time and bool(work.form.text("number") and work.form.text("signer"))


def _reasons(work: Work) -> bool:
    given = work.form.by_code("why")
    if not work.case.check_accepted:
        return bool(work.case.grounds)
    return all(row.outcome.code in given for row in work.comparison.missing)


def _after(work: Work) -> dict[str, Any]:
    case, told = work.case, set(work.told)
    window = appeal_until(case, work.policy, work.days)
    return {
        "told_someone": bool(told),
        "guardian_told": not work.is_minor or bool(told & work.guardians),
        "hours_fit": work.form.number("hours") == work.freed_hours,
        "records_done": work.form.yes("journal") and work.form.yes("file"),
        "window_open": window is not None and work.today <= window,
        "in_doubt": not _still_carried(work) or bool(work.form.text("proof")),
        "interrupted": case.interrupted,
    }


def _awards_for(work: Work) -> frozenset[str]:
    return frozenset(one.organisation for one in work.actor.memberships if one.role in _AWARDING)


def issuers_of(work: Work) -> frozenset[str]:
    """The organisations behind the evidence, each with the one under whose licence it works."""
    found: set[str] = set()
    for did in {one.issuer for one in work.evidence if one.issuer}:
        try:
            organisation = by_did(work.session, did)
        except OrganisationUnknown:
            continue
        found |= {organisation.code, *filter(None, [organisation.parent])}
    return frozenset(found)
