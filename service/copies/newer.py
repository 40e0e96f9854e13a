"""Two editions of what lies beside the database, one from a copy and one that was never lost: the newer of each stays.

So nothing that others have seen falls back: no trust list, no key history, no bit of a status list, no erasure.
"""

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from keys import durable
from keys.clock import ClockGuard
from keys.errors.store import ClockMarkDamaged
from schemas.dates import BadTimestamp, read_timestamp
from service.copies.errors import KeysOfAnother
from service.copies.places import ERASED, KEYS, LEDGER, PUBLIC, files_in
from service.parts import CLOCK

HEADER = "store.json"
LONG_AGO = datetime.min.replace(tzinfo=UTC)


def require_same_keys(draft: Path, place: Path) -> None:
    """Raise `KeysOfAnother` where two folders of keys are not of one store."""
    ours, theirs = place / HEADER, draft / HEADER
    if ours.exists() and theirs.exists() and ours.read_bytes() != theirs.read_bytes():
        raise KeysOfAnother(place=place)


def keep_newer(part: str, draft: Path, place: Path) -> None:
    """Bring every file of `draft` into `place`, unless a newer one is there; `draft` is used up. Harmless when it is repeated."""
    for name in files_in(draft):
        brought, there = draft / name, place / name
        if there.exists():
            _SETTLE[part](brought, there)
        else:
            there.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            brought.replace(there)
    shutil.rmtree(draft)


def edition(body: bytes) -> tuple[int, datetime]:
    """By what a public document is newer than another: its number, then the moment of its latest seal; other files have none."""
    try:
        said = json.loads(body)
    except ValueError:
        return 0, LONG_AGO
    if not isinstance(said, dict):
        return 0, LONG_AGO
    number = said.get("version", said.get("number"))
    proofs = said.get("proof", [])
    sealed = [_moment(proof) for proof in (proofs if isinstance(proofs, list) else [proofs])]
    return number if isinstance(number, int) else 0, max(sealed, default=LONG_AGO)


def _moment(proof: Any) -> datetime:
    try:
        return read_timestamp(str(proof["created"]))
    except (BadTimestamp, TypeError, KeyError):
        return LONG_AGO


def _newer_document(brought: Path, there: Path) -> None:
    if edition(brought.read_bytes()) > edition(there.read_bytes()):
        brought.replace(there)


def _later_clock(brought: Path, there: Path) -> None:
    """A key is never another under the same name; of the clock's mark the later stays."""
    if brought.name == CLOCK and _mark(brought) > _mark(there):
        brought.replace(there)


def _mark(file: Path) -> datetime:
    try:
        return ClockGuard(file).mark or LONG_AGO
    except ClockMarkDamaged:
        return LONG_AGO


def _all_lines(brought: Path, there: Path) -> None:
    """What the copy says, then what was said here: lines only add, and whatever came later stands last."""
    before, after = brought.read_bytes(), there.read_bytes()
    if not after.startswith(before):
        with durable.drafting(there) as file:
            file.write(before + b"\n" + after)


_SETTLE: Mapping[str, Callable[[Path, Path], None]] = {
    KEYS: _later_clock,
    PUBLIC: _newer_document,
    LEDGER: _all_lines,
    ERASED: _all_lines,
}
