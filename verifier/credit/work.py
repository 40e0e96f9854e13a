"""Everything that one act on one case needs, gathered once: plan, evidence, votes, the school's terms, the filled form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from keys.actor import Actor, Role
from keys.deps import Learner, People
from keys.store import KeyStore
from schemas.award import AwardOrder
from schemas.canonical import jcs
from verifier.credit import evidence, marks, matching, plans
from verifier.credit.calendar import WorkingDays
from verifier.credit.evidence import Verifies
from verifier.credit.facts import Extent
from verifier.credit.filled import Filled
from verifier.credit.matching import Assessed, Comparison, Proposed
from verifier.credit.meetings.attendance import Attendance, attendance_of
from verifier.credit.plans import PlanLine
from verifier.credit.policy import SchoolPolicy, governed_since, policy_of, working_days
from verifier.credit.rules import LegalRule, rule_for, rules_of
from verifier.credit.tables import Case, CaseEvidence, CaseVote


class Awards(Protocol):
    """The school's issuer: enters an order for an award in the caller's transaction and gives the award's id."""

    def __call__(self, session: Session, order: AwardOrder, by: Actor, now: datetime, /) -> str:
        """Order one award."""
        ...


class Revokes(Protocol):
    """The school's issuer: takes an award back in the caller's transaction."""

    def __call__(self, session: Session, award: str, /, *, reason: str, by: Actor, now: datetime) -> object:
        """Revoke one award."""
        ...


class Notifies(Protocol):
    """The service's notices: tells one person in the caller's transaction, in the application and, where possible, by mail."""

    def __call__(
        self,
        session: Session,
        /,
        *,
        person: str,
        organisation: str,
        learner: str,
        text: str,
        href: str,
        handed: bool,
        now: datetime,
    ) -> object:
        """Tell `text`, with the address where more stands; `handed` when a person has told it on paper already."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What cases are given by the installation; `people` answers for a session and a moment, `zone` is the municipality's.

    `disputed` says whether a learner objects to what was done in their name in a case.
    """

    verifier: Verifies
    award: Awards
    revoke: Revokes
    notify: Notifies
    store: KeyStore
    people: Callable[[Session, datetime], People]
    disputed: Callable[[Session, str], bool]
    zone: ZoneInfo


