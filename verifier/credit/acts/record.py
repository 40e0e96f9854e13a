"""What several acts share: the documents of a step, telling the family, taking back what was credited."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from verifier.credit import evidence, paperwork, plans
from verifier.credit.errors import NoGuardian
from verifier.credit.evidence import Stage
from verifier.credit.papers import Body
from verifier.credit.work import Work


@dataclass(frozen=True, slots=True)
class Telling:
    """People who are told `about` something through `channel`; the document of the step is what they are told by."""

    about: str
    people: tuple[str, ...]
    channel: str


@dataclass(slots=True, kw_only=True)
class Done:
    """What came of an act besides the new state: documents to make, the step's own first. `awards` wait for the issuer.

    `signature` is a detached signature over the step's document and the file it was made over.
    """

    bodies: list[Body] = field(default_factory=list)
    signature: tuple[bytes, bytes] | None = None
    telling: Telling | None = None
    awards: list[str] = field(default_factory=list)


def nothing(_: Work) -> Done:
    """The state alone changes."""
    return Done()


def with_documents(*bodies: Body) -> Done:
    """The act leaves these documents."""
    return Done(bodies=list(bodies))


def tell(work: Work, about: str, people: Iterable[str], channel: str) -> Done:
    """People are told. Raises `NoGuardian` where a minor's guardian is not among them (R11)."""
    told = tuple(people)
    if work.is_minor and not work.guardians & set(told):
        raise NoGuardian
    return Done(bodies=[paperwork.notice(work, about, told, channel)], telling=Telling(about, told, channel))


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
    case.paper_number, case.paper_signer, case.decided_on = None, None, None
    case.notified_on, case.appeal_ends = None, None
    case.term_ends = work.days.after(work.today, work.policy.decide_days)
