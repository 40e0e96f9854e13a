"""A small issuing world: three organisations with keys, a shelf, published achievements, and an issuer to try things with."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from issuer import catalogue
from issuer.issue import Issuer
from issuer.module import Form, ModuleSpec, OutcomeRef, Scale, ScaleKind, Source, Statement
from issuer.status import Entropy
from issuer.tables import AchievementVersion
from keys import organisations, publish
from keys.actor import Actor, ActorKind, Membership, Role
from keys.shelf import Shelf
from keys.store import KeyStore
from keys.tables import OrganisationKind
from schemas.award import AwardOrder
from schemas.credential import Credential
from schemas.identity import number_from
from schemas.reading import read_json
from schemas.status_entry import StatusEntry
from schemas.trust_list import Standing, TrustList

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
NUMBER = number_from(bytes(range(16)))
NAMES = ("Ветрова", "Алина", "Игоревна")
FRAMEWORK = "https://cpo.sever.example/frameworks/sever-outcomes"


def person(name: str, *roles: tuple[str, Role]) -> Actor:
    return Actor(kind=ActorKind.PERSON, person=name, memberships=frozenset(Membership(*role) for role in roles))


AWARDER = person("awarder", ("ugu", Role.AWARDER))
METHODIST = person("methodist", ("ugu", Role.MANAGER))


def outcome(code: str, *, assessed: bool = True) -> OutcomeRef:
    number = sum(map(ord, code))
    return OutcomeRef(
        code=code, name=f"Результат {code}", url=f"{FRAMEWORK}/items/{number}", framework="Каталог", assessed=assessed
    )


def module(organisation: str = "ugu", code: str = "m08", **changes: Any) -> ModuleSpec:
    facts: dict[str, Any] = {
        "organisation": organisation,
        "code": code,
        "name": "Исследовательский проект: от вопроса к защите",
        "description": "Собственное исследование от вопроса до защиты.",
        "criteria": "Провести исследование и защитить его. Итог — не менее 60 баллов из 100.",
        "hours": 34,
        "form": Form.BLENDED,
        "level": 3,
        "outcomes": (outcome("ИП.1"), outcome("МП.П2"), outcome("ИП.9", assessed=False)),
        "scale": Scale(kind=ScaleKind.POINTS, minimum=0, maximum=100, required=60),
    }
    return ModuleSpec(**{**facts, **changes})


MODULES = (
    module(),
    module(code="m07", form=Form.DISTANCE, scale=Scale(kind=ScaleKind.PASS), outcomes=(outcome("ФИН.1"),), level=1),
    module("sen", "m10", form=Form.TRIAL, scale=Scale(kind=ScaleKind.PARTICIPATION), outcomes=(), creditable=False),
    module(
        "kva",
        "m11",
        form=Form.SUPPLEMENTARY,
        scale=Scale(kind=ScaleKind.MARK, minimum=2, maximum=5, required=3),
        source=Source(id="did:web:kol.sever.example", name="Колледж"),
        statements=(Statement("exam", "Демонстрационный экзамен"),),
    ),
)


def order(**changes: Any) -> AwardOrder:
    facts: dict[str, Any] = {
        "organisation": "ugu",
        "achievement": "m08",
        "learner_number": NUMBER,
        "event": "ведомость № 7",
        "awarded_at": NOW,
        "result": "87",
        "levels": {"ИП.1": 2},
    }
    return AwardOrder(**{**facts, **changes})


def place_of(credential: Credential) -> StatusEntry:
    """The place of a badge in its issuer's list."""
    (entry,) = credential.statuses
    assert isinstance(entry, StatusEntry)
    return entry


def nobody(_session: Session, _number: str) -> Sequence[str]:
    return ()


def entropy(seed: str = "") -> Entropy:
    """Bytes that are the same in every run and never twice the same in one."""
    count = iter(range(10**9))
    return lambda length: sha256(f"{seed}{next(count)}".encode()).digest()[:length]


@dataclass
class Wallets:
    """Takes deliveries, or refuses them while `fails` says so."""

    taken: list[tuple[str, bytes]] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)
    has_wallet: bool = True

    def deliver(self, _session: Session, number: str, credential: bytes, _now: datetime) -> bool:
        if self.fails:
            raise self.fails.pop()
        if self.has_wallet:
            self.taken.append((number, credential))
        return self.has_wallet


@dataclass
class World:
    engine: Engine
    store: KeyStore
    shelf: Shelf
    now: datetime = NOW
    wallets: Wallets = field(default_factory=Wallets)
    entropy: Entropy = field(default_factory=entropy)

    @classmethod
    def build(cls, engine: Engine, store: KeyStore, folder: Path, now: datetime = NOW) -> "World":
        world = cls(engine, store, Shelf(folder), now)
        with world.transaction() as session:
            for code, parent, licence in (("cpo", None, None), ("ugu", None, "Л-030"), ("sen", None, None)):
                world._register(session, code, parent, licence)
            world._register(session, "kol", None, "Л-010")
            world._register(session, "kva", "kol", None)
            for spec in MODULES:
                world.offer(session, spec)
            publish.publish_trust_list(session, world.shelf, world.store, "cpo", now - timedelta(days=3))
        return world

    def _register(self, session: Session, code: str, parent: str | None, licence: str | None) -> None:
        organisations.register(
            session,
            code=code,
            name=f"Организация «Имя {code}»",
            kind=OrganisationKind.UNIVERSITY,
            host=f"{code}.sever.example",
            member_from=self.joined,
            parent=parent,
            licence=licence,
            licence_from=self.joined if licence else None,
        )
        organisations.rotate(session, self.store, code, self.joined)
        publish.publish_organisation(session, self.shelf, self.store, code, self.joined)

    @property
    def joined(self) -> datetime:
        """When the organisations joined the network."""
        return self.now - timedelta(days=80)

    def offer(self, session: Session, spec: ModuleSpec) -> AchievementVersion:
        now = self.joined
        version = catalogue.draft(session, spec, AWARDER, now)
        catalogue.review(session, version.id, METHODIST, now)
        return catalogue.publish(session, self.shelf, version.id, AWARDER, now)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def trust(self, did: str, moment: datetime) -> Standing:
        return TrustList(read_json(self.shelf.get("trust") or b"")).standing(did, moment)

    def issuer(self, **changes: Any) -> Issuer:
        parts: dict[str, Any] = {
            "engine": self.engine,
            "store": self.store,
            "shelf": self.shelf,
            "deliver": self.wallets.deliver,
            "trust": self.trust,
            "names": nobody,
            "entropy": self.entropy,
        }
        return Issuer(**{**parts, **changes})
