"""Files as a deputy head brings them, and what stands in the school afterwards."""

import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlmodel import Session

from schemas.spreadsheets import Row, as_csv
from tests.verifier.credit.world import World
from verifier.credit.curricula import desk, exporting, shelves
from verifier.credit.curricula.desk import Upload
from verifier.credit.curricula.exporting import EXAMPLE
from verifier.credit.curricula.planning import Component, Plan
from verifier.credit.curricula.tables import FileKind, PlanFile

TODAY = date(2026, 11, 9)
EXAMPLE_FILE = b"".join(as_csv(exporting.curriculum(EXAMPLE)))


def csv_of(lines: Iterable[Row]) -> bytes:
    return b"".join(as_csv(lines))


def keep(session: Session, world: World, data: bytes, **options: Any) -> PlanFile:
    given: dict[str, Any] = {"kind": FileKind.CURRICULUM, "whole": False, "begins": TODAY, "title": ""} | options
    upload = Upload(school="s1", file=io.BytesIO(data), name="план.csv", **given)
    return desk.keep(session, upload, "deputy", world.now)


def bring(world: World, data: bytes, **options: Any) -> Plan:
    """Brought, looked at and applied."""
    with world.session() as session:
        kept = keep(session, world, data, **options)
        return desk.apply(session, kept, desk.look(session, kept).digest, "deputy", world.now)


def look(world: World, data: bytes, **options: Any) -> Plan:
    with world.session() as session:
        return desk.look(session, keep(session, world, data, **options))


def school(world: World) -> list[Component]:
    """The school's components without the one that every world begins with."""
    with world.session() as session:
        return [one for one in shelves.components_of(session, "s1") if not one.code.startswith("P2")]
