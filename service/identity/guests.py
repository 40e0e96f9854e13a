"""Who stands at the door: the cookie of a request, turned into an actor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from keys import organisations
from keys.actor import ANONYMOUS, Actor, ActorKind, Bond
from service.identity import roll, sessions, substitution
from service.identity.days import is_minor
from service.identity.tables import Account, BrowserSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """A visitor as far as we know them; `token` and `csrf` are empty for a stranger.

    `names` are the short names of the organisations, by code, of whoever has roles in several of them.
    """

    actor: Actor = ANONYMOUS
    name: str = ""
    token: str = ""
    csrf: str = ""
    session: BrowserSession | None = None
    names: Mapping[str, str] = field(default_factory=dict)


STRANGER = Guest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """How people are let in here: the length of sessions, and whether invented people may enter."""

    term: sessions.Term
    demo: bool

    def recognise(self, session: Session, token: str, now: datetime, day: date) -> Guest:
        """Whoever holds the session `token`; a stranger when it has ended."""
        found = sessions.find(session, token, now, self.term)
        if found is None or not self.admits(found[1]):
            return STRANGER
        row, account = found
        actor = actor_of(session, account, day)
        return Guest(
            actor=actor,
            name=account.name,
            token=token,
            csrf=sessions.csrf(token),
            session=row,
            names=names_for(session, actor),
        )

    def admits(self, account: Account) -> bool:
        """Whether the account may be used here at all: invented people only in a demonstration."""
        return self.demo or not account.demo


def names_for(session: Session, actor: Actor) -> Mapping[str, str]:
    """The short names of the organisations in which somebody has roles, by code.

    Read only where one name would not tell two pages apart: most people have roles in one organisation.
    """
    codes = {held.organisation for held in actor.memberships}
    return organisations.short_names(session, codes) if len(codes) > 1 else {}


def actor_of(session: Session, account: Account, day: date) -> Actor:
    """The person behind an account with everything they are on that day."""
    bonds = roll.bonds(session, account.id, day)
    own = [born for bond, _, born in bonds if bond is Bond.SELF]
    return Actor(
        kind=ActorKind.PERSON,
        person=account.id,
        memberships=substitution.held(session, account.id, day),
        learner=account.id if own else None,
        adult=not any(is_minor(born, day) for born in own),
        wards=frozenset(learner for bond, learner, _ in bonds if bond is Bond.GUARDIAN),
        tutees=frozenset(learner for bond, learner, _ in bonds if bond is Bond.TUTEE),
    )
