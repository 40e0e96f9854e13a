"""The register of contracts on the network form: entered, put into force as signed on paper, ended; never changed after that.

contract = contracts.enter(session, "s2", Terms(…), base=school, by=person, now=now)
contracts.add_party(session, contract, member, ContractRole.PARTICIPANT)
contracts.add_programme(session, contract, Programme(…))
contracts.conclude(session, contract, number="7", signed_on=day, today=today)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlmodel import Session, col, select

from schemas.errors import NotFound
from schemas.trust_list import Member
from verifier.credit.curricula.tables import ComponentPart
from verifier.credit.errors import NoComponent
from verifier.credit.network.errors import AlreadyThere, ContractFixed, ContractIncomplete, PartyUnknown, TermUnclear
from verifier.credit.network.tables import (
    ContractParty,
    ContractProgramme,
    ContractRole,
    ContractState,
    NetworkContract,
)
from verifier.credit.tables import PlanComponent


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a contract says as a whole; the last day is included."""

    title: str
    valid_from: date
    valid_until: date
    data_clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A part of the joint programme, as a form names it; `part` is "" for the whole component."""

    provider: str
    code: str
    title: str
    hours: int
    component: str
    part: str = ""


def enter(
    session: Session, school: str, terms: Terms, *, base: tuple[str, str], by: str, now: datetime
) -> NetworkContract:
    """Begin a contract of a school; `base` is its own DID and name. Raises `TermUnclear`."""
    if terms.valid_until < terms.valid_from:
        raise TermUnclear(pointer="/valid_until")
    contract = NetworkContract(
        id=uuid4().hex,
        school=school,
        title=terms.title,
        valid_from=terms.valid_from,
        valid_until=terms.valid_until,
        data_clause=terms.data_clause,
        state=ContractState.DRAFT,
        entered_by=by,
        entered_at=now,
    )
    session.add(contract)
    session.flush()
    _add_party(session, contract, *base, ContractRole.BASE)
    return contract


def of_school(session: Session, school: str, contract: str) -> NetworkContract:
    """The contract of that school, its row held until the transaction ends; or `NotFound`."""
    wanted = select(NetworkContract).where(NetworkContract.id == contract, NetworkContract.school == school)
    found = session.exec(wanted.with_for_update(), execution_options={"populate_existing": True}).one_or_none()
    if found is None:
        raise NotFound
    return found


def all_of(session: Session, school: str) -> list[NetworkContract]:
    """Every contract of a school, the newest term first."""
    wanted = select(NetworkContract).where(NetworkContract.school == school)
    return list(session.exec(wanted.order_by(col(NetworkContract.valid_from).desc(), col(NetworkContract.entered_at))))


def parties_of(session: Session, contract: NetworkContract) -> list[ContractParty]:
    """The parties, the base organisation first."""
    wanted = select(ContractParty).where(ContractParty.contract == contract.id).order_by(ContractParty.name)
    return sorted(session.exec(wanted), key=lambda party: party.role is not ContractRole.BASE)


def programmes_of(session: Session, contract: NetworkContract) -> list[ContractProgramme]:
    """What is taught under it."""
    wanted = select(ContractProgramme).where(ContractProgramme.contract == contract.id)
    return list(session.exec(wanted.order_by(col(ContractProgramme.title), col(ContractProgramme.id))))


def add_party(
    session: Session, contract: NetworkContract, did: str, role: ContractRole, members: Iterable[Member]
) -> ContractParty:
    """Name a member of the network as a party. Raises `ContractFixed`, `PartyUnknown`, `AlreadyThere`."""
    require_state(contract, ContractState.DRAFT)
    member = next((one for one in members if one.issuer == did), None)
    if member is None or role is ContractRole.BASE:
        raise PartyUnknown(pointer="/organisation")
    if session.get(ContractParty, (contract.id, did)) is not None:
        raise AlreadyThere(pointer="/organisation")
    return _add_party(session, contract, member.issuer, member.name, role)


def add_programme(session: Session, contract: NetworkContract, programme: Programme) -> ContractProgramme:
    """Name what a party teaches and what it stands for.

    Raises `ContractFixed`, `PartyUnknown`, `NoComponent` for what is not this school's, `AlreadyThere`.
    """
    require_state(contract, ContractState.DRAFT)
    party = session.get(ContractParty, (contract.id, programme.provider))
    if party is None or party.role is ContractRole.BASE:
        raise PartyUnknown(pointer="/provider")
    _require_component(session, contract.school, programme)
    row = ContractProgramme(
        id=uuid4().hex,
        contract=contract.id,
        provider=programme.provider,
        code=programme.code,
        title=programme.title,
        hours=programme.hours,
        component=programme.component,
        part=programme.part,
    )
    if any(_is_same(one, row) for one in programmes_of(session, contract)):
        raise AlreadyThere(pointer="/code")
    session.add(row)
    session.flush()
    return row


def conclude(session: Session, contract: NetworkContract, *, number: str, signed_on: date, today: date) -> None:
    """Record that it was signed on paper. Raises `ContractFixed`, `ContractIncomplete`, `TermUnclear`."""
    require_state(contract, ContractState.DRAFT)
    if signed_on > today:
        raise TermUnclear(pointer="/signed_on")
    if not (contract.data_clause and programmes_of(session, contract)):
        raise ContractIncomplete
    contract.number, contract.signed_on, contract.state = number, signed_on, ContractState.IN_FORCE
    session.flush()


def end(session: Session, contract: NetworkContract, *, from_day: date, reason: str) -> None:
    """End it before its last day; what was awarded before stays recordable. Raises `ContractFixed`, `TermUnclear`."""
    require_state(contract, ContractState.IN_FORCE)
    if not contract.valid_from <= from_day <= contract.valid_until:
        raise TermUnclear(pointer="/ended_on")
    contract.state, contract.ended_on, contract.end_reason = ContractState.ENDED, from_day, reason
    session.flush()


def held(contract: NetworkContract, day: date) -> bool:
    """Whether the contract was in force on a day."""
    if contract.state is ContractState.DRAFT or not contract.valid_from <= day <= contract.valid_until:
        return False
    return contract.ended_on is None or day < contract.ended_on


def _add_party(session: Session, contract: NetworkContract, did: str, name: str, role: ContractRole) -> ContractParty:
    party = ContractParty(contract=contract.id, organisation=did, name=name, role=role)
    session.add(party)
    session.flush()
    return party


def require_state(contract: NetworkContract, state: ContractState) -> None:
    """Raise `ContractFixed` unless the contract is in that state."""
    if contract.state is not state:
        raise ContractFixed


def _require_component(session: Session, school: str, programme: Programme) -> None:
    component = session.get(PlanComponent, programme.component)
    parts = select(ComponentPart.code).where(ComponentPart.component == programme.component)
    known = {"", *session.exec(parts)}
    if component is None or component.school != school or component.state_final or programme.part not in known:
        raise NoComponent


def _is_same(one: ContractProgramme, other: ContractProgramme) -> bool:
    named = [(row.provider, row.code, row.component, row.part) for row in (one, other)]
    return named[0] == named[1]
