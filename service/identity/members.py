"""An organisation's own people: invited to a role, by two where the role lets others in; a role is ended, never deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlmodel import Session, col, select

from keys import organisations
from keys.actor import Membership, Role
from keys.deps import Person
from keys.tables import OrganisationKind
from schemas.errors import NotFound
from service.identity import accounts, sessions
from service.identity.days import in_force
from service.identity.errors import (
    InvitationSettled,
    LastManager,
    NameNeeded,
    OwnInvitation,
    RoleHeld,
    RoleNotHeld,
    RoleUnknown,
)
from service.identity.tables import Account, AccountRole, Invitation

_AWARDS = (Role.MANAGER, Role.AWARDER)
_SCHOOL = (
    Role.DIRECTOR,
    Role.DEPUTY,
    Role.SECRETARY,
    Role.TEACHER,
    Role.CLASS_TEACHER,
    Role.TUTOR,
    Role.COMMISSION,
    Role.CHAIR,
    Role.DISPUTES,
)
ROLES_OF: Mapping[OrganisationKind, tuple[Role, ...]] = {
    OrganisationKind.SCHOOL: (*_AWARDS, *_SCHOOL, Role.READER),
    OrganisationKind.COLLEGE: (*_AWARDS, *_SCHOOL, Role.READER),
    OrganisationKind.OPERATOR: (*_AWARDS, Role.OPERATOR, Role.NETWORK_MANAGER, Role.TUTOR),
    OrganisationKind.AUTHORITY: (Role.MANAGER, Role.AUTHORITY),
}
"""Which roles there are to give; in every other kind of organisation those who award, accompany and read."""
OTHERS = (*_AWARDS, Role.TUTOR, Role.READER)
WATCHED = frozenset({Role.MANAGER, Role.DIRECTOR, Role.SECRETARY, Role.OPERATOR})
"""Roles whose holders let others in: they are given by two."""
APPROVERS = (Role.MANAGER, Role.DIRECTOR)
NAME_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMember:
    """Somebody who is to have a role: a colleague by their account, else somebody new by name."""

    role: str
    name: str = ""
    account: str = ""
    until: date | None = None


def roles_of(session: Session, organisation: str) -> tuple[Role, ...]:
    """The roles that an organisation of its kind has to give."""
    return ROLES_OF.get(organisations.find(session, organisation).kind, OTHERS)


def invite(session: Session, organisation: str, new: NewMember, by: str, now: datetime, today: date) -> Invitation:
    """Ask for a role for somebody; it is theirs at once unless a second person must agree.

    Raises `RoleUnknown`, `NameNeeded`, `RoleHeld`, `NotFound` for a colleague who is none.
    """
    role = next((role for role in roles_of(session, organisation) if role == new.role), None)
    if role is None:
        raise RoleUnknown(pointer="/role")
    known = new.account
    account = _colleague(session, organisation, known, today) if known else newcomer(session, new.name).id
    if Membership(organisation, role) in accounts.memberships(session, account, today):
        raise RoleHeld(pointer="/role")
    asked = Invitation(
        id=uuid4().hex,
        organisation=organisation,
        account=account,
        role=role,
        until=new.until,
        asked_by=by,
        asked_at=now,
    )
    session.add(asked)
    if not _needs_second(session, asked, today):
        _grant(session, asked, by, now, today)
    session.flush()
    return asked


def settle(session: Session, asked: Invitation, by: str, now: datetime, today: date, *, agree: bool) -> None:
    """The second person agrees or does not. Raises `InvitationSettled`, `OwnInvitation`."""
    held = session.get_one(Invitation, asked.id, with_for_update=True, populate_existing=True)
    if held.settled_at is not None:
        raise InvitationSettled
    if by in {held.asked_by, held.account}:
        raise OwnInvitation
    if agree:
        _grant(session, held, by, now, today)
    else:
        held.settled_by, held.settled_at, held.agreed = by, now, False
    session.flush()


def find(session: Session, organisation: str, invitation: str) -> Invitation:
    """The organisation's invitation of that id, or `NotFound`."""
    found = session.get(Invitation, invitation)
    if found is None or found.organisation != organisation:
        raise NotFound
    return found


def waiting(session: Session, organisation: str) -> list[tuple[Invitation, Account]]:
    """Invitations that wait for a second person, the oldest first."""
    wanted = select(Invitation, Account).join(Account, col(Invitation.account) == Account.id)
    open_ = wanted.where(Invitation.organisation == organisation, col(Invitation.settled_at).is_(None))
    return [(row[0], row[1]) for row in session.exec(open_.order_by(col(Invitation.asked_at), col(Invitation.id)))]


def members(session: Session, organisation: str, today: date) -> list[tuple[Account, AccountRole]]:
    """Who holds what, by name."""
    held = (
        select(Account, AccountRole)
        .join(AccountRole)
        .where(AccountRole.organisation == organisation, in_force(AccountRole.since, AccountRole.until, today))
        .order_by(Account.name, col(AccountRole.role))
    )
    return [(row[0], row[1]) for row in session.exec(held)]


def colleagues(session: Session, organisation: str, today: date) -> list[Person]:
    """Everybody who holds a role, once, by name."""
    named = {account.id: account.name for account, _ in members(session, organisation, today)}
    return sorted((Person(*one) for one in named.items()), key=lambda one: one.name)


def end_role(session: Session, organisation: str, account: str, role: str, today: date) -> None:
    """Somebody does not hold a role from today on, and is signed out. Raises `RoleNotHeld`, `LastManager`."""
    held = [row for _, row in members(session, organisation, today) if row.account == account and row.role == role]
    if not held:
        raise RoleNotHeld
    if held[0].role is Role.MANAGER and len(accounts.holders(session, organisation, Role.MANAGER, today)) == 1:
        raise LastManager
    held[0].until = today - timedelta(days=1)
    sessions.end_all(session, account)
    session.flush()


def belongs_here_alone(session: Session, organisation: str, account: str, today: date) -> bool:
    """Whether all roles of somebody are in this organisation, and there is one: only then it may let them in anew."""
    held = accounts.memberships(session, account, today)
    return bool(held) and {membership.organisation for membership in held} == {organisation}


def _needs_second(session: Session, asked: Invitation, today: date) -> bool:
    """Whether the role is a watched one and there is somebody who could agree."""
    able = {one.id for role in APPROVERS for one in accounts.holders(session, asked.organisation, role, today)}
    return asked.role in WATCHED and bool(able - {asked.asked_by, asked.account})


def _grant(session: Session, asked: Invitation, by: str, now: datetime, today: date) -> None:
    asked.settled_by, asked.settled_at, asked.agreed = by, now, True
    membership = Membership(asked.organisation, asked.role)
    accounts.grant(session, asked.account, membership, since=today, until=asked.until)


def newcomer(session: Session, name: str) -> Account:
    """An account for somebody new, without a role and without a way in. Raises `NameNeeded`."""
    tidy = " ".join(name.split())[:NAME_MOST]
    if not tidy:
        raise NameNeeded(pointer="/name")
    return accounts.add_account(session, id=uuid4().hex, name=tidy)


def _colleague(session: Session, organisation: str, account: str, today: date) -> str:
    if account not in {one.id for one in colleagues(session, organisation, today)}:
        raise NotFound
    return account
