"""Contracts and recorded results as pages show them."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, func, select

from keys.deps import Visit
from schemas.errors import N_
from verifier.credit import marks
from verifier.credit.marks import Original
from verifier.credit.network.contracts import held
from verifier.credit.network.tables import ContractState, NetworkContract, NetworkResult
from verifier.credit.wording import MARKS

DRAFT, WAITS, HOLDS, OVER = N_("черновик"), N_("ещё не начался"), N_("действует"), N_("закончился")
PASSED = N_("зачтено")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRow:
    """One contract in a list; `standing` is a message id."""

    contract: NetworkContract
    standing: str
    recorded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """One recorded result; words are in the reader's language."""

    id: str
    learner: str
    title: str
    original: str
    mark: str
    hours: int
    at: date
    taken_back: bool
    reason: str


def contract_row(session: Session, contract: NetworkContract, today: date) -> ContractRow:
    """A contract with how it stands today and how much was recorded under it."""
    count = select(func.count()).where(NetworkResult.contract == contract.id)
    return ContractRow(contract=contract, standing=_standing(contract, today), recorded=session.exec(count).one())


def result_row(result: NetworkResult, visit: Visit) -> ResultRow:
    """A result with its learner's name."""
    original = Original(**result.original)
    return ResultRow(
        id=result.id,
        learner=visit.people.learner(result.learner).name,
        title=result.title,
        original=original.text(visit.translate(PASSED), visit.translate(marks.OUT_OF)),
        mark=visit.translate(MARKS[result.mark]),
        hours=result.hours,
        at=result.awarded_on,
        taken_back=result.withdrawn_at is not None,
        reason=result.reason,
    )


def _standing(contract: NetworkContract, today: date) -> str:
    if contract.state is ContractState.DRAFT:
        return DRAFT
    if held(contract, today):
        return HOLDS
    return WAITS if today < contract.valid_from else OVER
