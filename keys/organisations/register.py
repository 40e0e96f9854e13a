"""The register of the network's organisations."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from keys.did import did_web, is_host, web_host
from keys.errors.network import BadOrganisation, OrganisationExists, OrganisationUnknown
from keys.errors.written import BadDid
from keys.shelf import is_shelf_path
from keys.tables import Organisation, OrganisationKind

RESERVED = frozenset({"applications", "frameworks", "representatives"})
"""Words that stand in addresses where else the code of a member does, below `/network`."""


def register(
    session: Session,
    *,
    code: str,
    name: str,
    kind: OrganisationKind,
    host: str,
    member_from: datetime | None,
    short_name: str = "",
    parent: str | None = None,
    licence: str | None = None,
    licence_from: datetime | None = None,
    licence_until: datetime | None = None,
    member_until: datetime | None = None,
    reads_portfolios: bool = False,
) -> Organisation:
    """Enter an organisation or a unit (see `Organisation` for the fields); its first key is made by `rotate`.

    Raises `BadOrganisation` for a code or host that cannot stand in addresses and for a licence without its first day,
    `OrganisationExists`, and `OrganisationUnknown` for the parent.
    """
    if not is_shelf_path(code) or "/" in code or code in RESERVED:
        raise BadOrganisation(organisation=code, field="code")
    if not is_host(host):
        raise BadOrganisation(organisation=code, field="host")
    if licence is not None and licence_from is None:
        raise BadOrganisation(organisation=code, field="licence_from")
    if parent is not None:
        find(session, parent)
    organisation = Organisation(
        code=code,
        name=name,
        short_name=short_name or name,
        kind=kind,
        host=host,
        parent=parent,
        licence=licence,
        licence_from=licence_from,
        licence_until=licence_until,
        member_from=member_from,
        member_until=member_until,
        reads_portfolios=reads_portfolios,
    )
    _insert(session, organisation)
    return organisation


def _insert(session: Session, organisation: Organisation) -> None:
    try:
        with session.begin_nested():
            session.add(organisation)
    except IntegrityError as error:
        raise OrganisationExists(organisation=organisation.code) from error


def find(session: Session, code: str) -> Organisation:
    """The organisation of that code, or `OrganisationUnknown`."""
    organisation = session.get(Organisation, code)
    if organisation is None:
        raise OrganisationUnknown(organisation=code)
    return organisation


def by_did(session: Session, did: str) -> Organisation:
    """The organisation that a DID names, or `OrganisationUnknown`."""
    try:
        host = web_host(did)
    except BadDid as error:
        raise OrganisationUnknown(organisation=did) from error
    organisation = session.exec(select(Organisation).where(Organisation.host == host)).one_or_none()
    if organisation is None or did_of(organisation) != did:
        raise OrganisationUnknown(organisation=did)
    return organisation


def all_organisations(session: Session) -> list[Organisation]:
    """Every organisation, by code."""
    return list(session.exec(select(Organisation).order_by(Organisation.code)).all())


def short_names(session: Session, codes: Collection[str]) -> dict[str, str]:
    """The short names of these organisations, by code."""
    wanted = select(Organisation.code, Organisation.short_name).where(col(Organisation.code).in_(codes))
    return dict(session.exec(wanted).all())


def leave(session: Session, code: str, at: datetime) -> None:
    """End an organisation's membership; what it awarded before stays good (DOMAIN §1.3 row 59)."""
    find(session, code).member_until = at


def did_of(organisation: Organisation) -> str:
    """`did:web:<host>`."""
    return did_web(organisation.host)


def public_url(organisation: Organisation, path: str) -> str:
    """The address that signed documents give for the shelf's `path` of an organisation."""
    return f"https://{organisation.host}/{path}"
