"""What recognition holds about one learner, for the learner to take along: decisions, plan, sealed documents."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from verifier.credit import documents, plans
from verifier.credit.plans import PlanLine
from verifier.credit.tables import Case, CaseDocument, Decision


@dataclass(frozen=True, slots=True)
class Paper:
    """A sealed document, byte for byte."""

    id: str
    kind: str
    sealed: bytes


def decisions_of(session: Session, learner: str) -> list[Decision]:
    """The learner's lines in the registers of all schools, oldest first."""
    rows = select(Decision).where(Decision.learner == learner)
    return list(session.exec(rows.order_by(col(Decision.recorded_at), col(Decision.id))))


def plan_of(session: Session, learner: str) -> list[PlanLine]:
    """The components of the learner's plan."""
    return plans.plan_of(session, learner)


def papers_of(session: Session, learner: str) -> Iterator[Paper]:
    """The documents that are about this learner alone: what a meeting has said of others besides is theirs."""
    cases = session.exec(select(Case.id).where(Case.learner == learner).order_by(col(Case.id)))
    seen: set[str] = set()
    for case in cases.all():
        for document in documents.documents_of(session, case):
            if document.id not in seen and _is_theirs(session, document, learner):
                seen.add(document.id)
                yield Paper(document.id, str(document.kind), bytes(document.sealed))


def _is_theirs(session: Session, document: CaseDocument, learner: str) -> bool:
    return all(case.learner == learner for case in documents.cases_of(session, document))
