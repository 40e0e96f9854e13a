"""Three installations on one machine, each a process of its own with its own folder, database and port: college, school, wallet."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import httpx2
from sqlmodel import Session

from keys import organisations, publish
from keys.tables import OrganisationKind
from schemas.framework import Framework
from service import migrate
from service.database import open_engine, unit_of_work
from service.demo.municipality import Municipality
from service.demo.network import found_network
from service.demo.people import account_of, settle
from service.demo.programmes import Programmes
from service.identity.roll import find
from service.parts import open_shelf, open_store
from service.settings import Settings
from tests.journeys.caller import Caller
from tests.town import town_of_today

COLLEGE, SCHOOL, OPERATOR, LEARNER = "kol", "s2", "cpo", "l3"
NUMBER_OWNER = account_of(LEARNER)
_STARTING_SECONDS = 240.0
_WAITING_SECONDS = 240.0


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One installation: what it is told from outside, and where it answers."""

    name: str
    data: Path
    port: int
    parts: str
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of this shell's own settings takes part."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ZACHETKA_")}
        own = {"DATA": str(self.data), "PORT": str(self.port), "PARTS": self.parts, "PUBLIC_URL": self.base}
        return kept | {f"ZACHETKA_{name}": value for name, value in {**own, "DEMO": "true", **self.told}.items()}

    def settings(self) -> Settings:
        """The same for building it here before it runs."""
        database = self.told.get("DATABASE_URL")
        return Settings(data=self.data, demo=True, database_url=database)


class Running:
    """A process of `zachetka serve`."""

    def __init__(self, house: House) -> None:
        self.house = house
        command = [sys.executable, "-c", "from service.cli import main; main()", "serve"]
        self._process = subprocess.Popen(command, env=house.environment, cwd=house.data)  # noqa: S603 - our own program

    def __enter__(self) -> Self:
        """Wait until it answers."""
        deadline = time.monotonic() + _STARTING_SECONDS
        with ExitStack() as unless_it_answers:
            unless_it_answers.callback(self._process.kill)
            while not self._answers():
                assert self._process.poll() is None, f"{self.house.name} ended"
                assert time.monotonic() < deadline, f"{self.house.name} does not answer"
                time.sleep(0.1)
            unless_it_answers.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End it and wait until it has ended."""
        self._process.terminate()
        self._process.wait(timeout=_STARTING_SECONDS)

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"{self.house.base}/healthz", trust_env=False).status_code == 200
        except httpx2.HTTPError:
            return False


class Person(Caller):
    """Somebody signed in at one installation, who speaks JSON there."""

    def __init__(self, house: House, code: str) -> None:
        super().__init__(house.base)
        self.sign_in(account_of(code))

    def read(self, path: str) -> Any:
        """What a door tells."""
        return self._told(self.call("GET", path, headers={"Accept": "application/json"}))

    def send(self, path: str, document: object) -> Any:
        """What a door answers to a document."""
        return self._told(self.call("POST", path, json=document, headers={"Accept": "application/json"}))

    def bring(self, path: str, content: bytes) -> Any:
        """What a door answers to a file."""
        return self._told(self.call("POST", path, content=content, headers={"Accept": "application/json"}))

    def upload(self, path: str, content: bytes) -> str:
        """Choose a file in a form and press its button: where that leads."""
        chosen = {"file": ("badge.json", content)}
        return self._led(self._client.post(path, files=chosen, headers={"X-CSRF-Token": self.token}))

    def press(self, path: str) -> str:
        """Press a button without fields: where that leads."""
        return self._led(self.call("POST", path, form={}))

    @staticmethod
    def _led(answer: httpx2.Response) -> str:
        assert answer.status_code == 303, f"{answer.request.url.path}: {answer.status_code} {answer.text}"
        return str(answer.headers["location"])

    @staticmethod
    def _told(answer: httpx2.Response) -> Any:
        assert answer.status_code < 300, f"{answer.request.url.path}: {answer.status_code} {answer.text}"
        return answer.json()


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """The three, built and not yet running; `number` is the learner's network number in all of them."""

    college: House
    school: House
    wallet: House
    number: str


