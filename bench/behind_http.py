"""The public verifier behind HTTP: one worker on loopback, asked by this process over connections that stay open."""

import os
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from http.client import HTTPConnection
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn

from bench import acts, limits
from bench.badge import NOW
from bench.clock import Timed, line, windows
from bench.world import BADGES, World
from service import logs
from service.app import create_app
from service.serving import server_config, settle
from tests.service import house

_CONNECTIONS = 3  # enough that the worker never waits for its client
_ROUNDS = 5
_BASELINE_SIZE = 3
_VALID = b'"verdict":"valid"'


def http_verify(world: World) -> dict[str, object]:
    """The act's line: its limit is the same verification in this process, round by round beside it, no badge twice."""
    act, limit, baseline = Timed(), Timed(), Timed()
    with serving(world) as client:
        client.ask([world.another])  # also waits until the worker listens
        for window in windows(_ROUNDS, BADGES // _ROUNDS, BADGES):
            limit.time(acts.verify_full(world), window)
            baseline.time(limits.pyld_verify_full(world), window[:_BASELINE_SIZE])
            act.time_all(lambda numbers: client.ask([world.badges[number] for number in numbers]), window)
    return line("http_verify", act, limit, baseline)


@dataclass(frozen=True)
class Client:
    """Asks `POST /api/verify` about badge after badge; every answer must say "valid"."""

    port: int

    def ask(self, badges: list[bytes]) -> None:
        """Each badge once, shared out over the connections; raises `ValueError` at a wrong answer."""
        with ThreadPoolExecutor(_CONNECTIONS) as pool:
            for _ in pool.map(self._ask, [badges[place::_CONNECTIONS] for place in range(_CONNECTIONS)]):
                pass

    def _ask(self, badges: list[bytes]) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        for badge in badges:
            connection.request("POST", "/api/verify", badge, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != HTTPStatus.OK or _VALID not in body:
                raise ValueError(body[:200])
        connection.close()


@contextmanager
def serving(world: World) -> Iterator[Client]:
    """A worker in a process of its own, with a verifier that has seen one badge (for the lists) and none of the others."""
    with TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
        worker = get_context("fork").Process(target=_serve, args=(world, Path(folder), listener), daemon=True)
        worker.start()
        try:
            yield Client(listener.getsockname()[1])
        finally:
            worker.terminate()
            worker.join()


def _serve(world: World, folder: Path, listener: socket.socket) -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    logs.configure()  # written as ever, and read by nobody
    built = house.build(folder, f"sqlite:///{folder / 'bench.sqlite'}")
    verifier = world.verifier()
    verifier.verify(world.another, now=NOW)
    app = create_app(built.settings, replace(built.parts, verifier=verifier, clock=lambda: NOW))
    settle()
    uvicorn.Server(server_config(app)).run(sockets=[listener])
