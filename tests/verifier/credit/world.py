"""A school in memory with people, plans and a partner's badges: what tests of the credit workflow stand on.

world = World(engine, folder)
badge = world.badge()                        # the university's M08 for Alina
case = world.drafted(badge)
world.act("guardian", case, Event.SUBMIT)    # version and digest are filled in
world.credited(badge)                        # the whole way to the end
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from keys import organisations
from keys.actor import Actor, ActorKind, Membership, Role
from keys.deps import Learner, Person
from keys.tables import OrganisationKind
from schemas.award import AwardOrder
from schemas.errors import NotFound
from schemas.identity import number_from
from service.database import unit_of_work
from tests.campus import LEARNER, PROJECT, Campus, House
from tests.stores import open_store
from verifier.credit import plans
from verifier.credit.cases import Acted, Cases
from verifier.credit.errors import RuleNotMet
from verifier.credit.events import Event
from verifier.credit.facts import State
from verifier.credit.filled import Value
from verifier.credit.matching import Part, Planned
from verifier.credit.plans import ComponentSpec
from verifier.credit.states import TABLE
from verifier.credit.tables import Case, Wish
from verifier.credit.work import Services

ZONE = ZoneInfo("Europe/Moscow")
START = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)  # a Monday
DECIDING = {row.event for row in TABLE if row.decides}
ALINA, TIMUR, EGOR = "l1", "l2", "l4"
ROLES: Mapping[str, tuple[Role, ...]] = {
    "secretary": (Role.SECRETARY,),
    "deputy": (Role.DEPUTY, Role.COMMISSION, Role.CHAIR),
    "teacher": (Role.TEACHER, Role.COMMISSION),
    "member": (Role.COMMISSION,),
    "spare": (Role.COMMISSION,),
    "spare2": (Role.COMMISSION,),
    "director": (Role.DIRECTOR,),
    "disputes": (Role.DISPUTES,),
    "centre": (Role.NETWORK_MANAGER,),
}

NAMES: Mapping[str, str] = {
    "guardian": "Ветрова Ольга Петровна",
    "secretary": "Мхова Елена Анатольевна",
    "deputy": "Рябинин Константин Сергеевич",
    "teacher": "Брусницын Олег Фёдорович",
    "member": "Клюква Инна Викторовна",
    "director": "Северцева Галина Михайловна",
}


class School:
    """`keys.deps.People` over a few invented persons."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.learners = {
            ALINA: _learner(ALINA, LEARNER, "Ветрова Алина Игоревна", date(2010, 4, 12), "10"),
            TIMUR: _learner(TIMUR, number_from(b"2" * 16), "Оленев Тимур Русланович", date(2013, 6, 30), "7"),
            EGOR: _learner(EGOR, number_from(b"4" * 16), "Морошкин Егор Николаевич", date(2008, 11, 1), "11"),
        }

    def learner(self, learner: str) -> Learner:
        if learner not in self.learners:
            raise NotFound
        return self.learners[learner]

    def learner_by_number(self, number: str) -> Learner | None:
        return next((one for one in self.learners.values() if one.number == number), None)

    def guardians(self, learner: str) -> list[Person]:
        minor = self.learners[learner].age(self.day) < 18
        return [Person("guardian", "Ветрова Ольга Петровна")] if minor else []

    def roster(self, school: str) -> list[Learner]:
        return [one for one in self.learners.values() if one.school == school]

    def person(self, person: str) -> Person:
        return Person(person, self.learners[person].name if person in self.learners else NAMES.get(person, "Житель"))

    def staff(self, organisation: str, role: Role) -> list[Person]:
        return [self.person(one) for one, roles in ROLES.items() if organisation == "s1" and role in roles]


