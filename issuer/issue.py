"""Awards: write down, then sign. Every step is one transaction, and doing a step twice changes nothing (THREATS I1-I3).

    ordered ──reserve──▶ reserved ──sign, check──▶ (bytes) ──keep──▶ stored ──deliver──▶ delivered

`reserve` writes down ids, status index and the bytes to be signed; the key signs outside any transaction; `keep` stores, deposits
and journals; `deliver` hands the bytes to the learner's wallet. After a crash the same steps go on from what is written down.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Engine, and_, or_
from sqlmodel import Session, col, select

from issuer import awards, catalogue, status
from issuer.errors import AwardRefused, ShownChanged
from issuer.lint import demand
from issuer.orders import tidy
from issuer.record import record
from issuer.requests import Keyed
from issuer.reserve import Reserver
from issuer.signing import ToSign, sign
from issuer.status import Entropy
from issuer.tables import AchievementVersion, Award, AwardState
from issuer.trial import Names, Trial, Trust, attempt, require_standing
from keys import deposits, organisations
from keys.actor import Actor, ActorKind
from keys.shelf import Shelf
from keys.store import KeyStore
from schemas.award import AwardOrder
from schemas.errors import BadInput, Forbidden, ZachetkaError

Deliver = Callable[[Session, str, bytes, datetime], bool]
DepositHash = Callable[[Session, str, str, datetime], object]

LEASE = timedelta(minutes=2)  # how long one worker may take over an award before another one tries
WITHOUT_WALLET = timedelta(days=1)  # until delivery is tried again where the learner has no wallet yet
_SIGNED = frozenset({AwardState.STORED, AwardState.DELIVERED})

log = structlog.get_logger()


class Issuer:
    """Makes the awards of all organisations of this installation.

    `deliver(session, learner number, credential, now)` hands a badge to a wallet and says whether there was one; it runs in the
    transaction that marks the award delivered. `trust(did, moment)` answers from the network's trust list.
    `names(session, number)` gives the parts of a learner's name where this installation knows them, only so that they can be kept
    out of the badge.
    `deposit(session, content hash, did, now)` leaves the hash with the network's operator.
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
        entropy: Entropy = secrets.token_bytes,
    ) -> None:
        self._engine = engine
        self._store = store
        self._shelf = shelf
        self._deliver = deliver
        self._trust = trust
        self._names = names
        self._deposit = deposit
        self._reserver = Reserver(store, trust, names, entropy)

    def offered(self, organisation: str, code: str) -> AchievementVersion:
        """The published version of that code, or `NotPublished`."""
        with self._transaction() as session:
            return catalogue.published(session, organisation, code)

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
        trial = self._attempt(session, tidied, now)
        demand(trial.faults)
        if shown is not None and shown != trial.digest:
            raise ShownChanged
        return awards.enter(session, tidied, trial.version, by, now).id

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
        stored, unsigned = self._claim(now, limit)
        for award_id in unsigned:
            try:
                self.finish(award_id, now)
                done += 1
            except ZachetkaError as error:
                log.warning("award.waits", award=award_id, code=error.code)
        return done + self._hand_over_all(stored, now)

    def revoke(self, session: Session, award_id: str, *, reason: str, by: Actor, now: datetime) -> Award:
        """Revoke a signed badge for ever, in the caller's transaction, and publish its status list at once."""
        award = status.revoke(session, self._shelf, self._store, award_id, reason=reason, by=by, now=now)
        record(session, now, by, "award.revoked", award.organisation, award.id)
        return award

    def refresh_lists(self, now: datetime) -> int:
        """Publish again every status list whose edition is a day old, for a worker to call; returns how many."""
        with self._transaction() as session:
            due = status.due_lists(session, now)
        for list_id in due:
            with self._transaction() as session:
                status.publish_list(session, self._shelf, self._store, list_id, now)
        return len(due)

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    def _attempt(self, session: Session, tidied: AwardOrder, now: datetime) -> Trial:
        trial = attempt(session, tidied, self._names, now)
        did = organisations.did_of(organisations.find(session, tidied.organisation))
        require_standing(self._trust, did, trial.version, (tidied.awarded_at, now))
        return trial

    def _claim(self, now: datetime, limit: int) -> tuple[list[str], list[str]]:
        """Take awards that wait, signed ones and others, each for `LEASE`; two workers never get the same one.

        What a list has reserved is its own worker's to finish.
        """
        free = or_(col(Award.leased_until).is_(None), col(Award.leased_until) <= now)
        waiting = or_(
            col(Award.state).in_([AwardState.ORDERED, AwardState.STORED]),
            and_(col(Award.state) == AwardState.RESERVED, col(Award.batch).is_(None)),
        )
        wanted = select(Award).where(waiting, free).order_by(col(Award.ordered_at)).limit(limit)
        with self._transaction() as session:
            taken = session.exec(wanted.with_for_update(skip_locked=True)).all()
            for award in taken:
                award.leased_until = now + LEASE
            stored = [award.id for award in taken if award.state is AwardState.STORED]
            return stored, [award.id for award in taken if award.state is not AwardState.STORED]

    def _reserve(self, award_id: str, now: datetime) -> ToSign | None:
        """What is to be signed, written down; None when the badge is signed already."""
        try:
            with self._transaction() as session:
                award = awards.locked(session, award_id)
                if award.state is AwardState.REFUSED:
                    raise AwardRefused
                return None if award.state in _SIGNED else self._reserver.reserve(session, award, now)
        except (BadInput, Forbidden) as error:
            self._refuse(award_id, error.code)
            raise

    def _refuse(self, award_id: str, code: str) -> None:
        with self._transaction() as session:
            award = awards.locked(session, award_id)
            if award.state not in _SIGNED:
                award.state, award.refusal = AwardState.REFUSED, code

    def _keep(self, award_id: str, task: ToSign, signed: bytes, now: datetime) -> bool:
        """Store the badge, unless another worker did; false when another key was chosen meanwhile."""
        with self._transaction() as session:
            award = awards.locked(session, award_id)
            if award.state in _SIGNED:
                return True
            if award.state is not AwardState.RESERVED or award.token != task.token:
                return False
            award.stored, award.stored_at, award.state = signed, now, AwardState.STORED
            if award.status_list is not None:
                status.publish_new(session, self._shelf, self._store, award.status_list, now)
            did = organisations.did_of(organisations.find(session, award.organisation))
            self._deposit(session, award.content_hash, did, now)
            record(session, now, _who_ordered(award), "award.made", award.organisation, award.id)
            return True

    def _hand_over(self, award_id: str, now: datetime) -> bytes:
        """Deliver a stored badge once; where there is no wallet yet, it stays stored and is tried again later."""
        with self._transaction() as session:
            return self._deliver_one(session, award_id, now)

    def _hand_over_all(self, award_ids: Sequence[str], now: datetime) -> int:
        """The same for many in one transaction; how many it went well with. One that fails is tried again when its lease ends."""
        done = 0
        with self._transaction() as session:
            for award_id in award_ids:
                try:
                    with session.begin_nested():
                        self._deliver_one(session, award_id, now)
                        done += 1
                except ZachetkaError as error:
                    log.warning("award.waits", award=award_id, code=error.code)
        return done

    def _deliver_one(self, session: Session, award_id: str, now: datetime) -> bytes:
        award = awards.locked(session, award_id)
        if award.stored is None:
            raise AwardRefused
        if award.state is AwardState.STORED:
            if self._deliver(session, award.learner_number, award.stored, now):
                award.state, award.delivered_at, award.leased_until = AwardState.DELIVERED, now, None
            else:
                award.leased_until = now + WITHOUT_WALLET
        return award.stored


def _who_ordered(award: Award) -> Actor:
    return Actor(kind=ActorKind(award.actor_kind), person=award.ordered_by)
