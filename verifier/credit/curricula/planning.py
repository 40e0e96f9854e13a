"""What a file would change in a school's curricula or in a directory: pure."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from schemas.errors import N_
from schemas.spreadsheets.lists import Fault
from schemas.spreadsheets.table import heading_key
from verifier.credit.curricula.cells import AREAS
from verifier.credit.curricula.entries import Entry
from verifier.credit.curricula.errors import CodeTaken
from verifier.credit.curricula.rows import CODE, Wanted
from verifier.credit.curricula.versions import Content
from verifier.credit.matching import Part, Planned
from verifier.credit.said import Said
from verifier.credit.tables import Area


class Kind(StrEnum):
    """What happens to one component or outcome."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A component as the school has it."""

    id: str
    code: str
    grade: str
    area: Area
    retired: bool
    content: Content

    @property
    def name(self) -> tuple[str, str]:
        """Which component is meant where a file gives no code."""
        return self.grade, heading_key(self.content.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An outcome as a directory has it."""

    id: str
    entry: Entry
    retired: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a file, or its silence, does to one component or outcome; `known` is None for what is new. `notes` say what is other."""

    kind: Kind
    code: str
    title: str
    notes: Sequence[Said] = ()
    wanted: Wanted | Entry | None = None
    known: Component | Listed | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a file would do, in its order, and what is wrong with the rows that it cannot do."""

    changes: Sequence[Change]
    faults: Sequence[Fault]

    @property
    def counts(self) -> Counter[str]:
        """How many are new, changed, the same, gone."""
        return Counter(str(change.kind) for change in self.changes)

    @property
    def digest(self) -> str:
        """What was shown, in one value: held against the plan of the moment when it is confirmed (THREATS I15)."""
        told = [repr((change.kind, change.wanted, change.known)) for change in self.changes]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def plan_components(
    wanted: Iterable[Wanted], faults: Sequence[Fault], known: Sequence[Component], *, whole: bool
) -> Plan:
    """Hold the components of a file against the school's; with `whole` those that it does not name are gone."""
    by_code = {one.code: one for one in known}
    by_name = {one.name: one for one in reversed(known)}
    changes: dict[str, Change] = {}
    twice: list[Fault] = []
    for one in wanted:
        change = _component(one, by_code.get(one.code) if one.code else by_name.get(one.name))
        if change.code in changes:
            twice += (Fault.of(row, CodeTaken(pointer=f"/{CODE}", code=change.code)) for row in one.rows)
        changes.setdefault(change.code, change)
    absent = [one for one in known if whole and not one.retired and one.code not in changes]
    gone = [Change(kind=Kind.GONE, code=one.code, title=one.content.title, known=one) for one in absent]
    return Plan((*changes.values(), *gone), sorted([*faults, *twice], key=lambda fault: fault.row))


def plan_entries(wanted: Iterable[Entry], faults: Sequence[Fault], known: Sequence[Listed], *, whole: bool) -> Plan:
    """The same for the outcomes of a directory."""
    by_code = {one.entry.code: one for one in known}
    changes = [_entry(one, by_code.get(one.code)) for one in wanted]
    named = {change.code for change in changes}
    absent = [one for one in known if whole and not one.retired and one.entry.code not in named]
    gone = [Change(kind=Kind.GONE, code=one.entry.code, title=one.entry.name, known=one) for one in absent]
    return Plan((*changes, *gone), faults)


def made_code(wanted: Wanted) -> str:
    """The code of a component to which its file gives none: always the same for the same class and title."""
    return f"{wanted.grade.split()[0]}-{hashlib.sha256(repr(wanted.name).encode()).hexdigest()[:8]}"


def _component(wanted: Wanted, known: Component | None) -> Change:
    title = wanted.content.title
    if known is None:
        code = wanted.code or made_code(wanted)
        return Change(kind=Kind.NEW, code=code, title=title, wanted=wanted)
    kept = replace(wanted, content=_with_addresses(wanted.content, known.content))
    notes = tuple(_differences(known, kept))
    kind = Kind.CHANGED if notes else Kind.SAME
    return Change(kind=kind, code=known.code, title=title, notes=notes, wanted=kept, known=known)


def _entry(wanted: Entry, known: Listed | None) -> Change:
    if known is None:
        return Change(kind=Kind.NEW, code=wanted.code, title=wanted.name, wanted=wanted)
    notes = []
    if known.retired:
        notes.append(Said(N_("возвращается")))
    if known.entry != wanted:
        notes.append(Said(N_("было: {name}"), {"name": known.entry.name}))
    kind = Kind.CHANGED if notes else Kind.SAME
    return Change(kind=kind, code=wanted.code, title=wanted.name, notes=tuple(notes), wanted=wanted, known=known)


def _with_addresses(wanted: Content, known: Content) -> Content:
    """An address that a file does not give stays as it is."""
    addresses = {outcome.code: outcome.url for outcome in known.plan.outcomes}
    outcomes = tuple(
        replace(outcome, url=outcome.url or addresses.get(outcome.code, "")) for outcome in wanted.plan.outcomes
    )
    return replace(wanted, plan=replace(wanted.plan, outcomes=outcomes))


def _differences(known: Component, wanted: Wanted) -> Iterator[Said]:
    old, new = known.content, wanted.content
    if known.retired:
        yield Said(N_("возвращается в план"))
    if old.title != new.title:
        yield Said(N_("название, было: {title}"), {"title": old.title})
    if known.grade != wanted.grade:
        yield Said(N_("класс, было: {grade}"), {"grade": known.grade})
    if known.area is not wanted.area:
        yield Said(N_("часть учебного плана, было: {area}"), {"area": AREAS[known.area]})
    if old.plan.hours != new.plan.hours:
        yield Said(N_("часы: {old} → {new}"), {"old": old.plan.hours, "new": new.plan.hours})
    yield from _told(_by_code(old.plan.parts), _by_code(new.plan.parts), _PARTS)
    yield from _told(_by_code(old.plan.outcomes), _by_code(new.plan.outcomes), _OUTCOMES)
    if not _same_order(old, new):
        yield Said(N_("другой порядок"))


_OUTCOMES = (N_("новый результат {code}"), N_("результат {code} изменён"), N_("результат {code} убран"))
_PARTS = (N_("новый раздел {code}"), N_("раздел {code} изменён"), N_("раздел {code} убран"))


def _by_code(rows: Sequence[Planned] | Sequence[Part]) -> dict[str, Planned | Part]:
    return {row.code: row for row in rows}


def _told(
    old: Mapping[str, Planned | Part], new: Mapping[str, Planned | Part], words: tuple[str, str, str]
) -> Iterator[Said]:
    added, changed, gone = words
    yield from (Said(added, {"code": code}) for code in new if code not in old)
    yield from (Said(changed, {"code": code}) for code in new if code in old and old[code] != new[code])
    yield from (Said(gone, {"code": code}) for code in old if code not in new)


def _same_order(old: Content, new: Content) -> bool:
    """Whether what is in both stands in the same order."""
    for before, after in ((old.plan.outcomes, new.plan.outcomes), (old.plan.parts, new.plan.parts)):
        first, second = [row.code for row in before], [row.code for row in after]
        both = set(first) & set(second)
        if [code for code in first if code in both] != [code for code in second if code in both]:
            return False
    return True
