"""A college with an installation of its own leaves its hashes with the operator of another one, over TLS on loopback."""

import json
import ssl
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from issuer import catalogue
from issuer.module import Form, ModuleSpec, Scale, ScaleKind
from keys import depositing, organisations, publish
from keys.actor import Actor, ActorKind
from keys.errors.published import Unreachable
from keys.fetch import JSON, GuardedFetcher
from keys.sealed import unseal
from keys.tables import Deposit, DepositReceipt, DepositToSend, OrganisationKind
from schemas.award import AwardOrder
from schemas.identity import number_from
from service import migrate
from service.app import create_app
from service.database import open_engine, reading, unit_of_work
from service.demo.server import serving
from service.depositing import PATH, send_deposits
from service.doctor import DEPOSITS, PATIENCE, WAITING, Doctor, Finding
from service.parts import Parts, assemble
from service.settings import read_settings
from service.worker import drain
from tests.keys.test_fetch import certify

OPERATOR, COLLEGE = "cpo.sever.example", "far.sever.example"
AUTHOR, REVIEWER = (Actor(kind=ActorKind.PERSON, person=name) for name in ("author", "reviewer"))


@dataclass
class Detour(GuardedFetcher):
    """The real way out, led to where the two hosts are served in this test; a host that is not there cannot be reached."""

    ports: dict[str, int] = field(default_factory=dict)

    def get(self, url: str) -> bytes:
        return super().get(self._led(url))

    def post(self, url: str, body: bytes, headers: Mapping[str, str] = JSON) -> bytes:
        return super().post(self._led(url), body, headers)

    def _led(self, url: str) -> str:
        host = url.removeprefix("https://").partition("/")[0]
        if host not in self.ports:
            raise Unreachable(host=host, reason="connection")
        self.port = self.ports[host]
        return url.replace(host, f"{host}:{self.port}", 1)


@dataclass
class Network:
    """Two installations and the way between them."""

    operator: Parts
    college: Parts
    ports: dict[str, int]

    def digests(self) -> list[Deposit]:
        with reading(self.operator.engine) as session:
            return list(session.exec(select(Deposit).where(Deposit.received)))

    def waiting(self) -> int:
        with reading(self.college.engine) as session:
            return depositing.count_waiting(session)[0]

    def award(self, event: str) -> bytes:
        now = datetime.now(UTC)
        order = AwardOrder(
            organisation="far",
            achievement="m1",
            learner_number=number_from(bytes(range(16))),
            event=event,
            awarded_at=now,
        )
        return self.college.issuer.issue(order, AUTHOR, now)


def outside(tls: ssl.SSLContext, ports: dict[str, int]) -> Detour:
    return Detour(resolve=lambda _: ["127.0.0.1"], permitted=lambda _: True, tls=tls, ports=ports)


def installation(folder: Path, way: Detour, **settings: object) -> Parts:
    folder.mkdir()
    read = read_settings(data=folder, demo=True, **settings)
    engine = open_engine(read.database)
    migrate.upgrade(engine)
    engine.dispose()
    return assemble(read, outside=way)


def found_operator(folder: Path, way: Detour) -> Parts:
    """The operator knows the college as a member and holds no key of it."""
    parts = installation(folder, way)
    now = datetime.now(UTC) - timedelta(days=1)
    with unit_of_work(parts.engine) as session:
        facts = {"licence": "Л-1", "licence_from": now, "member_from": now}
        for code, kind, host in (
            ("cpo", OrganisationKind.OPERATOR, OPERATOR),
            ("far", OrganisationKind.COLLEGE, COLLEGE),
        ):
            organisations.register(session, code=code, name=code, kind=kind, host=host, **facts)  # type: ignore[arg-type]
        organisations.rotate(session, parts.store, "cpo", now)
        publish.publish_organisation(session, parts.shelf, parts.store, "cpo", now)
        publish.publish_trust_list(session, parts.shelf, parts.store, "cpo", datetime.now(UTC))
    parts.engine.dispose()
    return assemble(parts.settings, outside=way)


def found_college(folder: Path, way: Detour, operator: Parts) -> Parts:
    with reading(operator.engine) as session:
        keys = tuple(key.multikey for key in organisations.keys_of(session, "cpo"))
    parts = installation(folder, way, parts=("issuer",), operator_host=OPERATOR, operator_keys=keys)
    now = datetime.now(UTC) - timedelta(days=1)
    spec = ModuleSpec(
        organisation="far",
        code="m1",
        name="Модуль",
        description="Описание.",
        criteria="Условия.",
        hours=10,
        form=Form.CLUB,
        level=1,
        scale=Scale(kind=ScaleKind.PASS),
    )
    with unit_of_work(parts.engine) as session:
        organisations.register(
            session, code="far", name="Колледж", kind=OrganisationKind.COLLEGE, host=COLLEGE, member_from=None
        )
        organisations.rotate(session, parts.store, "far", now)
        publish.publish_organisation(session, parts.shelf, parts.store, "far", now)
        version = catalogue.draft(session, spec, AUTHOR, now)
        catalogue.review(session, version.id, REVIEWER, now)
        catalogue.publish(session, parts.shelf, version.id, REVIEWER, now)
    return parts


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    for host in (OPERATOR, COLLEGE):
        (tmp_path / host).mkdir()
    ports: dict[str, int] = {}
    (_, to_operator), (_, to_college) = (certify(tmp_path / host, host) for host in (OPERATOR, COLLEGE))
    operator = found_operator(tmp_path / "operator", outside(to_college, ports))
    college = found_college(tmp_path / "college", outside(to_operator, ports), operator)
    with ExitStack() as served:
        for host, parts in ((OPERATOR, operator), (COLLEGE, college)):
            app = create_app(parts.settings, parts)
            base = served.enter_context(serving(app, certificate=tmp_path / host / "server.pem"))
            ports[host] = int(base.rpartition(":")[2])
        yield Network(operator, college, ports)
    for parts in (operator, college):
        parts.engine.dispose()


