"""A row of a list becomes an order, or everything that is wrong with it: pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from issuer.batches.columns import EVENT, EVIDENCE, EVIDENCE_URL, LEVEL, NARRATIVE, NUMBER, RESULT, STATEMENT, Columns
from issuer.batches.errors import CellTooLong, FormulaCell, RowTooLong
from issuer.orders import faults, tidy
from schemas.achievement import Achievement
from schemas.award import AwardOrder
from schemas.errors import BadInput, ZachetkaError

_LENGTHS = {NUMBER: 100, EVENT: 1000, RESULT: 100, NARRATIVE: 2000}
_LENGTH = 1000
_LEVELS = {"1": 1, "2": 2, "3": 3, "стартовый": 1, "базовый": 2, "продвинутый": 3, "basic": 1, "core": 2, "advanced": 3}
_DIRECT = {"/learner_number": NUMBER, "/event": EVENT, "/result": RESULT, "/credentialSubject/narrative": NARRATIVE}
_DIRECT |= {"/evidence/0/narrative": EVIDENCE, "/evidence/0/id": EVIDENCE_URL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What all rows of a list have in common; `valid_until` ends their badges, where they end."""

    organisation: str
    achievement: Achievement
    code: str
    columns: Columns
    width: int
    event: str
    awarded_at: datetime
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a row: the row's number in the file, the error's code, its sentence, the field it belongs to."""

    row: int
    code: str
    sentence: str
    params: Mapping[str, Any]
    field: str

    @classmethod
    def of(cls, row: int, error: ZachetkaError) -> "Fault":
        """What `error` says about a row."""
        return cls(row, error.code, error.sentence, dict(error.params), field_at(error.pointer))

    def kept(self) -> list[Any]:
        """As it is written down."""
        return [self.row, self.code, self.sentence, self.params, self.field]


def order_of(frame: Frame, cells: Sequence[str], *, allowed: bool = False) -> AwardOrder:
    """The tidied order that a row stands for, right or wrong; `allowed` where particulars were let stand in it."""
    said = {key: cells[place] for key, place in frame.columns.items() if place < len(cells) and cells[place]}
    order = AwardOrder(
        organisation=frame.organisation,
        achievement=frame.code,
        learner_number=said.get(NUMBER, ""),
        event=said.get(EVENT, "") or frame.event,
        awarded_at=frame.awarded_at,
        result=said.get(RESULT),
        levels={key.removeprefix(LEVEL): _level(said[key]) for key in said if key.startswith(LEVEL)},
        statements={key.removeprefix(STATEMENT): said[key] for key in said if key.startswith(STATEMENT)},
        narrative=said.get(NARRATIVE, ""),
        evidence=said.get(EVIDENCE, ""),
        evidence_url=said.get(EVIDENCE_URL, ""),
        allowed=allowed,
    )
    return tidy(order)


def row_faults(frame: Frame, cells: Sequence[str], order: AwardOrder, now: datetime) -> list[BadInput]:
    """Everything wrong with a row before it is composed. A row without a number waits for its learner, so that is no fault."""
    found = list(_cell_faults(frame, cells))
    if found:
        return found
    return [fault for fault in faults(frame.achievement, order, now) if order.learner_number or not _is_number(fault)]


def _is_number(fault: BadInput) -> bool:
    return fault.pointer == "/learner_number"


def _cell_faults(frame: Frame, cells: Sequence[str]) -> Iterator[BadInput]:
    if len(cells) > frame.width:
        yield RowTooLong()
    for key, place in frame.columns.items():
        text = cells[place] if place < len(cells) else ""
        if text.startswith("="):
            yield FormulaCell(pointer=f"/{key}")
        most = _LENGTHS.get(key, _LENGTH)
        if len(text) > most:
            yield CellTooLong(pointer=f"/{key}", limit=most)


def field_at(pointer: str) -> str:
    """The field that an error's pointer means, "" where it means none."""
    if pointer in _DIRECT:
        return _DIRECT[pointer]
    head, _, rest = pointer.removeprefix("/").partition("/")
    if head == "levels":
        return LEVEL + rest
    if head == "statements":
        return STATEMENT + rest
    return head if not rest and head != "credentialSubject" else ""


def key_of(order: AwardOrder) -> tuple[str, str]:
    """What may stand in one list only once: learner and occasion."""
    return order.learner_number, order.event


def first_faults(row: int, found: Iterable[BadInput]) -> list[Fault]:
    """The faults of a row, one for each field."""
    kept: dict[str, Fault] = {}
    for error in found:
        fault = Fault.of(row, error)
        kept.setdefault(fault.field, fault)
    return list(kept.values())


def _level(text: str) -> int:
    return _LEVELS.get(text.casefold(), 0)
