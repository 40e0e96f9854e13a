"""What the acts work on: three hundred different badges of ten modules, and a network that answers from memory."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bench.badge import NOW, Award, achievement, composed, signed_at
from bench.lists import Lists
from issuer.signing import to_bytes
from keys import proofs
from keys.errors.published import Unreachable
from keys.multikey import decode
from schemas.achievement import Achievement
from schemas.canonical import canonicalize
from tests.campus import Campus, House
from verifier.verify import Verifier

BADGES = 300  # more than the proof configurations that are remembered (256), so that none is there when its badge comes again
MODULES = 10


@dataclass
class Pages:
    """What the network publishes, as bytes that lie ready."""

    campus: Campus
    _held: dict[str, bytes | None] = field(default_factory=dict)

    def get(self, url: str) -> bytes:
        """The page, asked of the campus once."""
        if url not in self._held:
            try:
                self._held[url] = self.campus.get(url)
            except Unreachable:
                self._held[url] = None
        page = self._held[url]
        if page is None:
            raise Unreachable(host=url, reason="gone")
        return page


class World:
    """Everything is made once, before any clock runs: the house that signs, its modules, and its badges unsigned and signed."""

    def __init__(self) -> None:
        self.campus = Campus(NOW)
        self.house: House = self.campus.join("ugu", name="Северный открытый университет", licence="Л-030")
        self.modules: list[Achievement] = [achievement(self.house, number) for number in range(MODULES)]
        self.awards = [Award.of(self.house, number) for number in range(BADGES + 1)]
        self.public = decode(self.house.signer.multikey)

    @cached_property
    def documents(self) -> list[dict[str, Any]]:
        """Unsigned badges, module after module."""
        awards = enumerate(self.awards[:BADGES])
        return [composed(self.house, self.modules[number % MODULES], award) for number, award in awards]

    @cached_property
    def canonical(self) -> list[bytes]:
        """What is hashed of each."""
        return [canonicalize(document) for document in self.documents]

    @cached_property
    def badges(self) -> list[bytes]:
        """The same, signed, as files."""
        signer = self.house.signer
        dated = enumerate(self.documents)
        return [to_bytes(proofs.add(document, signer, created=signed_at(number))) for number, document in dated]

    @cached_property
    def another(self) -> bytes:
        """A badge that is not among them."""
        document = composed(self.house, self.modules[0], self.awards[BADGES])
        return to_bytes(proofs.add(document, self.house.signer, created=NOW))

    @cached_property
    def lists(self) -> Lists:
        """Where whole lists are awarded."""
        return Lists()

    def verifier(self) -> Verifier:
        """One that trusts the network and remembers nothing."""
        operator = self.campus.operator
        return Verifier(Pages(self.campus), operator.did, [key.multikey for key in operator.keys])
