"""Who acts, and what they may do: one pure look-up in rows that every package states for itself (`rights.py`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from schemas.errors import Forbidden, NotFound, NotSignedIn


class Role(StrEnum):
    """What a person is to an organisation (DOMAIN §1.6, §2.2)."""

    AWARDER = "awarder"  # staff of an issuer who propose and make awards
    MANAGER = "manager"  # answers for an organisation's members, keys and catalogue
    SECRETARY = "secretary"
    DEPUTY = "deputy"
    DIRECTOR = "director"
    TEACHER = "teacher"  # subject teacher, assessor
    CLASS_TEACHER = "class_teacher"
    TUTOR = "tutor"
    COMMISSION = "commission"  # member of the commission on credit
    CHAIR = "chair"
    DISPUTES = "disputes"  # member of the commission for settling disputes (273-ФЗ, art. 45)
    OPERATOR = "operator"  # runs the network's trust list
    NETWORK_MANAGER = "network_manager"
    AUTHORITY = "authority"
    READER = "reader"  # receives portfolios: university admissions, employer


class ActorKind(StrEnum):
    """What stands behind an act; only a person decides (ARCHITECTURE §5.6)."""

    ANONYMOUS = "anonymous"
    PERSON = "person"
    TOKEN = "token"  # noqa: S105 - a kind of actor, not a secret
    JOB = "job"
    COMMAND = "command"


class Bond(StrEnum):
    """How an actor must stand to a thing for a row to apply."""

    ANYONE = "anyone"
    SIGNED_IN = "signed_in"
    SELF = "self"  # the learner whose thing it is
    SELF_ADULT = "self_adult"  # the same, 18 or older
    GUARDIAN = "guardian"  # acts for the learner whose thing it is, who is a minor
    TUTEE = "tutee"  # tutor or class teacher of the learner whose thing it is
    MEMBER = "member"  # holds `role` in the organisation whose thing it is
    PROGRAM = "program"  # a token of the organisation whose thing it is, the act among its scopes


@dataclass(frozen=True, slots=True)
class Membership:
    """One role in one organisation."""

    organisation: str
    role: Role


@dataclass(frozen=True, slots=True)
class Program:
    """A token of one organisation: its id and the actions that it was made for."""

    id: str
    organisation: str
    scopes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts. `learner` is the actor's own learner id, `wards` the minors they are guardian of, `tutees` those they accompany.

    A `program` acts without a person.
    """

    kind: ActorKind = ActorKind.ANONYMOUS
    person: str | None = None
    memberships: frozenset[Membership] = frozenset()
    learner: str | None = None
    adult: bool = True
    wards: frozenset[str] = frozenset()
    tutees: frozenset[str] = frozenset()
    program: Program | None = None

    @property
    def account(self) -> str:
        """The person or token that acts; empty for everything else."""
        return self.person or (self.program.id if self.program is not None else "")

    @property
    def scopes(self) -> frozenset[str]:
        """What a program was made for; nothing for people."""
        return frozenset() if self.program is None else self.program.scopes

    def holds(self, role: Role, organisation: str | None) -> bool:
        """Whether the actor has `role` in `organisation`."""
        return organisation is not None and Membership(organisation, role) in self.memberships


ANONYMOUS = Actor()


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What an act is about: the organisation it belongs to, the learner it concerns, or both."""

    organisation: str | None = None
    learner: str | None = None


NOTHING = Thing()


@dataclass(frozen=True, slots=True)
class Right:
    """One row: `action` is allowed to whoever stands in `bond` to the thing; `role` only with `Bond.MEMBER`.

    `decides` marks acts of judgement: no job, token or command line may do them, whatever else the row says.
    """

    action: str
    bond: Bond
    role: Role | None = None
    decides: bool = False


def _bound(actor: Actor, bond: Bond, thing: Thing) -> bool:
    own = thing.learner is not None and thing.learner == actor.learner
    return {
        Bond.ANYONE: True,
        Bond.SIGNED_IN: actor.person is not None,
        Bond.SELF: own,
        Bond.SELF_ADULT: own and actor.adult,
        Bond.GUARDIAN: thing.learner in actor.wards,
        Bond.TUTEE: thing.learner in actor.tutees,
    }[bond]


def _is_program(actor: Actor, thing: Thing) -> bool:
    """Whether a token of the thing's organisation acts."""
    if actor.kind is not ActorKind.TOKEN or actor.program is None:
        return False
    return actor.program.organisation == thing.organisation


class Rights:
    """The joined rows of all packages."""

    def __init__(self, rows: Iterable[Right]) -> None:
        self._rows: dict[str, tuple[Right, ...]] = {}
        for row in rows:
            self._rows[row.action] = (*self._rows.get(row.action, ()), row)

    @property
    def actions(self) -> frozenset[str]:
        """Every action that has at least one row."""
        return frozenset(self._rows)

    def can(self, actor: Actor, action: str, thing: Thing = NOTHING) -> bool:
        """Whether `actor` may do `action` to `thing`; an action without a row is allowed to nobody."""
        return any(self._grants(row, actor, thing) for row in self._rows.get(action, ()))

    def judges(self, actor: Actor) -> bool:
        """Whether `actor` holds a role, in whichever organisation, that may do acts of judgement."""
        roles = {row.role for rows in self._rows.values() for row in rows if row.decides}
        return any(membership.role in roles for membership in actor.memberships)

    def require(self, actor: Actor, action: str, thing: Thing = NOTHING) -> None:
        """Raise unless `can`: `NotSignedIn` for strangers, `NotFound` where the thing is foreign, else `Forbidden`."""
        if self.can(actor, action, thing):
            return
        if actor.kind is ActorKind.ANONYMOUS:
            raise NotSignedIn
        raise Forbidden if self._knows(actor, thing) else NotFound

    @staticmethod
    def _grants(row: Right, actor: Actor, thing: Thing) -> bool:
        if row.decides and actor.kind is not ActorKind.PERSON:
            return False
        if row.bond is Bond.MEMBER:
            return row.role is not None and actor.holds(row.role, thing.organisation)
        if row.bond is Bond.PROGRAM:
            return _is_program(actor, thing) and row.action in actor.scopes
        return _bound(actor, row.bond, thing)

    @staticmethod
    def _knows(actor: Actor, thing: Thing) -> bool:
        """Whether the thing is near enough to the actor that its existence is no secret (THREATS W1)."""
        if thing == NOTHING or _is_program(actor, thing):
            return True
        if thing.learner is not None and thing.learner in {actor.learner, *actor.wards, *actor.tutees}:
            return True
        return any(membership.organisation == thing.organisation for membership in actor.memberships)
