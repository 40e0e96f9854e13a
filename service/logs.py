"""The log: one JSON object per line on standard error, about the work and never about people (THREATS W3)."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

ROOT_MARK = "/site-packages/"
PERSONAL = frozenset(
    {
        "address",
        "born",
        "email",
        "learner",
        "login",
        "name",
        "number",
        "password",
        "path",
        "person",
        "phone",
        "token",
        "url",
    }
)


def configure(*, quiet: bool = False) -> None:
    """Send our own log and everybody else's warnings to standard error as JSON lines; `quiet` leaves out what went well."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if quiet else logging.INFO),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_people,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=Stderr,
    )
    logging.basicConfig(handlers=[Lines()], level=logging.WARNING, force=True)


class Stderr:
    """Writes lines to whatever standard error is at the moment."""

    def __init__(self, *_: object) -> None:
        pass

    def msg(self, line: str) -> None:
        """Write one line."""
        sys.stderr.write(f"{line}\n")

    debug = info = warning = error = critical = msg


def without_people(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Structlog processor: masks every field that could be about a person."""
    return {key: "…" if key in PERSONAL else value for key, value in line.items()}


class Lines(logging.Handler):
    """Libraries' own warnings, without their arguments: those may hold anything."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line."""
        place = place_of(record.exc_info[1]) if record.exc_info and record.exc_info[1] else ""
        structlog.get_logger().warning("library", library=record.name, template=str(record.msg)[:200], place=place)


def place_of(error: BaseException) -> str:
    """Where in the code an error came from, innermost last, without any value: `module.py:12 < …`."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if ROOT_MARK not in frame.filename] or list(frames)
    return " > ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in ours[-6:])


def _short(filename: str) -> str:
    return "/".join(filename.rsplit("/", 2)[-2:])
