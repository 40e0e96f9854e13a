"""Our badges before an independent reader: PyPI openbadgeslib, with its own JSON-LD checks, resolver and status reader."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError
from sqlalchemy import Engine

from keys.store import KeyStore
from schemas.award import AwardOrder
from tests.issuer.world import AWARDER, World, order


@pytest.fixture
def world(engine: Engine, store: KeyStore, tmp_path: Path) -> World:
    """A world of today: the library asks the system's clock."""
    return World.build(engine, store, tmp_path / "public", datetime.now(UTC) - timedelta(hours=1))


class Web:
    """Answers for did:web documents and status lists from the shelf; nothing else can be had."""

    def __init__(self, world: World) -> None:
        self._shelf = world.shelf

    def __call__(self, url: str) -> bytes:
        host, _, path = url.removeprefix("https://").partition("/")
        code = host.removesuffix(".sever.example")
        found = self._shelf.get(f"orgs/{code}/did.json" if path == ".well-known/did.json" else path)
        if found is None:
            raise OSError(url)
        return found


def issue(world: World, made: AwardOrder) -> bytes:
    return world.issuer().issue(made, AWARDER, world.now)


def read(world: World, badge: bytes, organisation: str = "ugu") -> None:
    """Raise unless the library accepts the badge, its key and its status.

    It reads the seal of a status list only where the list is a JWT; ours is a Data Integrity credential.
    """
    verifier = OB3LdpVerifier.for_issuer_did(f"did:web:{organisation}.sever.example")
    verifier.verify(badge, download=Web(world), check_status=True, verify_status_list=False)


@pytest.mark.parametrize(
    ("organisation", "achievement", "result", "statements"),
    [
        ("ugu", "m08", "87", {}),
        ("ugu", "m07", None, {}),
        ("sen", "m10", None, {}),
        ("kva", "m11", "5", {"exam": "сдан на 5"}),
    ],
)
def test_an_independent_verifier_accepts_every_kind_of_badge(
    world: World, organisation: str, achievement: str, result: str | None, statements: dict[str, str]
) -> None:
    made = order(
        organisation=organisation,
        achievement=achievement,
        result=result,
        levels={},
        statements=statements,
        awarded_at=world.now,
    )
    read(world, issue(world, made), organisation)


def test_it_refuses_a_badge_with_changed_points(world: World) -> None:
    badge = issue(world, order(awarded_at=world.now))
    read(world, badge)
    with pytest.raises(OB3VerificationError):
        read(world, badge.replace(b'"value":"87"', b'"value":"97"'))


def test_it_sees_a_revocation_at_once(world: World) -> None:
    issuer = world.issuer()
    award_id = issuer.place(order(awarded_at=world.now), AWARDER, world.now)
    badge = issuer.finish(award_id, world.now)
    read(world, badge)
    with world.transaction() as session:
        issuer.revoke(session, award_id, reason="ошибка в ведомости", by=AWARDER, now=world.now)
    with pytest.raises(OB3VerificationError, match="revocation"):
        read(world, badge)
