"""The lifelong record: every badge that holds, in one Comprehensive Learner Record 2.0 that the learner signs (DOMAIN rows 17, 23).

The record's own signature says who put it together and that nothing was changed since; each badge inside keeps the signature of
whoever awarded it, and a reader judges each by itself. Nothing that stands in pencil is in it.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from keys import did
from keys.proofs import RDFC, add
from keys.signer import Signer
from schemas import clr
from schemas.errors import ZachetkaError
from schemas.identity import identifier
from schemas.reading import read_json
from verifier.verdict import Verdict
from wallet_web.badge import Badge
from wallet_web.portfolio.errors import NothingToRecord

MOST: Final = 500
"""How many badges one record holds, the newest first; each is checked when it is made."""
BYTES_MAX: Final = 32 * 1024 * 1024
NAME: Final = "Зачётная книжка"
HOLDER: Final = "Владелец записи"
PURPOSE: Final = "assertionMethod"


def contents(badges: Sequence[Badge]) -> list[dict[str, Any]]:
    """What goes into a record: signed badges that are not invalid today, as long as they fit. Pure.

    Where a status cannot be asked today, the badge goes in: the reader asks again.
    """
    found, size = list[dict[str, Any]](), 0
    for badge in badges:
        document = _document(badge)
        size += len(bytes(badge.entry.document)) if document is not None else 0
        if document is not None and size <= BYTES_MAX and len(found) < MOST:
            found.append(document)
    return found


def record(
    badges: Sequence[dict[str, Any]], holder: Signer, number: str, *, salt: str, whole: bool, now: datetime
) -> bytes:
    """A signed ClrCredential of these badges. `whole` where it holds everything that the wallet has.

    Whose it is stands in it as their badges say it: by the hash of their network number under a fresh salt, never by a name.
    Raises `NothingToRecord` without badges.
    """
    if not badges:
        raise NothingToRecord
    bare = clr.compose(
        record_id=f"urn:uuid:{uuid4()}",
        name=NAME,
        issuer={"id": did.controller_of(holder.method), "type": ["Profile"], "name": HOLDER},
        subject_id=f"urn:uuid:{uuid4()}",
        credentials=badges,
        made_at=now,
        identifiers=[identifier(number, salt)],
        is_partial=not whole,
    )
    signed = add(bare, holder, created=now, suite=RDFC, purpose=PURPOSE)
    return json.dumps(signed, ensure_ascii=False).encode()


def _document(badge: Badge) -> dict[str, Any] | None:
    """The badge as it can stand inside a record: a signed document, not a text around one, and none that is invalid."""
    if badge.report.verdict is Verdict.INVALID or badge.achievement is None:
        return None
    try:
        return read_json(bytes(badge.entry.document))
    except ZachetkaError:
        return None
