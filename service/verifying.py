"""`zachetka verify`: a file judged on the command line, with what the data folder knows and, unless told otherwise, the web."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from textwrap import indent
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from keys.fetch import Chain, Fetcher, GuardedFetcher, NeighbourFetcher, ShelfFetcher
from service.catalogues import SOURCE, read_catalogues
from service.database import engine_for
from service.network import operator_of
from service.parts import open_shelf
from service.settings import Settings
from verifier.answers import ask
from verifier.errors import FileMissing, FileTooLarge
from verifier.policy import NETWORK
from verifier.trust import Operator
from verifier.verdict import Outcome, Report, Verdict
from verifier.verification import Verification
from verifier.verify import Verifier
from verifier.wording import Translate, advice, explain, rows, title


class Exit(IntEnum):
    """How `zachetka verify` ends."""

    VALID = 0
    INVALID = 1
    CANNOT_TELL = 2
    UNREADABLE = 3


EXITS = {Verdict.VALID: Exit.VALID, Verdict.INVALID: Exit.INVALID, Verdict.CANNOT_TELL: Exit.CANNOT_TELL}
MARKS = {Outcome.PASSED: "✓", Outcome.FAILED: "✕", Outcome.UNKNOWN: "?"}


@dataclass(frozen=True, slots=True)
class Told:
    """What is printed, and how the command ends."""

    text: str
    exit: Exit


@dataclass(frozen=True, slots=True)
class Found:
    """The answers about what a file holds: one about a credential, or one of a set and one about each credential in it."""

    presentation: Report | None
    credentials: tuple[Verification, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of all; an endorsement counts only by what it does to the badge around it."""
        verdicts = [report.verdict for report in self.counted]
        return next((bad for bad in (Verdict.INVALID, Verdict.CANNOT_TELL) if bad in verdicts), Verdict.VALID)

    @property
    def counted(self) -> Iterator[Report]:
        """Every report that the verdict rests on, that of the set first, those of a record's contents after its own."""
        if self.presentation is not None:
            yield self.presentation
        for item in self.credentials:
            yield from _counted(item)

    def to_json(self) -> dict[str, Any]:
        """The report of one credential as it is; of a set, the reports of all under one verdict."""
        credentials = [_to_json(item) for item in self.credentials]
        if self.presentation is None:
            return credentials[0] | {"verdict": str(self.verdict)}
        return {"verdict": str(self.verdict), "presentation": self.presentation.to_json(), "credentials": credentials}

    def told(self, translate: Translate) -> str:
        """All of it in words."""
        texts = [] if self.presentation is None else [_told(self.presentation, translate)]
        return "\n\n".join([*texts, *(text for item in self.credentials for text in _all_told(item, translate))])


def _counted(item: Verification) -> Iterator[Report]:
    yield item.report
    for inner in item.contents:
        yield from _counted(inner)


def _to_json(item: Verification) -> dict[str, Any]:
    inner = {"endorsements": item.endorsements, "contents": item.contents}
    return item.report.to_json() | {name: [_to_json(one) for one in held] for name, held in inner.items() if held}


def _all_told(item: Verification, translate: Translate, depth: int = 0) -> Iterator[str]:
    """A credential, who vouches for it, what is in it; each further in than what it is part of."""
    heading = f"{item.title} ({item.issuer})\n" if item.title and depth else ""
    yield indent(heading + _told(item.report, translate), "    " * depth)
    for inner in (*item.endorsements, *item.contents):
        yield from _all_told(inner, translate, depth + 1)


def verify_file(settings: Settings, path: Path, *, now: datetime, offline: bool, as_json: bool) -> Told:
    """Judge the credential in a file as of `now`; `offline` asks nothing outside the data folder.

    Raises `NotACredential` where there is nothing to judge.
    """
    found = _judge(_verifier(settings, offline=offline), _read(path), now)
    if as_json:
        text = json.dumps(found.to_json(), ensure_ascii=False, indent=2)
    else:
        translate = read_catalogues().translator(SOURCE)
        text = found.told(translate)
    return Told(text, EXITS[found.verdict])


def _judge(verifier: Verifier, data: bytes, now: datetime) -> Found:
    answer = ask(verifier, data, now)
    if isinstance(answer, Verification):
        return Found(None, (answer,))
    return Found(answer.report, answer.items)


def _verifier(settings: Settings, *, offline: bool) -> Verifier:
    own = ShelfFetcher(open_shelf(settings))
    fetchers: list[Fetcher] = [own] if offline else [own, NeighbourFetcher(settings.neighbour_ports), GuardedFetcher()]
    operator = _operator(settings)
    return Verifier(Chain(fetchers), operator.did, operator.pinned)


def _operator(settings: Settings) -> Operator:
    """The network's operator as the data folder knows it; a database that is not there is not made."""
    file = make_url(settings.database).database
    if settings.database.startswith("sqlite") and not (file and Path(file).is_file()):
        return operator_of(settings, None)
    try:
        with engine_for(settings.database) as engine:
            return operator_of(settings, engine)
    except SQLAlchemyError:
        return operator_of(settings, None)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > NETWORK.presentation_bytes:
            raise FileTooLarge
        return path.read_bytes()
    except OSError as error:
        raise FileMissing from error


def _told(report: Report, translate: Translate) -> str:
    """The verdict, why, the checks one by one, what to do."""
    checks = [f"  {MARKS[Outcome(row.outcome)]} {row.sentence}" for row in rows(report, translate)]
    lines = [f"{title(report.verdict, translate)}. {explain(report, translate)}", *checks, advice(report, translate)]
    return "\n".join(line for line in lines if line)
