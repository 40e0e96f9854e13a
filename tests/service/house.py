"""A small installation for tests: one school, one college, the network's operator, a few people, the real application."""

import atexit
import re
import secrets
import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from pydantic import SecretStr
from sqlmodel import Session

from keys import organisations, publish
from keys.actor import Membership, Role
from keys.tables import OrganisationKind
from schemas.identity import number_from
from service import migrate
from service.app import create_app
from service.database import open_engine, unit_of_work
from service.identity import accounts, passwords, roll, sessions
from service.identity.roll import NewLearner
from service.identity.sessions import Term
from service.parts import Parts, assemble, open_shelf, open_store
from service.settings import Settings
from tests.conftest import keep, postgres_database, put_back

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SINCE = date(2026, 9, 1)
PASSWORD = "тундра и морошка"
CSRF = re.compile(r'name="csrf" value="([0-9a-f]+)"')


class Clock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@dataclass(frozen=True)
class House:
    """The installation; `app` is made at first use."""

    settings: Settings
    clock: Clock
    parts: Parts

    @cached_property
    def app(self) -> FastAPI:
        return create_app(self.settings, self.parts)

    def visitor(self, **headers: str) -> TestClient:
        """A browser without cookies; what breaks inside is answered, not raised."""
        return TestClient(
            self.app,
            base_url=self.settings.public_url,
            headers={"accept": "text/html", **headers},
            follow_redirects=False,
            raise_server_exceptions=False,
        )

    def signed_in(self, account: str) -> TestClient:
        """A browser of one of the people, with a session that has just begun."""
        token = sessions.token_from(secrets.token_bytes(sessions.ENTROPY))
        term = Term(idle=timedelta(hours=2), whole=timedelta(hours=12))
        with unit_of_work(self.parts.engine) as session:
            sessions.start(session, account, token, self.clock.now, term)
        visitor = self.visitor()
        visitor.cookies.set("zachetka", token, domain=urlsplit(self.settings.public_url).hostname or "")
        return visitor


def token_of(page: Response) -> str:
    """The token of the first form on a page."""
    found = CSRF.search(page.text)
    assert found is not None, page.text
    return found.group(1)


def send(visitor: TestClient, path: str, fields: Mapping[str, str], *, form_at: str) -> Response:
    """Fill in the form on a page and send it."""
    return visitor.post(path, data={**fields, "csrf": token_of(visitor.get(form_at))})


def build(folder: Path, database_url: str, **settings: object) -> House:
    """Make an installation in a folder, on a SQLite file that is not there yet or on the database of `postgres_url`."""
    given = {"data": folder, "database_url": database_url, "keys_in_checkout": True, "secret": "s" * 32, **settings}
    held = Settings(_env_file=None, **given)  # type: ignore[arg-type]
    if held.database.startswith("sqlite:///"):
        shutil.copytree(_made_before().data, folder, dirs_exist_ok=True)
        (folder / "zachetka.sqlite").rename(held.database.removeprefix("sqlite:///"))
    else:
        shutil.copytree(_made_before(held.database.rpartition("/")[0]).data, folder, dirs_exist_ok=True)
        put_back(held.database)
    clock = Clock()
    return House(held, clock, assemble(held, clock))


def postgres_url(server: str) -> str:
    """The one database on a PostgreSQL server in which this process builds its installations, one after the other."""
    return _made_before(server).database


@cache
def _made_before(server: str = "") -> Settings:
    """An installation to copy from SQLite, or to put back on a PostgreSQL server, kept until the process ends."""
    kept = ExitStack()
    atexit.register(kept.close)
    folder = Path(kept.enter_context(TemporaryDirectory(prefix="zachetka-house-")))
    database_url = kept.enter_context(postgres_database(server)) if server else None
    secret = SecretStr("s" * 32)
    settings = Settings(_env_file=None, data=folder, database_url=database_url, keys_in_checkout=True, secret=secret)
    _make(settings)
    if server:
        keep(settings.database)
    return settings


def _make(settings: Settings) -> None:
    engine = open_engine(settings.database)
    migrate.upgrade(engine)
    with unit_of_work(engine) as session:
        _found_network(session, settings)
        _settle(session)
    engine.dispose()


def _found_network(session: Session, settings: Settings) -> None:
    store, shelf = open_store(settings), open_shelf(settings)
    founded = START - timedelta(days=60)
    kinds = {"cpo": OrganisationKind.OPERATOR, "s1": OrganisationKind.SCHOOL, "kol": OrganisationKind.COLLEGE}
    for code, kind in kinds.items():
        organisations.register(
            session, code=code, name=f"Организация {code}", kind=kind, host=f"{code}.sever.example", member_from=founded
        )
        organisations.rotate(session, store, code, founded)
        publish.publish_organisation(session, shelf, store, code, founded)
    publish.publish_trust_list(session, shelf, store, "cpo", START)


def _settle(session: Session) -> None:
    staff = {"operator": ("cpo", Role.OPERATOR), "deputy": ("s1", Role.DEPUTY), "awarder": ("kol", Role.AWARDER)}
    for account, (organisation, role) in staff.items():
        _add(session, account, f"Сотрудник {account}", [Membership(organisation, role)])
    _add(session, "olga", "Ветрова Ольга Петровна", [])
    _add(session, "l1", "Ветрова Алина Игоревна", [])
    learner = NewLearner(
        id="l1",
        number=number_from(b"0123456789abcdef"),
        family_name="Ветрова",
        given_name="Алина",
        patronymic="Игоревна",
        born=date(2010, 4, 12),
    )
    roll.enrol(session, learner, school="s1", grade="10", since=SINCE)
    roll.add_guardian(session, "l1", "olga", SINCE)


@cache
def _hashed() -> str:
    return passwords.hash_password(PASSWORD)


def _add(session: Session, account: str, name: str, memberships: list[Membership]) -> None:
    made = accounts.add_account(session, id=account, name=name, memberships=memberships, since=SINCE)
    made.password_hash = _hashed()
