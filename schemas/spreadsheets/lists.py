"""Lists that people fill in: which column holds what by its heading, what is wrong with which row, and the rows to be corrected."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schemas.errors import N_, BadInput
from schemas.spreadsheets.table import heading_key

WHY = N_("Что исправить")

Columns = Mapping[str, int]
"""The place of a column by the field that it holds."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, and under which heading: the row's number in the file, a field or "", the error."""

    row: int
    field: str
    error: BadInput

    @classmethod
    def of(cls, row: int, error: BadInput) -> "Fault":
        """What `error` says about a row; its pointer names the field."""
        return cls(row, error.pointer.removeprefix("/"), error)

    def told(self, names: Mapping[str, str], translate: Callable[[str], str]) -> str:
        """The sentence, with the heading that it is about."""
        sentence = self.error.told(translate)
        return f"{translate(names[self.field])}: {sentence}" if self.field in names else sentence


def places_of(headings: Sequence[str], names: Mapping[str, str], also: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The first column for each field that the headings name, by its name or one of its other names."""
    keys = [heading_key(heading) for heading in headings]
    found: dict[str, int] = {}
    for field, name in names.items():
        known = {heading_key(word) for word in (name, *also.get(field, ()))}
        places = [place for place, key in enumerate(keys) if key in known]
        if places:
            found[field] = places[0]
    return found


def said_in(cells: Sequence[str], columns: Columns) -> dict[str, str]:
    """What a row says, field by field; nothing of empty cells."""
    return {field: cells[place] for field, place in columns.items() if place < len(cells) and cells[place]}


def to_correct(
    headings: Sequence[str], rows: Iterable[Sequence[object]], wrong: Mapping[int, str], why: str
) -> Iterator[list[str]]:
    """The headings, then each row `[number, cell, …]` of `wrong` as it was, with a cell more that says what is wrong."""
    width = len(headings)
    yield [*headings, why]
    for number, *cells in rows:
        if number in wrong:
            row = [str(cell) for cell in cells[:width]]
            yield [*row, *[""] * (width - len(row)), wrong[int(str(number))]]
