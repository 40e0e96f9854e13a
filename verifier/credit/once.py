"""R22: one result is credited once for a component, by whatever way it comes."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from verifier.credit.facts import Extent, State
from verifier.credit.network.tables import NetworkResult
from verifier.credit.tables import Case, CaseEvidence, PlanItem

DECIDED = (State.ORDERED, State.NOTIFIED, State.PLAN_UPDATED, State.CLOSED, State.UNDER_REVIEW, State.APPEALED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One credential for one component of one learner; `credential` is "" where it could not be read."""

    learner: str
    component: str
    credential: str
    digest: str


def credited_before(session: Session, use: Use, *, but: str = "") -> bool:
    """Whether a decision or a record stands on the same credential; `but` is the case that asks."""
    return _decided(session, use, but) or _recorded(session, use)


def _decided(session: Session, use: Use, but: str) -> bool:
    same = (
        select(Case.id)
        .join(CaseEvidence, col(CaseEvidence.case) == Case.id)
        .where(
            Case.id != but,
            Case.learner == use.learner,
            Case.component == use.component,
            col(Case.state).in_(DECIDED),
            col(Case.extent).in_((Extent.FULL, Extent.PARTIAL)),
            (col(CaseEvidence.digest) == use.digest)
            | ((CaseEvidence.credential == use.credential) & (use.credential != "")),
        )
    )
    return session.exec(same).first() is not None


def _recorded(session: Session, use: Use) -> bool:
    same = (
        select(NetworkResult.id)
        .join(PlanItem, col(PlanItem.id) == NetworkResult.item)
        .where(
            NetworkResult.learner == use.learner,
            PlanItem.component == use.component,
            col(NetworkResult.withdrawn_at).is_(None),
            (col(NetworkResult.digest) == use.digest) | (NetworkResult.credential == use.credential),
        )
    )
    return session.exec(same).first() is not None
