"""Awards: write down, then sign. Every step is one transaction, and doing a step twice changes nothing (THREATS I1-I3).

    ordered ──reserve──▶ reserved ──sign, check──▶ (bytes) ──keep──▶ stored ──deliver──▶ delivered

`reserve` writes down ids, status index and the bytes to be signed; the key signs outside any transaction; `keep` stores, deposits
and journals; `deliver` hands the bytes to the learner's wallet. After a crash the same steps go on from what is written down.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import structlog
from sqlalchemy import Engine
from sqlmodel import Session

from issuer import acts, awards, catalogue, corrections, endorsements, paths, status, unasked, vouching
from issuer.allowing import OfAge, nobody, require_person
from issuer.endorsements import Said
from issuer.errors.orders import AwardRefused, ShownChanged
from issuer.lifecycle import SIGNED, Act
from issuer.lint import demand
from issuer.orders import tidy
from issuer.path_document import path_document
from issuer.record import record
from issuer.requests import Keyed
from issuer.reserve import Reserver
from issuer.signing import ToSign, sign
from issuer.status import Entropy
from issuer.tables import AchievementPath, AchievementVersion, Award, AwardState, Endorsement
from issuer.trial import Names, Trial, Trust, attempt, profile, require_standing
from issuer.vouching import Vouched
from issuer.waiting import Deliver, claim, hand_over
from keys import deposits, organisations
from keys.actor import Actor, ActorKind
from keys.sealed import seal
from keys.shelf import Shelf
from keys.store import KeyStore
from schemas import pathway
from schemas.award import AwardOrder
from schemas.errors import BadInput, Forbidden, ZachetkaError
from schemas.notice import Notice

DepositHash = Callable[[Session, str, str, datetime], object]
Tell = Callable[[Session, str, bytes, Notice, str, datetime], object]
Change = Callable[..., Award]

log = structlog.get_logger()


def tell_nobody(*_: object) -> None:
    """For installations that have no wallets: what became of a badge is in the public list alone."""


class Issuer:
    """Makes the awards of all organisations of this installation.

    `deliver(session, learner number, credential, now)` hands a badge to a wallet and says whether there was one; it runs in the
    transaction that marks the award delivered. `trust(did, moment)` answers from the network's trust list.
    `names(session, number)` gives the parts of a learner's name where this installation knows them, only so that they can be kept
    out of the badge.
    `deposit(session, content hash, did, now)` leaves the hash with the network's operator.
    `of_age(session, number, now)` says whether a learner is known to be 18 or older, and so may allow what else is kept out.
    `tell(session, learner number, credential, notice, reason, now)` tells the holder what became of a badge, in the transaction in
    which it becomes so.
    """

    def __init__(
        self,
        *,
        engine: Engine,
        store: KeyStore,
        shelf: Shelf,
        deliver: Deliver,
        trust: Trust,
        names: Names,
        deposit: DepositHash = deposits.deposit,
        tell: Tell = tell_nobody,
        of_age: OfAge = nobody,
        entropy: Entropy = secrets.token_bytes,
    ) -> None:
        self._engine = engine
        self._store = store
        self._shelf = shelf
        self._deliver = deliver
        self._trust = trust
        self._names = names
        self._deposit = deposit
        self._tell = tell
        self._of_age = of_age
        self._reserver = Reserver(store, shelf.ledger, trust, names, entropy, of_age)

    def offered(self, organisation: str, code: str) -> AchievementVersion:
        """The published version of that code, or `NotPublished`."""
        with self._transaction() as session:
            return catalogue.published(session, organisation, code)

    def offered_as(self, organisation: str, address: str) -> AchievementVersion:
        """The published version whose document lies at `address`, or `NotPublished`."""
        with self._transaction() as session:
            return catalogue.published_as(session, organisation, address)

    def preview(self, order: AwardOrder, now: datetime) -> Trial:
        """What the order would lead to and what is wrong with it; writes nothing.

        Raises `NotPublished`, `NotAllowedToAward`, `NoLicence`, `AwardExists`.
        """
        tidied = tidy(order)
        with self._transaction() as session:
            known = awards.known(session, tidied)
            if known is not None:
                return Trial(awards.version_of(session, known), None, (), known.id)
            return self._attempt(session, tidied, now)

    def order(self, session: Session, order: AwardOrder, by: Actor, now: datetime, *, shown: str | None = None) -> str:
        """Enter an order in the caller's transaction and return the award's id; `finish` makes the badge.

        The same order again returns the same id; another content under the same event is `AwardExists`. `shown` is the digest of
        the preview somebody decided on (`Trial.digest`). Raises whatever rule the order breaks: `NotPublished`,
        `NotAllowedToAward`, `NoLicence`, `StandingUnknown`, the faults of `issuer.orders` and `issuer.lint`, `ShownChanged`.
        """
        tidied = tidy(order)
        known = awards.known(session, tidied)
        if known is not None:
            return known.id
        require_person(tidied, by)
        trial = self._attempt(session, tidied, now)
        _accept(trial, shown)
        award = awards.enter(session, tidied, trial.version, by, now)
        _note_allowed(session, award, by, now)
        return award.id

    def issue(self, order: AwardOrder, by: Actor, now: datetime, *, shown: str | None = None) -> bytes:
        """Order and finish; returns the signed badge. Needs transactions of its own, so the caller must not be in one."""
        return self.finish(self.place(order, by, now, shown=shown), now)

    def place(
        self, order: AwardOrder, by: Actor, now: datetime, *, shown: str | None = None, keyed: Keyed | None = None
    ) -> str:
        """`order` in a transaction of its own. A request that carried a key is that request for ever (`KeyReused`)."""
        with self._transaction() as session:
            known = None if keyed is None else keyed.answered(session, by)
            if known is not None:
                return known
            award_id = self.order(session, order, by, now, shown=shown)
            if keyed is not None:
                keyed.keep(session, by, award_id, now)
            return award_id

    def answered(self, keyed: Keyed, by: Actor) -> str | None:
        """The award that the same request led to before. Raises `KeyReused`."""
        with self._transaction() as session:
            return keyed.answered(session, by)

    def finish(self, award_id: str, now: datetime) -> bytes:
        """Take an ordered award to its end and return the signed badge; safe to call at any time, from several workers at once.

        Raises `AwardUnknown`, `AwardRefused`, what broke a rule since the order, `OwnOutputWrong`, and whatever `deliver` raises;
        the award then waits in its last state.
        """
        task = self._reserve(award_id, now)
        if task is not None and not self._keep(award_id, task, sign(task), now):
            return self.finish(award_id, now)  # the key changed meanwhile: reserve again, with the new one
        return self._hand_over(award_id, now)

    def finish_waiting(self, now: datetime, limit: int = 50) -> int:
        """Finish awards that nobody is working on, for a worker to call often; returns how many came to their end."""
        done = 0
        with self._transaction() as session:
            stored, unsigned = claim(session, now, limit)
        for award_id in unsigned:
            try:
                self.finish(award_id, now)
                done += 1
            except ZachetkaError as error:
                log.warning("award.waits", award=award_id, code=error.code)
        return done + self._hand_over_all(stored, now)

    def revoke(self, session: Session, award_id: str, *, reason: str, by: Actor, now: datetime) -> Award:
        """Revoke a signed badge for ever, in the caller's transaction, publish its status list at once and tell the holder."""
        return self._act(session, acts.revoke, Notice.REVOKED, award_id, reason, by, now)

    def suspend(self, session: Session, award_id: str, *, reason: str, by: Actor, now: datetime) -> Award:
        """Take a signed badge out of force for a time; otherwise as `revoke`."""
        return self._act(session, acts.suspend, Notice.SUSPENDED, award_id, reason, by, now)

    def lift(self, session: Session, award_id: str, *, reason: str, by: Actor, now: datetime) -> Award:
        """Put a suspended badge into force again; otherwise as `revoke`."""
        return self._act(session, acts.lift, Notice.LIFTED, award_id, reason, by, now)

    def held(self, organisation: str, award_id: str) -> tuple[Award, AchievementVersion]:
        """An award of that organisation with the version it was made from, or `AwardUnknown`."""
        with self._transaction() as session:
            award = awards.find(session, organisation, award_id)
            return award, awards.version_of(session, award)

    def preview_correction(self, award_id: str, said: AwardOrder, now: datetime) -> Trial:
        """What the corrected badge would be and what is wrong with it; writes nothing. Raises as `correct` does."""
        with self._transaction() as session:
            old = acts.admit(session, award_id, Act.CORRECT, now)
            return self._attempt(session, corrections.order_for(old, tidy(said)), now, awards.version_of(session, old))

    def correct(
        self, award_id: str, said: AwardOrder, *, reason: str, by: Actor, now: datetime, shown: str | None = None
    ) -> str:
        """Order the correction of a signed badge, in a transaction of its own, and return the new award's id; `finish` makes it.

        The badge keeps the version of its achievement that it was made from, and its id. The old one is revoked in the transaction
        that stores the new one, never before. Raises what `acts.admit`, `corrections` and `order` raise.
        """
        kept = acts.reason_of(reason)
        with self._transaction() as session:
            old = acts.admit(session, award_id, Act.CORRECT, now)
            order = corrections.order_for(old, tidy(said))
            require_person(order, by)
            _accept(self._attempt(session, order, now, awards.version_of(session, old)), shown)
            acts.note(session, old, Act.CORRECT, kept, by, now)
            award = corrections.enter(session, old, order, by, now)
            _note_allowed(session, award, by, now)
            return award.id

    def endorse(self, session: Session, endorsement: Endorsement, said: Said, by: Actor, now: datetime) -> None:
        """Vouch for another organisation's achievement, in the caller's transaction, and show it with the achievement at once.

        Raises what `endorsements.give` raises, `NoActiveKey`, `KeyExpired`.
        """
        organisation = organisations.find(session, endorsement.endorser)
        signer = organisations.signer_for(session, self._store, organisation.code, now)
        endorsements.give(session, endorsement, said, profile(session, organisation), signer, by, now)
        self._deposit(session, endorsement.digests[-1], organisations.did_of(organisation), now)
        catalogue.put_on_shelf(session, self._shelf, endorsement.version, now)

    def offer_endorsement(
        self, session: Session, version: AchievementVersion, endorser: str, said: Said, by: Actor, now: datetime
    ) -> Endorsement:
        """The same without having been asked; raises what `unasked.offer` raises, `NoActiveKey`, `KeyExpired`."""
        organisation = organisations.find(session, endorser)
        signer = organisations.signer_for(session, self._store, endorser, now)
        offered = unasked.offer(session, version, endorser, said, profile(session, organisation), signer, by, now)
        self._deposit(session, offered.digests[-1], organisations.did_of(organisation), now)
        return offered

    def take_endorsement(
        self, session: Session, version: AchievementVersion, vouched: Vouched, by: Actor, now: datetime
    ) -> None:
        """Carry what was signed in another installation, in the caller's transaction. Raises what `vouching.hand_in` raises."""
        vouching.hand_in(session, version, vouched, by, now)
        catalogue.put_on_shelf(session, self._shelf, version.id, now)

    def unendorse(self, session: Session, endorsement: Endorsement, by: Actor, now: datetime) -> None:
        """Vouch no more for badges to come, and take the endorsement off the achievement's public document."""
        endorsements.withdraw(session, endorsement, by, now)
        catalogue.put_on_shelf(session, self._shelf, endorsement.version, now)

    def publish_path(self, session: Session, path: AchievementPath, by: Actor, now: datetime) -> None:
        """Let a path award, in the caller's transaction, and show it to wallets. Raises what `paths.publish` raises."""
        paths.publish(session, path, by, now)
        self._show_path(session, path, now)

    def retire_path(self, session: Session, path: AchievementPath, by: Actor, now: datetime) -> None:
        """Let a path award no more, and say so on the shelf."""
        paths.retire(session, path, by, now)
        self._show_path(session, path, now)

    def sweep_paths(self, now: datetime) -> int:
        """Enter the awards of all who are through a path and were missed, for a worker to call; how many."""
        with self._transaction() as session:
            known = [path.id for path in paths.all_published(session)]
        entered = 0
        for path_id in known:
            with self._transaction() as session:
                entered += paths.sweep(session, session.get_one(AchievementPath, path_id), now)
        return entered

    def _show_path(self, session: Session, path: AchievementPath, now: datetime) -> None:
        signer = organisations.signer_for(session, self._store, path.organisation, now)
        self._shelf.put(
            pathway.shelf_path(path.organisation, path.code), seal(path_document(session, path), signer, now)
        )

    def republish(self, session: Session, organisation: str, now: datetime) -> None:
        """Sign every status list of an organisation anew, under its key of now: what a stolen key signed proves nothing."""
        for list_id in status.lists_of(session, organisation):
            status.publish_list(session, self._shelf, self._store, list_id, now)

    def refresh_lists(self, now: datetime) -> int:
        """Publish again every status list whose edition is a day old, for a worker to call; returns how many."""
        with self._transaction() as session:
            due = status.due_lists(session, now)
        for list_id in due:
            with self._transaction() as session:
                status.remember_list(session, self._shelf.ledger, list_id)
                status.publish_list(session, self._shelf, self._store, list_id, now)
        return len(due)

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    def _act(
        self, session: Session, change: Change, notice: Notice, award_id: str, reason: str, by: Actor, now: datetime
    ) -> Award:
        award = change(session, self._shelf, self._store, award_id, reason=reason, by=by, now=now)
        if award.stored is not None:
            self._tell(session, award.learner_number, award.stored, notice, acts.reason_of(reason), now)
        record(session, now, by, f"award.{notice}", award.organisation, award.id)
        return award

    def _attempt(
        self, session: Session, tidied: AwardOrder, now: datetime, version: AchievementVersion | None = None
    ) -> Trial:
        trial = attempt(session, tidied, self._names, now, version, self._of_age)
        did = organisations.did_of(organisations.find(session, tidied.organisation))
        require_standing(self._trust, did, trial.version, (tidied.awarded_at, now))
        return trial

    def _reserve(self, award_id: str, now: datetime) -> ToSign | None:
        """What is to be signed, written down; None when the badge is signed already."""
        try:
            with self._transaction() as session:
                award = awards.locked(session, award_id)
                if award.state is AwardState.REFUSED:
                    raise AwardRefused
                task = None if award.state in SIGNED else self._reserver.reserve(session, award, now)
        except (BadInput, Forbidden) as error:
            self._refuse(award_id, error.code)
            raise
        if task is not None:
            status.remember_places(self._shelf.ledger, [status.place_of(award)])
        return task

    def _refuse(self, award_id: str, code: str) -> None:
        with self._transaction() as session:
            award = awards.locked(session, award_id)
            if award.state not in SIGNED:
                award.state, award.refusal = AwardState.REFUSED, code

    def _keep(self, award_id: str, task: ToSign, signed: bytes, now: datetime) -> bool:
        """Store the badge, unless another worker did; false when another key was chosen meanwhile."""
        with self._transaction() as session:
            award = awards.locked(session, award_id)
            if award.state in SIGNED:
                return True
            if award.state is not AwardState.RESERVED or award.token != task.token:
                return False
            award.stored, award.stored_at, award.state = signed, now, AwardState.STORED
            if award.status_list is not None:
                status.publish_new(session, self._shelf, self._store, award.status_list, now)
            did = organisations.did_of(organisations.find(session, award.organisation))
            self._deposit(session, award.content_hash, did, now)
            self._replace(session, award, now)
            paths.complete(session, award.organisation, award.achievement, [award.learner_number], now)
            record(session, now, _who_ordered(award), "award.made", award.organisation, award.id)
            return True

    def _replace(self, session: Session, award: Award, now: datetime) -> None:
        """Revoke what a correction replaces, in the transaction that stores it, and tell the holder."""
        old = corrections.complete(session, self._shelf, self._store, award, now)
        if old is not None and old.stored is not None:
            reason = old.revocation_reason
            self._tell(session, old.learner_number, old.stored, Notice.CORRECTED, reason, now)
            record(session, now, _who_ordered(award), f"award.{Notice.CORRECTED}", old.organisation, old.id)

    def _hand_over(self, award_id: str, now: datetime) -> bytes:
        """Deliver a stored badge once; where there is no wallet yet, it stays stored and is tried again later."""
        with self._transaction() as session:
            return hand_over(session, award_id, self._deliver, now)

    def _hand_over_all(self, award_ids: Sequence[str], now: datetime) -> int:
        """The same for many in one transaction; how many it went well with. One that fails is tried again when its lease ends."""
        done = 0
        with self._transaction() as session:
            for award_id in award_ids:
                try:
                    with session.begin_nested():
                        hand_over(session, award_id, self._deliver, now)
                        done += 1
                except ZachetkaError as error:
                    log.warning("award.waits", award=award_id, code=error.code)
        return done


def _accept(trial: Trial, shown: str | None) -> None:
    """Raise the first fault of a trial, or `ShownChanged` where somebody decided on another one."""
    demand(trial.faults)
    if shown is not None and shown != trial.digest:
        raise ShownChanged


def _note_allowed(session: Session, award: Award, by: Actor, now: datetime) -> None:
    """Write down that somebody let personal particulars stand in a badge."""
    if awards.order_of(award).allowed:
        record(session, now, by, "award.allowed", award.organisation, award.id)


def _who_ordered(award: Award) -> Actor:
    return Actor(kind=ActorKind(award.actor_kind), person=award.ordered_by)
