"""Who stands in for whom: for a term, the duties of somebody who is away are a colleague's alone, by the director's order.

>>> enter(session, "s1", Absence(absent="a", substitute="b", since=day, until=day, basis="Приказ № 12"), by="director", …)
>>> held(session, "b", day)     # b's own roles and a's duties
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from uuid import uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from keys.actor import Membership, Role
from schemas.errors import NotFound
from service.identity import accounts, members
from service.identity.days import in_force
from service.identity.errors import (
    BasisNeeded,
    ColleagueUnknown,
    OwnSubstitution,
    SubstitutionOver,
    SubstitutionOverlaps,
    SubstitutionTerm,
)
from service.identity.tables import Account, AccountRole, Substitution

DUTIES = frozenset(
    {Role.DIRECTOR, Role.DEPUTY, Role.SECRETARY, Role.TEACHER, Role.COMMISSION, Role.CHAIR, Role.DISPUTES}
)
"""What passes on. Whoever accompanies a learner, awards or manages does so in person."""
BASIS_MOST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """Who is away, who stands in, from which day to which (both included), by which order or power of attorney."""

    absent: str
    substitute: str
    since: date
    until: date
    basis: str


def held(session: Session, account: str, day: date) -> frozenset[Membership]:
    """What a person is on a day: their own roles but those held for them by somebody, and the duties that they hold for others."""
    return frozenset(
        Membership(row.organisation, row.role)
        for row, substitute in session.execute(_roles_around(), {"account": account, "day": day})
        if account == (substitute if substitute and row.role in DUTIES else row.account)
    )


def holders(session: Session, organisation: str, role: Role, day: date) -> list[Account]:
    """Who holds a role in an organisation on a day, those who stand in instead of those who are away."""
    own = accounts.holders(session, organisation, role, day)
    instead = {one.absent: one.substitute for one in in_term(session, organisation, day)} if role in DUTIES else {}
    found = (session.get_one(Account, instead[one.id]) if one.id in instead else one for one in own)
    return list({one.id: one for one in found}.values())


def enter(session: Session, organisation: str, new: Absence, *, by: str, now: datetime, today: date) -> Substitution:
    """Note that somebody stands in for somebody.

    Raises `ColleagueUnknown`, `OwnSubstitution`, `SubstitutionTerm`, `BasisNeeded`, `SubstitutionOverlaps`.
    """
    colleagues = {one.id for one in members.colleagues(session, organisation, today)}
    if not {new.absent, new.substitute} <= colleagues:
        raise ColleagueUnknown(pointer="/absent")
    if new.substitute in {by, new.absent}:
        raise OwnSubstitution(pointer="/substitute")
    if new.until < max(new.since, today):
        raise SubstitutionTerm(pointer="/until")
    if not new.basis.strip():
        raise BasisNeeded(pointer="/basis")
    if _overlaps(session, organisation, new):
        raise SubstitutionOverlaps(pointer="/substitute")
    row = Substitution(
        id=uuid4().hex,
        organisation=organisation,
        absent=new.absent,
        substitute=new.substitute,
        since=new.since,
        until=new.until,
        basis=new.basis.strip()[:BASIS_MOST],
        entered_by=by,
        entered_at=now,
    )
    session.add(row)
    session.flush()
    return row


def end(session: Session, organisation: str, substitution: str, today: date) -> Substitution:
    """Somebody is back from today on. Raises `NotFound`, `SubstitutionOver` where nobody stands in any more."""
    row = session.get(Substitution, substitution)
    if row is None or row.organisation != organisation:
        raise NotFound
    if row.until < today:
        raise SubstitutionOver
    row.until = today - timedelta(days=1)
    session.flush()
    return row


def in_term(session: Session, organisation: str, day: date) -> list[Substitution]:
    """Who stands in for whom in an organisation on a day."""
    wanted = select(Substitution).where(Substitution.organisation == organisation)
    return list(session.exec(wanted.where(in_force(Substitution.since, Substitution.until, day))))


def ahead(session: Session, organisation: str, today: date) -> list[Substitution]:
    """Those of today and those to come, the first to end first."""
    wanted = select(Substitution).where(Substitution.organisation == organisation, Substitution.until >= today)
    return list(session.exec(wanted.order_by(col(Substitution.until), col(Substitution.id))))


def stood_in_for(session: Session, account: str, day: date) -> list[Substitution]:
    """For whom a person stands in on a day."""
    return list(session.exec(select(Substitution).where(*_standing_in(account, day))))


@cache
def _roles_around() -> sa.Select[AccountRole, str | None]:
    """The roles of a person and of those for whom they stand in, each with whoever stands in for its holder.

    The question is put at every request and therefore written once.
    """
    account, day = sa.bindparam("account", type_=sa.String()), sa.bindparam("day", type_=sa.Date())
    absent = sa.select(col(Substitution.absent)).where(*_standing_in(account, day))
    instead = sa.and_(
        col(Substitution.absent) == AccountRole.account,
        col(Substitution.organisation) == AccountRole.organisation,
        in_force(Substitution.since, Substitution.until, day),
    )
    return (
        sa.select(AccountRole, col(Substitution.substitute))
        .outerjoin(Substitution, instead)
        .where(col(AccountRole.account).in_(sa.union_all(sa.select(account), absent)))
        .where(in_force(AccountRole.since, AccountRole.until, day))
    )


def _standing_in(
    account: str | sa.ColumnElement[str], day: date | sa.ColumnElement[date]
) -> tuple[sa.ColumnElement[bool], ...]:
    return col(Substitution.substitute) == account, in_force(Substitution.since, Substitution.until, day)


def _overlaps(session: Session, organisation: str, new: Absence) -> bool:
    """Whether somebody would be away twice, or stand in while away themselves."""
    wanted = select(Substitution).where(
        Substitution.organisation == organisation, Substitution.since <= new.until, Substitution.until >= new.since
    )
    return any(
        one.absent in {new.absent, new.substitute} or one.substitute == new.absent for one in session.exec(wanted)
    )