def test_the_operator_witnesses_what_a_college_elsewhere_has_awarded(network: Network) -> None:
    badge = network.award("№ 1")
    assert network.waiting() == 1
    drain(network.college)
    assert network.waiting() == 0
    [held] = network.digests()
    assert (held.issuer, held.received) == (f"did:web:{COLLEGE}", True)
    drain(network.operator)
    day = json.loads(network.operator.shelf.get(f"deposits/{held.day.isoformat()}") or b"{}")
    assert [one["digest"] for one in day["deposits"]] == [held.digest]
    found = network.college.verifier.verify(badge, now=datetime.now(UTC))
    witness = found.report.check("witness")
    assert witness is not None
    assert witness.code == "date-deposited"


def test_the_receipt_is_kept_and_is_the_operators(network: Network) -> None:
    network.award("№ 1")
    network.award("№ 2")
    drain(network.college)
    with reading(network.college.engine) as session:
        receipts = list(session.exec(select(DepositReceipt)))
        sent = list(session.exec(select(DepositToSend)))
    keys = network.college.settings.operator_keys
    told = unseal(receipts[0].document, f"did:web:{OPERATOR}", keys, datetime.now(UTC), limit=100_000)
    assert (told["type"], told["issuer"]) == ("DepositReceipt", f"did:web:{COLLEGE}")
    assert {one.receipt for one in sent} <= {receipt.id for receipt in receipts}


def test_while_the_operator_is_away_nothing_is_lost_and_the_next_round_tries_again(network: Network) -> None:
    port = network.ports.pop(OPERATOR)
    network.college.verifier.gathering.network(datetime.now(UTC))
    with unit_of_work(network.college.engine) as session:
        depositing.intend(session, [f"sha256:{n:064x}" for n in range(3)], "far", datetime.now(UTC))
    assert send_deposits(network.college, datetime.now(UTC)) == 0
    assert network.waiting() == 3
    network.ports[OPERATOR] = port
    assert send_deposits(network.college, datetime.now(UTC)) == 3
    assert send_deposits(network.college, datetime.now(UTC)) == 0
    assert len(network.digests()) == 3


def test_the_doctor_says_what_waits_and_from_the_second_day_on_that_it_is_wrong(network: Network) -> None:
    del network.ports[OPERATOR]
    made = datetime.now(UTC)
    with unit_of_work(network.college.engine) as session:
        depositing.intend(session, [f"sha256:{n:064x}" for n in range(3)], "far", made)
        depositing.intend(session, [f"sha256:{9:064x}"], "far", made + timedelta(hours=1))

    def said(after: timedelta) -> Finding:
        return {found.subject: found for found in Doctor(network.college, made + after).examine()}[DEPOSITS]

    [remark] = said(timedelta(hours=2)).remarks
    assert remark == WAITING.format(number=4, since=f"{made:%d.%m.%Y %H:%M}")
    assert not said(timedelta(hours=2)).faults
    assert said(PATIENCE + timedelta(minutes=1)).faults == (remark,)


def test_what_is_sent_twice_keeps_its_first_moment(network: Network) -> None:
    body = sealed(network, ["sha256:" + "a" * 64])
    first, second = (network.college.sender.post(f"https://{OPERATOR}{PATH}", body) for _ in range(2))
    assert json.loads(first)["deposits"] == json.loads(second)["deposits"]
    assert len(network.digests()) == 1


def sealed(network: Network, digests: list[str], at: datetime | None = None, operator: str = OPERATOR) -> bytes:
    now = datetime.now(UTC)
    with reading(network.college.engine) as session:
        signer = organisations.signer_for(session, network.college.store, "far", now)
    return depositing.request(f"did:web:{COLLEGE}", f"did:web:{operator}", digests, signer, at or now)


def test_a_request_that_is_not_whole_not_of_now_or_not_theirs_is_refused(network: Network) -> None:
    good = ["sha256:" + "a" * 64]
    wrong = {
        "old": sealed(network, good, datetime.now(UTC) - timedelta(hours=1)),
        "other operator": sealed(network, good, operator="other.sever.example"),
        "no digest": sealed(network, ["md5:0"]),
        "changed": sealed(network, good).replace(b"a" * 64, b"b" * 64),
        "none": sealed(network, []),
        "no json": b"<html>",
    }
    for name, body in wrong.items():
        with pytest.raises(Unreachable) as refused:
            network.college.sender.post(f"https://{OPERATOR}{PATH}", body)
        assert str(refused.value.params["reason"]).startswith("status 4"), name
    assert network.digests() == []


def test_whoever_has_left_is_taken_in_no_more(network: Network) -> None:
    with unit_of_work(network.operator.engine) as session:
        organisations.leave(session, "far", datetime.now(UTC) - timedelta(minutes=1))
    with pytest.raises(Unreachable) as refused:
        network.college.sender.post(f"https://{OPERATOR}{PATH}", sealed(network, ["sha256:" + "a" * 64]))
    assert refused.value.params["reason"] == "status 403"


def test_an_installation_that_is_no_operator_has_no_such_door(network: Network) -> None:
    with pytest.raises(Unreachable) as refused:
        network.operator.sender.post(f"https://{COLLEGE}{PATH}", sealed(network, ["sha256:" + "a" * 64]))
    assert refused.value.params["reason"] == "status 404"
