"""What is fuzzed: from the bytes of a stranger to the bytes that are signed. Only refusals may leave, and soon (THREATS V4, V5)."""

import json
import time
from typing import Any, Final

from schemas.canonical import canonicalize, jcs
from schemas.canonical.contexts import check_contexts
from schemas.canonical.limits import SINGLE
from schemas.canonical.nquads import line, read_nquads
from schemas.canonical.rdfc import canonical_dataset
from schemas.canonical.shape import check_shape
from schemas.errors import ZachetkaError
from schemas.loader import BUNDLED
from schemas.reading import read_json
from tests.fuzz.outcome import ACCEPTED, LIMIT, Outcome, TooSlow

_PAUSES: Final = (0.0, 0.5, 2.0, 5.0)  # seconds; whatever slows a shared machine down passes, a bad input stays slow
_MUCH_WORK: Final = 2_000_000


def run(data: bytes) -> Outcome:
    """Read and canonicalise `data`. Raises `TooSlow`, `AssertionError`, and what must never leave the product."""
    outcome = examine(data)
    seconds = outcome.seconds
    for pause in _PAUSES:
        if seconds > LIMIT:
            time.sleep(pause)
            seconds = min(seconds, examine(data).seconds)
    if seconds > LIMIT:
        raise TooSlow(seconds)
    return outcome


def examine(data: bytes) -> Outcome:
    """The same without judging the time."""
    document: dict[str, Any] | None = None
    text, code = b"", ACCEPTED
    start = time.thread_time()
    try:
        document = read_json(data)
        text = canonicalize(document)
    except ZachetkaError as error:
        code = error.code
    plain = b"" if document is None else jcs(document)  # what was read can always be written down
    seconds = time.thread_time() - start
    if document is not None and code == ACCEPTED:
        _check_accepted(document, text, plain)
    return Outcome(code, document is not None, seconds)


def _check_accepted(document: dict[str, Any], text: bytes, plain: bytes) -> None:
    """Nothing stands in the document that the slow checks refuse, and both canonical forms are the only ones."""
    check_shape(document, SINGLE)
    check_contexts(document, BUNDLED)
    quads = read_nquads(text.decode())
    assert "".join(sorted(map(line, quads))).encode() == text, "the lines are not N-Quads in order"
    assert canonical_dataset(quads, work=_MUCH_WORK).text == text, "labelling again gives other labels"
    assert canonicalize(_turned(document)) == text, "the order of the fields matters"
    assert jcs(json.loads(plain, parse_int=float)) == plain, "JCS of JCS is something else"


def _turned(value: Any) -> Any:
    """A copy of a document with the fields of each object in the opposite order."""
    if isinstance(value, dict):
        return {key: _turned(item) for key, item in reversed(value.items())}
    return [_turned(item) for item in value] if isinstance(value, list) else value
