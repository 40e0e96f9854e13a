"""What several acts share: making the document of a step, telling the family, taking back what was credited."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import uuid4

from verifier.credit import documents, evidence, paperwork, plans
from verifier.credit.documents import Body
from verifier.credit.errors import NoGuardian
from verifier.credit.evidence import Stage
from verifier.credit.tables import CaseDocument, CaseNotice
from verifier.credit.work import Work


@dataclass(slots=True, kw_only=True)
class Done:
    """What came of an act besides the new state. `awards` wait to be finished by the issuer."""

    document: CaseDocument | None = None
    awards: list[str] = field(default_factory=list)


def nothing(_: Work) -> Done:
    """The state alone changes."""
    return Done()


def with_document(work: Work, body: Body) -> Done:
    """Make the document of the step."""
    made = documents.make(work.session, work.services.store, work.case, body, now=work.now, today=work.today)
    return Done(document=made)


def tell(work: Work, about: str, people: Iterable[str], channel: str) -> Done:
    """Record that people were told. Raises `NoGuardian` where a minor's guardian is not among them (R11)."""
    told = list(people)
    if work.is_minor and not work.guardians & set(told):
        raise NoGuardian
    done = with_document(work, paperwork.notice(work, about, told, channel))
    document = done.document.id if done.document else ""
    work.session.add_all(
        CaseNotice(id=uuid4().hex, case=work.case.id, document=document, person=person, channel=channel, at=work.now)
        for person in told
    )
    return done


def tell_family(work: Work, about: str) -> Done:
    """Tell the learner and, until 18, the guardians."""
    return tell(work, about, work.family, "account")


def examine(work: Work, stage: Stage) -> None:
    """Check every credential now and keep the report of that stage."""
    examining = evidence.Examining(verifier=work.services.verifier, number=work.learner.number, now=work.now)
    evidence.examine(work.session, work.case, work.evidence, examining, stage)
    work.forget()


def take_back(work: Work, reason: str) -> None:
    """Undo what this case has credited, in the plan and in the wallet; nothing to do where it has credited nothing."""
    case = work.case
    if case.plan_change is not None:
        plans.reopen(
            work.session, case.item, parts=case.plan_change["parts"], hours=case.plan_change["hours"], now=work.now
        )
        case.plan_change = None
        work.forget()
    for award in case.awards:
        work.services.revoke(work.session, award, reason=reason, by=work.actor, now=work.now)
    case.awards = []


def judged(work: Work, people: Iterable[str]) -> None:
    """Remember who has judged in this case."""
    work.case.judges = joined(work.case.judges, people)


def joined(known: Iterable[str], more: Iterable[str]) -> list[str]:
    """Both lists as one without repetitions."""
    return list(dict.fromkeys([*known, *more]))


def new_round(work: Work) -> None:
    """Void the signature under the comparison and the votes of this round."""
    work.case.round += 1
    work.case.matrix_signed_by, work.case.matrix_digest = None, None
    work.forget()


def forget_decision(work: Work) -> None:
    """The papers stay in the history and among the documents; the case itself has no decision any more."""
    case = work.case
    case.extent, case.mark, case.mark_offered, case.parts = None, None, None, []
    case.grounds, case.agreed, case.concluded_by = "", False, None
    case.paper_number, case.paper_signer, case.decided_on, case.notified_on = None, None, None, None
    case.term_ends = work.days.after(work.today, work.policy.decide_days)