@dataclass(kw_only=True)
class Work:
    """One act, or one look, at one case."""

    services: Services
    session: Session
    case: Case
    actor: Actor
    now: datetime
    form: Filled

    @cached_property
    def people(self) -> People:
        """Names behind ids, today."""
        return self.services.people(self.session, self.now)

    @cached_property
    def policy(self) -> SchoolPolicy:
        """The school's policy that governs the case."""
        return policy_of(self.session, self.case.school, self.since)

    @property
    def since(self) -> date:
        """The day whose policy governs the case."""
        return governed_since(self.case, self.now, self.services.zone)

    @cached_property
    def own_rules(self) -> tuple[LegalRule, ...]:
        """The school's own rows of legal rules, of all days."""
        return rules_of(self.session, self.case.school)

    def rule(self, name: str) -> LegalRule:
        """A legal rule as it governs the case."""
        return rule_for(name, self.since, self.today, self.own_rules)

    @cached_property
    def days(self) -> WorkingDays:
        """The school's calendar."""
        return working_days(self.session, self.case.school, self.policy, self.services.zone)

    @property
    def today(self) -> date:
        """The day at the school."""
        return self.now.astimezone(self.services.zone).date()

    @cached_property
    def line(self) -> PlanLine:
        """The line of the learner's plan that the case is about."""
        return plans.line_of(self.session, self.case.item)

    @cached_property
    def learner(self) -> Learner:
        """Whose case it is."""
        return self.people.learner(self.case.learner)

    @property
    def person(self) -> str:
        """The id of who acts, "" for a program."""
        return self.actor.person or ""

    @property
    def is_minor(self) -> bool:
        """Whether the learner is under 18 today."""
        return self.learner.age(self.today) < ADULT

    @cached_property
    def guardians(self) -> frozenset[str]:
        """Who acts for the learner today."""
        return frozenset(one.id for one in self.people.guardians(self.case.learner))

    @property
    def family(self) -> tuple[str, ...]:
        """The learner and, until 18, the guardians: everybody who has a right to be told."""
        return (self.case.learner, *sorted(self.guardians))

    @property
    def told(self) -> tuple[str, ...]:
        """Those of the family whom the form says were told."""
        chosen = set(self.form.many("told"))
        return tuple(one for one in self.family if one in chosen)

    @property
    def chosen_mark(self) -> str | None:
        """The mark that the protocol gives: the chosen one, else that of the school's table."""
        chosen = self.form.text("mark") or self.offered_mark
        return chosen if chosen in marks.RANK else None

    @cached_property
    def evidence(self) -> list[CaseEvidence]:
        """What the case rests on."""
        return evidence.evidence_of(self.session, self.case.id)

    @cached_property
    def votes(self) -> list[CaseVote]:
        """All votes, of all rounds."""
        cast = select(CaseVote).where(CaseVote.case == self.case.id).order_by(col(CaseVote.at), col(CaseVote.id))
        return list(self.session.exec(cast))

    @property
    def votes_now(self) -> list[CaseVote]:
        """The votes of this round."""
        return [vote for vote in self.votes if (vote.instance, vote.round) == (self.case.instance, self.case.round)]

    @cached_property
    def attendance(self) -> Attendance | None:
        """The meeting that hears the case, and who came; None where the commission votes without one."""
        return attendance_of(self.session, self.case)

    @cached_property
    def members(self) -> frozenset[str]:
        """The people of the school's commission."""
        seats = (Role.COMMISSION, Role.CHAIR)
        return frozenset(one.id for role in seats for one in self.people.staff(self.case.school, role))

    @property
    def quorum(self) -> int:
        """How many votes are needed: more than half of the members, and no fewer than the school's act says."""
        return max(self.policy.quorum, len(self.members) // 2 + 1)

    def forget(self) -> None:
        """Read evidence, votes and comparison anew after they were changed."""
        for name in ("evidence", "votes", "comparison", "line", "attendance"):
            self.__dict__.pop(name, None)

    @cached_property
    def comparison(self) -> Comparison:
        """The plan laid against what counts, with the teacher's doubts and the school's own assessment."""
        held = self.case.assessment
        return matching.compare(
            self.line.plan,
            evidence.candidates_of(self.evidence),
            crosswalk=plans.crosswalk_of(self.session, self.case.school),
            assessed=Assessed(levels=held["levels"]) if held else None,
            doubted=self.case.doubted,
            credited=set(self.line.credited_parts) - set((self.case.plan_change or {}).get("parts", ())),
        )

    @property
    def proposed(self) -> Proposed:
        """The machine's proposal."""
        return matching.propose(
            self.comparison,
            agreed_to_assessment=self.case.assessment_agreed,
            assessment_done=self.case.assessment is not None,
            threshold_percent=self.policy.threshold_percent,
            partial_allowed=self.policy.partial_allowed,
        )

    @property
    def lawful(self) -> Extent:
        """The extent that the comparison carries."""
        return matching.lawful_extent(self.comparison, partial_allowed=self.policy.partial_allowed)

    @property
    def freed_hours(self) -> int:
        """Hours of the plan that the decision frees."""
        if self.case.extent is Extent.PARTIAL:
            return sum(part.hours for part in self.line.plan.parts if part.code in self.case.parts)
        return self.comparison.open_hours if self.case.extent is Extent.FULL else 0

    @property
    def offered_mark(self) -> str | None:
        """The mark that the school's table gives for the results that were compared."""
        used = {row.evidence for row in self.comparison.required}
        sources = [one for one in self.evidence if one.id in used]
        return marks.offered([evidence.original_kept(one) for one in sources], self.policy)

    def comparison_digest(self) -> str:
        """What a teacher signs: the comparison line by line."""
        return _digest([row.to_json() for row in self.comparison.rows])

    def shown_digest(self) -> str:
        """What a decider has before them; a decision made on something else is refused (THREATS I15)."""
        case = self.case
        return _digest(
            {
                "case": case.id,
                "state": case.state,
                "plan": case.item,
                "wish": case.wish,
                "evidence": [[one.digest, one.title, one.conditions] for one in self.evidence],
                "comparison": [row.to_json() for row in self.comparison.rows],
                "proposal": [case.extent, case.parts, case.mark, case.grounds],
            }
        )


ADULT = 18


def _digest(value: Any) -> str:
    return f"sha256:{sha256(jcs({'shown': value})).hexdigest()}"
