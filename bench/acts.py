"""The acts, each as a function of a number: it does the act for badge `number` and returns what can be checked afterwards."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from bench.badge import NOW, composed, signed_at
from bench.world import BADGES, MODULES, World
from issuer.series import Series
from issuer.signing import seal, to_bytes
from keys import proofs
from schemas.canonical import canonicalize, label_general
from schemas.dates import read_timestamp
from schemas.reading import read_json
from verifier.verdict import Verdict

Act = Callable[[int], Any]


def canonicalize_fast(world: World) -> Act:
    """JSON-LD to canonical N-Quads by the one door."""
    return lambda number: canonicalize(world.documents[number])


def canonicalize_general(world: World) -> Act:
    """The same by the general path."""
    return lambda number: label_general(world.documents[number]).text


def sign_one(world: World) -> Act:
    """Compose, canonicalise, sign, write."""

    def act(number: int) -> bytes:
        document = composed(world.house, world.modules[number % MODULES], world.awards[number])
        return to_bytes(proofs.add(document, world.house.signer, created=signed_at(number)))

    return act


def sign_batch(world: World) -> Act:
    """The same for badges of one module, as a batch does it once the first badge has made the shape."""
    series = Series()
    series.write(composed(world.house, world.modules[0], world.awards[BADGES]))

    def act(number: int) -> bytes:
        document = composed(world.house, world.modules[0], world.awards[number])
        written = series.write(document)
        return seal(written.unsigned, document["@context"], written.content_hash, world.house.signer, NOW)

    return act


def issue_stored_batch(world: World) -> Act:
    """A list of five hundred rows: read, held against all rules, written down, signed, checked, stored; counted by the badge."""
    lists = world.lists
    return lambda _: lists.award()


def verify_one(world: World) -> Act:
    """Read the file, canonicalise, check the proof."""

    def act(number: int) -> bool:
        document = read_json(world.badges[number])
        proofs.check(document, document["proof"][0], world.public)
        return True

    return act


def verify_full(world: World) -> Act:
    """All checks of a verifier that has seen none of the badges; the network's list and the status list are at hand."""
    verifier = world.verifier()
    verifier.verify(world.another, now=NOW)

    def act(number: int) -> bool:
        return verifier.verify(world.badges[number], now=NOW).verdict is Verdict.VALID

    return act


def verify_portfolio_50(world: World) -> Act:
    """Fifty different badges of ten modules, by a verifier that has seen none of them; counted by the badge."""
    verify = verify_one(world)

    def act(number: int) -> bool:
        return all(verify((number + place) % len(world.badges)) for place in range(50))

    return act


def is_right(name: str, given: Any, world: World, number: int) -> bool:
    """Whether an act gave what the general path gives; signed badges are read, and their proof checked over its bytes."""
    if name.startswith("canonicalize"):
        return bool(given == label_general(world.documents[number]).text)
    if name == "issue_stored_batch":
        return world.lists.is_right(given)
    if name.startswith("verify"):
        return bool(given)
    document = read_json(given)
    [proof] = document["proof"]
    general = sha256(label_general(proofs.without_proofs(document)).text).digest()
    created = read_timestamp(proof["created"])
    return bool(proofs.prove(document["@context"], general, world.house.signer, created=created) == proof)


def size(world: World) -> dict[str, int]:
    """How large the badge is."""
    return {
        "statements": world.canonical[0].count(b"\n"),
        "json": len(world.badges[0]),
        "n_quads": len(world.canonical[0]),
    }
