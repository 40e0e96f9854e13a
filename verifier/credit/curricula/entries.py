"""Rows of a directory of outcomes become entries, or what is wrong with them: pure. A CASE package becomes such rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from schemas.errors import N_, BadInput
from schemas.framework import read_case
from schemas.reading import read_json
from schemas.refusals import Refused
from schemas.spreadsheets.lists import Columns, Fault, places_of, said_in
from verifier.credit.curricula import cells
from verifier.credit.curricula.cells import Said
from verifier.credit.curricula.errors import (
    CatalogueEmpty,
    CatalogueUnreadable,
    ColumnMissing,
    EntryTextMissing,
    OutcomeCodeMissing,
    OutcomeTwice,
)
from verifier.credit.matching import OutcomeKind

CODE, TEXT, KIND, SECTION, URL = "code", "text", "kind", "section", "url"
HEADINGS: Final[Mapping[str, str]] = {
    CODE: N_("Код результата"),
    TEXT: N_("Планируемый результат"),
    KIND: N_("Вид результата"),
    SECTION: N_("Раздел"),
    URL: N_("Адрес результата"),
}
_ALSO: Final[Mapping[str, Sequence[str]]] = {
    CODE: ("код", "code", "outcome code"),
    TEXT: ("результат", "формулировка", "текст результата", "outcome", "text"),
    KIND: ("вид", "тип результата", "kind"),
    SECTION: ("группа", "section"),
    URL: ("адрес", "ссылка", "url"),
}
CASE_MOST: Final = 2 * 1024 * 1024
_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One outcome of a directory."""

    code: str
    name: str
    kind: OutcomeKind = OutcomeKind.SUBJECT
    url: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """A CASE package as a table."""

    title: str
    source: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """The place of each field that the headings name. Raises `ColumnMissing`."""
    found = places_of(headings, HEADINGS, _ALSO)
    for needed in (CODE, TEXT):
        if needed not in found:
            raise ColumnMissing(column=HEADINGS[needed])
    return found


def entries_of(rows: Iterable[Sequence[Any]], columns: Columns) -> tuple[list[Entry], list[Fault]]:
    """The outcomes that rows `[number, cell, …]` name, and what is wrong with the others."""
    found: dict[str, tuple[int, Entry]] = {}
    faults: list[Fault] = []
    for number, *texts in rows:
        try:
            entry = entry_of(said_in(texts, columns))
            if entry.code in found:
                raise OutcomeTwice(pointer=f"/{CODE}", row=found[entry.code][0])
            found[entry.code] = (number, entry)
        except BadInput as error:
            faults.append(Fault.of(number, error))
    return [entry for _, entry in found.values()], faults


def entry_of(said: Said) -> Entry:
    """One outcome, from a row or a form. Raises `BadInput`."""
    cells.no_formulas(said)
    code, name = cells.text_of(said, CODE, cells.CODE_MOST), cells.text_of(said, TEXT, cells.TEXT_MOST)
    if not code:
        raise OutcomeCodeMissing(pointer=f"/{CODE}")
    if not name:
        raise EntryTextMissing(pointer=f"/{TEXT}")
    return Entry(
        code=code,
        name=name,
        kind=cells.kind_of(said, KIND) if KIND in said else OutcomeKind.SUBJECT,
        url=cells.address_of(said, URL),
        section=cells.text_of(said, SECTION, cells.TITLE_MOST),
    )


def package_of(data: bytes) -> Package:
    """A CASE package as rows of a directory, wrong items among them. Raises `CatalogueUnreadable`, `CatalogueEmpty`."""
    try:
        title, source, items = read_case(read_json(data.removeprefix(_MARK), limit=CASE_MOST))
    except Refused as error:
        raise CatalogueUnreadable from error
    if not items:
        raise CatalogueEmpty
    rows = [[item.number, item.code, item.text, _kind(item.kind), item.section, _address(item.url)] for item in items]
    return Package(title[: cells.TITLE_MOST], source[: cells.URL_MOST], list(HEADINGS.values()), rows)


def is_json(start: bytes) -> bool:
    """Whether a file that begins so is to be read as JSON."""
    return start.removeprefix(_MARK).lstrip()[:1] in {b"{", b"["}


def _address(url: str) -> str:
    """An address that can be kept; another one is left out, its outcome is still one."""
    return url if cells.is_address(url) and len(url) <= cells.URL_MOST else ""


def _kind(kind: str) -> str:
    """A kind in our words; what other publishers call it is no fault, and says nothing to us."""
    try:
        return cells.KINDS[cells.kind_of({KIND: kind}, KIND)]
    except BadInput:
        return ""
