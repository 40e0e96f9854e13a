"""The register of organisations and the lives of their keys, on both databases."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from keys import organisations
from keys.errors.network import BadOrganisation, KeyStateWrong, NoActiveKey, OrganisationExists, OrganisationUnknown
from keys.errors.store import KeyMissing
from keys.organisations import announce, compromise, keys_of, retire, rotate, signer_for
from keys.store import KeyStore
from keys.tables import KeyState, Organisation, OrganisationKind
from service.database import unit_of_work

JOINED = datetime(2026, 9, 1, tzinfo=UTC)


def register(session: Session, code: str = "s1", **changed: Any) -> Organisation:
    particulars: dict[str, Any] = {
        "code": code,
        "name": "МБОУ «Североозёрская СОШ № 1»",
        "kind": OrganisationKind.SCHOOL,
        "host": f"{code}.sever.example",
        "member_from": JOINED,
        "licence": "Л-001",
        "licence_from": JOINED,
        **changed,
    }
    return organisations.register(session, **particulars)


def test_an_organisation_is_found_by_code_and_did(engine: Engine) -> None:
    with unit_of_work(engine) as session:
        register(session)
        register(session, "kva", parent="s1", kind=OrganisationKind.UNIT)
    with unit_of_work(engine) as session:
        found = organisations.find(session, "s1")
        assert found.name == found.short_name == "МБОУ «Североозёрская СОШ № 1»"
        assert (found.kind, found.member_from) == (OrganisationKind.SCHOOL, JOINED)
        assert organisations.did_of(found) == "did:web:s1.sever.example"
        assert organisations.public_url(found, "orgs/s1/keys") == "https://s1.sever.example/orgs/s1/keys"
        assert organisations.by_did(session, "did:web:kva.sever.example").parent == "s1"
        assert [organisation.code for organisation in organisations.all_organisations(session)] == ["kva", "s1"]


def test_another_did_is_unknown(session: Session) -> None:
    register(session)
    for did in ("did:web:s2.sever.example", "did:web:s1.sever.example:x", "did:key:z6Mk", "s1", ""):
        with pytest.raises(OrganisationUnknown):
            organisations.by_did(session, did)


def test_another_code_is_unknown(session: Session) -> None:
    with pytest.raises(OrganisationUnknown):
        organisations.find(session, "s1")
    with pytest.raises(OrganisationUnknown):
        register(session, parent="nobody")


BAD: list[dict[str, Any]] = [
    {"code": ""},
    {"code": "../s1"},
    {"code": "a/b"},
    {"code": "школа"},
    {"code": "applications"},
    {"host": "S1.sever.example"},
    {"host": "127.0.0.1"},
    {"host": "localhost"},
    {"host": "s1.sever.example:8000"},
    {"licence_from": None},
]


def test_particulars_that_cannot_stand_in_addresses_are_refused(session: Session) -> None:
    for changed in BAD:
        with pytest.raises(BadOrganisation):
            register(session, **changed)
    assert organisations.all_organisations(session) == []


def test_code_and_host_are_given_once(session: Session) -> None:
    register(session)
    for code, host in (("s1", "other.sever.example"), ("s2", "s1.sever.example")):
        with pytest.raises(OrganisationExists):
            register(session, code, host=host)
    assert len(organisations.all_organisations(session)) == 1


def test_an_organisation_may_leave(session: Session, now: datetime) -> None:
    register(session)
    organisations.leave(session, "s1", now)
    assert organisations.find(session, "s1").member_until == now


# ── Keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def states(session: Session, code: str = "s1") -> list[KeyState]:
    return [key.state for key in keys_of(session, code)]


def test_without_a_key_nobody_signs(session: Session, store: KeyStore, now: datetime) -> None:
    register(session)
    with pytest.raises(NoActiveKey):
        signer_for(session, store, "s1", now)
    with pytest.raises(OrganisationUnknown):
        signer_for(session, store, "s2", now)


def test_the_first_key_signs_from_its_moment(session: Session, store: KeyStore, now: datetime) -> None:
    register(session)
    key = rotate(session, store, "s1", now)
    signer = signer_for(session, store, "s1", now)
    assert signer.method == f"did:web:s1.sever.example#{key.multikey}"
    assert signer.multikey == key.multikey
    with pytest.raises(NoActiveKey):
        signer_for(session, store, "s1", now - timedelta(seconds=1))


def test_rotation_keeps_the_old_key_and_its_dates(session: Session, store: KeyStore, now: datetime) -> None:
    register(session)
    first = rotate(session, store, "s1", JOINED)
    second = rotate(session, store, "s1", now)
    assert states(session) == [KeyState.RETIRED, KeyState.ACTIVE]
    assert (first.valid_until, second.valid_from, second.valid_until) == (now, now, None)
    assert signer_for(session, store, "s1", now).multikey == second.multikey


def test_an_announced_key_waits_for_its_day(session: Session, store: KeyStore, now: datetime) -> None:
    register(session)
    first = rotate(session, store, "s1", JOINED)
    fresh = announce(session, store, "s1", now)
    assert signer_for(session, store, "s1", now).multikey == first.multikey
    early = rotate(session, store, "s1", now - timedelta(days=1))  # not yet its day: another key takes over
    assert early.multikey not in {first.multikey, fresh.multikey}
    assert rotate(session, store, "s1", now).multikey == fresh.multikey
    assert sorted(states(session)) == [KeyState.ACTIVE, KeyState.RETIRED, KeyState.RETIRED]


def test_a_retired_key_signs_no_more(session: Session, store: KeyStore, now: datetime) -> None:
    register(session)
    key = rotate(session, store, "s1", JOINED)
    retire(session, "s1", key.multikey, now)
    with pytest.raises(NoActiveKey):
        signer_for(session, store, "s1", now)
    with pytest.raises(KeyStateWrong):
        retire(session, "s1", key.multikey, now)


def test_a_compromised_key_signs_no_more_and_the_date_only_moves_back(
    session: Session, store: KeyStore, now: datetime
) -> None:
    register(session)
    key = rotate(session, store, "s1", JOINED)
    stolen = now - timedelta(days=3)
    compromise(session, "s1", key.multikey, stolen, now)
    assert (key.state, key.compromised_at, key.valid_until) == (KeyState.COMPROMISED, stolen, now)
    with pytest.raises(NoActiveKey):
        signer_for(session, store, "s1", now)
    with pytest.raises(KeyStateWrong):
        compromise(session, "s1", key.multikey, now, now)
    compromise(session, "s1", key.multikey, stolen - timedelta(days=1), now + timedelta(days=1))
    assert (key.compromised_at, key.valid_until) == (stolen - timedelta(days=1), now)


def test_a_retired_key_may_turn_out_compromised(session: Session, store: KeyStore, now: datetime) -> None:
    register(session)
    key = rotate(session, store, "s1", JOINED)
    rotate(session, store, "s1", now)
    compromise(session, "s1", key.multikey, now - timedelta(days=1), now + timedelta(days=1))
    assert (key.state, key.valid_until) == (KeyState.COMPROMISED, now)
    signer_for(session, store, "s1", now)


def test_a_compromise_in_the_future_or_of_an_unknown_key_is_refused(
    session: Session, store: KeyStore, now: datetime
) -> None:
    register(session)
    key = rotate(session, store, "s1", JOINED)
    with pytest.raises(KeyStateWrong):
        compromise(session, "s1", key.multikey, now + timedelta(seconds=1), now)
    with pytest.raises(KeyStateWrong):
        compromise(session, "s1", "z6Mk", JOINED, now)


def test_a_key_whose_file_is_gone_is_missing(session: Session, store: KeyStore, now: datetime, tmp_path: Path) -> None:
    register(session)
    rotate(session, store, "s1", now)
    empty = KeyStore(tmp_path / "elsewhere", b"x")
    with pytest.raises(KeyMissing):
        signer_for(session, empty, "s1", now)


def test_rotations_at_once_leave_one_active_key(engine: Engine, store: KeyStore, now: datetime) -> None:
    with unit_of_work(engine) as session:
        register(session)

    def turn() -> None:
        with unit_of_work(engine) as session:
            rotate(session, store, "s1", now)

    threads = [Thread(target=turn) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with unit_of_work(engine) as session:
        assert sorted(states(session)) == [KeyState.ACTIVE, *[KeyState.RETIRED] * 3]
