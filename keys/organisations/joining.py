"""How organisations and units join the network and leave it (DOMAIN §1.3 rows 59-62, 112)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, col, select

from keys.did import is_host
from keys.errors.network import (
    ApplicationSettled,
    ApplicationUnknown,
    ApplicationWrong,
    BasisMissing,
    DeclineUnexplained,
    LeavingDate,
    NotMember,
    OrganisationUnknown,
)
from keys.errors.written import BadMultikey
from keys.multikey import ED25519, decode
from keys.organisations.register import RESERVED, all_organisations, find, register
from keys.shelf import is_shelf_path
from keys.tables import ApplicationState, Organisation, OrganisationApplication, OrganisationKind
from schemas.errors import N_

LICENSED = frozenset(
    {OrganisationKind.SCHOOL, OrganisationKind.COLLEGE, OrganisationKind.UNIVERSITY, OrganisationKind.SUPPLEMENTARY}
)
"""Kinds that award for credit and therefore bring an educational licence of their own."""
JOINING = (*sorted(LICENSED), OrganisationKind.UNIT, OrganisationKind.EMPLOYER, OrganisationKind.PARTNER)
_LONGEST_NAME, _LONGEST_TEXT, _MOST_PROGRAMMES = 300, 200, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What an organisation says of itself. `programmes` are the codes that its contract names, None for all of its own.

    `multikey` is the public half of its key where an installation of its own keeps it.
    """

    code: str
    name: str
    kind: OrganisationKind
    host: str
    parent: str | None = None
    licence: str = ""
    licence_from: datetime | None = None
    licence_until: datetime | None = None
    contract: str
    contract_until: datetime | None = None
    programmes: tuple[str, ...] | None = None
    multikey: str = ""


def faults(session: Session, wish: Wish) -> Iterator[ApplicationWrong]:
    """Everything that is wrong with an application, each with the pointer of its field."""
    for field, reason, broken in (*_frame(session, wish), *_papers(wish)):
        if broken:
            yield ApplicationWrong(pointer=f"/{field}", field=reason)


def apply(session: Session, wish: Wish, applicant: str, now: datetime) -> OrganisationApplication:
    """Hand an application in. Raises `ApplicationWrong`."""
    for fault in faults(session, wish):
        raise fault
    application = OrganisationApplication(
        id=uuid4().hex,
        code=wish.code,
        name=wish.name.strip(),
        kind=wish.kind,
        host=wish.host,
        parent=wish.parent,
        licence=wish.licence.strip(),
        licence_from=wish.licence_from,
        licence_until=wish.licence_until,
        contract=wish.contract.strip(),
        contract_until=wish.contract_until,
        programmes=None if wish.programmes is None else list(wish.programmes),
        multikey=wish.multikey,
        applicant=applicant,
        submitted_at=now,
        state=ApplicationState.SUBMITTED,
    )
    session.add(application)
    session.flush()
    return application


def withdraw(session: Session, application_id: str, applicant: str, now: datetime) -> OrganisationApplication:
    """Take one's own application back. Raises `ApplicationUnknown`, `ApplicationSettled`."""
    application = _waiting(session, application_id)
    if application.applicant != applicant:
        raise ApplicationUnknown
    _settle(application, ApplicationState.WITHDRAWN, applicant, "", now)
    return application


def approve(session: Session, application_id: str, basis: str, by: str, now: datetime) -> Organisation:
    """Let an organisation into the network from now on, by a decision of the council; membership ends with the contract.

    Its first key is made by `rotate`, or entered by `enter_key` where its application names one. Raises `BasisMissing`,
    `ApplicationSettled`, `OrganisationExists`.
    """
    application = _waiting(session, application_id)
    cited = _cited(basis)
    organisation = register(
        session,
        code=application.code,
        name=application.name,
        kind=application.kind,
        host=application.host,
        member_from=now.replace(microsecond=0),
        member_until=application.contract_until,
        parent=application.parent,
        licence=application.licence or None,
        licence_from=application.licence_from,
        licence_until=application.licence_until,
    )
    organisation.contract, organisation.programmes = application.contract, application.programmes
    organisation.basis = cited
    _settle(application, ApplicationState.APPROVED, by, cited, now)
    session.flush()
    return organisation


def decline(session: Session, application_id: str, reason: str, by: str, now: datetime) -> OrganisationApplication:
    """Do not let it in, and say why. Raises `DeclineUnexplained`, `ApplicationSettled`."""
    application = _waiting(session, application_id)
    try:
        cited = _cited(reason)
    except BasisMissing:
        raise DeclineUnexplained(pointer="/reason") from None
    _settle(application, ApplicationState.DECLINED, by, cited, now)
    session.flush()
    return application


