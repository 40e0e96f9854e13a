"""The acts on credit cases. The machine checks, compares and proposes; people decide; every step is written down.

cases = Cases(verifier=verifier, award=issuer.order, revoke=issuer.revoke, store=store, people=people, zone=zone)
case = cases.draft(session, guardian, item=line.item, wish=Wish.FULL, badges=[badge], now=now)
cases.act(session, guardian, case.id, Event.SUBMIT, {"version": "1"}, now)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, col, func, select

from keys.actor import Actor, ActorKind
from keys.organisations import did_of, find
from schemas.errors import NotFound, ZachetkaError
from verifier.credit import conditions, documents, evidence, gathering, paperwork, pieces, register, signatures, terms
from verifier.credit.acts import EFFECTS, Done, Telling, check_before
from verifier.credit.errors import (
    ForeignPresentation,
    NoComponent,
    NothingTogether,
    NotTogether,
    ShownChanged,
    Stale,
    UnreadableBadge,
)
from verifier.credit.events import Event
from verifier.credit.facts import Facts, Party, State
from verifier.credit.filled import Filled, Value
from verifier.credit.forms import labels_of
from verifier.credit.papers import Body
from verifier.credit.states import TABLE, Refusal, Transition, step
from verifier.credit.tables import Case, CaseDocument, CaseNotice, CaseStep, EvidenceKind, PlanItem, Track, Wish
from verifier.credit.work import Services, Work
from verifier.errors import NotACredential
from verifier.verdict import Outcome

SYSTEM = Actor(kind=ActorKind.JOB)
_BY_ITSELF: Mapping[State, Event] = {
    State.REGISTERED: Event.START_CHECK,
    State.CHECKING: Event.RECHECK,
    State.NOTIFIED: Event.CLOSE_REFUSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What an act came to. `awards` are ids that the issuer has still to finish, outside this transaction."""

    case: Case
    row: Transition
    document: str | None = None
    awards: Sequence[str] = field(default_factory=tuple)


Judged = tuple[Work, Transition, Done, str]
"""An act that was allowed and has been done to the case: the work, the row, what came of it, what was shown."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a holder's signature under a presentation must name (VC-DI §2.1)."""

    domain: str
    challenge: str


