"""A family for the wallet's tests: learners of three ages, their guardian, and badges put straight into the table."""

import hashlib
import uuid
from datetime import UTC, date, datetime

from sqlmodel import Session

from keys.actor import Actor, ActorKind, Membership, Role
from keys.deps import Learner
from schemas.identity import number_from
from wallet_web.links import Links
from wallet_web.share import ShareOrder, new_id
from wallet_web.tables import Entry

NOW = datetime(2026, 11, 22, 11, 5, tzinfo=UTC)
LINKS = Links(b"a secret that no database holds!", "https://zachetka.example")


def learner(born: date, given_name: str = "Алина") -> Learner:
    return Learner(
        id=uuid.uuid4().hex,
        number=number_from(uuid.uuid4().bytes),
        family_name="Канарейка-7319",
        given_name=given_name,
        patronymic="Игоревна",
        born=born,
        school="s1",
        grade="10",
    )


def teenager() -> Learner:
    return learner(date(2010, 4, 12))


def child() -> Learner:
    return learner(date(2013, 6, 30))


def adult() -> Learner:
    return learner(date(2008, 11, 20))


def themself(of: Learner, now: datetime = NOW) -> Actor:
    return Actor(kind=ActorKind.PERSON, person=f"p-{of.id[:8]}", learner=of.id, adult=of.age(now.date()) >= 18)


def guardian(*of: Learner, now: datetime = NOW) -> Actor:
    """Whoever answers for these learners today; for those who are 18 nobody does."""
    wards = frozenset(ward.id for ward in of if ward.age(now.date()) < 18)
    return Actor(kind=ActorKind.PERSON, person="guardian", wards=wards)


def teacher(*of: Learner, school: str = "s1", person: str = "teacher") -> Actor:
    """The class teacher who accompanies these learners."""
    held = frozenset({Membership(school, Role.CLASS_TEACHER)})
    return Actor(kind=ActorKind.PERSON, person=person, memberships=held, tutees=frozenset(one.id for one in of))


def entry(session: Session, of: Learner, title: str = "Исследовательский проект", document: bytes = b"{}") -> Entry:
    """A badge in the table; enough where nobody reads its document."""
    made = Entry(
        id=uuid.uuid4().hex,
        learner=of.id,
        sameness=uuid.uuid4().hex,
        document=document,
        digest=hashlib.sha256(document).hexdigest(),
        title=title,
        issuer_name="Северный открытый университет",
        search=title.casefold(),
        valid_from=NOW,
        received_at=NOW,
    )
    session.add(made)
    session.flush()
    return made


def order(*entries: Entry, days: int = 14) -> ShareOrder:
    return ShareOrder(
        id=new_id(),
        entries=tuple(badge.id for badge in entries),
        audience="Приёмная комиссия",
        purpose="Поступление",
        days=days,
    )
