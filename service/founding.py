"""Founding an installation: its first organisation with a key, and the person who answers for it (DOMAIN §1.3 rows 60, 61).

Where no other installation keeps the network's list, that organisation is the operator; everything after it has pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlmodel import Session

from keys import journal, organisations
from keys.actor import Membership, Role
from keys.errors.network import OrganisationExists
from keys.tables import Organisation, OrganisationKind
from schemas.errors import N_, BadInput, Conflict
from service.identity import accounts, slips
from service.identity.members import NAME_MOST
from service.identity.slip_pages import ENTER
from service.keeping import COMMAND, Keeping
from service.parts import Parts

ANSWERS_FOR = (Role.MANAGER, Role.AWARDER)
OPERATES = (Role.MANAGER, Role.OPERATOR, Role.NETWORK_MANAGER)
OWN_KINDS = (
    OrganisationKind.SCHOOL,
    OrganisationKind.COLLEGE,
    OrganisationKind.UNIVERSITY,
    OrganisationKind.SUPPLEMENTARY,
    OrganisationKind.EMPLOYER,
    OrganisationKind.PARTNER,
    OrganisationKind.AUTHORITY,
)
_NAME_MOST = 300


class Founded(Conflict):
    """There is an organisation already."""

    code = "founded"
    sentence = N_("Эта установка уже начата: в ней есть организации. Остальные вступают через страницы.")


class NobodyNamed(BadInput):
    """An organisation or a person without a name."""

    code = "founder-nameless"
    sentence = N_("Назовите организацию и человека, который за неё отвечает: от 1 до {limit} знаков.")


class KindMissing(BadInput):
    """An installation of a member says what sort of organisation it is; the operator's own needs no telling."""

    code = "founder-kind"
    sentence = N_("Список сети ведёт другая установка, поэтому укажите вид этой организации: --kind {kinds}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Founder:
    """What is told of the first organisation; `kind` is "" for the network's operator."""

    code: str
    name: str
    host: str
    person: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What was made: the public half of the key, and the address under which its person signs in for the first time."""

    organisation: Organisation
    multikey: str
    address: str


def found(parts: Parts, session: Session, wish: Founder, now: datetime, entropy: Callable[[int], bytes]) -> Beginning:
    """Enter the first organisation of an empty installation, in the caller's transaction.

    Raises `Founded`, `NobodyNamed`, `KindMissing`, and `BadOrganisation` for a code or host that cannot stand in addresses.
    """
    if organisations.all_organisations(session):
        raise Founded
    name = _named(wish.person, NAME_MOST)  # before anything is published
    organisation = _registered(parts, session, wish, now)
    key = Keeping(parts=parts, session=session, by=COMMAND, now=now).make(organisation.code)
    roles = OPERATES if organisation.kind is OrganisationKind.OPERATOR else ANSWERS_FOR
    person = accounts.add_account(
        session,
        id=uuid4().hex,
        name=name,
        memberships=[Membership(organisation.code, role) for role in roles],
        since=now.astimezone(parts.settings.zone).date(),
    )
    code = slips.make(session, person.id, organisation.code, str(COMMAND.kind), now, entropy, term=slips.INVITED)
    journal.append(
        session,
        at=now,
        event="network.founded",
        actor_kind=COMMAND.kind,
        person=None,
        organisation=organisation.code,
        item=person.id,
    )
    return Beginning(organisation, key.multikey, f"{parts.settings.public_url}{ENTER}/{code}")


def _registered(parts: Parts, session: Session, wish: Founder, now: datetime) -> Organisation:
    elsewhere = bool(parts.settings.operator_host)
    kinds = [kind for kind in OWN_KINDS if kind == wish.kind]
    if elsewhere and not kinds:
        raise KindMissing(kinds=", ".join(OWN_KINDS))
    try:
        return organisations.register(
            session,
            code=wish.code if elsewhere else parts.settings.operator,
            name=_named(wish.name, _NAME_MOST),
            kind=kinds[0] if elsewhere else OrganisationKind.OPERATOR,
            host=wish.host.strip().lower(),
            member_from=now.replace(microsecond=0),
        )
    except OrganisationExists as error:  # two at the same moment
        raise Founded from error


def _named(text: str, most: int) -> str:
    tidy = " ".join(text.split())
    if not 0 < len(tidy) <= most or not tidy.isprintable():
        raise NobodyNamed(limit=most)
    return tidy