class Cases:
    """All credit cases of this installation; safe to share between threads."""

    def __init__(self, services: Services) -> None:
        self.services = services

    def draft(
        self,
        session: Session,
        actor: Actor,
        *,
        item: str,
        now: datetime,
        wish: Wish | None = None,
        assessment_agreed: bool = False,
        badges: Sequence[bytes] = (),
        note: str = "",
    ) -> Case:
        """T1: begin an application for a line of a learner's plan; `note` is what the family is told with it.

        Raises what `states` refuses, `NoComponent`, `UnreadableBadge`.
        """
        case = self._new(session, actor, item, now)
        work = self._work(session, actor, case, Event.DRAFT, {"reason": note}, now)
        row = self._row(work, None, Event.DRAFT)
        case.wish, case.assessment_agreed = wish, assessment_agreed
        session.add(case)
        session.flush()
        self._attach(work, badges)
        self._write(work, row, Done(), "")
        return case

    def revise(
        self,
        session: Session,
        actor: Actor,
        case_id: str,
        *,
        version: int,
        now: datetime,
        wish: Wish | None = None,
        assessment_agreed: bool = False,
        badges: Sequence[bytes] = (),
    ) -> Case:
        """T1: change a draft; what was attached is replaced."""
        work = self._open(session, actor, case_id, Event.REVISE, {"version": str(version)}, now)
        row = self._row(work, work.case.state, Event.REVISE)
        work.case.wish, work.case.assessment_agreed = wish, assessment_agreed
        work.case.learner_confirmed = False
        evidence.drop_all(session, case_id)
        self._attach(work, badges)
        self._write(work, row, Done(), "")
        return work.case

    def act(
        self,
        session: Session,
        actor: Actor,
        case_id: str,
        event: Event,
        form: Mapping[str, Value],
        now: datetime,
    ) -> Acted:
        """Do `event` to a case, in the caller's transaction; on any error the caller must roll back.

        `form` carries the fields of `forms.FORMS[event]`, the `version` of the case that the actor saw and, for a decision,
        `shown`, the digest of what they saw. Raises the refusals of `states`, `Stale`, `ShownChanged`, the errors of the fields.
        """
        return self._write(*self._judged(session, actor, case_id, event, form, now))

    def act_together(
        self, session: Session, actor: Actor, event: Event, forms: Mapping[str, Mapping[str, Value]], now: datetime
    ) -> list[Acted]:
        """Do `event` to several cases of one school, each with its own form, and write one document about all of them.

        Every case is judged for itself; where one is refused `NotTogether` says which and why, and the caller must roll back.
        Each family reads an extract with its own child alone. `NothingTogether` where no case is given.
        """
        if not forms:
            raise NothingTogether
        found = [self._one_of(session, actor, case_id, event, form, now) for case_id, form in sorted(forms.items())]
        if len(found) == 1:
            return [self._write(*found[0])]
        joint = self._made(found[0][0], [(work.case, done.bodies[0]) for work, _, done, _ in found])
        return [self._write(*self._with_extract(one), joint) for one in found]

    def submit(
        self,
        session: Session,
        actor: Actor,
        case_id: str,
        *,
        version: int,
        now: datetime,
        presentation: bytes | None = None,
        form: Mapping[str, Value] | None = None,
    ) -> Acted:
        """T2: hand the application in. With `presentation`, what it holds replaces what the draft held.

        The presentation answers `asks(session, case.item)`. Raises `ForeignPresentation` and whatever `act` raises.
        """
        if presentation is not None:
            work = self._open(session, actor, case_id, Event.SUBMIT, {"version": str(version)}, now)
            self._take_presentation(work, presentation)
        return self.act(session, actor, case_id, Event.SUBMIT, {**(form or {}), "version": str(version)}, now)

    def asks(self, session: Session, item: str) -> Ask:
        """What a presentation for an application must be signed for: the school, and the line of the plan."""
        found = session.get(PlanItem, item)
        if found is None:
            raise NoComponent
        return Ask(domain=did_of(find(session, found.school)), challenge=found.id)

    def look(self, session: Session, actor: Actor, case_id: str, now: datetime) -> Work:
        """A case to read, or `NotFound`. Who may read it is asked before."""
        case = session.get(Case, case_id)
        if case is None:
            raise NotFound
        return self._work(session, actor, case, Event.DRAFT, {}, now)

    def history(self, session: Session, case_id: str) -> list[CaseStep]:
        """Every step of a case, oldest first."""
        steps = select(CaseStep).where(CaseStep.case == case_id).order_by(col(CaseStep.number))
        return list(session.exec(steps))

    def nightly(self, session: Session, now: datetime) -> int:
        """The steps that need nobody: start checks, repeat those that could not tell, close refusals that nobody appealed.

        Returns how many cases moved. A case that cannot move now is left for the next time.
        """
        waiting = select(Case).where(col(Case.state).in_(list(_BY_ITSELF)))
        found = [case for case in session.exec(waiting).all() if _moves_by_itself(session, case)]
        return sum(self._moved(session, case.id, _BY_ITSELF[case.state], now) for case in found)

    def _moved(self, session: Session, case: str, event: Event, now: datetime) -> bool:
        try:
            with session.begin_nested():
                self.act(session, SYSTEM, case, event, {}, now)
        except ZachetkaError:
            return False
        return True

    def _take_presentation(self, work: Work, presentation: bytes) -> None:
        asked = self.asks(work.session, work.case.item)
        try:
            found = self.services.verifier.verify_presentation(
                presentation, now=work.now, domain=asked.domain, challenge=asked.challenge
            )
        except NotACredential as error:
            raise UnreadableBadge from error
        possession = found.report.check("possession")
        if possession is None or possession.outcome is Outcome.FAILED:
            raise ForeignPresentation
        evidence.drop_all(work.session, work.case.id)
        work.forget()
        self._attach(work, evidence.presented(presentation))
        work.case.holder_shown = possession.outcome is Outcome.PASSED

    def _judged(
        self, session: Session, actor: Actor, case_id: str, event: Event, form: Mapping[str, Value], now: datetime
    ) -> Judged:
        work = self._open(session, actor, case_id, event, form, now)
        shown = self._seen(work, event)
        check_before(work, event)
        row = self._row(work, work.case.state, event)
        return work, row, EFFECTS[event](work), shown

    def _one_of(
        self, session: Session, actor: Actor, case_id: str, event: Event, form: Mapping[str, Value], now: datetime
    ) -> Judged:
        try:
            return self._judged(session, actor, case_id, event, form, now)
        except ZachetkaError as error:
            case = session.get(Case, case_id)
            raise NotTogether(error, number=case.number or "" if case else "") from error

    @staticmethod
    def _with_extract(one: Judged) -> Judged:
        work, row, done, shown = one
        if row.event is Event.ORDER:
            done.bodies.append(paperwork.order_extract(work))
        return work, row, done, shown

    def _made(self, work: Work, entries: Sequence[tuple[Case, Body]]) -> CaseDocument:
        return documents.make(work.session, self.services.store, entries, now=work.now, today=work.today)

    def _new(self, session: Session, actor: Actor, item: str, now: datetime) -> Case:
        wanted = select(PlanItem).where(PlanItem.id == item).with_for_update()
        found = session.exec(wanted).one_or_none()
        if found is None:
            raise NoComponent
        return Case(
            id=uuid4().hex,
            school=found.school,
            learner=found.learner,
            item=found.id,
            component=found.component,
            track=Track.APPLICATION,
            state=State.DRAFT,
            version=0,
            changed_at=now,
            applicant=actor.person or "",
            wish=None,
            doubted=[],
            assessors=[],
            parts=[],
            judges=[],
            awards=[],
        )

    def _work(
        self, session: Session, actor: Actor, case: Case, event: Event, form: Mapping[str, Value], now: datetime
    ) -> Work:
        filled = Filled(form, labels_of(event))
        return Work(services=self.services, session=session, case=case, actor=actor, now=now, form=filled)

    def _open(
        self, session: Session, actor: Actor, case_id: str, event: Event, form: Mapping[str, Value], now: datetime
    ) -> Work:
        """The case, held until the transaction ends, if the actor saw its newest version."""
        wanted = select(Case).where(Case.id == case_id).with_for_update()
        case = session.exec(wanted, execution_options={"populate_existing": True}).one_or_none()
        if case is None:
            raise NotFound
        work = self._work(session, actor, case, event, form, now)
        if actor.kind is not ActorKind.JOB and work.form.number("version") != case.version:
            raise Stale
        return work

    def _seen(self, work: Work, event: Event) -> str:
        """The digest of what a decider saw, "" where nothing is decided."""
        if not any(row.decides for row in TABLE if row.event is event):
            return ""
        now_there = work.shown_digest()
        given = work.form.text("shown")
        if given != now_there:
            raise ShownChanged
        return given

    def _row(self, work: Work, state: State | None, event: Event) -> Transition:
        facts: Facts = gathering.facts_of(work)
        found = step(state, event, facts)
        if isinstance(found, Refusal):
            raise found.error()
        return found

    def _attach(self, work: Work, badges: Sequence[bytes]) -> None:
        for badge in badges:
            evidence.attach_badge(work.session, self.services.verifier, work.case, badge, work.now)
        work.forget()

    def _write(self, work: Work, row: Transition, done: Done, shown: str, joint: CaseDocument | None = None) -> Acted:
        """Documents and notices, the new state with its term, the line in the history."""
        case, source = work.case, row.source
        first = joint or (self._made(work, [(case, done.bodies[0])]) if done.bodies else None)
        for body in done.bodies[1:]:
            self._made(work, [(case, body)])
        case.state = row.target
        if row.sets is not None:
            case.extent = row.sets
        if row.source is not row.target:
            self._set_term(work)
        if row.event is not Event.VOTE:
            case.version += 1
        case.changed_at = work.now
        document = first.id if first else None
        self._remember(work, row, source, document, shown)
        register.follow(work, row.event, document)
        if done.signature and document:
            signatures.attach(work.session, document, *done.signature, by=work.person, now=work.now)
        if done.telling and document:
            self._tell(work, done.telling, document)
        work.session.flush()
        return Acted(case=case, row=row, document=document, awards=tuple(done.awards))

    def _tell(self, work: Work, telling: Telling, document: str) -> None:
        for person in telling.people:
            work.session.add(
                CaseNotice(
                    id=uuid4().hex,
                    case=work.case.id,
                    document=document,
                    person=person,
                    channel=telling.channel,
                    at=work.now,
                )
            )
            self.services.notify(
                work.session,
                person=person,
                organisation=work.case.school,
                learner=work.case.learner,
                text=telling.about,
                href=f"/credit/cases/{work.case.id}",
                handed=telling.channel in pieces.ON_PAPER,
                now=work.now,
            )

    def _set_term(self, work: Work) -> None:
        term = terms.term_of(work.case, work.policy, work.days, work.today)
        work.case.deadline, work.case.deadline_rule = (term.ends, term.rule) if term else (None, "")

    def _remember(self, work: Work, row: Transition, source: State | None, document: str | None, shown: str) -> None:
        count = select(func.count()).select_from(CaseStep).where(CaseStep.case == work.case.id)
        held = gathering.parties_of(work.actor, work.case.school, work.case.learner)
        work.session.add(
            CaseStep(
                id=uuid4().hex,
                case=work.case.id,
                number=work.session.exec(count).one() + 1,
                event=row.event,
                source=source,
                target=row.target,
                at=work.now,
                actor_kind=str(work.actor.kind),
                person=work.actor.person,
                party=next(party for party in Party if party in held & row.parties),
                reason=work.form.text("reason"),
                document=document,
                shown=shown,
            )
        )


def _moves_by_itself(session: Session, case: Case) -> bool:
    """Whether the program has something to do: a check is repeated only while it could not tell."""
    if case.state is not State.CHECKING:
        return True
    held = evidence.evidence_of(session, case.id)
    return any(conditions.is_unclear(evidence.findings_of(one)) for one in held if one.kind is EvidenceKind.BADGE)
