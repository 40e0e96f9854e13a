"""Opening a wallet of two thousand badges: how long the server takes, and whether it matters how many others have wallets."""

import logging
import time
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import structlog
from sqlalchemy import insert
from sqlmodel import select

from service.database import unit_of_work
from service.demo.build import build
from service.demo.people import account_of
from service.demo.stage import Stage
from service.demo.wallets import WALLET
from tests.journeys.caller import Caller
from tests.town import award_to_alina, served, settings_for, town_of_today
from wallet_web.tables import Entry

BADGES: Final = 2_000
OTHERS: Final = 5_000
"""Learners beside, each with as many badges as fill one page."""
_PAGE = 20
_LIMIT: Final = 300.0
_TIMES = 25


def wallet_page() -> dict[str, object]:
    """The act's line: milliseconds of processor for one visit, alone and after everybody else has come."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    with TemporaryDirectory() as folder:
        settings, municipality = settings_for(Path(folder)), town_of_today()
        build(settings, municipality)
        with served(settings, municipality, datetime.now(UTC)) as stage:
            award_to_alina(stage)
            _fill(stage, [account_of("l1")], BADGES)
            alone = _opened(stage)
            _fill(stage, (f"other-{number}" for number in range(OTHERS)), _PAGE)
            among = _opened(stage)
    return {"act": "wallet_page", "badges": BADGES, "milliseconds": alone, "among_others": among, "limit": _LIMIT}


def _fill(stage: Stage, learners: Iterable[str], badges: int) -> None:
    """Give everybody copies of real badges, under names of their own."""
    with unit_of_work(stage.parts.engine) as session:
        known = [row.model_dump() for row in session.exec(select(Entry).limit(3))]
        for learner in learners:
            session.execute(insert(Entry), [_copy(row, learner) for row in islice(cycle(known), badges)])


def _copy(row: dict[str, Any], learner: str) -> dict[str, Any]:
    name = uuid.uuid4().hex
    received = row["received_at"] + timedelta(microseconds=int(name[:4], 16))
    return {**row, "id": name, "sameness": name, "learner": learner, "received_at": received}


def _opened(stage: Stage) -> float:
    """The median of some visits to the first page, the asking included."""
    with Caller(stage.base) as caller:
        caller.sign_in(account_of("l1"))
        taken = []
        for _ in range(_TIMES):
            begun = time.process_time()
            page = caller.call("GET", WALLET)
            taken.append((time.process_time() - begun) * 1000)
            if page.text.count('class="entry"') != _PAGE:
                raise ValueError(page.text[:500])
    return round(median(taken), 1)
