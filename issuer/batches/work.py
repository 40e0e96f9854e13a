"""Batches of this installation: the reading of lists, and the work on them that is called again and again."""

import secrets
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Engine

from issuer.allowing import OfAge, nobody
from issuer.batches import entering, outcome
from issuer.batches.checking import Checker
from issuer.batches.entering import Upload
from issuer.batches.gathering import Gathering
from issuer.batches.rolls import NamesOf, Rolls
from issuer.batches.running import DepositAll, Runner
from issuer.status import Entropy
from issuer.tables import Batch
from issuer.trial import Trust
from keys import deposits
from keys.actor import Actor
from keys.shelf import Shelf
from keys.store import KeyStore


class Batches:
    """Reads lists and works on them.

    `names_of(session, numbers)` gives the parts of the names of those learners that this installation knows, only so that they
    are kept out of badges. `trust`, `deposit_all` and `of_age` are as for `Issuer`.
    """

    def __init__(
        self,
        *,
        engine: Engine,
        store: KeyStore,
        shelf: Shelf,
        trust: Trust,
        names_of: NamesOf,
        deposit_all: DepositAll = deposits.deposit_all,
        of_age: OfAge = nobody,
        entropy: Entropy = secrets.token_bytes,
    ) -> None:
        gathering = Gathering(trust, names_of, Rolls(engine, names_of), of_age)
        self._engine = engine
        self._checker = Checker(engine, gathering, entropy)
        self._runner = Runner(
            engine=engine, store=store, shelf=shelf, gathering=gathering, entropy=entropy, deposit_all=deposit_all
        )

    def enter(self, upload: Upload, by: Actor, now: datetime) -> str:
        """Keep a list as a draft; its id. Needs transactions of its own, so the caller must not be in one."""
        return entering.enter(self._engine, upload, by, now)

    def work_once(self, now: datetime) -> bool:
        """One piece of what there is to do, for a worker to call often; false when there is nothing now."""
        ran = self._runner.run_once(now)
        return self._checker.check_once(now) or ran

    def run_once(self, batch: str, now: datetime) -> bool:
        """One piece of that batch; false when nothing of it can be done now."""
        return self._runner.run_once(now, batch)

    def rejected(self, batch: Batch, translate: outcome.Translate) -> Iterator[list[str]]:
        """The lines of a list that were rejected, with what is wrong; needs no transaction of the caller."""
        return outcome.rejected(self._engine, batch, translate)
