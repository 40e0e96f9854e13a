import secrets
from datetime import timedelta

import pytest
from sqlmodel import col, select

from issuer import status
from issuer.errors.badges import AlreadyRevoked, NotYetSigned, ReasonMissing, ReasonTooLong, StatusListsFull
from issuer.errors.orders import AwardUnknown, ControlCharacter
from issuer.tables import Award, StatusList
from keys.did import key_for
from keys.proofs import check, proofs_of
from keys.tables import JournalRow
from schemas.credential import Credential
from schemas.dates import write_timestamp
from schemas.identity import number_from
from schemas.reading import read_json
from schemas.status_list import LENGTH
from schemas.status_list import StatusList as PublishedList
from tests.issuer.world import AWARDER, METHODIST, NOW, World, order, place_of

LATER = NOW + timedelta(hours=1)


def made(world: World, event: str = "ведомость № 7") -> tuple[str, Credential]:
    issuer = world.issuer()
    award_id = issuer.place(order(event=event), AWARDER, NOW)
    return award_id, Credential(read_json(issuer.finish(award_id, NOW)))


def published(world: World, list_id: str = "ugu-1") -> PublishedList:
    return PublishedList(read_json(world.shelf.get(f"status/{list_id}") or b""))


def revoke(world: World, award_id: str, reason: str = "ошибка в ведомости") -> Award:
    with world.transaction() as session:
        return world.issuer().revoke(session, award_id, reason=reason, by=METHODIST, now=LATER)


def test_a_revocation_is_public_before_its_transaction_ends(world: World) -> None:
    award_id, credential = made(world)
    other = place_of(made(world, "ведомость № 8")[1]).index
    with world.transaction() as session:
        world.issuer().revoke(session, award_id, reason="ошибка", by=METHODIST, now=LATER)
        assert published(world).bits().get(place_of(credential).index) is True
    assert published(world).bits().get(other) is False


def test_a_revocation_keeps_who_when_and_why(world: World) -> None:
    award_id, _ = made(world)
    award = revoke(world, award_id, "  ошибка в ведомости ")
    assert (award.revoked_at, award.revoked_by, award.revocation_reason) == (LATER, "methodist", "ошибка в ведомости")
    with world.transaction() as session:
        row = session.exec(select(JournalRow).where(JournalRow.event == "award.revoked")).one()
    assert (row.person, row.organisation, row.item) == ("methodist", "ugu", award_id)


def test_a_revocation_is_final_and_happens_once(world: World) -> None:
    award_id, credential = made(world)
    revoke(world, award_id)
    with pytest.raises(AlreadyRevoked):
        revoke(world, award_id)
    made(world, "ведомость № 8")
    assert published(world).bits().get(place_of(credential).index) is True


def test_what_is_not_signed_cannot_be_revoked(world: World) -> None:
    award_id = world.issuer().place(order(), AWARDER, NOW)
    with pytest.raises(NotYetSigned):
        revoke(world, award_id)
    with pytest.raises(AwardUnknown):
        revoke(world, "0" * 32)


def test_a_revocation_needs_a_reason_of_sensible_length(world: World) -> None:
    award_id, _ = made(world)
    with pytest.raises(ReasonMissing):
        revoke(world, award_id, "  ")
    with pytest.raises(ReasonTooLong):
        revoke(world, award_id, "х" * 501)
    with pytest.raises(ControlCharacter):
        revoke(world, award_id, "ошибка\0")


def test_the_list_is_a_signed_credential_of_the_organisation(world: World) -> None:
    made(world)
    document = read_json(world.shelf.get("status/ugu-1") or b"")
    [proof] = proofs_of(document)
    did_document = read_json(world.shelf.get("orgs/ugu/did.json") or b"")
    check(document, proof, key_for(did_document, proof["verificationMethod"]))
    assert document["issuer"] == "did:web:ugu.sever.example"
    assert (document["validFrom"], document["validUntil"]) == (
        write_timestamp(NOW),
        write_timestamp(NOW + status.VALIDITY),
    )
    assert published(world).purposes == ["revocation"]
    assert published(world).bits().length == LENGTH


def test_lists_are_published_again_when_a_day_has_passed(world: World) -> None:
    award_id, credential = made(world)
    revoke(world, award_id)
    issuer = world.issuer()
    assert issuer.refresh_lists(LATER + status.REFRESH / 2) == 0
    assert issuer.refresh_lists(LATER + status.REFRESH) == 1
    assert published(world).valid_from == LATER + status.REFRESH
    assert published(world).bits().get(place_of(credential).index) is True


def test_an_organisation_has_a_list_of_its_own(world: World) -> None:
    made(world)
    world.issuer().issue(order(organisation="sen", achievement="m10", result=None, levels={}), AWARDER, NOW)
    with world.transaction() as session:
        assert set(session.exec(select(StatusList.id)).all()) == {"ugu-1", "sen-1"}


def test_a_taken_index_is_never_given_twice(world: World) -> None:
    draws = iter([5, 5, 5, 9])
    issuer = world.issuer(entropy=lambda length: next(draws).to_bytes(3) if length == 3 else world.entropy(length))
    issuer.issue(order(), AWARDER, NOW)
    issuer.issue(order(event="ведомость № 8"), AWARDER, NOW)
    with world.transaction() as session:
        assert set(session.exec(select(Award.status_index)).all()) == {5, 9}


def test_a_filled_list_is_followed_by_a_new_one(world: World) -> None:
    made(world)
    with world.transaction() as session:
        taken = session.exec(select(Award)).one().status_index
    same = (taken or 0).to_bytes(3)
    issuer = world.issuer(entropy=lambda length: same if length == 3 else world.entropy(length))
    credential = Credential(read_json(issuer.issue(order(event="ведомость № 8"), AWARDER, NOW)))
    assert place_of(credential).list_url == "https://ugu.sever.example/status/ugu-2"
    assert published(world, "ugu-2").bits().get(taken or 0) is False


def test_there_is_an_end_to_looking_for_a_place(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "_take_index", lambda *_: False)
    with pytest.raises(StatusListsFull):
        world.issuer().issue(order(), AWARDER, NOW)


def test_v16_indexes_are_spread_over_the_whole_list(world: World) -> None:
    issuer = world.issuer()
    for n in range(48):
        issuer.place(order(learner_number=number_from(n.to_bytes(16))), AWARDER, NOW)
    with world.transaction() as session:
        waiting = session.exec(select(Award).order_by(col(Award.learner_number))).all()
        indexes = [
            status.take_place(session, award, secrets.token_bytes, world.shelf.ledger).index for award in waiting
        ]
    assert len(set(indexes)) == 48
    assert {index // (LENGTH // 4) for index in indexes} == {0, 1, 2, 3}  # fails once in 250 000 runs
    assert indexes != sorted(indexes)
