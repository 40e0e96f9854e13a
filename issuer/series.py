"""Badges of one achievement differ in a dozen strings: their shape is compiled once, and each is canonicalised by substitution.

What comes out is never taken on trust: the badge is canonicalised once more the ordinary way, from its bytes, after it is signed
(`issuer.signing`), and the first of each shape is held against the general path before the shape is used.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from threading import Lock
from typing import Any

from issuer.signing import to_bytes
from keys.deposits import content_hash
from schemas.canonical import NotCovered, Shape, label_general

_Key = tuple[str, str, str, tuple[str, ...]]
_ALWAYS = (
    ("id",),
    ("validFrom",),
    ("awardedDate",),
    ("credentialSubject", "id"),
    ("credentialSubject", "identifier", 0, "identityHash"),
    ("credentialSubject", "identifier", 0, "salt"),
    ("credentialStatus", "id"),
    ("credentialStatus", "statusListIndex"),
)


@dataclass(frozen=True, slots=True)
class Written:
    """A composed badge as it is kept before it is signed: its bytes, and the content hash that will be signed."""

    unsigned: bytes
    content_hash: str


class Series:
    """Writes composed badges down. Holds the shapes of the last `most` kinds; safe to share between threads."""

    def __init__(self, most: int = 256) -> None:
        self._most = most
        self._shapes: dict[_Key, Shape] = {}
        self._latest: dict[str, Shape] = {}  # of each achievement the one that fitted last: no key is made to find it
        self._lock = Lock()

    def write(self, document: dict[str, Any]) -> Written:
        """The bytes and the content hash of `document`, from the second badge of a kind on by substitution.

        Raises what canonicalising raises.
        """
        try:
            shape, values = self._fitted(document)
            return Written(shape.json(values), f"sha256:{sha256(shape.canonical(values)).hexdigest()}")
        except NotCovered:
            return Written(to_bytes(document), content_hash(document))

    def _fitted(self, document: dict[str, Any]) -> tuple[Shape, list[str]]:
        """The shape of `document`, and what it has in the slots; `NotCovered` where there is none."""
        achievement = document["credentialSubject"]["achievement"]["id"]
        latest = self._latest.get(achievement)
        if latest is not None:
            try:
                return latest, latest.values(document)
            except NotCovered:
                pass  # another kind of badge: it may have a shape of its own
        shape = self._shape(document)
        values = shape.values(document)
        self._latest[achievement] = shape
        return shape, values

    def _shape(self, document: dict[str, Any]) -> Shape:
        key = _key(document)
        shape = self._shapes.get(key)
        if shape is not None:
            return shape
        shape = Shape(document, list(varying(document)))
        if shape.canonical(shape.values(document)) != label_general(document).text:
            raise NotCovered
        with self._lock:
            self._shapes[key] = shape
            while len(self._shapes) > self._most:
                del self._shapes[next(iter(self._shapes))]
                self._latest.clear()
        return shape


def _key(document: Mapping[str, Any]) -> _Key:
    """Badges that may share a shape: of one achievement and issuer as they are now, in one status list, with results of a kind."""
    subject = document["credentialSubject"]
    kinds = tuple(f"{result['resultDescription']} {sorted(result)}" for result in subject["result"])
    listed = document["credentialStatus"]["statusListCredential"]
    present = f"{'narrative' in subject} {'validUntil' in document}"
    shown = [sorted(one) for one in document.get("evidence", ())]
    vouched = [one["id"] for one in subject["achievement"].get("endorsement", ())]
    present = f"{present} {vouched} {shown}"
    return subject["achievement"]["id"], repr(document["issuer"]), listed, (present, *kinds)


def varying(document: Mapping[str, Any]) -> Iterator[tuple[str | int, ...]]:
    """The places in which two badges of one achievement may differ."""
    yield from _ALWAYS
    if "validUntil" in document:
        yield ("validUntil",)
    subject = document["credentialSubject"]
    if "narrative" in subject:
        yield ("credentialSubject", "narrative")
    for place, shown in enumerate(document.get("evidence", ())):
        for name in ("id", "narrative"):
            if name in shown:
                yield ("evidence", place, name)
    for place, result in enumerate(subject["result"]):
        for name in ("value", "achievedLevel"):
            if name in result:
                yield ("credentialSubject", "result", place, name)
