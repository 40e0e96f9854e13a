"""What there is to do behind the pages: tasks that acts have left, and rounds that come again and again."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time

import structlog

from keys import publish
from keys.organisations import all_organisations
from service import tasks
from service.bridges import DEPOSITS
from service.database import reading, unit_of_work
from service.keeping import alarms, turn_keys
from service.network import has_operator
from service.notices.post import MAIL, send
from service.parts import Parts

AWARD = "award.finish"
NIGHTLY = "cases.nightly"
SLICE_SECONDS = 1.0
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SMALL_HOURS = clock_time(3)
log = structlog.get_logger()


def _publish_deposits(parts: Parts, day: str, now: datetime) -> None:
    """The operator's list of that day, with everything that has come in until now; nothing where the operator is elsewhere."""
    operator = parts.settings.operator
    with unit_of_work(parts.engine) as session:
        if has_operator(session, parts.settings):
            publish.publish_deposits(session, parts.shelf, parts.store, operator, date.fromisoformat(day), now)


def _move_cases(parts: Parts, _: str, now: datetime) -> None:
    """The steps of credit cases that need nobody."""
    with unit_of_work(parts.engine) as session:
        parts.cases.nightly(session, now)


JOBS: Mapping[str, Callable[[Parts, str, datetime], object]] = {
    AWARD: lambda parts, award, now: parts.issuer.finish(award, now),
    DEPOSITS: _publish_deposits,
    NIGHTLY: _move_cases,
    MAIL: lambda parts, notice, now: send(parts.engine, parts.mail, notice, now),
}
"""What a task's kind means. Every job bears being done twice."""


def finish_awards(parts: Parts, now: datetime) -> int:
    """Take awards that wait for nobody to their end; how many got there."""
    return parts.issuer.finish_waiting(now)


def work_on_lists(parts: Parts, _: datetime) -> int:
    """Work on lists of awards for about a second, so that whatever else there is to do need not wait; how many pieces that were."""
    done, until = 0, time.monotonic() + SLICE_SECONDS
    while time.monotonic() < until and parts.batches.work_once(parts.clock()):
        done += 1
    if done:
        parts.bell.set()  # there is probably more
    return done


def _refresh_status_lists(parts: Parts, now: datetime) -> int:
    return parts.issuer.refresh_lists(now)


def _refresh_trust_list(parts: Parts, now: datetime) -> int:
    """A new edition of the network's list once a day, where its operator is one of our own."""
    known = parts.verifier.gathering.network(now).list
    if known is not None and known.issued_at > now - DAY:
        return 0
    with unit_of_work(parts.engine) as session:
        if not has_operator(session, parts.settings):
            return 0
        publish.publish_trust_list(session, parts.shelf, parts.store, parts.settings.operator, now)
    return 1


def _plan_the_night(parts: Parts, now: datetime) -> int:
    """See to it that the cases are gone through once in the coming night, however many workers there are."""
    here = now.astimezone(parts.settings.zone)
    night = datetime.combine(here.date() + DAY, SMALL_HOURS, here.tzinfo)
    with unit_of_work(parts.engine) as session:
        tasks.later(session, NIGHTLY, night.date().isoformat(), night.astimezone(UTC))
    return 0


def _state_journal(parts: Parts, now: datetime) -> int:
    """Say under a key outside the database how far the journal goes."""
    with unit_of_work(parts.engine) as session:
        publish.publish_checkpoint(session, parts.shelf, parts.store, now)
    return 0


def _warn_of_keys(parts: Parts, now: datetime) -> int:
    """A line in the log for every key that ends soon; how many there are."""
    with reading(parts.engine) as session:
        found = [alarm for each in all_organisations(session) for alarm in alarms(session, each.code, now)]
    for alarm in found:
        log.warning("key.ends", organisation=alarm.organisation, days=alarm.days, followed=alarm.next_from is not None)
    return len(found)


@dataclass(frozen=True, slots=True)
class Round:
    """Something to be done `every` so often; `act` returns how much there was to do."""

    name: str
    every: timedelta
    act: Callable[[Parts, datetime], int]


ROUNDS = (
    Round("cases.plan", HOUR, _plan_the_night),
    Round("lists.work", timedelta(0), work_on_lists),
    Round("awards.finish", timedelta(0), finish_awards),
    Round("keys.turn", HOUR, turn_keys),
    Round("keys.alarm", DAY, _warn_of_keys),
    Round("status.refresh", HOUR, _refresh_status_lists),
    Round("trust.refresh", HOUR, _refresh_trust_list),
    Round("journal.checkpoint", HOUR, _state_journal),
)
