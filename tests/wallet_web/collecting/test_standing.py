"""What a verification is worth: only a valid badge of the network is verified, whatever else holds."""

import json
from collections.abc import Callable

import pytest

from keys.proofs import add
from schemas.identity import number_from
from tests.campus import LEARNER, Campus, House, changed, make_holder, write
from tests.campus_old import OldIssuer
from wallet_web.collecting.standing import Standing, Whose, standing, whose

OTHER = number_from(bytes(16))


class World:
    def __init__(self) -> None:
        self.campus = Campus()
        self.member = self.campus.join("ugu", licence="Л-030")
        self.stranger = self.campus.join("ext", listed=False)
        self.old = OldIssuer(self.campus)
        self.old.open()

    def gone(self) -> bytes:
        badge = self.stranger.award()
        self.campus.gone.add(self.stranger.url(".well-known/did.json"))
        return badge

    def revoked(self) -> bytes:
        badge = self.member.award()
        self.member.revoke(badge)
        return badge

    def posing(self) -> bytes:
        """A stranger's signature under a member's name."""
        draft = self.stranger.draft()
        draft["issuer"]["name"] = self.member.name
        return write(self.stranger.sign(draft))


CASES: dict[str, tuple[Callable[[World], bytes], Standing]] = {
    "a member's": (lambda world: world.member.award(), Standing.NETWORK),
    "a member's, changed": (
        lambda world: changed(world.member.award(), lambda one: one.update(name="x")),
        Standing.INVALID,
    ),
    "a member's, revoked": (World.revoked, Standing.INVALID),
    "a stranger's": (lambda world: world.stranger.award(), Standing.EXTERNAL),
    "a stranger's text": (lambda world: world.stranger.award_text(), Standing.EXTERNAL),
    "a stranger's, changed": (
        lambda world: changed(world.stranger.award(), lambda one: one.update(name="x")),
        Standing.INVALID,
    ),
    "a stranger's, whose key is gone": (World.gone, Standing.CANNOT_TELL),
    "a stranger's under a member's name": (World.posing, Standing.EXTERNAL),
    "an old one at its address": (lambda world: write(world.old.award()), Standing.EXTERNAL),
    "an old signed one": (lambda world: world.old.sign(), Standing.EXTERNAL),
    "an old one that its page denies": (
        lambda world: changed(write(world.old.award()), lambda one: one.update(issuedOn="2026-10-02T09:00:00Z")),
        Standing.INVALID,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_worth_what_it_is(name: str) -> None:
    world = World()
    made, expected = CASES[name]
    assert standing(world.campus.verify(made(world))) is expected


def test_whose_it_is() -> None:
    world, holder = World(), make_holder("wallet")
    did = holder.method.partition("#")[0]

    def asked(badge: bytes, recipient: str = "") -> Whose:
        return whose(world.campus.verify(badge, recipient=recipient), LEARNER, did)

    def by(house: House, **subject: object) -> bytes:
        draft = house.draft()
        del draft["credentialSubject"]["identifier"]
        draft["credentialSubject"].update(subject)
        return write(house.sign(draft))

    assert asked(world.member.award()) is Whose.OWN
    assert asked(world.member.award(learner=OTHER)) is Whose.OTHER
    assert asked(by(world.stranger, id=did)) is Whose.OWN
    assert asked(by(world.stranger, id=make_holder("other").method.partition("#")[0])) is Whose.OTHER
    assert asked(by(world.stranger)) is Whose.UNSAID
    assert asked(changed(world.member.award(), lambda one: one.update(name="x"))) is Whose.UNSAID
    assert asked(write(world.old.award())) is Whose.OTHER
    assert asked(world.member.award(learner=OTHER), recipient=OTHER) is Whose.TYPED


def test_a_key_of_its_own_makes_nobody_a_member() -> None:
    world, owner = World(), make_holder("self")
    draft = world.stranger.draft(statuses=())
    draft["issuer"] = {"id": owner.method.partition("#")[0], "type": ["Profile"], "name": world.member.name}
    found = world.campus.verify(json.dumps(add(draft, owner, created=world.campus.now)).encode())
    assert standing(found) is Standing.EXTERNAL
