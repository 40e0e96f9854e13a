"""Rows of a list are decided: each becomes an award ready to be written down, or faults. No database, no key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from issuer.allowing import remaining
from issuer.awards import particulars
from issuer.batches.errors import AwardedBefore, RowTwice
from issuer.batches.lean import LeanLint
from issuer.batches.rows import Fault, Frame, first_faults, key_of, row_faults
from issuer.compose import IssuerProfile, StatusPlace, compose
from issuer.errors.orders import AwardRefused
from issuer.series import Series
from issuer.status import Entropy
from issuer.tables import AwardState
from schemas.award import AwardOrder
from schemas.errors import BadInput

_ID = 16
WAITS = "offer:"  # what stands for the number of a learner who has none yet


@dataclass(frozen=True, slots=True)
class Known:
    """An award that stands under the same learner and occasion; `refused` before its signature, so that it may be taken up."""

    id: str
    batch: str | None
    row: int | None
    refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the rows are decided on, gathered before; `orders` has one for each row.

    `names` are those of learners who are known here, `written_names` those in unused columns by the row's number, `roll` the
    stems of the family names of everybody on the whole list. `of_age` are the numbers of those who are, of all in whose rows
    particulars were let stand.
    """

    batch: str
    frame: Frame
    orders: Sequence[AwardOrder]
    profile: IssuerProfile
    source: Mapping[str, Any] | None
    list_url: str
    names: Mapping[str, Sequence[str]]
    roll: frozenset[str]
    written_names: Mapping[int, Sequence[str]]
    known: Mapping[tuple[str, str], Known]
    of_age: frozenset[str]
    now: datetime

    def names_for(self, row: int, order: AwardOrder) -> Sequence[str]:
        """The learner's names, as they are known here and as they stand in the row."""
        return (*self.names.get(order.learner_number, ()), *self.written_names.get(row, ()))

    def is_of_age(self, order: AwardOrder) -> bool:
        """Whether the learner of a row in which particulars were let stand is of age."""
        return order.learner_number in self.of_age


@dataclass(slots=True)
class Decided:
    """`fresh` and `again` are the columns of awards to insert and to take up once more; every row is in one of the three."""

    fresh: list[dict[str, Any]] = field(default_factory=list)
    again: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class Decider:
    """Decides row by row. `series` keeps the compiled shapes between pieces of lists."""

    def __init__(self, series: Series, entropy: Entropy) -> None:
        self._series = series
        self._entropy = entropy

    def decide(
        self, facts: Facts, rows: Sequence[Sequence[Any]], places: Sequence[int], here: dict[tuple[str, str], int]
    ) -> Decided:
        """Decide every row; `places` has an index for each. `here` gathers which learner and occasion stood in which row."""
        decided, rules = Decided(), LeanLint(facts.roll)
        for (number, *cells), order, index in zip(rows, facts.orders, places, strict=True):
            found = self._faults(facts, cells, order, here)
            if not found:
                found = self._write(facts, decided, rules, number, order, index)
            if found:
                decided.faults += first_faults(number, found)
            elif order.learner_number:
                here[key_of(order)] = number
        return decided

    def _faults(
        self, facts: Facts, cells: Sequence[str], order: AwardOrder, here: Mapping[tuple[str, str], int]
    ) -> Sequence[BadInput]:
        found = row_faults(facts.frame, cells, order, facts.now)
        if found:
            return found
        key = key_of(order)
        if key in here:
            return [RowTwice(pointer="/number", row=here[key])]
        known = facts.known.get(key)
        if known is None or known.refused:
            return ()
        if known.batch == facts.batch:
            return [RowTwice(pointer="/number", row=known.row)]
        return [AwardedBefore(pointer="/number")]

    def _write(
        self, facts: Facts, decided: Decided, rules: LeanLint, number: int, order: AwardOrder, index: int
    ) -> Sequence[BadInput]:
        """Put the award among the decided ones; what is wrong with its badge where it cannot be."""
        known = facts.known.get(key_of(order))
        award_id = known.id if known is not None else self._entropy(_ID).hex()
        ids = self._entropy(3 * _ID)
        document = self._compose(facts, order, ids, index)
        try:
            broken = rules.lint(document, facts.names_for(number, order))
            found = remaining(broken, order, of_age=partial(facts.is_of_age, order))
            written = self._series.write(document)
        except BadInput as error:
            return [error]
        if found:
            return found
        row = {"id": award_id, "batch_row": number, **_ordered(order, award_id)}
        if order.learner_number:
            row |= {"credential_id": document["id"], "status_index": index, "state": AwardState.RESERVED}
            row |= {"unsigned": written.unsigned, "content_hash": written.content_hash}
        (decided.fresh if known is None else decided.again).append(row)
        return ()

    def _compose(self, facts: Facts, order: AwardOrder, ids: bytes, index: int) -> dict[str, Any]:
        return compose(
            facts.frame.achievement,
            facts.profile,
            order,
            credential_id=_urn(ids[:_ID]),
            subject_id=_urn(ids[_ID : 2 * _ID]),
            salt=ids[2 * _ID :].hex(),
            status=StatusPlace(facts.list_url, index),
            source=facts.source,
            valid_until=facts.frame.valid_until,
        )


def refused(number: int) -> Fault:
    """What is said of a row whose award broke a rule between its reservation and its signature."""
    return Fault.of(number, AwardRefused())


def _ordered(order: AwardOrder, award_id: str) -> dict[str, Any]:
    """The columns of an order; without a learner it waits for one, and nothing is signed before."""
    return {
        "learner_number": order.learner_number or WAITS + award_id,
        "event": order.event,
        "particulars": particulars(order),
        "awarded_at": order.awarded_at,
        "state": AwardState.OFFERED,
        "credential_id": None,
        "status_index": None,
        "unsigned": None,
        "content_hash": "",
    }


def _urn(data: bytes) -> str:
    return UUID(bytes=data, version=4).urn
