"""Builds the demonstration municipality in an empty data folder."""

from service import migrate
from service.database import open_engine, unit_of_work
from service.demo.municipality import Municipality
from service.demo.network import found_network
from service.demo.people import settle
from service.demo.programmes import Programmes
from service.parts import open_shelf, open_store
from service.settings import Settings

PROGRAMMES_READY = "2026-09-07 10:00"


def build(settings: Settings, municipality: Municipality) -> None:
    """Database, keys, public documents, people, modules and plans, as they stand before the first story."""
    engine, store, shelf = open_engine(settings.database), open_store(settings), open_shelf(settings)
    migrate.upgrade(engine)
    with unit_of_work(engine) as session:
        outcomes = found_network(session, store, shelf, municipality)
        settle(session, municipality)
        programmes = Programmes(session, shelf, municipality, outcomes, municipality.moment(PROGRAMMES_READY))
        programmes.publish_modules()
        programmes.plan()
    engine.dispose()
