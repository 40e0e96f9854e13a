"""Reads `municipality.toml` and moves its dates by whole weeks, so that the last story lies within the last seven days."""

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from keys.actor import Role

ZONE = ZoneInfo("Europe/Moscow")
LAST_STORY = date(2026, 11, 21)  # the day, in the dates of the file, on which the last story ends


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow:
    """One organisation of the network."""

    code: str
    name: str
    kind: str
    licence: str | None
    parent: str | None
    leaves: date | None


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One planned outcome of the network's catalogue."""

    code: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleRow:
    """One module of a partner; `outcomes` are assessed, `taught` are only listed. `endorsed_by` is who vouches for it."""

    code: str
    organisation: str
    name: str
    description: str
    hours: int
    form: str
    level: int
    outcomes: tuple[str, ...]
    taught: tuple[str, ...]
    scale: dict[str, Any]
    criteria: str
    creditable: bool
    source: str | None
    endorsed_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentRow:
    """One component of the plans of some schools and grades."""

    code: str
    schools: tuple[str, ...]
    grades: tuple[str, ...]
    name: str
    hours: int
    area: str
    required: dict[str, int]
    optional: tuple[str, ...]
    parts: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerRow:
    """One learner with guardian and tutor; `born` is already moved."""

    code: str
    name: str
    born: date
    school: str
    grade: str
    guardian: str | None
    tutor: str | None

    @property
    def name_parts(self) -> tuple[str, str, str]:
        """Family name, given name, patronymic."""
        family, given, patronymic = self.name.split()
        return family, given, patronymic


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One member of staff with roles by organisation."""

    code: str
    name: str
    roles: tuple[tuple[str, Role], ...]


class Municipality:
    """Rows as they stand in the file, with every date moved by `weeks`."""

    def __init__(self, rows: dict[str, Any], weeks: int) -> None:
        self.rows = rows
        self.weeks = weeks
        self.name: str = rows["name"]
        self.domain: str = rows["domain"]
        self.operator: str = rows["operator"]
        self.framework: dict[str, str] = rows["framework"]

    @classmethod
    def ending_before(cls, today: date) -> "Municipality":
        """The municipality whose last story ended on one of the seven days before `today`."""
        rows = tomllib.loads(files(__package__).joinpath("municipality.toml").read_text("utf-8"))
        return cls(rows, weeks=(today - timedelta(days=1) - LAST_STORY).days // 7)

    def day(self, text: str) -> date:
        """A day of the file's calendar (`2026-10-30`), moved."""
        return date.fromisoformat(text) + timedelta(weeks=self.weeks)

    def moment(self, text: str) -> datetime:
        """A local moment of the file's calendar (`2026-10-30 10:15`), moved, in UTC."""
        day, clock = text.split()
        return datetime.combine(self.day(day), time.fromisoformat(clock), ZONE).astimezone(UTC)

    @property
    def joined(self) -> datetime:
        """When the organisations joined the network."""
        return datetime.combine(self.rows["joined"] + timedelta(weeks=self.weeks), time(9), ZONE).astimezone(UTC)

    @cached_property
    def organisations(self) -> tuple[OrganisationRow, ...]:
        """The organisations, parents before their units."""
        return tuple(
            OrganisationRow(
                code=row["code"],
                name=row["name"],
                kind=row["kind"],
                licence=row.get("licence"),
                parent=row.get("parent"),
                leaves=row["leaves"] + timedelta(weeks=self.weeks) if "leaves" in row else None,
            )
            for row in self.rows["organisations"]
        )

    @cached_property
    def outcomes(self) -> tuple[OutcomeRow, ...]:
        """The catalogue of planned outcomes."""
        return tuple(OutcomeRow(**row) for row in self.rows["outcomes"])

    @cached_property
    def modules(self) -> tuple[ModuleRow, ...]:
        """The modules of the partners."""
        return tuple(
            ModuleRow(
                code=row["code"],
                organisation=row["organisation"],
                name=row["name"],
                description=row["description"],
                hours=row["hours"],
                form=row["form"],
                level=row["level"],
                outcomes=tuple(row["outcomes"]),
                taught=tuple(row.get("taught", ())),
                scale=row["scale"],
                criteria=row["criteria"],
                creditable=row.get("creditable", True),
                source=row.get("source"),
                endorsed_by=row.get("endorsed_by"),
            )
            for row in self.rows["modules"]
        )

    @cached_property
    def components(self) -> tuple[ComponentRow, ...]:
        """The components of the home schools' plans."""
        return tuple(
            ComponentRow(
                code=row["code"],
                schools=tuple(row["schools"]),
                grades=tuple(row["grades"]),
                name=row["name"],
                hours=row["hours"],
                area=row.get("area", "core"),
                required=row["required"],
                optional=tuple(row["optional"]),
                parts=tuple(row.get("parts", ())),
            )
            for row in self.rows["components"]
        )

    @cached_property
    def learners(self) -> tuple[LearnerRow, ...]:
        """The learners."""
        return tuple(
            LearnerRow(
                code=row["code"],
                name=row["name"],
                born=row["born"] + timedelta(weeks=self.weeks),
                school=row["school"],
                grade=row["grade"],
                guardian=row.get("guardian"),
                tutor=row.get("tutor"),
            )
            for row in self.rows["learners"]
        )

    @cached_property
    def staff(self) -> tuple[StaffRow, ...]:
        """The staff of all organisations."""
        return tuple(
            StaffRow(
                row["code"],
                row["name"],
                tuple((organisation, Role(role)) for organisation, roles in row["roles"].items() for role in roles),
            )
            for row in self.rows["staff"]
        )
