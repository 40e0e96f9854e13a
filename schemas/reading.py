"""Reading JSON that strangers wrote: I-JSON (RFC 7493) and nothing that two parsers could understand differently."""

import json
import math
from typing import Any, NoReturn

from schemas.refusals import DocumentTooLarge, DuplicateKey, NotJson, NumberRefused, TextRefused, TooDeep

CREDENTIAL_BYTES = 262_144
MAX_DEPTH = 32
SAFE_INTEGER = 2**53 - 1
_MAX_DIGITS = 17
_CONTAINERS = frozenset({dict, list})


def read_json(data: bytes | str, *, limit: int = CREDENTIAL_BYTES, max_depth: int = MAX_DEPTH) -> dict[str, Any]:
    """The one JSON object in `data`, at most `limit` bytes of UTF-8.

    Refuses (`schemas.refusals`): other encodings and a byte order mark, duplicate keys, numbers that are not exact in every
    reader, half surrogate pairs, nesting over `max_depth`, and anything but an object at the top.
    """
    text = _text(data, limit)
    try:
        document = _DECODER.decode(text)
    except RecursionError:
        raise TooDeep(limit=max_depth) from None
    except ValueError as error:
        raise NotJson from error
    if not isinstance(document, dict):
        raise NotJson
    # the reader has judged numbers; half a pair of surrogates needs an escape, and one sign is found far sooner than two
    if ("\\" in text and "\\u" in text) or max_depth != MAX_DEPTH or not _is_flat(document):
        check_values(document, max_depth=max_depth)
    return document


def check_values(document: object, *, max_depth: int = MAX_DEPTH) -> None:
    """Raise unless `document` is built of JSON values that survive any reader, nested at most `max_depth` deep."""
    if not _is_plain(document, max_depth):
        _find_fault(document, max_depth)


def _is_flat(document: dict[str, Any]) -> bool:
    """Whether nothing is nested deeper than `MAX_DEPTH`."""
    level: list[dict[str, Any] | list[Any]] = [document]
    for _ in range(MAX_DEPTH):
        inner: list[Any] = []
        for container in level:
            inner += container.values() if type(container) is dict else container
        level = [value for value in inner if type(value) in _CONTAINERS]
        if not level:
            return True
    return False


def _is_plain(document: object, max_depth: int) -> bool:
    """Whether there is surely no fault, level by level and without looking where anything stands."""
    texts: list[str] = []
    level: list[object] = [document]
    for _ in range(max_depth + 1):
        inner: list[object] = []
        for value in level:
            if type(value) is str:
                texts.append(value)
            elif type(value) is dict:
                texts += value
                inner += value.values()
            elif type(value) is list:
                inner += value
            elif not _is_plain_scalar(value):
                return False
        if not inner:
            return _has_utf8(texts)
        level = inner
    return False


def _is_plain_scalar(value: object) -> bool:
    if type(value) is int:
        return abs(value) <= SAFE_INTEGER
    return value is None or type(value) is bool or (type(value) is float and math.isfinite(value))


def _has_utf8(texts: list[str]) -> bool:
    try:
        return "".join(texts).encode() is not None
    except (TypeError, UnicodeEncodeError):
        return False


def _find_fault(document: object, max_depth: int) -> None:
    """The slow walk, which knows the place of every value."""
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
    if "~" in key or "/" in key:
        key = key.replace("~", "~0").replace("/", "~1")
    return f"{pointer}/{key}"


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


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise DuplicateKey(key=_shown(_first_twice(pairs)))
    return members


def _first_twice(pairs: list[tuple[str, Any]]) -> str:
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            break
        seen.add(name)
    return name


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
