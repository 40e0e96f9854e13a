"""What organisations and the network publish, read back from the shelf by somebody who trusts only the operator's key."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from keys import did, history, journal, organisations, publish
from keys.deposits import DepositList, deposit
from keys.errors.network import NoActiveKey
from keys.errors.proofs import ProofInvalid
from keys.fetch import ShelfFetcher
from keys.history import KeyStanding
from keys.organisations import announce, compromise, keys_of, leave, register, rotate
from keys.sealed import unseal
from keys.shelf import Shelf
from keys.store import KeyStore
from keys.tables import KeyStatement, OrganisationKind
from schemas import framework
from schemas.trust_list import State, TrustList

JOINED = datetime(2026, 9, 1, tzinfo=UTC)
OPERATOR = "did:web:cpo.sever.example"


def enter(session: Session, code: str, kind: OrganisationKind, licence: str | None = None, **more: Any) -> None:
    register(
        session,
        code=code,
        name=f"Организация {code}",
        kind=kind,
        host=f"{code}.sever.example",
        member_from=more.pop("member_from", JOINED),
        licence=licence,
        licence_from=JOINED if licence else None,
        **more,
    )


@pytest.fixture
def network(session: Session, store: KeyStore) -> Session:
    """The operator, a college with a unit, a centre that leaves, an employer without a licence, an authority outside."""
    enter(session, "cpo", OrganisationKind.OPERATOR)
    enter(session, "kol", OrganisationKind.COLLEGE, "Л-010")
    enter(session, "kva", OrganisationKind.UNIT, parent="kol")
    enter(session, "ebc", OrganisationKind.SUPPLEMENTARY, "Л-022", licence_until=datetime(2028, 1, 1, tzinfo=UTC))
    enter(session, "sen", OrganisationKind.EMPLOYER)
    enter(session, "uo", OrganisationKind.AUTHORITY, member_from=None)
    for code in ("cpo", "kol", "kva", "ebc"):
        rotate(session, store, code, JOINED)
    return session


def pinned(session: Session) -> list[str]:
    return [key.multikey for key in keys_of(session, "cpo")]


def trust(session: Session, shelf: Shelf, now: datetime) -> TrustList:
    body = shelf.get("trust")
    assert body is not None
    return TrustList(unseal(body, OPERATOR, pinned(session), now, limit=2**21))


def test_the_trust_list_answers_who_may_award(network: Session, shelf: Shelf, store: KeyStore, now: datetime) -> None:
    leave(network, "ebc", datetime(2027, 3, 1, tzinfo=UTC))
    publish.publish_trust_list(network, shelf, store, "cpo", now)
    listed = trust(network, shelf, now)
    assert (listed.version, listed.issued_at, listed.operator) == (1, now, OPERATOR)
    assert listed.valid_until == now + publish.TRUST_TERM
    before, after = now, datetime(2027, 3, 1, tzinfo=UTC)
    expected = {
        ("kol", before): State.TRUSTED,
        ("kva", before): State.TRUSTED,
        ("ebc", before): State.TRUSTED,
        ("ebc", after - timedelta(seconds=1)): State.TRUSTED,
        ("ebc", after): State.WITHDRAWN,
        ("kol", JOINED - timedelta(seconds=1)): State.NOT_YET,
        ("sen", before): State.UNLICENSED,
        ("uo", before): State.UNKNOWN,
        ("xyz", before): State.UNKNOWN,
    }
    found = {(code, at): listed.standing(f"did:web:{code}.sever.example", at).state for code, at in expected}
    assert found == expected
    unit = listed.standing("did:web:kva.sever.example", now)
    assert (unit.licence, unit.parent, unit.kind) == ("Л-010", "did:web:kol.sever.example", "unit")


def test_a_unit_falls_with_its_parent(network: Session, shelf: Shelf, store: KeyStore, now: datetime) -> None:
    leave(network, "kol", now)
    publish.publish_trust_list(network, shelf, store, "cpo", now)
    assert trust(network, shelf, now).standing("did:web:kva.sever.example", now).state is State.UNLICENSED


def test_the_trust_list_repeats_every_key_history(
    network: Session, shelf: Shelf, store: KeyStore, now: datetime
) -> None:
    rotate(network, store, "kol", now)
    old, new = keys_of(network, "kol")
    publish.publish_trust_list(network, shelf, store, "cpo", now)
    name = "did:web:kol.sever.example"
    repeated = history.read(name, list(trust(network, shelf, now).keys(name)))
    assert repeated.standing(did.verification_method(name, old.multikey), JOINED) is KeyStanding.GOOD
    assert repeated.standing(did.verification_method(name, old.multikey), now) is KeyStanding.ENDED
    assert repeated.standing(did.verification_method(name, new.multikey), now) is KeyStanding.GOOD


def test_a_list_sealed_by_another_organisation_is_not_the_networks(
    network: Session, shelf: Shelf, store: KeyStore, now: datetime
) -> None:
    publish.publish_trust_list(network, shelf, store, "kol", now)
    with pytest.raises(ProofInvalid):
        trust(network, shelf, now)


def test_versions_only_grow(network: Session, shelf: Shelf, store: KeyStore, now: datetime) -> None:
    for version in (1, 2, 3):
        publish.publish_trust_list(network, shelf, store, "cpo", now)
        assert trust(network, shelf, now).version == version
    network.delete(network.get_one(KeyStatement, "trust"))  # as after an old backup: only the shelf remembers
    publish.publish_trust_list(network, shelf, store, "cpo", now)
    assert trust(network, shelf, now).version == 4


def test_a_lost_or_broken_shelf_does_not_start_again(
    network: Session, shelf: Shelf, store: KeyStore, now: datetime
) -> None:
    publish.publish_trust_list(network, shelf, store, "cpo", now)
    for broken in (b"", b"{", b'{"version": "9"}'):
        shelf.put("trust", broken)
        publish.publish_trust_list(network, shelf, store, "cpo", now)
    assert trust(network, shelf, now).version == 4


def test_an_organisation_publishes_its_keys(network: Session, shelf: Shelf, store: KeyStore, now: datetime) -> None:
    rotate(network, store, "kol", now)
    coming = announce(network, store, "kol", now + timedelta(days=30))
    publish.publish_organisation(network, shelf, store, "kol", now)
    old, new, _ = keys_of(network, "kol")
    name = "did:web:kol.sever.example"
    document = json.loads(ShelfFetcher(shelf).get(did.web_url(name)))
    assert did.key_for(document, did.verification_method(name, new.multikey)).data
    assert {method["publicKeyMultibase"] for method in document["verificationMethod"]} == {
        new.multikey,
        coming.multikey,
    }
    kept = history.verify(shelf.get("orgs/kol/keys") or b"", name, [new.multikey], now)
    assert [key.multikey for key in kept.keys] == [old.multikey, new.multikey, coming.multikey]


def test_after_a_compromise_the_did_document_forgets_the_key_at_once(
    network: Session, shelf: Shelf, store: KeyStore, now: datetime
) -> None:
    publish.publish_organisation(network, shelf, store, "kol", now)
    (stolen,) = keys_of(network, "kol")
    compromise(network, "kol", stolen.multikey, now - timedelta(days=1), now)
    publish.publish_organisation(network, shelf, store, "kol", now)
    assert json.loads(shelf.get("orgs/kol/did.json") or b"")["assertionMethod"] == []
    fresh = rotate(network, store, "kol", now)
    publish.publish_organisation(network, shelf, store, "kol", now)
    publish.publish_trust_list(network, shelf, store, "cpo", now)
    name = "did:web:kol.sever.example"
    kept = history.verify(shelf.get("orgs/kol/keys") or b"", name, [fresh.multikey], now)
    repeated = history.read(name, list(trust(network, shelf, now).keys(name)))
    for read in (kept, repeated):
        assert read.standing(did.verification_method(name, stolen.multikey), now) is KeyStanding.COMPROMISED
        assert read.standing(did.verification_method(name, stolen.multikey), JOINED) is KeyStanding.NEEDS_WITNESS


def test_without_a_key_nothing_is_sealed(network: Session, shelf: Shelf, store: KeyStore, now: datetime) -> None:
    with pytest.raises(NoActiveKey):
        publish.publish_trust_list(network, shelf, store, "sen", now)
    assert shelf.get("trust") is None


def test_deposits_of_a_day_are_published(network: Session, shelf: Shelf, store: KeyStore, now: datetime) -> None:
    digest = "sha256:" + "0" * 64
    deposit(network, digest, "did:web:kol.sever.example", now)
    publish.publish_deposits(network, shelf, store, "cpo", now.date(), now)
    body = shelf.get("deposits/2026-11-22") or b""
    listed = DepositList.read(unseal(body, OPERATOR, pinned(network), now, limit=2**16))
    assert listed.witnessed(digest, "did:web:kol.sever.example") == now
    publish.publish_deposits(network, shelf, store, "cpo", date(2026, 11, 21), now)
    assert shelf.get("deposits/2026-11-21") is not None


def test_a_catalogue_of_outcomes_is_published(network: Session, shelf: Shelf, store: KeyStore, now: datetime) -> None:
    url = organisations.public_url(organisations.find(network, "cpo"), "frameworks/outcomes")
    items = framework.numbered(url, [("ИП.1", "Ставит проблему и цель", "subject")])
    document = framework.compose(url=url, title="Каталог", creator="Центр", items=items, changed_at=now)
    publish.publish_framework(network, shelf, store, "cpo", "outcomes", document, now)
    body = shelf.get("frameworks/outcomes") or b""
    read = framework.Framework(unseal(body, OPERATOR, pinned(network), now, limit=2**20))
    assert [item.code for item in read.items] == ["ИП.1"]


def test_a_checkpoint_lies_on_the_shelf_too(network: Session, shelf: Shelf, store: KeyStore, now: datetime) -> None:
    publish.publish_checkpoint(network, shelf, store, now)
    assert shelf.get(publish.CHECKPOINT) is None
    journal.append(network, at=now, event="award.made", actor_kind="job")
    publish.publish_checkpoint(network, shelf, store, now)
    outside = shelf.get(publish.CHECKPOINT)
    assert outside is not None
    assert journal.examine(network, journal.keeper(store).multikey, now, [outside]) == []
