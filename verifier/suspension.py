"""For ever or for a time: what the list of suspensions says beside a set bit (docs/decisions/0014).

A badge names one list, and its set bit alone fails the badge. Where that signed list names a second one, on its own host and with
its digest (VCDM 2.0 §5.3), the second says whether the bit stands for a suspension. It changes the word, never the verdict.
"""

import base64
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlsplit

from schemas import fields
from schemas.reading import read_json
from schemas.refusals import Refused
from schemas.status_entry import StatusEntry
from schemas.status_list import StatusList

PURPOSE = "suspension"
_DIGEST = "sha256-"


@dataclass(frozen=True, slots=True)
class Companion:
    """Where the list of suspensions lies, and its SHA-256 in base64."""

    url: str
    digest: str


def companion_of(found: StatusList) -> Companion | None:
    """The second list that a list names; None where it names none, several, or one on another host."""
    try:
        [(_, named)] = fields.objects(found.document, "relatedResource")
        url, digest = fields.required(named, "id"), fields.required(named, "digestSRI")
        same_host = urlsplit(url).netloc == urlsplit(found.url).netloc
    except (ValueError, Refused):  # none, several, or no addresses
        return None
    return Companion(url, digest.removeprefix(_DIGEST)) if same_host and digest.startswith(_DIGEST) else None


def is_suspension(named: Companion | None, body: bytes | None, entry: StatusEntry) -> bool:
    """Whether `body` is the companion with that digest and has the entry's bit set."""
    if named is None or body is None or base64.b64encode(sha256(body).digest()).decode() != named.digest:
        return False
    try:
        second = StatusList(read_json(body, limit=len(body)))
        return PURPOSE in second.purposes and second.bits().get(entry.index)
    except Refused:
        return False
