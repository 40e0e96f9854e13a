"""Everything taken along and brought elsewhere, over the pages."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from httpx2 import Response
from sqlmodel import select

from keys import organisations
from keys.deps import Learner
from service.database import unit_of_work
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import guardian, teenager
from tests.wallet_web.moving.generated import World, hashes
from wallet_web.moving.archive import INDEX, unpack
from wallet_web.tables import Arrival, KeptFile

NAMES = ("Канарейка", "Алина", "Игоревна")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World.build(tmp_path)
    yield made
    made.close()


@pytest.fixture
def alina(world: World) -> Learner:
    owner = world.here.enrol(teenager())
    world.there.enrol(owner)
    for title in ("Первый", "Второй <b>"):
        world.here.award(owner, title=title)
    world.here.plan(owner)
    return owner


def page(desk: Desk, owner: Learner, path: str) -> str:
    answer = desk.family(owner).get(f"/wallet/{owner.id}{path}")
    assert answer.status_code == 200
    return answer.text


def taken_out(desk: Desk, owner: Learner) -> bytes:
    answer = desk.family(owner).get(f"/wallet/{owner.id}/archive.zip")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == 'attachment; filename="zachetka.zip"'
    return answer.content


def bring(desk: Desk, owner: Learner, data: bytes) -> Response:
    return desk.family(owner).post(f"/wallet/{owner.id}/import", files={"file": ("zachetka.zip", data)})


def take(desk: Desk, owner: Learner, data: bytes) -> None:
    where = bring(desk, owner, data).headers["location"]
    assert desk.family(owner).post(where).headers["location"] == f"/wallet/{owner.id}"


def changed(data: bytes, **changes: bytes) -> bytes:
    """The archive with other contents under some of its names."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, changes.get(entry.filename, old.read(entry)))
    return out.getvalue()


def join_network(desk: Desk, school: str = "s1") -> None:
    """The campus's list names the school with the very keys that its store has."""
    house = desk.campus.join(school, name="Школа № 1")
    with unit_of_work(desk.engine) as session:
        house.keys = list(organisations.keys_of(session, school))
        session.expunge_all()
    desk.campus.changed()


def test_the_page_tells_what_there_is(world: World, alina: Learner) -> None:
    told = page(world.here, alina, "/moving")
    assert re.search(r"Значки</dt>\s*<dd[^>]*>3", told), "two badges and their list"
    assert f"/wallet/{alina.id}/archive.zip" in told
    nobody = world.here.enrol(teenager())
    assert "нечего забирать" in page(world.here, nobody, "/moving")


def test_the_archive_holds_the_very_bytes_under_a_sealed_list(world: World, alina: Learner) -> None:
    data = taken_out(world.here, alina)
    found = unpack(data)
    badges = {bytes(one.document) for one in world.here.entries(alina)}
    assert badges <= {one.content for one in found.files}
    assert {one.path for one in found.files} >= {"badges.json", "plan.json", INDEX}
    [proof] = json.loads(found.manifest)["proof"]
    assert proof["cryptosuite"] == "eddsa-jcs-2022"
    assert proof["verificationMethod"].startswith("did:web:s1.sever.example#")
    assert ("wallet.exported", alina.id, "") in world.here.journal


def test_the_index_is_read_without_scripts_and_names_nobody(world: World, alina: Learner) -> None:
    found = unpack(taken_out(world.here, alina))
    index = next(one.content for one in found.files if one.path == INDEX).decode()
    assert "<script" not in index
    assert "default-src &#39;none&#39;" in index or "default-src 'none'" in index
    assert "Второй &lt;b&gt;" in index
    for path in re.findall(r'href="([^"]+)"', index):
        assert path in {one.path for one in found.files}
    everywhere = (index, found.manifest.decode(), *(one.path for one in found.files))
    assert not [name for name in (*NAMES, alina.number) for text in everywhere if name in text]


def test_what_is_looked_at_changes_nothing_and_what_is_taken_is_the_same(world: World, alina: Learner) -> None:
    data = taken_out(world.here, alina)
    where = bring(world.there, alina, data).headers["location"]
    told = world.there.family(alina).get(where).text
    for said in ("Первый", "новое", "plan.json", "Школа № 1"):
        assert said in told, said
    assert world.there.entries(alina) == []
    take(world.there, alina, data)
    there, here = (sorted(bytes(one.document) for one in desk.entries(alina)) for desk in (world.there, world.here))
    assert there == here
    assert "Подлинный" in page(world.there, alina, "")
    before, after = hashes(unpack(data)), hashes(unpack(taken_out(world.there, alina)))
    assert set(before) <= set(after)
    assert any(event == "wallet.imported" for event, _, _ in world.there.journal)


