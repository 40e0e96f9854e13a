"""What the issuer of Алина's badge has begun: the next version of a description, an endorsement, paths."""

from dataclasses import replace
from datetime import datetime
from io import BytesIO

from issuer import catalogue, endorsements, paths, vouching
from issuer.compose import CONTEXTS
from issuer.module import Scale, ScaleKind
from issuer.tables import AchievementVersion
from keys.actor import Actor, ActorKind
from keys.organisations import joining
from keys.organisations.joining import Wish
from keys.proofs import add
from keys.tables import OrganisationKind
from service.database import unit_of_work
from service.demo.people import account_of
from service.demo.stage import Stage
from service.frameworks import desk
from tests.campus import make_holder

ISSUER = "ugu"
PARTNER, PARTNER_SAYS = "Окружная больница", "Практику ведут наши врачи."
PASSED = Scale(kind=ScaleKind.PASS)


def begin(stage: Stage) -> None:
    """All of it, and what waits for the operator."""
    describe_next(stage)
    lead_on(stage)
    want_to_join(stage)
    bring_outcomes(stage)


def describe_next(stage: Stage) -> None:
    """Somebody of the issuer begins the next version of the badge's description."""
    with unit_of_work(stage.parts.engine) as session:
        spec = catalogue.module_of(catalogue.published(session, ISSUER, "m08"))
        catalogue.draft(session, spec, Actor(kind=ActorKind.PERSON, person="somebody"), stage.clock())
        partner = catalogue.published(session, "kva", "m01")
        endorsements.ask(session, partner, ISSUER, Actor(kind=ActorKind.PERSON, person="somebody"), stage.clock())


def lead_on(stage: Stage) -> None:
    """Somebody of the issuer opens a path on which she is not yet, and begins another one."""
    by, now = Actor(kind=ActorKind.PERSON, person="somebody"), stage.clock()
    reviewer = Actor(kind=ActorKind.PERSON, person="somebody else")
    with unit_of_work(stage.parts.engine) as session:
        end = replace(catalogue.module_of(catalogue.published(session, ISSUER, "m08")), code="m90", scale=PASSED)
        version = catalogue.draft(session, end, by, now)
        catalogue.review(session, version.id, reviewer, now)
        catalogue.publish(session, stage.parts.shelf, version.id, reviewer, now)
        said = paths.PathSpec(
            organisation=ISSUER, code="m91", title="Инженер", description="Два шага.", achievement="m90", needed=2
        )
        path = paths.draft(session, said, by, now)
        paths.revise(session, path, said, [("ddt", "m11"), ("sen", "m10")], by, now)
        stage.parts.issuer.publish_path(session, path, by, now)
        paths.draft(session, replace(said, code="m92"), by, now)
        vouching.hand_in(session, version, from_elsewhere(version, now), by, now)


def from_elsewhere(version: AchievementVersion, now: datetime) -> vouching.Vouched:
    """What a partner with an installation of its own has signed about a version."""
    partner = make_holder("partner")
    did, about = partner.method.partition("#")[0], version.document["id"]
    said = {
        "@context": list(CONTEXTS),
        "id": "urn:uuid:6f0b9a3e-6f0b-4a3e-9b0a-3e6f0b9a3e6f",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": did, "type": ["Profile"], "name": PARTNER},
        "validFrom": "2026-01-02T00:00:00Z",
        "credentialSubject": {"id": about, "type": ["EndorsementSubject"], "endorsementComment": PARTNER_SAYS},
    }
    document = add(said, partner, created=now)
    return vouching.Vouched(document=document, did=did, name=PARTNER, about=about, comment=PARTNER_SAYS, until=None)


def want_to_join(stage: Stage) -> None:
    """Somebody hands in an application for a unit of the college."""
    wish = Wish(
        code="cube",
        name="Центр «ИТ-куб»",
        kind=OrganisationKind.UNIT,
        host="cube.sever.example",
        parent="kol",
        contract="№ 7",
        programmes=("m95",),
    )
    with unit_of_work(stage.parts.engine) as session:
        joining.apply(session, wish, "somebody", stage.clock())


def bring_outcomes(stage: Stage) -> None:
    """Somebody of the operator brings two files of the catalogue of outcomes, to be looked at and to be thrown away."""
    with unit_of_work(stage.parts.engine) as session:
        for framework in ("sever-outcomes", "mistake"):
            rows = "Код результата;Планируемый результат\nНОВ.1;Новый результат\nНОВ.2;\n"
            upload = desk.Upload(
                framework=framework,
                title="Результаты округа",
                file=BytesIO(rows.encode()),
                name="результаты.csv",
                whole=False,
            )
            desk.keep(session, stage.parts.shelf, "cpo", upload, account_of("operator"), stage.clock())
