"""Алина leaves with everything: her archive is taken in by a second, empty installation, a process of its own on another port.

Of the first the second has nothing but what anybody may fetch: the network's public documents, mirrored as files, and the name
and keys of the network's operator in its settings.
"""

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from httpx2 import Response

from keys import organisations
from keys.tables import OrganisationKind
from service import cli
from service.database import open_engine, unit_of_work
from service.demo.people import account_of
from service.demo.wallets import LEARNER, WALLET
from service.identity import accounts, roll
from service.identity.roll import NewLearner
from service.network import operator_of
from service.parts import open_store
from service.settings import Settings, read_settings
from tests.journeys.caller import Caller
from tests.journeys.peopled import Town, peopled_town
from tests.service.test_serving import PROGRAM, answers, free_port

pytestmark = pytest.mark.journey

ACCOUNT = account_of(LEARNER)
SCHOOL = "s9"
EDGE = "edge-of-a-form"


@dataclass(frozen=True, slots=True)
class Second:
    """The other installation: where it answers."""

    base: str


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with peopled_town(tmp_path_factory.mktemp("first")) as made:
        yield made


def prepare(folder: Path, town: Town) -> dict[str, str]:
    """An empty installation with one school and one learner on its roll; its settings."""
    first = town.stage.parts
    operator = operator_of(first.settings, first.engine)
    shutil.copytree(first.settings.data / "public", folder / "public")
    environment = {
        "ZACHETKA_DEMO": "true",
        "ZACHETKA_OPERATOR_HOST": operator.did.removeprefix("did:web:"),
        "ZACHETKA_OPERATOR_KEYS": ",".join(operator.pinned),
    }
    assert cli.run(["migrate", "--data", str(folder)]) == 0
    enrol(read_settings(data=folder, demo=True), town)
    return environment


def enrol(settings: Settings, town: Town) -> None:
    engine, store, now = open_engine(settings.database), open_store(settings), datetime.now(UTC)
    with unit_of_work(engine) as session:
        organisations.register(
            session, code=SCHOOL, name="Школа № 9", kind=OrganisationKind.SCHOOL, host="s9.example", member_from=now
        )
        organisations.rotate(session, store, SCHOOL, now)
        accounts.add_account(session, id=ACCOUNT, name="Ветрова Алина", demo=True)
        learner = NewLearner(
            id=ACCOUNT,
            number=town.things.number,
            family_name="Ветрова",
            given_name="Алина",
            patronymic="",
            born=date(2010, 4, 12),
        )
        roll.enrol(session, learner, school=SCHOOL, grade="10", since=now.date())
    engine.dispose()


def is_up(port: int) -> bool:
    """Whether it answers; on a busy machine it may accept long before it does."""
    try:
        return answers(port)
    except TimeoutError:
        return False


@contextmanager
def running(folder: Path, environment: dict[str, str]) -> Iterator[Second]:
    """`zachetka serve` as a process of its own."""
    port = free_port()
    command = [sys.executable, "-c", PROGRAM, "serve", "--data", str(folder), "--port", str(port)]
    base = f"http://127.0.0.1:{port}"
    known = {**os.environ, **environment, "ZACHETKA_PUBLIC_URL": base}
    with subprocess.Popen(command, env=known, stderr=subprocess.DEVNULL) as served:  # noqa: S603 - our own program
        try:
            deadline = time.monotonic() + 240
            while not is_up(port):
                assert served.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.2)
            yield Second(base)
        finally:
            try:
                served.send_signal(signal.SIGTERM)
                ended = served.wait(timeout=120)
            finally:
                served.kill()
        assert ended == 0


def upload(caller: Caller, path: str, data: bytes) -> Response:
    """Send a file as a browser's form does."""
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="zachetka.zip"\r\n\r\n'
    body = head.encode() + data + f"\r\n--{EDGE}--\r\n".encode()
    return caller.call("POST", path, content=body, headers={"Content-Type": f"multipart/form-data; boundary={EDGE}"})


def hashes(archive: bytes) -> set[str]:
    """Of everything in an archive but what is written anew each time."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        own = {"manifest.json", "index.html"}
        return {sha256(packed.read(name)).hexdigest() for name in packed.namelist() if name not in own}


def test_everything_arrives_and_verifies_in_an_empty_installation(town: Town, tmp_path: Path) -> None:
    with Caller(town.stage.base) as alina:
        alina.sign_in(ACCOUNT)
        archive = alina.call("GET", f"{WALLET}/archive.zip").content
        before = {row["sha256"]: row["verdict"] for row in alina.call("GET", f"/api{WALLET}").json()["badges"]}
    assert len(before) >= 3
    environment = prepare(tmp_path, town)
    with running(tmp_path, environment) as second, Caller(second.base) as alina:
        alina.sign_in(ACCOUNT)
        assert alina.call("GET", f"/api{WALLET}").json()["total"] == 0
        where = upload(alina, f"{WALLET}/import", archive).headers["location"]
        told = alina.call("GET", where).text
        assert "Опись архива подписана организацией сети" in told
        assert alina.call("GET", f"/api{WALLET}").json()["total"] == 0
        assert alina.call("POST", where).headers["location"] == WALLET
        after = {row["sha256"]: row["verdict"] for row in alina.call("GET", f"/api{WALLET}").json()["badges"]}
        assert after == before
        assert set(after.values()) == {"valid"}
        page = alina.call("GET", WALLET).text
        assert len(re.findall(r'class="stamp', page)) >= len(before)
        again = alina.call("GET", f"{WALLET}/archive.zip").content
    assert hashes(archive) <= hashes(again)
