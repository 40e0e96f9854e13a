"""Families ask for a correction: of what was awarded here, one at a time, answered once, and told of it."""

import pytest
from sqlmodel import select

from issuer import asking
from issuer.errors.asking import AskedAlready, AskedSettled, TextMissing
from issuer.errors.orders import AwardUnknown
from issuer.tables import Award, CorrectionRequest
from schemas.errors import NotFound
from tests.issuer.test_acts import made
from tests.issuer.world import NOW, World

TEXT = "Часов было больше."


def badge(world: World) -> str:
    made(world)
    with world.transaction() as session:
        return session.exec(select(Award)).one().credential_id or ""


def test_a_request_waits_until_it_is_answered(world: World) -> None:
    credential = badge(world)
    with world.transaction() as session:
        first = asking.ask(session, "ugu", credential, "olga", f" {TEXT}\n", NOW)
        [(waits, award)] = asking.waiting(session, "ugu")
        assert (waits.id, waits.text, award.credential_id) == (first, TEXT, credential)
        with pytest.raises(AskedAlready):
            asking.ask(session, "ugu", credential, "olga", "Ещё раз", NOW)
        with pytest.raises(TextMissing):
            asking.answer(session, waits, " ", "rektorova", NOW)
        asking.answer(session, waits, "Исправили.", "rektorova", NOW)
        for again in ("Не исправили.", " "):
            with pytest.raises(AskedSettled):
                asking.answer(session, waits, again, "rektorova", NOW)
        assert asking.waiting(session, "ugu") == []
        asking.ask(session, "ugu", credential, "olga", "И ещё.", NOW)
        assert {one.answer for one in asking.of_badge(session, "ugu", credential)} == {"Исправили.", ""}


def test_only_of_what_was_awarded_here(world: World) -> None:
    credential = badge(world)
    with world.transaction() as session:
        for organisation, wrong in (("kol", credential), ("ugu", "urn:uuid:0"), ("ugu", "\0")):
            with pytest.raises(AwardUnknown):
                asking.ask(session, organisation, wrong, "olga", TEXT, NOW)
            assert asking.of_badge(session, organisation, wrong) == []
        for text in ("", "х" * 1001):
            with pytest.raises(TextMissing):
                asking.ask(session, "ugu", credential, "olga", text, NOW)
        asked = asking.ask(session, "ugu", credential, "olga", "х" * 1000, NOW)
        with pytest.raises(NotFound):
            asking.find(session, "kol", asked)
        assert len(session.exec(select(CorrectionRequest)).all()) == 1
