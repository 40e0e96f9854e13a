import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from keys.deps import Learner
from schemas.refusals import Refused
from service.database import unit_of_work
from tests.campus import LEARNER, Campus, changed, write
from tests.wallet_web.family import NOW, teenager
from wallet_web.errors import NotTheirs
from wallet_web.receive import deliver
from wallet_web.tables import Entry

ALINA = teenager()


def find(_: Session, number: str) -> Learner | None:
    return ALINA if number == LEARNER else None


def receive(engine: Engine, badge: bytes, number: str = LEARNER) -> bool:
    with unit_of_work(engine) as session:
        return deliver(session, number, badge, NOW, find=find)


def kept(engine: Engine) -> list[Entry]:
    with unit_of_work(engine) as session:
        return list(session.exec(select(Entry)))


def test_a_badge_arrives_byte_for_byte(engine: Engine) -> None:
    badge = Campus().join("ugu", name="Северный открытый университет").award(title="Робот Ёлка")
    assert receive(engine, badge)
    entry = kept(engine)[0]
    assert bytes(entry.document) == badge
    assert (entry.learner, entry.title, entry.issuer_name) == (ALINA.id, "Робот Ёлка", "Северный открытый университет")
    assert "елка" in entry.search
    assert entry.seen_at is None


def test_nobody_with_that_number_here(sqlite: Engine) -> None:
    foreign = "0" * 26
    house = Campus().join("ugu")
    badge = house.award()
    with unit_of_work(sqlite) as session:
        assert not deliver(session, LEARNER, badge, NOW, find=lambda _session, _number: None)
    assert kept(sqlite) == []
    with pytest.raises(NotTheirs):
        receive(sqlite, badge, foreign)


def test_a_badge_of_another_number_is_refused(sqlite: Engine) -> None:
    badge = Campus().join("ugu").award()
    with pytest.raises(NotTheirs):
        receive(
            sqlite, changed(badge, lambda document: document["credentialSubject"]["identifier"][0].update(salt="0"))
        )
    with pytest.raises(NotTheirs):
        receive(sqlite, changed(badge, lambda document: document["credentialSubject"].pop("identifier")))
    assert kept(sqlite) == []


def test_delivering_twice_changes_nothing(engine: Engine) -> None:
    badge = Campus().join("ugu").award()
    assert receive(engine, badge)
    first = kept(engine)
    assert receive(engine, badge)
    assert [entry.id for entry in kept(engine)] == [entry.id for entry in first]


def test_the_newer_version_wins_whatever_comes_first(engine: Engine) -> None:
    campus = Campus()
    house = campus.join("ugu")
    draft = house.draft(title="Старое имя")
    newer_name = draft | {"validFrom": "2026-11-22T10:00:00Z"}
    subject = json.dumps(draft["credentialSubject"], ensure_ascii=False).replace("Старое имя", "x")
    newer_name["credentialSubject"] = json.loads(subject)
    older, newer = write(house.sign(draft)), write(house.sign(newer_name))
    for badges in ((older, newer), (newer, older)):
        for badge in badges:
            assert receive(engine, badge)
        assert [bytes(entry.document) for entry in kept(engine)] == [newer]
    assert kept(engine)[0].title == "x"


def test_a_newer_version_is_new_to_the_family_again(sqlite: Engine) -> None:
    house = Campus().join("ugu")
    draft = house.draft()
    receive(sqlite, write(house.sign(draft)))
    with unit_of_work(sqlite) as session:
        session.exec(select(Entry)).one().seen_at = NOW
    receive(sqlite, write(house.sign(draft | {"validFrom": "2026-11-22T10:00:00Z"})))
    assert kept(sqlite)[0].seen_at is None


def test_equality_ignores_escapes_and_blanks_but_not_the_issuer(sqlite: Engine) -> None:
    campus = Campus()
    house, other = campus.join("ugu"), campus.join("kol")
    one = house.draft(id="urn:example:a b")
    same = one | {"id": " urn:example:a%20b ", "validFrom": "2026-11-22T10:00:00Z"}
    foreign = one | {"issuer": {"id": other.did, "type": ["Profile"], "name": "x"}}
    for document in (one, same, foreign):
        receive(sqlite, write(document))
    assert len(kept(sqlite)) == 2


def test_badges_without_an_id_are_told_apart_by_their_bytes(sqlite: Engine) -> None:
    house = Campus().join("ugu")
    for title in ("а", "б"):
        receive(sqlite, write(house.draft(title=title, id=None)))
    assert len(kept(sqlite)) == 2


def test_sixteen_deliveries_at_once_keep_one_badge_and_its_newest_version(engine: Engine) -> None:
    house = Campus().join("ugu")
    draft = house.draft()
    start = house.campus.now
    times = [(start + timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%SZ") for minute in range(16)]
    versions = [write(draft | {"validFrom": time}) for time in times]
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(lambda badge: receive(engine, badge), [*versions[8:], *versions[:8]]))
    assert [bytes(entry.document) for entry in kept(engine)] == [versions[-1]]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"type": ["VerifiableCredential"]}',
        b'{"type": ["VerifiablePresentation"], "issuer": "x"}',
        b"\xff\xfe",
    ],
)
def test_what_is_no_badge_is_refused(sqlite: Engine, data: bytes) -> None:
    with pytest.raises((Refused, NotTheirs)):
        receive(sqlite, data)
    assert kept(sqlite) == []


@pytest.mark.parametrize("changes", [{"validFrom": None}, {"type": ["OpenBadgeCredential"]}])
def test_what_breaks_the_standard_is_refused(sqlite: Engine, changes: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        receive(sqlite, write(Campus().join("ugu").draft(**changes)))