@dataclass
class World:
    """See the module. `ordered` and `revoked` are what the school's issuer was told."""

    engine: Engine
    folder: Path
    campus: Campus = field(default_factory=lambda: Campus(START))
    ordered: list[AwardOrder] = field(default_factory=list)
    revoked: list[str] = field(default_factory=list)
    notices: list[dict[str, Any]] = field(default_factory=list)
    disputed: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.ugu: House = self.campus.join("ugu", name="Северный открытый университет", licence="Л-030")
        self.store = open_store(self.folder / "keys")
        self.cases = Cases(
            Services(
                verifier=self.campus.verifier,
                award=self._order,
                revoke=self._revoke,
                notify=self._notify,
                store=self.store,
                people=lambda _, now: School(now.astimezone(ZONE).date()),
                disputed=lambda _, case: case in self.disputed,
                zone=ZONE,
            )
        )
        with self.session() as session:
            self._found(session)
            self.item = self.planned(session)

    @property
    def now(self) -> datetime:
        return self.campus.now

    def later(self, **delta: float) -> None:
        """Let time pass."""
        self.campus.now += timedelta(**delta)

    @contextmanager
    def session(self) -> Iterator[Session]:
        with unit_of_work(self.engine) as session:
            yield session

    def planned(self, session: Session, learner: str = ALINA, **changes: Any) -> str:
        """A component in a learner's plan: the individual project unless `changes` say otherwise."""
        spec: dict[str, Any] = {
            "school": "s1",
            "code": f"P2-{len(changes)}-{learner}",
            "title": "Индивидуальный проект",
            "hours": 34,
            "recognition": "credit-p2",
            "outcomes": [Planned(code=code, name=f"Результат {code}", level=2) for code, _ in PROJECT],
        }
        component = plans.add_component(session, ComponentSpec(**(spec | changes)))
        return plans.assign(session, learner=learner, component=component.id, year="2026/27", now=self.now).id

    def badge(self, **options: Any) -> bytes:
        """A badge of the university for Alina, from a week ago."""
        return self.ugu.award(**({"awarded_at": self.now - timedelta(days=7)} | options))

    def drafted(self, *badges: bytes, item: str | None = None, **options: Any) -> str:
        """A draft by the guardian."""
        given = {"wish": Wish.FULL, "badges": badges} | options
        with self.session() as session:
            return self.cases.draft(session, self.actor("guardian"), item=item or self.item, now=self.now, **given).id

    def act(
        self,
        who: str | Actor,
        case: str,
        event: Event,
        filled: Mapping[str, Value] = MappingProxyType({}),
        *,
        kind: ActorKind = ActorKind.PERSON,
        **fields: Value,
    ) -> Acted:
        """One act by one person in a transaction of its own; version and digest are those of the moment."""
        with self.session() as session:
            actor = self.actor(who, kind) if isinstance(who, str) else who
            work = self.cases.look(session, actor, case, self.now)
            form: dict[str, Value] = {
                "version": str(work.case.version),
                "shown": work.shown_digest() if event in DECIDING else "",
                **filled,
                **fields,
            }
            return self.cases.act(session, work.actor, case, event, form, self.now)

    def read(self, case: str) -> Case:
        with self.session() as session:
            found = session.get_one(Case, case)
            session.expunge(found)
            return found

    def state(self, case: str) -> State:
        return self.read(case).state

    def to_commission(self, case: str) -> None:
        """From a draft to the commission."""
        self.to_comparison(case)
        self.act("teacher", case, Event.SIGN_MATRIX)
        self.act("deputy", case, Event.SEND_TO_COMMISSION)

    def to_comparison(self, case: str) -> None:
        """From a draft to the comparison."""
        self.act("guardian", case, Event.SUBMIT)
        self.act("secretary", case, Event.REGISTER)
        self.act("deputy", case, Event.START_CHECK)
        self.act("deputy", case, Event.ACCEPT_CHECK)

    def vote(self, case: str, extent: str, *people: str) -> None:
        """The votes of `people` (teacher, member, deputy unless named) for one extent."""
        for person in people or ("teacher", "member", "deputy"):
            self.act(person, case, Event.VOTE, extent=extent, free="yes")

    def decided(self, case: str, extent: str = "full", **fields: Value) -> None:
        """From the commission to the signed paper."""
        self.vote(case, extent)
        self.act("deputy", case, Event.CONCLUDE, fields, extent=extent)
        self.sign(case, refused=extent == "refuse")

    def sign(self, case: str, *, refused: bool = False) -> None:
        """The director's paper is recorded."""
        day = self.now.astimezone(ZONE).date().isoformat()
        paper: dict[str, Value] = {"number": "17-у", "date": day, "signer": "Директор Северцева Г. М."}
        reasons: dict[str, Value] = {}
        with self.session() as session:
            work = self.cases.look(session, self.actor("director"), case, self.now)
            reasons = {f"why.{row.outcome.code}": "Не подтверждён." for row in work.comparison.missing}
        self.act("director", case, Event.REFUSE if refused else Event.ORDER, paper | (reasons if refused else {}))

    def told(self, case: str) -> None:
        self.act("secretary", case, Event.NOTIFY, told=[ALINA, "guardian"], channel="account")

    def credited(self, *badges: bytes, **options: Any) -> str:
        """The whole way: from a draft to the closed case."""
        case = self.drafted(*badges, **options)
        self.to_commission(case)
        self.decided(case)
        self.told(case)
        with self.session() as session:
            hours = self.cases.look(session, self.actor("deputy"), case, self.now).freed_hours
        self.act("deputy", case, Event.AMEND_PLAN, hours=str(hours))
        self.act("deputy", case, Event.CLOSE, journal="yes", file="yes")
        return case

    @staticmethod
    def actor(who: str, kind: ActorKind = ActorKind.PERSON) -> Actor:
        """Somebody of this world; a staff member of another school is `foreign:<role>`."""
        school, _, role = who.rpartition(":")
        roles = ROLES.get(role, ())
        memberships = frozenset(Membership("s2" if school == "foreign" else "s1", one) for one in roles)
        if school == "awarder":
            memberships |= {Membership("ugu", Role.AWARDER)}
        if role == "guardian":
            return Actor(kind=kind, person="guardian", wards=frozenset({ALINA, TIMUR}))
        if role in {ALINA, TIMUR, EGOR}:
            return Actor(kind=kind, person=role, learner=role, adult=role == EGOR)
        if role == "tutor":
            return Actor(kind=kind, person="tutor", tutees=frozenset({ALINA}))
        return Actor(kind=kind, person=role, memberships=memberships)

    def _found(self, session: Session) -> None:
        for code in ("s1", "ugu"):
            organisations.register(
                session,
                code=code,
                name=f"Организация {code}",
                kind=OrganisationKind.SCHOOL,
                host=f"{code}.sever.example",
                member_from=START - timedelta(days=60),
            )
        organisations.rotate(session, self.store, "s1", START - timedelta(days=60))

    def _order(self, _session: Session, order: AwardOrder, _by: Actor, _now: datetime, /) -> str:
        self.ordered.append(order)
        return f"award-{len(self.ordered)}"

    def _notify(self, _session: Session, /, **told: Any) -> None:
        self.notices.append(told)

    def _revoke(self, _session: Session, award: str, /, *, reason: str, by: Actor, now: datetime) -> None:  # noqa: ARG002
        self.revoked.append(award)


def refused(code: str) -> Any:
    """Expect a guard's refusal by its code."""
    return pytest.raises(RuleNotMet, check=lambda error: error.code == code)


def parts_of_programming() -> tuple[Part, ...]:
    return (Part("1.1", "Алгоритмы и программы", 48), Part("1.2", "Базы данных", 20))


def _learner(learner: str, number: str, name: str, born: date, grade: str) -> Learner:
    family, given, patronymic = name.split()
    return Learner(
        id=learner,
        number=number,
        family_name=family,
        given_name=given,
        patronymic=patronymic,
        born=born,
        school="s1",
        grade=grade,
    )
