"""The JSON Canonicalization Scheme (RFC 8785), behind our limits."""

import rfc8785

from schemas.reading import check_values
from schemas.refusals import NotJson

MAX_DEPTH = 64


def jcs(document: object) -> bytes:
    """The canonical bytes of a JSON value. Refuses what I-JSON refuses and nesting over 64.

    >>> jcs({"b": 1.0, "a": "ё"}).decode()
    '{"a":"ё","b":1}'
    """
    check_values(document, max_depth=MAX_DEPTH)
    try:
        return rfc8785.dumps(document)  # type: ignore[arg-type]  # check_values has proven it to be JSON
    except (rfc8785.CanonicalizationError, ValueError, TypeError, RecursionError) as error:
        raise NotJson from error
