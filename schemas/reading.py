"""Reading JSON that strangers wrote: I-JSON (RFC 7493) and nothing that two parsers could understand differently."""

import json
import math
from collections.abc import Iterable
from typing import Any, NoReturn

from schemas.refusals import DocumentTooLarge, DuplicateKey, NotJson, NumberRefused, TextRefused, TooDeep

CREDENTIAL_BYTES = 262_144
MAX_DEPTH = 32
SAFE_INTEGER = 2**53 - 1
_MAX_DIGITS = 17


def read_json(data: bytes | str, *, limit: int = CREDENTIAL_BYTES) -> dict[str, Any]:
    """The one JSON object in `data`, at most `limit` bytes of UTF-8.

    Refuses (`schemas.refusals`): other encodings and a byte order mark, duplicate keys, numbers that are not exact in every
    reader, half surrogate pairs, nesting over 32, and anything but an object at the top.
    """
    text = _text(data, limit)
    try:
        document = _DECODER.decode(text)
    except RecursionError:
        raise TooDeep(limit=MAX_DEPTH) from None
    except ValueError as error:
        raise NotJson from error
    if not isinstance(document, dict):
        raise NotJson
    check_values(document)
    return document


def check_values(document: object, *, max_depth: int = MAX_DEPTH) -> None:
    """Raise unless `document` is built of JSON values that survive any reader, nested at most `max_depth` deep."""
    pending: list[tuple[object, str, int]] = [(document, "", 0)]
    while pending:
        value, pointer, depth = pending.pop()
        if depth > max_depth:
            raise TooDeep(pointer=pointer, limit=max_depth)
        if isinstance(value, dict):
            for key in value:
                _check_text(key, pointer)
            pending.extend((item, pointer_to(pointer, key), depth + 1) for key, item in value.items())
        elif isinstance(value, list):
            pending.extend((item, f"{pointer}/{index}", depth + 1) for index, item in enumerate(value))
        else:
            _check_scalar(value, pointer)


def pointer_to(pointer: str, key: str) -> str:
    """The JSON pointer of the member `key` of the object at `pointer`."""
    return f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"


def _text(data: bytes | str, limit: int) -> str:
    try:
        encoded = data.encode() if isinstance(data, str) else data
        if len(encoded) > limit:
            raise DocumentTooLarge(limit=limit)
        return data if isinstance(data, str) else data.decode()
    except UnicodeError as error:
        raise NotJson from error


def _check_text(value: object, pointer: str) -> None:
    if not isinstance(value, str):
        raise NotJson(pointer=pointer)
    if value.isascii():
        return
    try:
        value.encode()
    except UnicodeEncodeError:
        raise TextRefused(pointer=pointer) from None


def _check_scalar(value: object, pointer: str) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int):
        if abs(value) > SAFE_INTEGER:
            raise NumberRefused(pointer=pointer, number="…")
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise NumberRefused(pointer=pointer, number=str(value))
    else:
        _check_text(value, pointer)


def _object(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for key, value in pairs:
        if key in members:
            raise DuplicateKey(key=_shown(key))
        members[key] = value
    return members


def _integer(digits: str) -> int:
    if len(digits) > _MAX_DIGITS or abs(int(digits)) > SAFE_INTEGER:
        raise NumberRefused(number=_shown(digits))
    return int(digits)


def _real(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise NumberRefused(number=_shown(digits))
    return number


def _constant(name: str) -> NoReturn:
    raise NumberRefused(number=name)


def _shown(text: str) -> str:
    return text.encode("ascii", "replace").decode()[:40] if not text.isprintable() else text[:40]


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=_integer, parse_float=_real, parse_constant=_constant)
