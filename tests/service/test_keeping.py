"""Keys of organisations, by command and by page: announced ahead, changed, retired, disowned; what a crash leaves is mended."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from keys import history, organisations, publish
from keys.actor import Membership, Role
from keys.errors.network import KeyDatesWrong, KeyStateWrong
from keys.tables import JournalRow, KeyState, OrganisationKey
from schemas.reading import read_json
from service import jobs
from service.database import reading, unit_of_work
from service.doctor import Doctor, Remark
from service.identity import accounts
from service.keeping import COMMAND, Keeping, turn_keys
from tests.service.house import SINCE, START, House, send

DAY = timedelta(days=1)


class CrashError(Exception):
    """The process died here."""


def keep(house: House, act: str, *given: object, now: datetime = START) -> object:
    with unit_of_work(house.parts.engine) as session:
        keeping = Keeping(parts=house.parts, session=session, by=COMMAND, now=now)
        return getattr(keeping, act)(*given)


def held(house: House, code: str = "kol") -> list[OrganisationKey]:
    with reading(house.parts.engine) as session:
        return organisations.keys_of(session, code)


def shown(house: House, code: str = "kol") -> history.KeyHistory:
    return history.read(
        f"did:web:{code}.sever.example", read_json(house.parts.shelf.get(f"orgs/{code}/keys") or b"")["keys"]
    )


def test_a_key_announced_ahead_is_seen_by_everybody_and_takes_over_on_its_day(house: House) -> None:
    keep(house, "announce", "kol", START + 10 * DAY)
    [old, coming] = held(house)
    assert coming.multikey.encode() in (house.parts.shelf.get("orgs/kol/did.json") or b"")
    assert coming.multikey.encode() in (house.parts.shelf.get("trust") or b"")
    assert coming.valid_until == START + 10 * DAY + timedelta(days=house.settings.key_days)
    assert turn_keys(house.parts, START + 9 * DAY) == 0
    assert turn_keys(house.parts, START + 10 * DAY) == 1
    assert [key.state for key in held(house)] == [KeyState.RETIRED, KeyState.ACTIVE]
    assert [key.multikey for key in shown(house).keys] == [old.multikey, coming.multikey]
    assert turn_keys(house.parts, START + 11 * DAY) == 0
    with reading(house.parts.engine) as session:
        events = session.exec(select(JournalRow.event).where(JournalRow.item == coming.id)).all()
    assert events == ["key.announced", "key.rotated"]


def test_a_disowned_key_is_replaced_at_once(house: House) -> None:
    [old] = held(house)
    keep(house, "compromise", "kol", old.multikey, START - DAY)
    [gone, fresh] = held(house)
    assert (gone.state, gone.compromised_at, fresh.state) == (KeyState.COMPROMISED, START - DAY, KeyState.ACTIVE)
    assert [key.state for key in shown(house).keys] == [KeyState.COMPROMISED, KeyState.ACTIVE]
    assert old.multikey.encode() not in (house.parts.shelf.get("orgs/kol/did.json") or b"")
    with pytest.raises(KeyStateWrong):
        keep(house, "compromise", "kol", fresh.multikey, START + DAY)


def test_a_first_key_is_made_once(house: House) -> None:
    with pytest.raises(KeyStateWrong):
        keep(house, "make", "kol")
    keep(house, "retire", "kol", held(house)[0].multikey)
    keep(house, "make", "kol", now=START + DAY)
    assert [key.state for key in held(house)] == [KeyState.RETIRED, KeyState.ACTIVE]
    with pytest.raises(KeyDatesWrong):
        keep(house, "announce", "kol", START)


@pytest.mark.parametrize("act", ["rotate", "announce"])
def test_a_change_whose_commit_was_lost_is_mended_by_the_worker(house: House, act: str) -> None:
    """The shelf shows the new key, the database does not have it: the next round publishes what there is."""
    before = shown(house)
    with pytest.raises(CrashError), unit_of_work(house.parts.engine) as session:  # noqa: PT012 - after the act
        keeping = Keeping(parts=house.parts, session=session, by=COMMAND, now=START)
        getattr(keeping, act)("kol", *([START + DAY] if act == "announce" else []))
        raise CrashError
    assert shown(house) != before
    with reading(house.parts.engine) as session:
        assert not publish.is_published(session, house.parts.shelf, "kol")
    assert turn_keys(house.parts, START) == 1
    assert shown(house).keys == before.keys
    assert [finding.faults for finding in Doctor(house.parts, START).examine() if finding.faults] == []


def test_a_change_that_cannot_be_published_has_not_happened(house: House) -> None:
    (house.settings.data / "public" / "orgs" / "kol" / "keys").unlink()
    (house.settings.data / "public" / "orgs" / "kol" / "keys").mkdir()
    with pytest.raises(OSError, match="keys"):
        keep(house, "rotate", "kol")
    assert [key.state for key in held(house)] == [KeyState.ACTIVE]
    (house.settings.data / "public" / "orgs" / "kol" / "keys").rmdir()
    assert turn_keys(house.parts, START) == 1
    assert len(shown(house).keys) == 1


def test_the_doctor_and_the_log_speak_of_keys_that_end(plain: House, capsys: pytest.CaptureFixture[str]) -> None:
    keep(plain, "rotate", "kol")
    near = START + timedelta(days=plain.settings.key_days - 20)
    [finding] = [found for found in Doctor(plain.parts, near).examine() if found.subject == "Ключи и их документы"]
    assert finding.faults == ()
    assert [isinstance(remark, Remark) for remark in finding.remarks] == [True]
    assert "kol" in finding.remarks[0]
    [alarm] = [made for made in jobs.ROUNDS if made.name == "keys.alarm"]
    assert alarm.act(plain.parts, near) == 1
    assert alarm.act(plain.parts, START) == 0
    written = capsys.readouterr()
    assert "key.ends" in written.out + written.err  # where the log goes is settled once for a process


def administrator(house: House) -> None:
    with unit_of_work(house.parts.engine) as session:
        accounts.add_account(
            session, id="admin", name="Администратор", memberships=[Membership("kol", Role.MANAGER)], since=SINCE
        )


def test_the_page_shows_the_keys_and_what_can_be_done(house: House) -> None:
    administrator(house)
    visitor = house.signed_in("admin")
    page = visitor.get("/keys/kol").text
    assert held(house)[0].multikey in page
    assert "/keys/kol" in visitor.get("/").text
    begins = (START + 30 * DAY).date().isoformat()
    assert send(visitor, "/keys/kol/announce", {"begins": begins}, form_at="/keys/kol").status_code == 303
    assert "объявлен" in visitor.get("/keys/kol").text
    late = send(visitor, "/keys/kol/announce", {"begins": "2020-01-01"}, form_at="/keys/kol")
    assert late.status_code == 422
    assert "в будущем" in late.text
    assert send(visitor, "/keys/kol/announce", {"begins": "когда-нибудь"}, form_at="/keys/kol").status_code == 422
    assert send(visitor, "/keys/kol/rotate", {}, form_at="/keys/kol").status_code == 303
    assert send(visitor, "/keys/kol/retire", {"key": "z6Mk"}, form_at="/keys/kol").status_code == 422
    fresh = next(key for key in held(house) if key.state is KeyState.ACTIVE)
    stolen = {"key": fresh.multikey, "since": START.date().isoformat()}
    assert send(visitor, "/keys/kol/compromise", stolen, form_at="/keys/kol").status_code == 303
    assert sorted(key.state for key in held(house)) == ["active", "announced", "compromised", "retired"]
    with reading(house.parts.engine) as session:
        rows = session.exec(select(JournalRow).where(JournalRow.event == "key.compromised")).all()
    assert [(row.person, row.organisation) for row in rows] == [("admin", "kol")]


def test_the_administrator_sees_the_end_of_a_key_on_the_first_page(house: House) -> None:
    administrator(house)
    keep(house, "rotate", "kol")
    assert "скоро закончится" not in house.signed_in("admin").get("/").text
    house.clock.move(timedelta(days=house.settings.key_days - 5))
    visitor = house.signed_in("admin")
    assert "Ключ подписи скоро закончится" in visitor.get("/").text
    assert "Объявите следующий ключ" in visitor.get("/keys/kol").text
    house.clock.move(timedelta(days=6))
    assert "Ключ подписи больше не действует" in house.signed_in("admin").get("/").text
    assert "скоро закончится" not in house.signed_in("deputy").get("/").text


def test_nobody_else_sees_or_changes_the_keys(house: House) -> None:
    assert house.signed_in("awarder").get("/keys/kol").status_code == 403
    assert house.signed_in("deputy").get("/keys/kol").status_code == 404
    assert house.visitor().get("/keys/kol").status_code in {303, 401}
