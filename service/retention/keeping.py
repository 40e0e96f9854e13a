"""The round that deletes or blocks what has stayed for its term, each kind in a transaction of its own, told in the journal."""

from datetime import datetime

from sqlalchemy import Engine

from keys import journal
from keys.actor import ActorKind
from service.database import reading, unit_of_work
from service.retention.kinds import KINDS, before, months

EVENT = "retention.kept"


def keep_terms(engine: Engine, now: datetime) -> int:
    """Do it once; how many records that were."""
    with reading(engine) as session:
        terms = months(session)
    return sum(_keep(engine, code, term, now) for code, term in terms.items())


def _keep(engine: Engine, code: str, term: int, now: datetime) -> int:
    with unit_of_work(engine) as session:
        count = KINDS[code].keep(session, before(term, now))
        if count:
            journal.append(session, at=now, event=EVENT, actor_kind=ActorKind.JOB, item=f"{code}:{count}")
    return count
