"""By when: the term of every state, in working days of the school, with the rule behind it. A term never ends on a day off."""

from dataclasses import dataclass
from datetime import date

from verifier.credit.calendar import WorkingDays
from verifier.credit.facts import Extent, State
from verifier.credit.policy import SchoolPolicy
from verifier.credit.states import FINAL
from verifier.credit.tables import Case

CONSIDERING = frozenset({State.REGISTERED, State.CHECKING, State.MATCHING, State.IN_COMMISSION, State.PROPOSED})


@dataclass(frozen=True, slots=True)
class Term:
    """The last day of a term and the rule that sets it."""

    ends: date
    rule: str


def term_of(case: Case, policy: SchoolPolicy, days: WorkingDays, today: date) -> Term | None:
    """The term of the state that the case entered today; None for a draft and for the end."""
    if case.state is State.DRAFT or case.state in FINAL:
        return None
    if case.state in CONSIDERING:
        return Term(days.on_or_after(case.term_ends or days.after(today, policy.decide_days)), "R13")
    if case.state is State.AWAITING_DOCUMENTS:
        return Term(days.after_calendar(today, policy.documents_days), "R13")
    if case.state is State.ASSESSING:
        return Term(days.after(case.assessment_on or today, 1), "R5")
    return _after_decision(case, policy, days, today)


def _after_decision(case: Case, policy: SchoolPolicy, days: WorkingDays, today: date) -> Term:
    if case.state in {State.ORDERED, State.REFUSED}:
        return Term(days.after(case.decided_on or today, policy.notice_days), "R11")
    if case.state is State.NOTIFIED and case.extent is Extent.REFUSE:
        return Term(appeal_until(case, policy, days) or days.after(today, policy.appeal_days), "R20")
    lengths = {
        State.SUBMITTED: (policy.register_days, "LOCAL"),
        State.NOTIFIED: (policy.plan_days, "R10"),
        State.PLAN_UPDATED: (policy.close_days, "R14"),
        State.APPEALED: (policy.appeal_answer_days, "R20"),
        State.UNDER_REVIEW: (policy.review_days, "R23"),
    }
    length, rule = lengths[case.state]
    return Term(days.after(today, length), rule)


def resumed(term_ends: date, stopped_on: date, days: WorkingDays, today: date) -> date:
    """When a stopped term ends after it runs again: it has as many working days left as it had when it stopped, at least one."""
    return days.after(today, max(1, days.between(stopped_on, term_ends)))


def appeal_until(case: Case, policy: SchoolPolicy, days: WorkingDays) -> date | None:
    """The last day for an appeal: the one the family was told, or the later one that the calendar gives by now.

    Days that a school declares afterwards never take away what a family was told. None before anybody was told.
    """
    if case.notified_on is None:
        return None
    counted = days.after(case.notified_on, policy.appeal_days)
    return max(counted, case.appeal_ends or counted)
