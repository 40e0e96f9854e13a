"""Serving an installation: the folder, the database and the port are looked at first, so that each refusal is one sentence."""

import errno
import gc
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile

import uvicorn
from fastapi import FastAPI

from keys.certificate import CertificateFiles
from schemas.errors import N_, ZachetkaError
from service import migrate
from service.app import create_app
from service.parts import Clock, Parts, assemble, utc_now
from service.settings import Settings
from service.worker import Worker

SECONDS_TO_END = 10


class PortTaken(ZachetkaError):
    """Somebody else listens there."""

    code = "port-taken"
    sentence = N_("Адрес {host}:{port} уже занят. Остановите другую программу или выберите другой порт: --port.")


class PortForbidden(ZachetkaError):
    """The system does not let us listen there."""

    code = "port-forbidden"
    sentence = N_(
        "Слушать адрес {host}:{port} нельзя: нет права или такого адреса у машины нет. Выберите другие --host и --port."
    )


class FolderReadOnly(ZachetkaError):
    """Nothing can be written where the data shall be."""

    code = "folder-read-only"
    sentence = N_("В папку {folder} нельзя записывать. Исправьте права на неё или выберите другую: ZACHETKA_DATA.")


def require_folder(settings: Settings) -> None:
    """Make the data folder, for this user alone; raise `FolderReadOnly` where nothing can be written."""
    folder = settings.data
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise FolderReadOnly(folder=folder) from error


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A listening socket; raises `PortTaken` or `PortForbidden`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
    except OSError as error:
        kind = PortTaken if error.errno == errno.EADDRINUSE else PortForbidden
        raise kind(host=host, port=port) from error
    with listener:
        yield listener


def compose(settings: Settings, clock: Clock = utc_now) -> Parts:
    """The parts of an installation that is ready to run. Raises `FolderReadOnly`, `DatabaseBehind`, `DatabaseAhead`."""
    require_folder(settings)
    parts = assemble(settings, clock)
    try:
        migrate.require_current(parts.engine)
    except BaseException:
        parts.engine.dispose()
        raise
    return parts


def serve(settings: Settings) -> None:
    """Serve with a worker until the process is told to end."""
    with listening(settings.host, settings.port) as listener:
        parts = compose(settings)
        run(create_app(settings, parts), parts, listener)


def run(app: FastAPI, parts: Parts, listener: socket.socket, tls: CertificateFiles | None = None) -> None:
    """Answer requests on `listener`, with a worker behind, until the process is told to end; the worker finishes what it has.

    uvicorn ends on SIGTERM and then sends itself the signal once more, which would end the process before the worker has.
    """
    server = uvicorn.Server(server_config(app, tls))

    def end(*_: object) -> None:
        server.should_exit = True  # told before uvicorn listens to signals, it ends as soon as it has started

    signal.signal(signal.SIGTERM, end)
    worker = Worker(parts)
    worker.start()
    settle()
    try:
        server.run(sockets=[listener])
    finally:
        worker.stop()


def settle() -> None:
    """Never look for lost cycles in what the start has made; among what comes later seldom (`service`)."""
    gc.freeze()


def server_config(app: FastAPI, tls: CertificateFiles | None = None) -> uvicorn.Config:
    """Uvicorn on uvloop and httptools where they exist; it keeps no access log of its own, because addresses may name people."""
    return uvicorn.Config(
        app,
        loop="auto",
        http="auto",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_END,
        ssl_certfile=tls.certificate if tls else None,
        ssl_keyfile=tls.key if tls else None,
    )
