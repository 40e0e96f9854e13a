"""Awards from order to wallet, and what happens when the world breaks between two steps."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, NoResultFound
from sqlmodel import col, select

from issuer import issue as issuing
from issuer.errors import (
    AwardExists,
    AwardRefused,
    AwardUnknown,
    BelowPass,
    NoLicence,
    NotAllowedToAward,
    NotPublished,
    OwnOutputWrong,
    ShownChanged,
    StandingUnknown,
)
from issuer.issue import LEASE, WITHOUT_WALLET
from issuer.lint.faults import PersonalName
from issuer.signing import ToSign, sign
from issuer.tables import Award, AwardState
from keys import organisations, publish
from keys.actor import Actor, ActorKind
from keys.deposits import content_hash
from keys.errors import KeyStoreError, NoActiveKey
from keys.proofs import proofs_of
from keys.signer import Signer
from keys.tables import Deposit, JournalRow
from schemas.credential import Credential
from schemas.identity import BadNumber, matches, number_from
from schemas.reading import read_json
from schemas.status_list import StatusList as PublishedList
from schemas.trust_list import Standing, State
from schemas.validate import validate
from tests.issuer.world import AWARDER, METHODIST, NAMES, NOW, NUMBER, World, module, order, place_of

LATER = NOW + timedelta(minutes=10)


def awards(world: World) -> list[Award]:
    with world.transaction() as session:
        return list(session.exec(select(Award).order_by(col(Award.event))).all())


def check_invariants(world: World) -> None:
    """What must hold after every fault (THREATS §3): one credential per event, one use per index, hash and journal for each."""
    made = [award for award in awards(world) if award.stored is not None]
    with world.transaction() as session:
        journal = [row.item for row in session.exec(select(JournalRow).where(JournalRow.event == "award.made"))]
        deposits = set(session.exec(select(Deposit.digest)).all())
    assert sorted(journal) == sorted(award.id for award in made)
    assert {award.content_hash for award in made} <= deposits
    assert len({(award.status_list, award.status_index) for award in made}) == len(made)
    assert len(world.wallets.taken) == len({credential for _, credential in world.wallets.taken})
    for award in made:
        document = read_json(award.stored or b"")
        assert content_hash(document) == award.content_hash
        assert world.shelf.get(f"status/{award.status_list}")


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
    assert issuer._claim(NOW, 5) == ([], [award_id])  # noqa: SLF001 - a worker that dies right after this
    assert issuer.finish_waiting(NOW + LEASE / 2) == 0
    assert issuer.finish_waiting(NOW + LEASE) == 1


# Refusals


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


# Crashes


@contextmanager
def failing(world: World, statement: str, when: str) -> Iterator[None]:
    """A trigger that fails one INSERT or UPDATE, chosen by its data: no hook in the code (THREATS §2.4, after Boulder)."""
    event, table = statement.split()
    sqlite = world.engine.dialect.name == "sqlite"
    create = (
        [f"CREATE TRIGGER fault BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, 'fault'); END"]
        if sqlite
        else [
            "CREATE FUNCTION fault() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'fault'; END $$ LANGUAGE plpgsql",
            f"CREATE TRIGGER fault BEFORE {event} ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION fault()",
        ]
    )
    with world.engine.begin() as connection:
        for command in create:
            connection.execute(text(command))
    try:
        yield
    finally:
        with world.engine.begin() as connection:
            connection.execute(text("DROP TRIGGER fault" if sqlite else "DROP FUNCTION fault() CASCADE"))


STORAGE_FAULTS = [
    ("INSERT issuer_award", "NEW.event = 'ведомость № 7'"),
    ("INSERT issuer_status_list", "NEW.number = 1"),
    ("UPDATE issuer_award", "NEW.state = 'reserved'"),
    ("UPDATE issuer_award", "NEW.state = 'stored'"),
    ("UPDATE issuer_status_list", "NEW.published_at IS NOT NULL"),
    ("INSERT key_deposit", "NEW.issuer LIKE 'did:web:%'"),
    ("INSERT key_journal", "NEW.event = 'award.made'"),
    ("UPDATE issuer_award", "NEW.state = 'delivered'"),
]


@pytest.mark.parametrize(("statement", "when"), STORAGE_FAULTS, ids=[f"{a} {b}" for a, b in STORAGE_FAULTS])
def test_after_a_failed_write_everything_goes_on_from_what_is_written(world: World, statement: str, when: str) -> None:
    issuer = world.issuer()
    with failing(world, statement, when), pytest.raises((DBAPIError, NoResultFound)):
        issuer.issue(order(), AWARDER, NOW)
    check_invariants(World(world.engine, world.store, world.shelf))
    world.wallets.taken.clear()  # what the rolled back transaction handed over fell with it
    signed = issuer.issue(order(), AWARDER, LATER)
    assert world.wallets.taken == [(NUMBER, signed)]
    check_invariants(world)


def test_a_signer_that_fails_loses_nothing_and_signs_the_same_afterwards(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer, seen = world.issuer(), []

    def dies(task: ToSign) -> bytes:
        seen.append(sign(task))
        raise KeyStoreError

    with monkeypatch.context() as patched:
        patched.setattr(issuing, "sign", dies)
        with pytest.raises(KeyStoreError):
            issuer.issue(order(), AWARDER, NOW)
    [award] = awards(world)
    assert (award.state, award.stored) == (AwardState.RESERVED, None)
    assert [issuer.finish(award.id, LATER)] == seen
    check_invariants(world)


def test_a_wallet_that_fails_gets_the_stored_badge_later(world: World) -> None:
    issuer = world.issuer()
    world.wallets.fails = [KeyStoreError(), RuntimeError()]
    with pytest.raises(RuntimeError):
        issuer.issue(order(), AWARDER, NOW)
    [award] = awards(world)
    assert (award.state, award.delivered_at) == (AwardState.STORED, None)
    assert issuer.finish_waiting(NOW) == 0
    assert issuer.finish_waiting(NOW + LEASE) == 1
    assert world.wallets.taken == [(NUMBER, award.stored)]
    check_invariants(world)


def test_a_learner_without_wallet_gets_the_badge_when_there_is_one(world: World) -> None:
    issuer = world.issuer()
    world.wallets.has_wallet = False
    signed = issuer.issue(order(), AWARDER, NOW)
    assert issuer.finish_waiting(LATER) == 0
    world.wallets.has_wallet = True
    assert issuer.finish_waiting(NOW + WITHOUT_WALLET) == 1
    assert world.wallets.taken == [(NUMBER, signed)]


class Forger:
    """Signs other bytes than it was given."""

    def __init__(self, signer: Signer) -> None:
        self._signer = signer
        self.method, self.multikey = signer.method, signer.multikey

    def sign(self, data: bytes) -> bytes:
        return self._signer.sign(data + b"\0")


def test_a_signature_that_does_not_hold_is_never_given_out(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    issuer, honest = world.issuer(), organisations.signer_for
    with monkeypatch.context() as patched:
        patched.setattr(organisations, "signer_for", lambda *asked: Forger(honest(*asked)))
        with pytest.raises(OwnOutputWrong):
            issuer.issue(order(), AWARDER, NOW)
    [award] = awards(world)
    assert (award.state, award.stored) == (AwardState.RESERVED, None)
    assert world.wallets.taken == []
    issuer.finish(award.id, LATER)
    check_invariants(world)


def test_a_key_changed_between_reservation_and_signature_signs_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    issuer, seen = world.issuer(), []

    def overtaken(task: ToSign) -> bytes:
        seen.append(task.signer.method)
        if len(seen) == 1:
            with world.transaction() as session:
                organisations.rotate(session, world.store, "ugu", LATER)
            world.issuer().finish(awards(world)[0].id, LATER)
        return sign(task)

    with monkeypatch.context() as patched:
        patched.setattr(issuing, "sign", overtaken)
        signed = issuer.issue(order(), AWARDER, NOW)
    document = read_json(signed)
    with world.transaction() as session:
        current = organisations.signer_for(session, world.store, "ugu", LATER)
    [proof] = proofs_of(document)
    assert proof["verificationMethod"] == current.method != seen[0]
    assert len(world.wallets.taken) == 1
    check_invariants(world)


def test_a_slow_signer_whose_reservation_was_renewed_starts_over(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    issuer, methods = world.issuer(), []

    def slow(task: ToSign) -> bytes:
        methods.append(task.signer.method)
        if len(methods) == 1:
            with world.transaction() as session:
                organisations.rotate(session, world.store, "ugu", NOW)
            world.issuer()._reserve(awards(world)[0].id, NOW)  # noqa: SLF001 - another worker, which then dies
        return sign(task)

    monkeypatch.setattr(issuing, "sign", slow)
    [proof] = proofs_of(read_json(issuer.issue(order(), AWARDER, NOW)))
    assert len(set(methods)) == 2
    assert proof["verificationMethod"] == methods[-1]
    check_invariants(world)


def test_without_a_key_an_award_waits(world: World) -> None:
    issuer = world.issuer()
    award_id = issuer.place(order(), AWARDER, NOW)
    with world.transaction() as session:
        [key] = organisations.keys_of(session, "ugu")
        organisations.retire(session, "ugu", key.multikey, NOW)
    with pytest.raises(NoActiveKey):
        issuer.finish(award_id, NOW)
    assert awards(world)[0].state is AwardState.ORDERED
    with world.transaction() as session:
        organisations.rotate(session, world.store, "ugu", LATER)
    issuer.finish(award_id, LATER)


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
