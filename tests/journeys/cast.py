"""Who there is in the town, seen from Алина: one person of every kind, each with nothing but what the kind is named for."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from hashlib import sha256

from sqlmodel import Session

from keys.actor import Actor, ActorKind, Membership, Role
from service.demo.people import account_of, guardian_of
from service.identity import accounts, roll
from service.vc_api import tokens
from service.vc_api.tokens import LONGEST_DAYS, Scope, Wish
from tests.journeys.caller import Caller

STRANGER = "stranger"
SCHOOL, OTHER_SCHOOL = "s1", "s2"
SCHOOL_ROLES = (
    Role.SECRETARY,
    Role.DEPUTY,
    Role.DIRECTOR,
    Role.TEACHER,
    Role.CLASS_TEACHER,
    Role.TUTOR,
    Role.COMMISSION,
    Role.CHAIR,
    Role.DISPUTES,
)
LIVING: Mapping[str, str] = {
    "learner": "l1",
    "guardian": guardian_of("l1"),
    "classmate": "l2",
    "guardian_of_classmate": guardian_of("l2"),
    "learner_elsewhere": "l3",
    "guardian_elsewhere": guardian_of("l3"),
    "grown_up_learner": "l4",
    "tutor": "t1",
    "tutor_of_others": "t2",
}
"""People whom the municipality has anyway, by their code."""
HIRED: Mapping[str, tuple[Membership, ...]] = {
    "class_teacher": (Membership(SCHOOL, Role.CLASS_TEACHER),),
    "class_teacher_of_others": (Membership(SCHOOL, Role.CLASS_TEACHER),),
    "secretary": (Membership(SCHOOL, Role.SECRETARY),),
    "deputy": (Membership(SCHOOL, Role.DEPUTY),),
    "director": (Membership(SCHOOL, Role.DIRECTOR),),
    "teacher": (Membership(SCHOOL, Role.TEACHER),),
    "commission": (Membership(SCHOOL, Role.COMMISSION),),
    "chair": (Membership(SCHOOL, Role.CHAIR),),
    "disputes": (Membership(SCHOOL, Role.DISPUTES),),
    "school_awarder": (Membership(SCHOOL, Role.AWARDER), Membership(SCHOOL, Role.MANAGER)),
    "staff_elsewhere": tuple(Membership(OTHER_SCHOOL, role) for role in SCHOOL_ROLES),
    "awarder": (Membership("ugu", Role.AWARDER),),
    "issuer_manager": (Membership("ugu", Role.MANAGER),),
    "admissions": (Membership("ugu", Role.READER),),
    "other_issuer": (Membership("kva", Role.AWARDER), Membership("kva", Role.MANAGER)),
    "operator": (Membership("cpo", Role.OPERATOR), Membership("cpo", Role.MANAGER)),
    "network_manager": (Membership("cpo", Role.NETWORK_MANAGER),),
    "authority": (Membership("uo", Role.AUTHORITY),),
    "employer": (Membership("sen", Role.READER),),
}
"""People with exactly these roles; the municipality's own often hold several, and then nobody could say which one opened."""
PROGRAMS: Mapping[str, str] = {"program": "ugu", "program_elsewhere": "kva"}
"""Programs by their organisation, with every scope there is."""
SIGNED_IN = (*LIVING, *HIRED)
PEOPLE = (STRANGER, *SIGNED_IN)
KINDS = (*PEOPLE, *PROGRAMS)
OLD_PROGRAM = "Старая программа"


def account(kind: str) -> str:
    """The account of the person of that kind."""
    return account_of(LIVING.get(kind, f"hired-{kind}"))


def hire(session: Session, since: date) -> None:
    """Enter those whom the municipality lacks; the class teacher accompanies Алина, the other one nobody."""
    for number, (kind, held) in enumerate(HIRED.items(), 1):
        known, name = account(kind), f"Сотрудник № {number}"
        accounts.add_account(session, id=known, name=name, memberships=held, demo=True, since=since)
    roll.add_companion(session, account("learner"), account("class_teacher"), since)
    for name, organisation in {**PROGRAMS, OLD_PROGRAM: "ugu"}.items():
        trust(session, name, organisation, datetime.combine(since, time(), UTC))


def trust(session: Session, name: str, organisation: str, now: datetime) -> None:
    """Make the token of a program."""
    manager = Actor(kind=ActorKind.PERSON, person=account("issuer_manager"))
    shown = name if name == OLD_PROGRAM else f"Программа организации {organisation}"
    wish = Wish(organisation, shown, tuple(Scope), LONGEST_DAYS)
    tokens.make(session, wish, manager, now, lambda _: _entropy(name))


def secret(program: str) -> str:
    """The token that a program was given."""
    return f"{tokens.PREFIX}{_entropy(program).hex()}"


def _entropy(name: str) -> bytes:
    return sha256(name.encode()).digest()


def enter(caller: Caller, kind: str) -> Caller:
    """The caller as a person of that kind."""
    if kind in PROGRAMS:
        return caller.show(secret(kind))
    return caller if kind == STRANGER else caller.sign_in(account(kind))
