"""A badge once more as a signed text: word for word the same, by whoever awarded it, and of nothing else."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from issuer.errors.orders import AwardUnknown
from issuer.lifecycle import Act
from issuer.tables import Award
from issuer.texts import SignedText, sign_text
from keys import jose
from keys.multikey import decode
from keys.proofs import without_proofs
from tests.issuer.test_acts import do, made
from tests.issuer.test_corrections import LATER, correct
from tests.issuer.world import World
from verifier.policy import NETWORK
from verifier.reading import receive

DAYS_LATER = LATER + timedelta(days=3)


def stored(world: World, award_id: str) -> bytes:
    with world.transaction() as session:
        return session.get_one(Award, award_id).stored or b""


def text_of(world: World, badge: bytes) -> SignedText:
    with world.transaction() as session:
        return sign_text(session, badge, DAYS_LATER, store=world.store)


def test_it_says_what_the_badge_says(world: World) -> None:
    badge = stored(world, made(world)[0])
    written = text_of(world, badge)
    token = jose.read(written.text)
    assert written.organisation == "ugu"
    assert token.profile is jose.VC_JWT
    assert token.document == without_proofs(json.loads(badge))
    assert token.issued == DAYS_LATER
    assert receive(written.text.encode(), NETWORK).document == token.document
    method = json.loads(badge)["proof"][0]["verificationMethod"]
    jose.verify(token, decode(method.partition("#")[2]))
    assert token.kid == method


def test_a_correction_takes_the_place_of_the_badge(world: World) -> None:
    old, _ = made(world)
    fresh = correct(world, old)
    assert jose.read(text_of(world, stored(world, fresh)).text).document["validFrom"]
    with pytest.raises(AwardUnknown):
        text_of(world, stored(world, old))


def test_a_suspended_badge_has_its_text_and_a_revoked_one_has_none(world: World) -> None:
    award, _ = made(world)
    do(world, Act.SUSPEND, award)
    assert text_of(world, stored(world, award)).text
    do(world, Act.REVOKE, award)
    with pytest.raises(AwardUnknown):
        text_of(world, stored(world, award))


@pytest.mark.parametrize(
    "change",
    [
        lambda badge: badge.update(name="Другое"),
        lambda badge: badge.update(id="urn:uuid:00000000-0000-4000-8000-000000000000"),
        lambda badge: badge["issuer"].update(id="did:web:elsewhere.example"),
        lambda badge: badge["issuer"].update(id="did:web:kol.sever.example"),
        lambda badge: badge.pop("id"),
        lambda badge: badge["proof"].clear(),
    ],
)
def test_nothing_else_is_signed(world: World, change: Callable[[dict[str, object]], object]) -> None:
    badge = json.loads(stored(world, made(world)[0]))
    change(badge)
    with pytest.raises(AwardUnknown):
        text_of(world, json.dumps(badge, ensure_ascii=False, separators=(",", ":")).encode())
