"""JSON Schema validation with bundled schemas only, the one place that knows jsonschema (THREATS V18)."""

from functools import cache
from typing import Any

from jsonschema import Draft201909Validator
from jsonschema.exceptions import best_match
from referencing import Registry

from schemas.loader import schema as bundled
from schemas.reading import check_values, pointer_to
from schemas.refusals import SchemaViolation


def validate(document: dict[str, Any], schema: str = "achievementcredential") -> None:
    """Raise `SchemaViolation` unless `document` satisfies the bundled schema of that name.

    The `credentialSchema` of a document is never followed and no schema is ever fetched.
    """
    check_values(document)
    error = best_match(_validator(schema).iter_errors(document))
    if error is None:
        return
    pointer = ""
    for part in error.absolute_path:
        pointer = pointer_to(pointer, str(part))
    raise SchemaViolation(pointer=pointer, rule=str(error.validator))


@cache
def _validator(name: str) -> Draft201909Validator:
    return Draft201909Validator(bundled(name), registry=Registry())
