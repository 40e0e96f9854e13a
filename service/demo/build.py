"""Builds the demonstration municipality in an empty data folder."""

from sqlmodel import Session

from keys.shelf import Shelf
from keys.store import KeyStore
from service import migrate
from service.database import engine_for, unit_of_work
from service.demo.municipality import Municipality
from service.demo.network import found_network
from service.demo.people import settle
from service.demo.programmes import Programmes
from service.parts import open_shelf, open_store
from service.settings import Settings

PROGRAMMES_READY = "2026-09-07 10:00"


def build(settings: Settings, municipality: Municipality) -> None:
    """Database, keys, public documents, people, modules and plans, as they stand before the first story."""
    store, shelf = open_store(settings), open_shelf(settings)
    with engine_for(settings.database) as engine:
        migrate.upgrade(engine)
        with unit_of_work(engine) as session:
            _found(session, store, shelf, municipality)


def _found(session: Session, store: KeyStore, shelf: Shelf, municipality: Municipality) -> None:
    outcomes = found_network(session, store, shelf, municipality)
    settle(session, municipality)
    ready = municipality.moment(PROGRAMMES_READY)
    programmes = Programmes(session, store, shelf, municipality, outcomes, ready)
    programmes.publish_modules()
    programmes.publish_attestations()
    programmes.plan()
