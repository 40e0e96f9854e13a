"""From the home school's curriculum to the school's own catalogue of badges: what confirms a credit is drafted there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from issuer import catalogue, catalogue_rows, editions
from issuer.editions import claims_of
from issuer.module import Form, ModuleSpec, OutcomeRef, Scale, ScaleKind, Statement
from issuer.tables import AchievementState, AchievementVersion
from keys.actor import Actor
from verifier.credit.curricula.describing import Description, Standing
from verifier.credit.matching import Planned
from verifier.credit.recognition import KIND, STATEMENTS

NAME = "Зачёт результатов: {title}"  # descriptions are Russian, as all that a school writes
LONGEST_NAME = 200
DESCRIPTION = "Школа зачла результаты, полученные в другой организации, как освоение части своей программы."
CRITERIA = "Результаты сопоставлены с планом по каждому пункту, решение приняла комиссия школы."
OWN_PLAN = "Учебный план школы"


class Describing:
    """Implements `verifier.credit.curricula.describing.Describes`."""

    def standing(self, session: Session, school: str, code: str) -> Standing:
        """See the protocol."""
        newest = catalogue_rows.newest_of(session, school, code)
        return Standing.NONE if newest is None else Standing(str(newest.state))

    def agrees(self, session: Session, description: Description) -> bool:
        """See the protocol."""
        newest = _newest(session, description)
        return newest is not None and claims_of(catalogue.module_of(newest)) == claims_of(spec_of(description))

    def may_award(self, session: Session, description: Description) -> bool:
        """See the protocol."""
        code = description.recognition.code
        return editions.may_award(session, description.school, code, claims_of(spec_of(description)))

    def describe(self, session: Session, description: Description, by: Actor, now: datetime) -> None:
        """See the protocol. What the school's people wrote in words stays; a version that is no draft any more gets a next one."""
        newest, planned = _newest(session, description), spec_of(description)
        if newest is None:
            catalogue.draft(session, planned, by, now)
            return
        spec = _with_claims(catalogue.module_of(newest), planned)
        if newest.state is AchievementState.DRAFT:
            catalogue.revise(session, newest.id, spec, by, now)
        else:
            catalogue.next_version(session, newest.id, spec, by, now)


def spec_of(description: Description) -> ModuleSpec:
    """The badge as the catalogue describes it."""
    badge = description.recognition
    return ModuleSpec(
        organisation=description.school,
        code=badge.code,
        name=NAME.format(title=badge.title)[:LONGEST_NAME],
        description=DESCRIPTION,
        criteria=CRITERIA,
        hours=badge.hours,
        form=Form.RECOGNITION,
        level=min(one.level for one in description.outcomes),
        scale=Scale(kind=ScaleKind.PASS),
        outcomes=_refs(description.outcomes, description.frameworks),
        kind=KIND,
        statements=tuple(Statement(key, name) for key, name in STATEMENTS),
    )


def _newest(session: Session, description: Description) -> AchievementVersion | None:
    return catalogue_rows.newest_of(session, description.school, description.recognition.code)


def _with_claims(spec: ModuleSpec, planned: ModuleSpec) -> ModuleSpec:
    """A description with what the plan says now; how an outcome's levels are recognised stays with the outcome."""
    there = {one.url: one for one in spec.outcomes}
    outcomes = tuple(replace(there.get(one.url, one), code=one.code, name=one.name) for one in planned.outcomes)
    return replace(spec, outcomes=outcomes, hours=planned.hours, level=planned.level)


def _refs(outcomes: Sequence[Planned], frameworks: Mapping[str, str]) -> tuple[OutcomeRef, ...]:
    return tuple(
        OutcomeRef(
            code=one.code, name=one.name, url=one.url, framework=frameworks.get(one.url, OWN_PLAN), assessed=True
        )
        for one in outcomes
    )
