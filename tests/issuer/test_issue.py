"""Awards from order to wallet, and what happens when the world breaks between two steps."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from issuer.errors.orders import (
    AwardExists,
    AwardRefused,
    AwardUnknown,
    BelowPass,
    NoLicence,
    NotAllowedToAward,
    NotPublished,
    ShownChanged,
    StandingUnknown,
)
from issuer.lint.faults import PersonalName
from issuer.tables import AwardState
from issuer.waiting import LEASE, claim
from keys import organisations, publish
from keys.actor import Actor, ActorKind
from keys.proofs import proofs_of
from keys.tables import Deposit, JournalRow
from schemas.credential import Credential
from schemas.identity import BadNumber, matches, number_from
from schemas.reading import read_json
from schemas.status_list import StatusList as PublishedList
from schemas.trust_list import Standing, State
from schemas.validate import validate
from tests.issuer.awarded import LATER, awards, check_invariants
from tests.issuer.world import AWARDER, METHODIST, NAMES, NOW, NUMBER, World, module, order, place_of


def test_a_badge_is_signed_stored_deposited_and_delivered(world: World) -> None:
    signed = world.issuer().issue(order(), AWARDER, NOW)
    document = read_json(signed)
    validate(document)
    assert matches(Credential(document), NUMBER)
    assert world.wallets.taken == [(NUMBER, signed)]
    [award] = awards(world)
    assert (award.state, award.stored, award.delivered_at) == (AwardState.DELIVERED, signed, NOW)
    check_invariants(world)
    with world.transaction() as session:
        deposit = session.exec(select(Deposit)).one()
        row = session.exec(select(JournalRow).where(JournalRow.event == "award.made")).one()
    assert (deposit.issuer, deposit.deposited_at) == ("did:web:ugu.sever.example", NOW)
    assert (row.person, row.organisation, row.item) == ("awarder", "ugu", award.id)


def test_the_status_list_is_there_before_the_badge(world: World) -> None:
    entry = place_of(Credential(read_json(world.issuer().issue(order(), AWARDER, NOW))))
    published = PublishedList(
        read_json(world.shelf.get(entry.list_url.removeprefix("https://ugu.sever.example/")) or b"")
    )
    assert published.issuer_id == "did:web:ugu.sever.example"
    assert published.url == entry.list_url
    assert published.bits().get(entry.index) is False


def test_the_same_order_is_one_award_however_often_it_comes(world: World) -> None:
    issuer = world.issuer()
    first = issuer.issue(order(), AWARDER, NOW)
    again = issuer.issue(order(event=" ведомость  № 7 ", awarded_at=LATER), METHODIST, LATER)
    assert again == first
    assert len(awards(world)) == len(world.wallets.taken) == 1


def test_another_content_under_the_same_event_is_refused_and_another_event_is_another_award(world: World) -> None:
    issuer = world.issuer()
    issuer.issue(order(), AWARDER, NOW)
    with pytest.raises(AwardExists):
        issuer.issue(order(result="99"), AWARDER, NOW)
    issuer.issue(order(result="99", event="ведомость № 8"), AWARDER, NOW)
    assert len(world.wallets.taken) == 2


def test_an_order_in_the_callers_transaction_falls_with_it(world: World) -> None:
    def give_up() -> None:
        with world.transaction() as session:
            world.issuer().order(session, order(), AWARDER, NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        give_up()
    assert awards(world) == []


def test_a_worker_finishes_what_was_ordered(world: World) -> None:
    issuer = world.issuer()
    with world.transaction() as session:
        issuer.order(session, order(), Actor(kind=ActorKind.JOB), NOW)
    assert issuer.finish_waiting(NOW) == 1
    assert issuer.finish_waiting(NOW + LEASE) == 0
    check_invariants(world)


def test_two_workers_do_not_take_the_same_award_within_the_lease(world: World) -> None:
    issuer = world.issuer()
    award_id = issuer.place(order(), AWARDER, NOW)
    with world.transaction() as session:
        assert claim(session, NOW, 5) == ([], [award_id])  # a worker that dies right after this
    assert issuer.finish_waiting(NOW + LEASE / 2) == 0
    assert issuer.finish_waiting(NOW + LEASE) == 1


@pytest.mark.parametrize(
    ("error", "changes"),
    [
        (NotPublished, {"achievement": "m99"}),
        (NotPublished, {"achievement": "m11"}),
        (BadNumber, {"learner_number": "7"}),
        (BelowPass, {"result": "59"}),
        (PersonalName, {"narrative": "Алина молодец"}),
    ],
)
def test_a_refused_order_leaves_nothing_behind(world: World, error: type[Exception], changes: dict[str, Any]) -> None:
    with pytest.raises(error):
        world.issuer(names=lambda _session, _number: NAMES).issue(order(**changes), AWARDER, NOW)
    assert awards(world) == []


def leave(world: World, code: str, at: Any, now: Any) -> None:
    with world.transaction() as session:
        organisations.leave(session, code, at)
        publish.publish_trust_list(session, world.shelf, world.store, "cpo", now)


def test_who_left_the_network_awards_no_more_and_dates_nothing_back(world: World) -> None:
    leave(world, "ugu", NOW, NOW)
    with pytest.raises(NotAllowedToAward):
        world.issuer().issue(order(), AWARDER, NOW)
    with pytest.raises(NotAllowedToAward):
        world.issuer().issue(order(awarded_at=NOW - timedelta(days=5)), AWARDER, NOW)
    with pytest.raises(NotAllowedToAward):
        world.issuer().preview(order(), NOW)


def test_while_the_trust_list_gives_no_answer_an_award_waits(world: World) -> None:
    def unanswered(_did: str, _moment: datetime) -> Standing:
        return Standing(state=State.UNKNOWN)

    award_id = world.issuer().place(order(), AWARDER, NOW)
    lost = world.issuer(trust=unanswered)
    with pytest.raises(StandingUnknown):
        lost.finish(award_id, NOW)
    with pytest.raises(StandingUnknown):
        lost.issue(order(event="ведомость № 8"), AWARDER, NOW)
    [award] = awards(world)
    assert award.state is AwardState.ORDERED
    world.issuer().finish(award_id, NOW)


def test_who_left_between_order_and_signature_signs_no_more(world: World) -> None:
    issuer = world.issuer()
    award_id = issuer.place(order(), AWARDER, NOW)
    leave(world, "ugu", LATER, LATER)
    with pytest.raises(NotAllowedToAward):
        issuer.finish(award_id, LATER)
    [award] = awards(world)
    assert (award.state, award.refusal, award.stored) == (AwardState.REFUSED, "not-allowed-to-award", None)
    with pytest.raises(AwardRefused):
        issuer.finish(award_id, LATER)


def test_a_refused_award_may_be_ordered_again(world: World) -> None:
    refusing = world.issuer(names=lambda _session, _number: NAMES)
    award_id = world.issuer().place(order(narrative="Работа Алины"), AWARDER, NOW)
    with pytest.raises(PersonalName):
        refusing.finish(award_id, NOW)
    signed = refusing.issue(order(narrative="Хорошая работа"), METHODIST, LATER)
    [award] = awards(world)
    assert (award.id, award.state, award.ordered_by) == (award_id, AwardState.DELIVERED, "methodist")
    assert Credential(read_json(signed)).narrative == "Хорошая работа"


def test_a_member_without_licence_awards_only_what_nobody_can_have_credited(world: World) -> None:
    issuer = world.issuer()
    issuer.issue(order(organisation="sen", achievement="m10", result=None, levels={}), AWARDER, NOW)
    with world.transaction() as session:
        world.offer(session, module("sen", "creditable"))
    with pytest.raises(NoLicence):
        issuer.issue(order(organisation="sen", achievement="creditable"), AWARDER, NOW)


def test_a_unit_awards_under_its_parents_licence(world: World) -> None:
    made = order(organisation="kva", achievement="m11", result="5", levels={}, statements={"exam": "сдан"})
    credential = Credential(read_json(world.issuer().issue(made, AWARDER, NOW)))
    assert credential.issuer_id == "did:web:kva.sever.example"
    assert credential.document["issuer"]["parentOrg"]["id"] == "did:web:kol.sever.example"


def test_an_award_accepted_while_published_is_made_from_that_version(world: World) -> None:
    issuer = world.issuer()
    award_id = issuer.place(order(), AWARDER, NOW)
    with world.transaction() as session:
        world.offer(session, module(criteria="Другие условия."))
    assert Credential(read_json(issuer.finish(award_id, LATER))).achievement.id.endswith("/m08-1")


def test_what_is_signed_is_what_was_shown(world: World) -> None:
    issuer = world.issuer()
    shown = issuer.preview(order(), NOW)
    assert shown.faults == ()
    with world.transaction() as session:
        world.offer(session, module(criteria="Другие условия."))
    with pytest.raises(ShownChanged):
        issuer.place(order(), AWARDER, LATER, shown=shown.digest)
    fresh = issuer.preview(order(awarded_at=LATER), LATER)
    award_id = issuer.place(order(awarded_at=LATER + LEASE), AWARDER, LATER + LEASE, shown=fresh.digest)
    assert issuer.preview(order(), LATER).known == award_id


def test_there_is_no_finishing_what_was_never_ordered(world: World) -> None:
    with pytest.raises(AwardUnknown):
        world.issuer().finish("0" * 32, NOW)


def test_every_award_has_ids_a_salt_and_an_index_of_its_own(world: World) -> None:
    issuer = world.issuer()
    numbers = [number_from(bytes([n]) * 16) for n in range(12)]
    badges = [read_json(issuer.issue(order(learner_number=number), AWARDER, NOW)) for number in numbers]
    credentials = [Credential(badge) for badge in badges]
    for taken in (
        {credential.id for credential in credentials} | {credential.subject_id for credential in credentials},
        {credential.identifiers[0]["salt"] for credential in credentials},
        {place_of(credential).index for credential in credentials},
    ):
        assert len(taken) in {12, 24}
    for badge, number in zip(badges, numbers, strict=True):
        assert [matches(Credential(badge), other) for other in numbers].count(True) == 1
        assert matches(Credential(badge), number)


def test_the_proof_is_the_organisations_and_dated_at_the_reservation(world: World) -> None:
    document = read_json(world.issuer().issue(order(), AWARDER, NOW))
    [proof] = proofs_of(document)
    with world.transaction() as session:
        signer = organisations.signer_for(session, world.store, "ugu", NOW)
    assert proof["verificationMethod"] == signer.method
    assert (proof["cryptosuite"], proof["created"]) == ("eddsa-rdfc-2022", "2026-11-20T09:30:00Z")
