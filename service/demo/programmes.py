"""What is taught and what is planned: the partners' modules as published achievements, the schools' plans, their recognitions."""

import json
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from sqlmodel import Session, select

from issuer import catalogue, endorsements
from issuer.attestation import attestation_of
from issuer.endorsements import Said
from issuer.module import Form, ModuleSpec, OutcomeRef, Scale, ScaleKind, Source
from issuer.tables import AchievementVersion
from issuer.trial import profile
from keys import deposits, organisations, publish
from keys.actor import Actor, ActorKind, Role
from keys.shelf import Shelf
from keys.store import KeyStore
from keys.tables import OrganisationKind
from schemas.framework import Framework
from schemas.spreadsheets import as_csv
from service.demo.municipality import ComponentRow, ModuleRow, Municipality
from service.demo.people import account_of
from service.describing import spec_of
from verifier.credit import plans
from verifier.credit.curricula import desk, exporting
from verifier.credit.curricula.describing import Description
from verifier.credit.curricula.desk import Upload
from verifier.credit.curricula.planning import Component
from verifier.credit.curricula.tables import FileKind
from verifier.credit.curricula.versions import Content
from verifier.credit.days import school_year
from verifier.credit.matching import OutcomeKind, Part, Plan, Planned
from verifier.credit.plans import PlanLine
from verifier.credit.recognition import Recognition, recognitions_of
from verifier.credit.tables import Area, PlanComponent

METHODOLOGIST = "operator"  # reviews what the partners' own staff drafted
OPTIONAL_LEVEL = 1


class Programmes:
    """Enters modules and plans as the staff concerned, with the outcome addresses of the network's catalogue."""

    def __init__(
        self,
        session: Session,
        store: KeyStore,
        shelf: Shelf,
        municipality: Municipality,
        outcomes: Framework,
        now: datetime,
    ) -> None:
        self._session = session
        self._store = store
        self._shelf = shelf
        self._municipality = municipality
        self._outcomes = outcomes
        self._now = now

    def publish_modules(self) -> None:
        """Draft, review and publish every module, each step by a person of its own."""
        for module in self._municipality.modules:
            published = self._publish(self._spec_of(module))
            if module.endorsed_by is not None:
                self._endorse(published, module.endorsed_by)

    def publish_attestations(self) -> None:
        """Publish at every school what it confirms its learners' own achievements with."""
        for organisation in self._municipality.organisations:
            if organisation.kind == OrganisationKind.SCHOOL:
                self._publish(attestation_of(organisation.code))

    def plan(self) -> None:
        """Bring every school's directory and curriculum, publish what confirms a credit, give learners their plans."""
        for school in sorted({school for component in self._municipality.components for school in component.schools}):
            self._bring(school, FileKind.DIRECTORY, "catalogue.json", json.dumps(self._outcomes.document).encode())
            self._bring(school, FileKind.CURRICULUM, "учебный план.csv", self._curriculum(school))
        for component in self._municipality.components:
            for school in component.schools:
                for line in self._assign(component, school, self._entered(component, school)):
                    self._publish_recognitions(line)

    def _bring(self, school: str, kind: FileKind, name: str, data: bytes) -> None:
        """As the school's deputy head does it: brought, looked at, confirmed."""
        by, today = self._author(school).person or "", self._now.date()
        upload = Upload(kind=kind, school=school, file=BytesIO(data), name=name, whole=False, begins=today)
        kept = desk.keep(self._session, upload, by, self._now)
        desk.apply(self._session, kept, desk.look(self._session, kept).digest, by, self._now)

    def _curriculum(self, school: str) -> bytes:
        rows = [row for row in self._municipality.components if school in row.schools]
        return b"".join(as_csv(exporting.curriculum(map(self._component_of, rows))))

    def _entered(self, row: ComponentRow, school: str) -> str:
        wanted = select(PlanComponent.id).where(PlanComponent.school == school, PlanComponent.code == row.code)
        return self._session.exec(wanted).one()

    def _publish(self, spec: ModuleSpec) -> AchievementVersion:
        drafted = catalogue.draft(self._session, spec, self._author(spec.organisation), self._now)
        reviewer = _person(METHODOLOGIST)
        catalogue.review(self._session, drafted.id, reviewer, self._now)
        return catalogue.publish(self._session, self._shelf, drafted.id, reviewer, self._now)

    def _endorse(self, version: AchievementVersion, code: str) -> None:
        """The partner's own staff read the description and vouch for it."""
        endorser = organisations.find(self._session, code)
        by = _person(next(one.code for one in self._municipality.staff if (code, Role.MANAGER) in one.roles))
        asked = endorsements.ask(self._session, version, code, self._author(version.organisation), self._now)
        signer = organisations.signer_for(self._session, self._store, code, self._now)
        said = Said("Приёмы показаны верно, тренажёры и задания проверили наши врачи.")
        endorsements.give(self._session, asked, said, profile(self._session, endorser), signer, by, self._now)
        deposits.deposit(self._session, asked.digests[-1], organisations.did_of(endorser), self._now)
        catalogue.put_on_shelf(self._session, self._shelf, version.id, self._now)
        operator, day = self._municipality.operator, self._now.date()
        publish.publish_deposits(self._session, self._shelf, self._store, operator, day, self._now)

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

    def _component_of(self, row: ComponentRow) -> Component:
        outcomes = (
            *self._planned(row, row.required, required=True),
            *self._planned(row, dict.fromkeys(row.optional, OPTIONAL_LEVEL)),
        )
        parts = tuple(Part(part["code"], part["name"], part["hours"]) for part in row.parts)
        return Component(
            id="",
            code=row.code,
            grade=_grade(row.grades),
            area=Area(row.area),
            retired=False,
            content=Content(row.name, Plan(hours=row.hours, outcomes=outcomes, parts=parts)),
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
        year = school_year(self._now.date())
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
        outcomes = [one for one in line.plan.outcomes if one.code in recognition.outcomes]
        titles = {one.url: self._outcomes.title for one in outcomes}
        return spec_of(Description(school=line.school, recognition=recognition, outcomes=outcomes, frameworks=titles))


def _grade(grades: tuple[str, ...]) -> str:
    """For whom a component is, as a curriculum writes it."""
    return "–".join(dict.fromkeys((grades[0], grades[-1])))


def _person(code: str) -> Actor:
    return Actor(kind=ActorKind.PERSON, person=account_of(code))


def _scale(row: dict[str, Any]) -> Scale:
    return Scale(
        kind=ScaleKind(row["kind"]),
        minimum=row.get("minimum"),
        maximum=row.get("maximum"),
        required=row.get("required"),
    )
