"""Problem documents (RFC 9457) as the OpenAPI document describes them."""

from typing import Any

from pydantic import BaseModel

PROBLEM = "application/problem+json"


class Fault(BaseModel):
    """One field that is wrong: its JSON pointer and a stable code."""

    pointer: str
    code: str


class Problem(BaseModel):
    """What went wrong. `code` is stable, `detail` is one sentence in the reader's language, `pointer` the place in the document."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    pointer: str | None = None
    errors: list[Fault] | None = None


_PROBLEM: dict[str, Any] = {
    "description": "A problem document (RFC 9457)",
    "content": {PROBLEM: {"schema": Problem.model_json_schema()}},
}
PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {422: _PROBLEM, "4XX": _PROBLEM, "5XX": _PROBLEM}
