"""A case as its page shows it: where it is, what is whose turn, the comparison, the evidence, what happened. Reads only."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from verifier import wording as verdicts
from verifier.credit import conditions, evidence, wording
from verifier.credit.desk import is_overdue
from verifier.credit.documents import cases_of, documents_of, read
from verifier.credit.events import Event
from verifier.credit.evidence import Stage
from verifier.credit.facts import Answer, Extent, Facts, Party, State
from verifier.credit.gathering import needs_agreement, parties_of
from verifier.credit.lines import ComparisonRow, EvidenceRow, Happened, Line, Step, Where
from verifier.credit.marks import NO_MARK, OUT_OF
from verifier.credit.matching import ASSESSMENT_SOURCE, LEVELS, Finding, Row
from verifier.credit.papers import STAFF_ONLY, TITLES, DocumentKind
from verifier.credit.rules import written_in
from verifier.credit.states import FINAL, offered
from verifier.credit.tables import CaseDocument, CaseEvidence, CaseStep
from verifier.credit.terms import appeal_until
from verifier.credit.waiting import Standing, next_events
from verifier.credit.work import Work
from verifier.verdict import Report

Translate = Callable[[str], str]
FAMILY = frozenset({Party.LEARNER, Party.ADULT_LEARNER, Party.GUARDIAN, Party.TUTOR})
WAY = (
    (State.SUBMITTED, Event.SUBMIT),
    (State.REGISTERED, Event.REGISTER),
    (State.CHECKING, Event.ACCEPT_CHECK),
    (State.MATCHING, Event.SEND_TO_COMMISSION),
    (State.IN_COMMISSION, Event.CONCLUDE),
    (State.ORDERED, Event.ORDER),
    (State.NOTIFIED, Event.NOTIFY),
    (State.PLAN_UPDATED, Event.AMEND_PLAN),
    (State.CLOSED, Event.CLOSE),
)
"""The usual way and the act that ends each step of it."""
_OUTCOMES = {Answer.PASSED: "passed", Answer.SEEN: "passed", Answer.UNKNOWN: "unknown", Answer.FAILED: "failed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """Everything about one case for one visitor."""

    work: Work
    history: Sequence[CaseStep]
    translate: Translate

    @property
    def parties(self) -> frozenset[Party]:
        """In which capacities the visitor stands to the case."""
        return parties_of(self.work.actor, self.work.case.school, self.work.case.learner)

    @property
    def is_staff(self) -> bool:
        """Whether the visitor works on the case rather than asks for it."""
        return bool(self.parties - FAMILY)

    @property
    def overdue(self) -> bool:
        """Whether the term has passed."""
        return is_overdue(self.work.case, self.work.today)

    @property
    def compared(self) -> bool:
        """Whether there is something to compare: the credentials have been checked."""
        return any(one.conditions for one in self.work.evidence)

    @property
    def turn(self) -> tuple[Event, ...]:
        """What the visitor may do to move the case on."""
        return tuple(event for event in next_events(self.standing) if event in self.allowed)

    @property
    def besides(self) -> tuple[Event, ...]:
        """What else the visitor may do."""
        hidden = {Event.REVISE, *self.turn, *_pointless(self)}
        return tuple(event for event in self.allowed if event not in hidden)

    @property
    def allowed(self) -> tuple[Event, ...]:
        """Everything the visitor may try in this state."""
        return offered(self.work.case.state, Facts(parties=self.parties, kind=self.work.actor.kind))

    @property
    def standing(self) -> Standing:
        """Whose turn it is, worked out from the whole case."""
        work, case = self.work, self.work.case
        known = [evidence.findings_of(one) for one in work.evidence if one.conditions]
        return Standing(
            state=case.state,
            extent=case.extent,
            signed=case.matrix_signed_by is not None and case.matrix_digest == work.comparison_digest(),
            agreement_due=needs_agreement(case) and not case.agreed,
            overdue=self.overdue,
            incurable=bool(known) and all(conditions.is_incurable(findings) for findings in known),
            assessment_due=self.compared
            and case.assessment_agreed
            and case.assessment is None
            and work.comparison.assessable,
            quorum=len(work.votes_now) >= work.quorum,
            voted=work.person in {vote.person for vote in work.votes_now},
        )

    @property
    def where(self) -> Where:
        """Where it is now, what happens next, by when and by which rule."""
        case = self.work.case
        basis = written_in(self.work.rule(case.deadline_rule), self.translate)
        return Where(self.translate(self._now()), self.translate(self._next()), case.deadline, basis, self._tone())

    def _now(self) -> str:
        case = self.work.case
        if case.state is State.CLOSED and case.extent is None:
            return wording.LAPSED
        if case.state is State.APPEALED and case.suspended:
            return wording.SUSPENDED
        return wording.NOW[case.state]

    def _next(self) -> str:
        case = self.work.case
        if case.state is State.NOTIFIED and case.extent is Extent.REFUSE:
            return wording.REFUSED_NEXT
        if case.state is State.PROPOSED and self.standing.agreement_due:
            return wording.AGREEMENT_NEXT
        return wording.NEXT[case.state]

    def _tone(self) -> str:
        case = self.work.case
        if case.state in FINAL:
            return "good" if case.extent in {Extent.FULL, Extent.PARTIAL} and case.state is State.CLOSED else "done"
        return "bad" if self.overdue else "wait" if case.state is State.AWAITING_DOCUMENTS else "now"

    @property
    def decision(self) -> str:
        """The decision in words, "" before there is one."""
        case = self.work.case
        if case.extent is None or case.decided_on is None:
            return ""
        return self.translate(wording.DECIDED[case.extent])

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Why it was refused, outcome by outcome, as the signed refusal says."""
        kept = [one for one in documents_of(self.work.session, self.work.case.id) if one.kind == DocumentKind.REFUSAL]
        return [(row[0], row[1]) for row in read(kept[-1])["sections"][0]["rows"]] if kept else []

    @property
    def voters(self) -> list[str]:
        """Who has voted in this round."""
        return [self.work.people.person(vote.person).name for vote in self.work.votes_now]

    @property
    def tally(self) -> list[tuple[str, int]]:
        """The votes of this round by what they are for."""
        votes = [vote.extent for vote in self.work.votes_now]
        return [(self.translate(text), votes.count(extent)) for extent, text in wording.EXTENTS.items()]

    @property
    def appeal_until(self) -> date | None:
        """The last day for an appeal, None where there is nothing to appeal against or it has passed."""
        last = appeal_until(self.work.case, self.work.policy, self.work.days)
        return last if last is not None and last >= self.work.today and self.work.case.extent is not None else None

    @property
    def steps(self) -> list[Step]:
        """The usual way with what is done and what is ahead."""
        done = {step.event: step.at for step in self.history}
        for instead, usual in ((Event.REFUSE, Event.ORDER), (Event.FINISH_ASSESSMENT, Event.SEND_TO_COMMISSION)):
            if instead in done:
                done[usual] = done[instead]
        way = [(state, event) for state, event in WAY if not self._left_out(event)]
        current = next((event for _, event in way if event not in done), None)
        stopped = self.work.case.state in FINAL
        return [
            Step(self.translate(_TITLES[event]), self._mark(event, done, current, stopped=stopped), done.get(event))
            for _, event in way
        ]

    def _left_out(self, event: Event) -> bool:
        refused = self.work.case.extent is Extent.REFUSE
        return refused and event in {Event.AMEND_PLAN, Event.CLOSE}

    @staticmethod
    def _mark(event: Event, done: dict[Event, datetime], current: Event | None, *, stopped: bool) -> str:
        if event in done:
            return "done"
        if event is current:
            return "stopped" if stopped else "now"
        return "next"

    @property
    def comparison(self) -> list[ComparisonRow]:
        """The comparison, line by line."""
        titles = {one.id: (one.title, self._href(one)) for one in self.work.evidence}
        return [self._compared_row(row, titles) for row in self.work.comparison.rows]

    def _compared_row(self, row: Row, titles: dict[str, tuple[str, str]]) -> ComparisonRow:
        title, href = titles.get(row.evidence, ("", ""))
        if row.evidence == ASSESSMENT_SOURCE:
            title = self.translate(wording.HAPPENED[Event.FINISH_ASSESSMENT])
        level = self.translate(LEVELS[row.outcome.level])
        met = row.finding is Finding.MET and row.shown is not None and bool(row.evidence)
        return ComparisonRow(
            code=row.outcome.code,
            name=row.outcome.name,
            required=self.translate(wording.NEEDED).format(level=level),
            mark=str(row.finding),
            optional=not row.outcome.required,
            shown=self._level(row) if met else row.why.words(self.translate),
            evidence=title,
            evidence_href=href,
        )

    def _level(self, row: Row) -> str:
        return self.translate(wording.SHOWN).format(level=self.translate(LEVELS[row.shown or 1]))

    @property
    def summary(self) -> str:
        """The comparison in one paragraph: the machine's proposal."""
        return self.work.proposed.paragraph.words(self.translate)

    @property
    def gaps(self) -> list[Row]:
        """Required outcomes that are not shown."""
        return list(self.work.comparison.missing)

    @property
    def met_rows(self) -> list[Row]:
        """Required outcomes that are shown."""
        return [row for row in self.work.comparison.required if row.finding is Finding.MET]

    @property
    def evidence(self) -> list[EvidenceRow]:
        """What the case rests on."""
        return [self._evidence_row(one) for one in self.work.evidence]

    def _evidence_row(self, one: CaseEvidence) -> EvidenceRow:
        report = _last_report(one)
        original = evidence.original_kept(one) if one.shown else None
        return EvidenceRow(
            href=self._href(one),
            title=one.title or self.translate(wording.UNREADABLE),
            organisation=one.issuer_name,
            verdict=str(report.verdict) if report else "",
            note=self._note(one),
            hours=(one.shown or {}).get("hours"),
            result=original.text(self.translate(wording.MARKS[NO_MARK]), self.translate(OUT_OF)) if original else "",
        )

    def _note(self, one: CaseEvidence) -> str:
        if not one.conditions:
            return self.translate(wording.NOT_CHECKED)
        counts = conditions.counts(evidence.findings_of(one))
        return self.translate(wording.COUNTS if counts else wording.COUNTS_NOT)

    def _href(self, one: CaseEvidence) -> str:
        return f"/credit/cases/{self.work.case.id}/evidence/{one.position}"

    def conditions(self, one: CaseEvidence) -> list[Line]:
        """The school's own questions about one credential, with their answers."""
        report = _last_report(one)
        return [
            Line(
                _OUTCOMES[found.answer],
                f"{self.translate(wording.QUESTIONS[name])} {self._answered(found.code, report)}",
            )
            for name, found in evidence.findings_of(one).items()
        ]

    def _answered(self, code: str, report: Report | None) -> str:
        if code in wording.CODES:
            return self.translate(wording.CODES[code])
        check = next((check for check in report.checks if check.code == code), None) if report else None
        return verdicts.sentence(check, self.translate) if check else ""

    @property
    def documents(self) -> list[tuple[str, str]]:
        """The documents of the case that the visitor may read, as (address, title)."""
        return [
            (f"/credit/documents/{one.id}", f"{self.translate(TITLES[DocumentKind(one.kind)])} № {one.number}")
            for one in self.readable
        ]

    @property
    def readable(self) -> list[CaseDocument]:
        """The documents of the case that the visitor may read, oldest first."""
        return [one for one in documents_of(self.work.session, self.work.case.id) if self.may_read(one)]

    def may_read(self, document: CaseDocument) -> bool:
        """Whether the visitor may read a document: votes are the commission's affair, other people's children nobody's."""
        if self.is_staff:
            return True
        return document.kind not in STAFF_ONLY and len(cases_of(self.work.session, document)) == 1

    def may_see(self, step: CaseStep) -> bool:
        """Whether the visitor may see a step of the history."""
        return self.is_staff or step.event is not Event.VOTE

    @property
    def timeline(self) -> list[Happened]:
        """What happened, the newest first."""
        known = {one.id for one in self.readable}
        return [self._happened(step, known) for step in reversed(self.history) if self.may_see(step)]

    @property
    def opinions(self) -> list[Happened]:
        """What the learner's tutor and class teacher think of it, the oldest first."""
        return [self._happened(step, ()) for step in self.history if step.event is Event.OPINION]

    def _happened(self, step: CaseStep, known: Collection[str]) -> Happened:
        party = self.translate(wording.PARTIES[step.party])
        name = self.work.people.person(step.person).name if step.person else ""
        href = f"/credit/documents/{step.document}" if step.document in known else ""
        return Happened(
            step.at,
            self.translate(wording.HAPPENED[step.event]),
            f"{party}: {name}" if name else party,
            step.reason,
            href,
        )


