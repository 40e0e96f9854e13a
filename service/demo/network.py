"""The network of the demonstration: organisations with licences and keys, the outcome catalogue, the signed trust list."""

from datetime import UTC, datetime, time

from sqlmodel import Session

from keys import organisations, publish
from keys.shelf import Shelf
from keys.store import KeyStore
from keys.tables import OrganisationKind
from schemas import framework
from schemas.framework import Framework
from service.demo.municipality import Municipality, OrganisationRow

READERS = frozenset({"university", "employer"})


def found_network(session: Session, store: KeyStore, shelf: Shelf, municipality: Municipality) -> Framework:
    """Register every organisation, make its keys, publish its documents, the catalogue of outcomes and the trust list."""
    now = municipality.joined
    for row in municipality.organisations:
        _register(session, municipality, row)
        organisations.rotate(session, store, row.code, now)
        publish.publish_organisation(session, shelf, store, row.code, now)
    catalogue = _publish_catalogue(session, store, shelf, municipality)
    publish.publish_trust_list(session, shelf, store, municipality.operator, now)
    return catalogue


def _register(session: Session, municipality: Municipality, row: OrganisationRow) -> None:
    organisations.register(
        session,
        code=row.code,
        name=row.name,
        kind=OrganisationKind(row.kind),
        host=f"{row.code}.{municipality.domain}",
        parent=row.parent,
        licence=row.licence,
        licence_from=municipality.joined if row.licence else None,
        member_from=municipality.joined,
        member_until=datetime.combine(row.leaves, time(), UTC) if row.leaves else None,
        reads_portfolios=row.kind in READERS,
    )


def _publish_catalogue(session: Session, store: KeyStore, shelf: Shelf, municipality: Municipality) -> Framework:
    publisher = organisations.find(session, municipality.framework["publisher"])
    name = municipality.framework["id"]
    url = organisations.public_url(publisher, f"frameworks/{name}")
    document = framework.compose(
        url=url,
        title=municipality.framework["title"],
        creator=publisher.name,
        items=framework.numbered(url, [(one.code, one.text, one.kind) for one in municipality.outcomes]),
        changed_at=municipality.joined,
    )
    publish.publish_framework(session, shelf, store, publisher.code, name, document, municipality.joined)
    return Framework(document)
