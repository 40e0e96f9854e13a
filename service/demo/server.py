"""Serves an application on loopback for as long as a block runs, in a thread of this process."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

_START_SECONDS = 120.0
_END_SECONDS = 10  # then whoever still holds a connection loses it


@contextmanager
def serving(app: FastAPI, host: str = "127.0.0.1", port: int = 0, certificate: Path | None = None) -> Iterator[str]:
    """The base address of `app`, served until the block ends; port 0 takes a free one.

    With `certificate`, a file of a private key and its certificate, it speaks TLS.
    """
    with socket.create_server((host, port)) as listener:
        server = uvicorn.Server(_config(app, certificate))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        _wait_until_started(server, thread)
        try:
            scheme = "http" if certificate is None else "https"
            yield f"{scheme}://{host}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def _config(app: FastAPI, certificate: Path | None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="on",
        ssl_certfile=certificate,
        timeout_graceful_shutdown=_END_SECONDS,
    )


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            msg = "the application did not start"
            raise RuntimeError(msg)
        time.sleep(0.01)