def build(folder: Path, database_url: str) -> Apart:
    """Three folders and databases that know of each other no more than what is public, and the same learner."""
    ports = _free_ports(2 + 1)
    hosts = {COLLEGE: ports[0], SCHOOL: ports[1], OPERATOR: ports[1]}
    neighbours = ",".join(f"{code}.sever.example={port}" for code, port in hosts.items())
    houses = [
        House(name=name, data=folder / name, port=port, parts=parts, told={"NEIGHBOURS": neighbours, **told})
        for name, port, parts, told in (
            ("college", ports[0], "issuer", {}),
            ("school", ports[1], "issuer,verifier", {"DATABASE_URL": database_url}),
            ("wallet", ports[2], "wallet", {}),
        )
    ]
    for house in houses:
        _prepare(house)
    return _settled(*houses)


def wait_for(found: Any) -> Any:
    """Ask until there is an answer: workers of other processes take their time."""
    deadline = time.monotonic() + _WAITING_SECONDS
    while True:
        answer = found()
        if answer:
            return answer
        assert time.monotonic() < deadline, "nothing came of it"
        time.sleep(0.2)


def _settled(college: House, school: House, wallet: House) -> Apart:
    with _session(school) as session:
        town = _town(organisations=[OPERATOR, SCHOOL], components=["P3"], people=[SCHOOL, OPERATOR])
        store, shelf = open_store(school.settings()), open_shelf(school.settings())
        outcomes = found_network(session, store, shelf, town)
        settle(session, town)
        Programmes(session, store, shelf, town, outcomes, town.joined).plan()
        operator = ",".join(key.multikey for key in organisations.keys_of(session, OPERATOR))
        number = find(session, NUMBER_OWNER).number
    key = _build_college(college, outcomes, number)
    with _session(school) as session:  # the operator enters the college with the key that its letter names
        _enter_college(session, town)
        organisations.enter_key(session, COLLEGE, key, town.joined)
        publish.publish_trust_list(session, shelf, store, OPERATOR, town.joined)
    with _session(wallet) as session:
        settle(session, _town(people=[]))
        find(session, NUMBER_OWNER).number = number
    elsewhere = {"OPERATOR_HOST": f"{OPERATOR}.sever.example", "OPERATOR_KEYS": operator}
    return Apart(college=_told(college, elsewhere), school=school, wallet=_told(wallet, elsewhere), number=number)


def _build_college(college: House, outcomes: Framework, number: str) -> str:
    """The college with its module, its staff and its learner; the public half of its key."""
    town = _town(modules=["m03"], people=[COLLEGE])
    store, shelf = open_store(college.settings()), open_shelf(college.settings())
    with _session(college) as session:
        _enter_college(session, town)
        organisations.rotate(session, store, COLLEGE, town.joined)
        publish.publish_organisation(session, shelf, store, COLLEGE, town.joined)
        settle(session, town)
        find(session, NUMBER_OWNER).number = number
        Programmes(session, store, shelf, town, outcomes, town.joined).publish_modules()
        return organisations.keys_of(session, COLLEGE)[0].multikey


def _enter_college(session: Session, town: Municipality) -> None:
    organisations.register(
        session,
        code=COLLEGE,
        name="Североозёрский многопрофильный колледж",
        kind=OrganisationKind.COLLEGE,
        host=f"{COLLEGE}.sever.example",
        licence="Л-010",
        licence_from=town.joined,
        member_from=town.joined,
    )


def _town(
    *,
    organisations: Sequence[str] = (),
    modules: Sequence[str] = (),
    components: Sequence[str] = (),
    people: Sequence[str],
) -> Municipality:
    """The demonstration's rows, of which one installation has only its own: these organisations, their staff, one learner."""
    town = town_of_today()
    kept = {"organisations": organisations, "modules": modules, "components": components, "learners": [LEARNER]}
    rows = {name: [row for row in town.rows[name] if row["code"] in codes] for name, codes in kept.items()}
    rows["staff"] = [row for row in town.rows["staff"] if set(row["roles"]) & set(people)]
    rows["learners"] = [{**row, "tutor": None} for row in rows["learners"]]
    return Municipality({**town.rows, **rows}, town.weeks)


def _told(house: House, more: Mapping[str, str]) -> House:
    return House(name=house.name, data=house.data, port=house.port, parts=house.parts, told={**house.told, **more})


def _prepare(house: House) -> None:
    """An empty folder with a database of its own."""
    house.data.mkdir()
    engine = open_engine(house.settings().database)
    migrate.upgrade(engine)
    engine.dispose()


@contextmanager
def _session(house: House) -> Iterator[Session]:
    engine = open_engine(house.settings().database)
    with unit_of_work(engine) as session:
        yield session
    engine.dispose()


def _free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports
