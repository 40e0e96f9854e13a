"""The served process ends as it should: what the worker has in hand is finished."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from service import cli

PROGRAM = "import sys; from service.cli import run; sys.exit(run(sys.argv[1:]))"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with build_opener(ProxyHandler({})).open(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:  # a busy machine lets a first answer take its time
        return False


def test_told_to_end_it_ends_by_itself(tmp_path: Path) -> None:
    assert cli.run(["migrate", "--data", str(tmp_path)]) == 0
    port = free_port()
    command = [sys.executable, "-c", PROGRAM, "serve", "--data", str(tmp_path), "--port", str(port)]
    environment = {**os.environ, "ZACHETKA_SECRET": "s" * 32}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as served:  # noqa: S603 - our own program
        try:
            deadline = time.monotonic() + 240
            while not answers(port):
                assert served.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.2)
            served.send_signal(signal.SIGTERM)
            assert served.wait(timeout=120) == 0
        finally:
            served.kill()


TOLD_EARLY = """
import os, signal
from service import serving
from service.cli import main
settled = serving.settle
serving.settle = lambda: (settled(), os.kill(os.getpid(), signal.SIGTERM))
main()
"""


def test_told_to_end_before_it_listens_it_ends_too(tmp_path: Path) -> None:
    assert cli.run(["migrate", "--data", str(tmp_path)]) == 0
    command = [sys.executable, "-c", TOLD_EARLY, "serve", "--data", str(tmp_path), "--port", str(free_port())]
    environment = {**os.environ, "ZACHETKA_SECRET": "s" * 32}
    ended = subprocess.run(command, env=environment, capture_output=True, timeout=240, check=False)  # noqa: S603 - our own program
    assert ended.returncode == 0, ended.stderr
