"""For those who run it: alive, ready, and measured."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from schemas.errors import ZachetkaError
from service.metrics import Metrics

router = APIRouter(tags=["operation"])
EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What can be asked about the running application. `questions` give true when the thing they ask about is ready."""

    metrics: Metrics
    questions: Mapping[str, Callable[[], bool]]


async def operation(request: Request) -> Operation:
    """The operation of the application."""
    return cast("Operation", request.app.state.operation)


Operating = Annotated[Operation, Depends(operation)]


@router.get("/healthz", openapi_extra={"x-action": "public"}, name="health")
def health() -> dict[str, str]:
    """The process is alive; asks nothing of database or disk."""
    return {"status": "alive"}


@router.get("/readyz", openapi_extra={"x-action": "public"}, name="ready")
def ready(operating: Operating) -> JSONResponse:
    """Whether everything needed to serve is there; 503 and the names of what is not."""
    answers = {name: _answer(question) for name, question in operating.questions.items()}
    status = HTTPStatus.OK if all(answers.values()) else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse({"ready": all(answers.values()), "checks": answers}, status_code=status)


@router.get("/metrics", openapi_extra={"x-action": "public"}, name="metrics")
def metrics(operating: Operating) -> Response:
    """The measures in Prometheus' text format; nothing about people."""
    return Response(operating.metrics.text(), media_type=EXPOSITION)


def _answer(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except (DBAPIError, OSError, ZachetkaError):
        return False


def database_answers(engine: Engine) -> bool:
    """Whether the database answers at all."""
    with engine.connect() as connection:
        connection.exec_driver_sql("select 1")
    return True