def test_taking_the_same_twice_adds_nothing(world: World, alina: Learner) -> None:
    data = taken_out(world.here, alina)
    take(world.there, alina, data)
    where = bring(world.there, alina, data).headers["location"]
    assert "Ничего нового" in world.there.family(alina).get(where).text
    first, second = world.there.family(alina).post(where), world.there.family(alina).post(where)
    assert first.status_code == second.status_code == 303
    assert len(world.there.entries(alina)) == 2


def kept(desk: Desk) -> dict[str, bytes]:
    with unit_of_work(desk.engine) as session:
        return {one.path: bytes(one.content) for one in session.exec(select(KeptFile))}


def test_a_later_archive_of_the_same_place_replaces_its_records_and_an_earlier_does_not(
    world: World, alina: Learner
) -> None:
    first = taken_out(world.here, alina)
    world.here.plan(alina, code="P9")
    world.here.campus.now += timedelta(hours=1)
    later = taken_out(world.here, alina)
    take(world.there, alina, first)
    old = kept(world.there)["plan.json"]
    where = bring(world.there, alina, later).headers["location"]
    assert "займёт место прежнего" in world.there.family(alina).get(where).text
    take(world.there, alina, later)
    assert kept(world.there)["plan.json"] != old
    take(world.there, alina, first)
    assert len(json.loads(kept(world.there)["plan.json"])) == 2


def test_what_came_from_elsewhere_goes_along_again_under_the_place_it_came_from(world: World, alina: Learner) -> None:
    take(world.there, alina, taken_out(world.here, alina))
    third = unpack(taken_out(world.there, alina))
    assert [one.path for one in third.of("earlier") if one.path.endswith("/plan.json")]
    take(world.here, alina, taken_out(world.there, alina))
    home = [one.path for one in unpack(taken_out(world.here, alina)).files]
    assert "plan.json" in home
    assert not [path for path in home if path.count("earlier/") > 1]


@pytest.mark.parametrize("damage", ["cut", "badge", "manifest", "text"])
def test_a_changed_archive_is_refused_and_leaves_nothing(world: World, alina: Learner, damage: str) -> None:
    data = taken_out(world.here, alina)
    manifest = unpack(data).manifest
    made = {
        "cut": data[: len(data) // 2],
        "badge": changed(data, **{unpack(data).of("badges")[0].path: b"{}"}),
        "manifest": changed(data, **{"manifest.json": manifest.replace(b'"version":1', b'"version":7')}),
        "text": b"no archive",
    }[damage]
    answer = bring(world.there, alina, made)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    with unit_of_work(world.there.engine) as session:
        assert session.exec(select(Arrival)).all() == []


def test_the_seal_of_a_school_of_the_network_is_known_and_a_false_one_is_refused(world: World, alina: Learner) -> None:
    join_network(world.here)
    data = taken_out(world.here, alina)
    where = bring(world.there, alina, data).headers["location"]
    assert "подписана организацией сети" in world.there.family(alina).get(where).text
    manifest = json.loads(unpack(data).manifest)
    forged = changed(data, **{"manifest.json": json.dumps({**manifest, "made": "2026-11-23T00:00:00Z"}).encode()})
    where = bring(world.there, alina, forged).headers["location"]
    for answer in (world.there.family(alina).get(where), world.there.family(alina).post(where)):
        assert answer.status_code == 400
        assert "не той организации" in answer.text
    assert world.there.entries(alina) == []


def test_an_archive_of_somebody_else_is_told_to_be_one(world: World, alina: Learner) -> None:
    other = world.there.enrol(teenager())
    where = bring(world.there, other, taken_out(world.here, alina)).headers["location"]
    assert "другой сетевой номер" in world.there.family(other).get(where).text


def test_nobody_else_takes_out_or_brings_in(world: World, alina: Learner) -> None:
    desk, other = world.here, world.here.enrol(teenager())
    where = bring(desk, alina, taken_out(desk, alina)).headers["location"]
    for path in ("/moving", "/archive.zip"):
        assert desk.browser().get(f"/wallet/{alina.id}{path}").status_code == 401
        assert desk.family(other).get(f"/wallet/{alina.id}{path}").status_code == 404
    assert desk.browser(guardian()).post(f"/wallet/{alina.id}/import").status_code == 404
    assert desk.family(other).post(where.replace(alina.id, other.id)).status_code == 404
    desk.campus.now += timedelta(days=1)
    assert desk.family(alina).post(where).status_code == 404


def test_an_empty_form_is_told_so(world: World, alina: Learner) -> None:
    answer = world.here.family(alina).post(f"/wallet/{alina.id}/import")
    assert answer.status_code == 400
    assert "Выберите файл архива" in answer.text


def test_ones_own_archive_brought_home_adds_nothing(world: World, alina: Learner) -> None:
    data = taken_out(world.here, alina)
    where = bring(world.here, alina, data).headers["location"]
    assert "Ничего нового" in world.here.family(alina).get(where).text
    take(world.here, alina, data)
    assert kept(world.here) == {}
