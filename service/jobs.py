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
from service.bridges import DEPOSITS, SEND_DEPOSITS
from service.database import reading, unit_of_work
from service.depositing import send_deposits
from service.erasing import erase_left
from service.identity.handover import hand_over
from service.keeping import alarms, turn_keys
from service.network import has_operator
from service.notices.post import MAIL, send
from service.parts import Parts
from service.retention.keeping import keep_terms
from verifier.asking import requests
from wallet_web import naming
from wallet_web.collecting import desk
from wallet_web.portfolio import reminding
from wallet_web.tables import Collected, Entry
from wallet_web.wallet import CHECK

AWARD = "award.finish"
PATHS = "paths.sweep"
NIGHTLY = "cases.nightly"
SLICE_SECONDS = 1.0
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
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


def _check_again(parts: Parts, entry: str, now: datetime) -> None:
    """Today's answer about a badge that its learner brought, for the lists."""
    with reading(parts.engine) as session:
        known = session.get(Entry, entry)
        document = bytes(known.document) if known is not None else b""
    if not document:
        return
    found = parts.verifier.verify(document, now=now)  # outside of any transaction: strangers' pages may be slow
    with unit_of_work(parts.engine) as session:
        row = session.get(Collected, entry)
        if row is not None:
            desk.note_answer(session, row, found, now)


JOBS: Mapping[str, Callable[[Parts, str, datetime], object]] = {
    AWARD: lambda parts, award, now: parts.issuer.finish(award, now),
    DEPOSITS: _publish_deposits,
    SEND_DEPOSITS: lambda parts, _, now: send_deposits(parts, now),
    NIGHTLY: _move_cases,
    PATHS: lambda parts, _, now: parts.issuer.sweep_paths(now),
    CHECK: _check_again,
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


def _forget_answers(parts: Parts, now: datetime) -> int:
    """Answers to requests whose term is over, and schools' statements whose badges they are of links that live no more."""
    with unit_of_work(parts.engine) as session:
        return requests.forget(session, now) + naming.forget(session, now)


def _remind_of_reflection(parts: Parts, now: datetime) -> int:
    """Tell learners who have not looked back for three months; how many there were."""
    with unit_of_work(parts.engine) as session:
        return reminding.remind(session, parts.attesting.notify, parts.cases.services.people(session, now), now)


def _keep_terms(parts: Parts, now: datetime) -> int:
    return keep_terms(parts.engine, now)


def _hand_over(parts: Parts, now: datetime) -> int:
    """Those who have come of age, and whoever acted for them, are told."""
    today = now.astimezone(parts.settings.zone).date()
    with unit_of_work(parts.engine) as session:
        return hand_over(session, now, today, mails=bool(parts.settings.smtp_host))


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
    Round("terms.forget", HOUR, _forget_answers),
    Round("keys.turn", HOUR, turn_keys),
    Round("keys.alarm", DAY, _warn_of_keys),
    Round("deposits.send", MINUTE, send_deposits),
    Round("paths.sweep", DAY, lambda parts, now: parts.issuer.sweep_paths(now)),
    Round("status.refresh", HOUR, _refresh_status_lists),
    Round("trust.refresh", HOUR, _refresh_trust_list),
    Round("people.of-age", HOUR, _hand_over),
    Round("wallets.erase", HOUR, erase_left),
    Round("retention.keep", DAY, _keep_terms),
    Round("journal.checkpoint", HOUR, _state_journal),
    Round("reflection.remind", HOUR, _remind_of_reflection),
)
