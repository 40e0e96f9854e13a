"""The choice of what is shown of badges that were signed part by part, the same for links and for answers to requests."""

from collections.abc import Iterable, Sequence

from keys.deps import Visit
from wallet_web import disclosing
from wallet_web.messages import PartsForm
from wallet_web.tables import Entry


def in_parts(entries: Iterable[Entry]) -> list[Entry]:
    """Those of the badges that can be shown in part."""
    return [entry for entry in entries if disclosing.parts(bytes(entry.document))]


def is_unasked(entries: Iterable[Entry], typed: PartsForm) -> bool:
    """Whether one of the badges can be shown in part, and the family was not asked yet what of it."""
    return any(entry.id not in typed.parted for entry in in_parts(entries))


def fields(visit: Visit, entries: Sequence[Entry], typed: PartsForm) -> list[dict[str, object]]:
    """The choice among the parts of each badge, as `wallet/parts.html` draws it; everything is ticked at first."""
    return [_field(visit, entry, typed) for entry in in_parts(entries)]


def _field(visit: Visit, entry: Entry, typed: PartsForm) -> dict[str, object]:
    known = disclosing.parts(bytes(entry.document))
    ticked = typed.shown_of(entry.id) if entry.id in typed.parted else [part.pointer for part in known]
    return {
        "entry": entry,
        "options": [(f"{entry.id}|{part.pointer}", visit.translate(part.word)) for part in known],
        "ticked": [f"{entry.id}|{pointer}" for pointer in ticked],
    }
