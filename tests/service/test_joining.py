"""Joining and leaving the network: application, the council's decision, what the trust list and the issuer say of it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from issuer import catalogue
from issuer.errors.orders import NotAllowedToAward, OutsideContract
from issuer.module import Form, ModuleSpec, Scale, ScaleKind
from keys.actor import Actor, ActorKind
from schemas.award import AwardOrder
from schemas.identity import number_from
from schemas.trust_list import State, TrustList
from service.database import unit_of_work
from service.demo.build import build
from service.demo.people import account_of
from service.demo.stage import Stage
from tests.journeys.caller import Caller
from tests.town import served, settings_for, town_of_today

WISH = {
    "name": "МБУ ДО «Центр технического творчества»",
    "kind": "supplementary",
    "code": "ctt",
    "host": "ctt.sever.example",
    "licence": "Л-044",
    "licence_from": "2020-01-01",
    "contract": "№ 12 от 1 ноября",
    "contract_until": "2099-01-01",
    "programmes": "m50 m51",
}
MINUTE = "Протокол № 3 от 12 ноября"
AUTHOR, REVIEWER = (Actor(kind=ActorKind.PERSON, person=name) for name in ("author", "reviewer"))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    settings, municipality = settings_for(tmp_path_factory.mktemp("town")), town_of_today()
    build(settings, municipality)
    with served(settings, municipality, datetime.now(UTC)) as stage:
        yield stage


@pytest.fixture
def applicant(town: Stage) -> Iterator[Caller]:
    with Caller(town.base) as caller:
        yield caller.sign_in(account_of("polyushkina"))


@pytest.fixture
def operator(town: Stage) -> Iterator[Caller]:
    with Caller(town.base) as caller:
        yield caller.sign_in(account_of("operator"))


def trust(town: Stage) -> TrustList:
    return TrustList(json.loads(town.parts.shelf.get("trust") or b"{}"))


def waiting(operator: Caller, name: str) -> str:
    """The page of the application that waits under that name."""
    page = operator.call("GET", "/network").text
    return "/network/applications/" + page.partition(f'">{name}')[0].rpartition("/network/applications/")[2]


def joined(applicant: Caller, operator: Caller, **changes: str) -> str:
    wish = {**WISH, **changes}
    assert applicant.call("POST", "/join", form=wish).status_code == 303
    here = waiting(operator, wish["name"])
    assert operator.call("POST", f"{here}/approve", form={"basis": MINUTE}).status_code == 303
    return wish["code"]


def published(town: Stage, organisation: str, code: str) -> None:
    spec = ModuleSpec(
        organisation=organisation,
        code=code,
        name="Модуль",
        description="Описание.",
        criteria="Условия.",
        hours=10,
        form=Form.CLUB,
        level=1,
        scale=Scale(kind=ScaleKind.PASS),
    )
    now = town.clock()
    with unit_of_work(town.parts.engine) as session:
        version = catalogue.draft(session, spec, AUTHOR, now)
        catalogue.review(session, version.id, REVIEWER, now)
        catalogue.publish(session, town.parts.shelf, version.id, REVIEWER, now)


def award(town: Stage, organisation: str, code: str) -> str:
    now = town.clock()
    order = AwardOrder(
        organisation=organisation,
        achievement=code,
        learner_number=number_from(b"0123456789abcdef"),
        event=f"№ 1 {now:%H%M%S%f}",
        awarded_at=now,
    )
    issuer = town.parts.issuer
    award_id = issuer.place(order, AUTHOR, now)
    issuer.finish(award_id, now)
    return award_id


def test_who_joins_is_in_the_trust_list_with_its_papers(town: Stage, applicant: Caller, operator: Caller) -> None:
    code = joined(applicant, operator)
    [member] = [one for one in trust(town).members.values() if one.code == code]
    assert (member.basis, member.programmes, member.licences[0].number) == (MINUTE, ("m50", "m51"), "Л-044")
    assert member.member_until == datetime(2098, 12, 31, 21, tzinfo=UTC)
    assert len(member.keys) == 1
    assert "Принята" in applicant.call("GET", "/join").text
    with Caller(town.base) as manager:
        manager.sign_in(account_of("polyushkina"))
        assert manager.call("GET", f"/issuer/{code}").status_code == 200
        assert manager.call("GET", f"/keys/{code}").status_code == 200


def test_what_the_contract_does_not_name_is_not_awarded(town: Stage, applicant: Caller, operator: Caller) -> None:
    code = joined(applicant, operator, code="lab", host="lab.sever.example", name="Лаборатория")
    for module in ("m50", "m99"):
        published(town, code, module)
    assert award(town, code, "m50")
    with pytest.raises(OutsideContract):
        award(town, code, "m99")


def test_a_unit_awards_under_the_licence_of_its_parent(town: Stage, applicant: Caller, operator: Caller) -> None:
    unit = {"kind": "unit", "parent": "kol", "licence": "", "programmes": ""}
    code = joined(applicant, operator, code="point", host="point.sever.example", name="Точка роста", **unit)
    published(town, code, "m50")
    assert award(town, code, "m50")
    standing = trust(town).standing("did:web:point.sever.example", town.clock())
    assert (standing.state, standing.licence, standing.parent) == (State.TRUSTED, "Л-010", "did:web:kol.sever.example")


def test_leaving_ends_new_awards_and_keeps_old_ones(town: Stage, applicant: Caller, operator: Caller) -> None:
    code = joined(applicant, operator, code="exit", host="exit.sever.example", name="Уходящие", programmes="")
    published(town, code, "m50")
    made = award(town, code, "m50")
    here = f"/network/{code}/leave"
    assert operator.call("POST", here, form={"at": "2099-01-02", "basis": MINUTE}).status_code == 422
    assert operator.call("POST", here, form={"at": "2000-01-01", "basis": MINUTE}).status_code == 422
    assert operator.call("POST", here, form={"at": "завтра", "basis": MINUTE}).status_code == 422
    tomorrow = town.clock() + timedelta(days=2)
    assert operator.call("POST", here, form={"at": f"{tomorrow:%Y-%m-%d}", "basis": " "}).status_code == 422
    assert operator.call("POST", here, form={"at": f"{tomorrow:%Y-%m-%d}", "basis": MINUTE}).status_code == 303
    did = "did:web:exit.sever.example"
    assert trust(town).standing(did, town.clock()).state is State.TRUSTED
    assert trust(town).standing(did, tomorrow).state is State.WITHDRAWN
    late = tomorrow + timedelta(days=1)
    order = AwardOrder(
        organisation=code, achievement="m50", learner_number=number_from(bytes(16)), event="№ 9", awarded_at=late
    )
    with pytest.raises(NotAllowedToAward):
        town.parts.issuer.preview(order, late)
    stored = town.parts.issuer.finish(made, town.clock())
    town.work()
    report = town.parts.verifier.verify(stored, now=late).report
    membership = report.check("membership")
    assert membership is not None
    assert membership.outcome.value == "passed", membership


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("code", {"code": "../x"}),
        ("code", {"code": "ugu"}),
        ("code", {"code": "frameworks"}),
        ("name", {"name": " "}),
        ("kind", {"kind": "operator"}),
        ("host", {"host": "не адрес"}),
        ("host", {"host": "ugu.sever.example"}),
        ("parent", {"kind": "unit", "parent": "sen"}),
        ("licence", {"licence": ""}),
        ("licence_from", {"licence_from": ""}),
        ("licence_from", {"licence_from": "01.02.2020"}),
        ("licence_until", {"licence_until": "2019-01-01"}),
        ("contract", {"contract": ""}),
        ("programmes", {"programmes": "m1 m1"}),
    ],
)
def test_an_error_stands_beside_its_field(applicant: Caller, field: str, changes: dict[str, str]) -> None:
    answer = applicant.call("POST", "/join", form={**WISH, "code": "new", "host": "new.sever.example", **changes})
    assert answer.status_code == 422
    assert f'id="field-{field}-error"' in answer.text


def test_an_application_is_declined_with_a_reason_or_withdrawn(applicant: Caller, operator: Caller) -> None:
    for number, act in enumerate(("decline", "withdraw")):
        wish = {**WISH, "code": f"no{number}", "host": f"no{number}.sever.example", "name": f"Заявка {number}"}
        assert applicant.call("POST", "/join", form=wish).status_code == 303
        here = waiting(operator, wish["name"])
        if act == "decline":
            assert operator.call("POST", f"{here}/decline", form={"reason": " "}).status_code == 422
            assert operator.call("POST", f"{here}/decline", form={"reason": "Нет договора"}).status_code == 303
            assert "Нет договора" in applicant.call("GET", "/join").text
        else:
            own = here.rpartition("/")[2]
            assert operator.call("POST", f"/join/{own}/withdraw").status_code == 404
            assert applicant.call("POST", f"/join/{own}/withdraw").status_code == 303
        assert operator.call("POST", f"{here}/approve", form={"basis": MINUTE}).status_code == 409


def test_every_decision_is_in_the_journal(applicant: Caller, operator: Caller) -> None:
    joined(applicant, operator, code="diary", host="diary.sever.example", name="Дневник")
    page: Any = operator.call("GET", "/journal").text
    assert "подана заявка на вступление в сеть" in page
    assert "организация принята в сеть" in page