def _last_report(one: CaseEvidence) -> Report | None:
    stages = (Stage.REVIEW, Stage.DECISION, Stage.OPENING)
    return next((report for stage in stages if (report := evidence.report_of(one, stage))), None)


def _pointless(view: CaseView) -> Iterable[Event]:
    """Acts that would be refused for a reason that the page shows already."""
    work, case = view.work, view.work.case
    standing = view.standing
    if not standing.agreement_due:
        yield Event.AGREE_PROPOSAL
    if case.assessment_agreed or not work.comparison.assessable:
        yield Event.AGREE_ASSESSMENT
    if not (case.assessment_agreed and work.comparison.assessable):
        yield Event.START_ASSESSMENT
    if view.appeal_until is None:
        yield Event.APPEAL
    if case.extent not in {Extent.FULL, Extent.PARTIAL}:
        yield from (Event.REVIEW, Event.AMEND_PLAN, Event.ORDER)
    if case.extent is not Extent.REFUSE:
        yield from (Event.CLOSE_REFUSED, Event.REFUSE)
    if not work.policy.learner_confirms or case.learner_confirmed:
        yield Event.CONFIRM
    if standing.voted:
        yield Event.VOTE


_TITLES = {
    Event.SUBMIT: wording.WAY_SUBMIT,
    Event.REGISTER: wording.WAY_REGISTER,
    Event.ACCEPT_CHECK: wording.WAY_CHECK,
    Event.SEND_TO_COMMISSION: wording.WAY_COMPARE,
    Event.CONCLUDE: wording.WAY_COMMISSION,
    Event.ORDER: wording.WAY_DECISION,
    Event.NOTIFY: wording.WAY_NOTICE,
    Event.AMEND_PLAN: wording.WAY_PLAN,
    Event.CLOSE: wording.WAY_CLOSE,
}
