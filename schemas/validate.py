"""JSON Schema validation with bundled schemas only, the one place that knows jsonschema and jsonschema-rs (THREATS V18).

jsonschema-rs answers yes or no; jsonschema, hundreds of times slower, is asked only what is wrong after a "no". `format` is an
annotation to both (JSON Schema 2019-09 Validation §7.2), and both read a `pattern` as ECMA-262 does (Core §6.4).
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import jsonschema_rs
from jsonschema import Draft201909Validator
from jsonschema.exceptions import ValidationError, best_match
from jsonschema.validators import extend
from referencing import Registry

from schemas.loader import schema as bundled
from schemas.reading import check_values, pointer_to
from schemas.refusals import SchemaViolation

_EXPLAINED_VALUES: Final = 1_000  # an honest credential has a few hundred
_IN_PART: Final = ", in part"  # after the name of a schema: without its demands for fields
_FRAME: Final = frozenset({"@context", "id", "type"})  # what every part of a document has in common with the whole


def validate(document: dict[str, Any], schema: str = "achievementcredential", *, in_part: bool = False) -> None:
    """Raise `SchemaViolation` unless `document` satisfies the bundled schema of that name.

    With `in_part` it is what a holder shows of a larger document: fields that the schema demands may have stayed behind.
    The `credentialSchema` of a document is never followed and no schema is ever fetched. Raises also what `check_values` (of what
    the schema does not allow) and `schemas.loader.schema` raise.
    """
    schema = schema + _IN_PART if in_part else schema
    if not _satisfies(document, schema):
        check_values(document)
        raise _violation(document, schema)


def _satisfies(document: dict[str, Any], schema: str) -> bool:
    validator = judge(schema)
    try:
        return validator.is_valid(document)
    except ValueError:  # nested without end, half a surrogate pair, a subclass of str, int or float
        return False


def _violation(document: dict[str, Any], schema: str) -> SchemaViolation:
    """What is wrong, and where; without a place if jsonschema finds nothing or would take long: a "no" stays a "no"."""
    error = best_match(explainer(schema).iter_errors(document)) if _is_small(document) else None
    if error is None:
        return SchemaViolation(rule="schema")
    pointer = ""
    for part in error.absolute_path:
        pointer = pointer_to(pointer, str(part))
    return SchemaViolation(pointer=pointer, rule=str(error.validator))


def _is_small(document: dict[str, Any]) -> bool:
    """Whether jsonschema, at up to a tenth of a millisecond for a wrong value, answers within a quarter of a second."""
    pending: list[Any] = [document]
    count = 0
    while pending and count <= _EXPLAINED_VALUES:
        value = pending.pop()
        count += 1
        if isinstance(value, dict | list):
            pending.extend(value.values() if isinstance(value, dict) else value)
    return count <= _EXPLAINED_VALUES


@cache
def judge(name: str) -> jsonschema_rs.Draft201909Validator:
    """What says yes or no. It follows no `$ref` outside, neither to the network nor to a file, and patterns take linear time."""
    return jsonschema_rs.Draft201909Validator(
        _schema(name), offline=True, validate_formats=False, pattern_options=jsonschema_rs.RegexOptions()
    )


@cache
def explainer(name: str) -> Draft201909Validator:
    """What says why not. It follows no `$ref` outside either."""
    return _Explainer(_schema(name), registry=Registry())


def _schema(name: str) -> dict[str, Any]:
    whole = bundled(name.removesuffix(_IN_PART))
    undemanding: dict[str, Any] = _without_demands(whole) if name.endswith(_IN_PART) else whole
    return undemanding


def _without_demands(schema: Any) -> Any:
    """A schema that demands no field but those of the frame."""
    if isinstance(schema, dict):
        return {
            name: [field for field in value if field in _FRAME]
            if name == "required" and isinstance(value, list)
            else _without_demands(value)
            for name, value in schema.items()
        }
    return [_without_demands(item) for item in schema] if isinstance(schema, list) else schema


def _pattern(_: object, pattern: str, instance: object, __: object) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not _expression(pattern).search(instance):
        yield ValidationError(pattern)


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    """A pattern as ECMA-262 means it: the dollar sign is the very end, and digits are the ten of ASCII."""
    return re.compile(pattern.replace("$", r"\Z"), re.ASCII)


_Explainer: type[Draft201909Validator] = extend(Draft201909Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]  # the stubs give this one function no types
