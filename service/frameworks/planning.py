"""What a file would make of a published catalogue: pure. Addresses stay, because badges point at them.

An outcome is known by its code. A new one gets the next number unless it brings the address of another publisher; one that is
offered no more keeps its place with its last day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from schemas.framework import Framework, FrameworkItem, item_number, item_url
from schemas.spreadsheets.lists import Fault
from verifier.credit.curricula.entries import Entry
from verifier.credit.curricula.planning import Kind, Listed, Plan, plan_entries
from verifier.credit.matching import OutcomeKind


def plan(url: str, before: Framework | None, wanted: Iterable[Entry], faults: Sequence[Fault], *, whole: bool) -> Plan:
    """What is new, changed, the same, offered no more in the catalogue at `url`; with `whole` what the file does not name."""
    known = [_listed(item) for item in before.items] if before else []
    codes = {one.entry.code for one in known}
    return plan_entries([_settled(url, one, codes) for one in wanted], faults, known, whole=whole)


def edition(url: str, before: Framework | None, made: Plan, today: date) -> list[FrameworkItem]:
    """The items of the next edition: those that were there in their order, then the new ones."""
    items = {item.code: item for item in before.items} if before else {}
    numbers = count(1 + max((item_number(url, item) for item in items.values()), default=0))
    for change in made.changes:
        held, wanted = items.get(change.code), change.wanted
        if held is not None and change.kind is Kind.GONE:
            items[change.code] = replace(held, ended=(today - timedelta(days=1)).isoformat(), changed="")
        elif isinstance(wanted, Entry) and change.kind is not Kind.SAME:
            address = held.url if held else wanted.url or item_url(url, next(numbers))
            items[change.code] = FrameworkItem(address, wanted.code, wanted.name, str(wanted.kind))
    return list(items.values())


def entry_of(item: FrameworkItem) -> Entry:
    """An item as a row of a table; a kind that we have no word for counts as that of a subject."""
    kinds = set(OutcomeKind)
    kind = OutcomeKind(item.kind) if item.kind in kinds else OutcomeKind.SUBJECT
    return Entry(code=item.code, name=item.text, kind=kind)


def _listed(item: FrameworkItem) -> Listed:
    return Listed(id=item.url, entry=entry_of(item), retired=bool(item.ended))


def _settled(url: str, one: Entry, known: Iterable[str]) -> Entry:
    """What counts of a row: the address of a known outcome stays, headings are not published."""
    own = one.code in known or one.url.startswith(f"{url}/")
    return replace(one, section="", url="" if own else one.url)
