"""What is taught and what is planned: the partners' modules as published achievements, the schools' plans, their recognitions."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session

from issuer import catalogue
from issuer.module import Form, ModuleSpec, OutcomeRef, Scale, ScaleKind, Source, Statement
from keys import organisations
from keys.actor import Actor, ActorKind, Role
from keys.shelf import Shelf
from schemas.framework import Framework
from service.demo.municipality import ComponentRow, ModuleRow, Municipality
from service.demo.people import account_of
from verifier.credit import plans
from verifier.credit.matching import OutcomeKind, Part, Planned
from verifier.credit.plans import ComponentSpec, PlanLine
from verifier.credit.recognition import KIND, STATEMENTS, Recognition, recognitions_of

METHODOLOGIST = "operator"  # reviews what the partners' own staff drafted
OPTIONAL_LEVEL = 1


class Programmes:
    """Enters modules and plans as the staff concerned, with the outcome addresses of the network's catalogue."""

    def __init__(
        self, session: Session, shelf: Shelf, municipality: Municipality, outcomes: Framework, now: datetime
    ) -> None:
        self._session = session
        self._shelf = shelf
        self._municipality = municipality
        self._outcomes = outcomes
        self._now = now

    def publish_modules(self) -> None:
        """Draft, review and publish every module, each step by a person of its own."""
        for module in self._municipality.modules:
            self._publish(self._spec_of(module))

    def plan(self) -> None:
        """Enter every component at its schools, publish what confirms its credit, put it into its learners' plans."""
        for component in self._municipality.components:
            for school in component.schools:
                entered = plans.add_component(self._session, self._component_of(component, school))
                for line in self._assign(component, school, entered.id):
                    self._publish_recognitions(line)

    def _publish(self, spec: ModuleSpec) -> None:
        drafted = catalogue.draft(self._session, spec, self._author(spec.organisation), self._now)
        reviewer = _person(METHODOLOGIST)
        catalogue.review(self._session, drafted.id, reviewer, self._now)
        catalogue.publish(self._session, self._shelf, drafted.id, reviewer, self._now)

    def _author(self, organisation: str) -> Actor:
        wanted = {(organisation, Role.AWARDER), (organisation, Role.DEPUTY)}
        return _person(next(one.code for one in self._municipality.staff if wanted & set(one.roles)))

    def _spec_of(self, module: ModuleRow) -> ModuleSpec:
        return ModuleSpec(
            organisation=module.organisation,
            code=module.code,
            name=module.name,
            description=module.description,
            criteria=module.criteria,
            hours=module.hours,
            form=Form(module.form),
            level=module.level,
            scale=_scale(module.scale),
            outcomes=(*self._refs(module.outcomes, assessed=True), *self._refs(module.taught, assessed=False)),
            creditable=module.creditable,
            source=self._source(module.source),
        )

    def _refs(self, codes: Iterable[str], *, assessed: bool) -> tuple[OutcomeRef, ...]:
        items = ((code, self._outcomes.item(code)) for code in codes)
        return tuple(
            OutcomeRef(code=code, name=item.text, url=item.url, framework=self._outcomes.title, assessed=assessed)
            for code, item in items
            if item is not None
        )

    def _source(self, code: str | None) -> Source | None:
        if code is None:
            return None
        organisation = organisations.find(self._session, code)
        return Source(id=organisations.did_of(organisation), name=organisation.name)

    def _component_of(self, row: ComponentRow, school: str) -> ComponentSpec:
        return ComponentSpec(
            school=school,
            code=row.code,
            title=row.name,
            hours=row.hours,
            recognition=f"credit-{row.code.lower()}",
            outcomes=[
                *self._planned(row, row.required, required=True),
                *self._planned(row, dict.fromkeys(row.optional, OPTIONAL_LEVEL)),
            ],
            parts=[Part(part["code"], part["name"], part["hours"]) for part in row.parts],
        )

    def _planned(self, row: ComponentRow, levels: dict[str, int], *, required: bool = False) -> list[Planned]:
        part_of = {code: part["code"] for part in row.parts for code in part["outcomes"]}
        kinds = {outcome.code: outcome.kind for outcome in self._municipality.outcomes}
        return [
            Planned(
                code=code,
                name=item.text,
                url=item.url,
                kind=OutcomeKind.SUBJECT if kinds[code] in {"subject", "vocational"} else OutcomeKind.META,
                level=level,
                required=required,
                part=part_of.get(code),
            )
            for code, level in levels.items()
            if (item := self._outcomes.item(code)) is not None
        ]

    def _assign(self, component: ComponentRow, school: str, entered: str) -> list[PlanLine]:
        year = plans.school_year(self._now.date())
        learners = [
            account_of(learner.code)
            for learner in self._municipality.learners
            if learner.school == school and learner.grade in component.grades
        ]
        items = [
            plans.assign(self._session, learner=learner, component=entered, year=year, now=self._now)
            for learner in learners
        ]
        return [plans.line_of(self._session, item.id) for item in items[:1]]

    def _publish_recognitions(self, line: PlanLine) -> None:
        for recognition in recognitions_of(line):
            self._publish(self._recognition_of(recognition, line))

    def _recognition_of(self, recognition: Recognition, line: PlanLine) -> ModuleSpec:
        return ModuleSpec(
            organisation=line.school,
            code=recognition.code,
            name=f"Зачёт результатов: {recognition.title}",
            description="Школа зачла результаты, полученные в другой организации, как освоение части своей программы.",
            criteria="Результаты сопоставлены с планом по каждому пункту, решение приняла комиссия школы.",
            hours=recognition.hours,
            form=Form.RECOGNITION,
            level=min(one.level for one in line.plan.outcomes if one.code in recognition.outcomes),
            scale=Scale(kind=ScaleKind.PASS),
            outcomes=self._refs(recognition.outcomes, assessed=True),
            kind=KIND,
            statements=tuple(Statement(key, name) for key, name in STATEMENTS),
        )


def _person(code: str) -> Actor:
    return Actor(kind=ActorKind.PERSON, person=account_of(code))


def _scale(row: dict[str, Any]) -> Scale:
    return Scale(
        kind=ScaleKind(row["kind"]),
        minimum=row.get("minimum"),
        maximum=row.get("maximum"),
        required=row.get("required"),
    )