def dismiss(session: Session, code: str, at: datetime, basis: str) -> Organisation:
    """End a membership at a moment, by a decision of the council; what was awarded before stays good.

    Raises `BasisMissing`, `NotMember`, `LeavingDate`, `OrganisationUnknown`.
    """
    cited = _cited(basis)
    find(session, code)
    organisation = session.exec(select(Organisation).where(Organisation.code == code).with_for_update()).one()
    if organisation.member_from is None or (organisation.member_until is not None and organisation.member_until <= at):
        raise NotMember
    if at < organisation.member_from:
        raise LeavingDate(pointer="/at")
    organisation.member_until, organisation.basis = at, cited
    session.flush()
    return organisation


def applications(
    session: Session, state: ApplicationState | None = None, applicant: str | None = None
) -> list[OrganisationApplication]:
    """Applications, the newest first: in one state, of one applicant."""
    wanted = select(OrganisationApplication).order_by(
        col(OrganisationApplication.submitted_at).desc(), col(OrganisationApplication.id)
    )
    if state is not None:
        wanted = wanted.where(OrganisationApplication.state == state)
    if applicant is not None:
        wanted = wanted.where(OrganisationApplication.applicant == applicant)
    return list(session.exec(wanted).all())


def application(session: Session, application_id: str) -> OrganisationApplication:
    """The application of that id, or `ApplicationUnknown`."""
    found = session.get(OrganisationApplication, application_id)
    if found is None:
        raise ApplicationUnknown
    return found


Rules = tuple[tuple[str, str, bool], ...]


def _frame(session: Session, wish: Wish) -> Rules:
    taken = all_organisations(session)
    return (
        ("code", N_("код — латинские буквы, цифры и дефис"), not is_shelf_path(wish.code) or "/" in wish.code),
        ("code", N_("этим словом называется страница сети"), wish.code in RESERVED),
        ("code", N_("такой код в сети уже есть"), any(one.code == wish.code for one in taken)),
        ("name", N_("название — до 300 знаков"), not 0 < len(wish.name.strip()) <= _LONGEST_NAME),
        ("kind", N_("выберите вид организации"), wish.kind not in JOINING),
        ("host", N_("адрес — имя сайта, например kol.example.ru"), not is_host(wish.host)),
        ("host", N_("этот адрес занят другой организацией"), any(one.host == wish.host for one in taken)),
        ("parent", N_("у подразделения есть организация, под чьей лицензией оно работает"), not _fits(session, wish)),
    )


def _papers(wish: Wish) -> Rules:
    needs_licence = wish.kind in LICENSED
    begun, ends = wish.licence_from, wish.licence_until
    programmes = wish.programmes or ()
    return (
        ("licence", N_("укажите номер лицензии на образовательную деятельность"), needs_licence and not wish.licence),
        ("licence_from", N_("укажите, с какого дня действует лицензия"), bool(wish.licence) and begun is None),
        (
            "licence_until",
            N_("лицензия не может кончаться раньше, чем началась"),
            bool(begun and ends and ends <= begun),
        ),
        ("contract", N_("укажите номер и дату договора с сетью"), not 0 < len(wish.contract.strip()) <= _LONGEST_TEXT),
        ("programmes", N_("коды программ — до 500, без повторов"), not _are_codes(programmes)),
        ("multikey", N_("открытый ключ — текст, который начинается с z6Mk"), not _is_key(wish.multikey)),
    )


def _fits(session: Session, wish: Wish) -> bool:
    """A unit has a licensed organisation above it, nobody else has one."""
    if wish.kind is not OrganisationKind.UNIT:
        return wish.parent is None
    try:
        return wish.parent is not None and find(session, wish.parent).kind in LICENSED
    except OrganisationUnknown:
        return False


def _is_key(multikey: str) -> bool:
    """Whether it is no key, or one of the kind that organisations sign with."""
    try:
        return not multikey or decode(multikey).kind == ED25519
    except BadMultikey:
        return False


def _are_codes(codes: tuple[str, ...]) -> bool:
    return len(codes) <= _MOST_PROGRAMMES and len(set(codes)) == len(codes) and all(map(is_shelf_path, codes))


def _waiting(session: Session, application_id: str) -> OrganisationApplication:
    """The application, its row held, while nobody has settled it."""
    wanted = select(OrganisationApplication).where(OrganisationApplication.id == application_id)
    found = session.exec(wanted.with_for_update(), execution_options={"populate_existing": True}).one_or_none()
    if found is None:
        raise ApplicationUnknown
    if found.state is not ApplicationState.SUBMITTED:
        raise ApplicationSettled
    return found


def _settle(found: OrganisationApplication, state: ApplicationState, by: str, reason: str, now: datetime) -> None:
    found.state, found.settled_by, found.settled_at, found.reason = state, by, now, reason


def _cited(basis: str) -> str:
    cited = " ".join(basis.split())
    if not 0 < len(cited) <= _LONGEST_TEXT or not cited.isprintable():
        raise BasisMissing(pointer="/basis")
    return cited
