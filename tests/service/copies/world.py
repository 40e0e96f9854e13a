"""An installation that awards, and an empty place for it to come back to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import SecretStr
from sqlmodel import select

from issuer.invariants import check_invariants
from issuer.tables import Award
from schemas.award import AwardOrder
from service.copies.making import Made, make_copy
from service.copies.returning import Checked, return_copy
from service.database import reading, unit_of_work
from service.doctor import Doctor, Finding
from service.parts import Parts, assemble
from service.settings import Settings
from service.worker import Worker
from tests.service.house import START, Clock
from tests.service.programs import DRAFTS, NUMBER, Programs

REASON = "Ошибка в ведомости"


def unseen(_: int) -> None:
    """Nobody looks how far it has come."""


def award(parts: Parts, event: str) -> None:
    """One badge, signed and stored."""
    order = AwardOrder(
        organisation="kol", achievement="m01", learner_number=NUMBER, event=event, awarded_at=START, result="87"
    )
    parts.issuer.issue(order, DRAFTS, START)


def revoke(parts: Parts, event: str, now: datetime = START) -> str:
    """Revoke a badge; the id of its award."""
    with unit_of_work(parts.engine) as session:
        found = session.exec(select(Award).where(Award.event == event)).one()
        parts.issuer.revoke(session, found.id, reason=REASON, by=DRAFTS, now=now)
        return found.id


def verdicts(parts: Parts, now: datetime = START) -> Mapping[str, tuple[str, ...]]:
    """Of every badge the whole answer of the verifier, by the award's id: each check and what it found."""
    with reading(parts.engine) as session:
        held = {one.id: one.stored for one in session.exec(select(Award)) if one.stored is not None}
    found = {award: parts.verifier.verify(body, now=now).report for award, body in held.items()}
    return {
        award: (str(report.verdict), *(f"{one.name} {one.outcome} {one.code}" for one in report.checks))
        for award, report in found.items()
    }


def breaches(parts: Parts, now: datetime = START) -> list[str]:
    with reading(parts.engine) as session:
        return [f"{one.rule} {one.item}" for one in check_invariants(session, parts.shelf, now)]


def faults(parts: Parts, now: datetime = START) -> dict[str, Finding]:
    """What the doctor finds wrong, by its subject."""
    return {finding.subject: finding for finding in Doctor(parts, now).examine() if finding.faults}


@dataclass(frozen=True)
class Place:
    """Where an installation comes back to."""

    settings: Settings

    def back(self, file: Path, *, keep_published: bool = False) -> Parts:
        """Bring a copy back."""
        self.taken(file, keep_published=keep_published)
        return assemble(self.settings, Clock())

    def taken(self, file: Path, *, keep_published: bool = False) -> Checked:
        return return_copy(self.settings, file, unseen, keep_published=keep_published)


@dataclass(frozen=True)
class World:
    """A college that awards; `copy` makes a copy of everything as it is now."""

    programs: Programs
    folder: Path

    @property
    def parts(self) -> Parts:
        return self.programs.house.parts

    def copy(self, name: str = "a.copy", *, force: bool = False) -> Path:
        return self.made(name, force=force).file

    def made(self, name: str = "a.copy", *, force: bool = False) -> Made:
        return make_copy(self.parts.settings, self.folder / name, START, unseen, force=force)

    def place(self, name: str = "back", database_url: str | None = None, **changes: object) -> Place:
        """An empty place; on SQLite unless another database is named."""
        folder = self.folder / name
        url = SecretStr(database_url or f"sqlite:///{folder / 'zachetka.sqlite'}")
        return Place(self.parts.settings.model_copy(update={"data": folder, "database_url": url, **changes}))

    def work(self) -> None:
        """What a worker does in one go: deposits are published, lists are fresh."""
        Worker(self.parts).once()
