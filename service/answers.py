"""Errors become answers: RFC 9457 problem documents for programs, a calm page for people.

Nobody ever sees a traceback. What we did not expect gets one sentence and a reference; the log has the place in the code
under that reference, without any data.
"""

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from schemas.errors import NotFound, NotSignedIn, TooOften, ZachetkaError
from service.errors import (
    BadBody,
    BadFields,
    BodyTooLarge,
    Broken,
    Busy,
    Clash,
    NoRoom,
    NotStorable,
    WrongMethod,
    status_of,
)
from service.identity.guests import STRANGER
from service.language import language_of
from service.logs import place_of
from service.problems import PROBLEM
from service.settings import MEBIBYTE
from service.vc_api.errors import TokenMissing, TokenRefused, TooManyRequests
from service.visits import Visits

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
FOR_PROGRAMS = ("/api/", "/vc-api/")
log = structlog.get_logger()


def wants_page(request: Request) -> bool:
    """Whether a person with a browser waits for the answer."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith(FOR_PROGRAMS)


@dataclass(frozen=True, slots=True)
class Answers:
    """Turns errors into answers, in the visitor's language."""

    visits: Visits
    public_url: str
    max_body: int

    def install(self, app: FastAPI) -> None:
        """Answer every error that `app` expects."""
        handlers: dict[type[Exception], Any] = {
            ZachetkaError: self._ours,
            RequestValidationError: self._fields,
            HTTPException: self._framework,
            SQLAlchemyError: self._database,
            OSError: self._system,
        }
        for kind, handler in handlers.items():
            app.add_exception_handler(kind, handler)

    def answer(
        self,
        request: Request,
        error: ZachetkaError,
        *,
        headers: Mapping[str, str] | None = None,
        fields: list[dict[str, str]] | None = None,
    ) -> Response:
        """The answer to an error."""
        answer = self._page(request, error) if wants_page(request) else self._problem(request, error, fields or [])
        answer.headers.update({**_headers(error), **(headers or {})})
        return answer

    def broken(self, request: Request, error: Exception, reference: str) -> Response:
        """The answer to what nobody expected; the log gets the place under `reference`."""
        log.error("request.broken", reference=reference, error=type(error).__name__, place=place_of(error))
        return self.answer(request, Broken(reference=reference))

    def _page(self, request: Request, error: ZachetkaError) -> Response:
        if isinstance(error, NotSignedIn) and request.method == "GET":
            asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/sign-in?{urlencode({'next': asked})}", status_code=HTTPStatus.SEE_OTHER)
        now = self.visits.clock()
        try:
            guest = self.visits.recognise(request, now)
        except DBAPIError:
            guest = STRANGER
        told = error.told(self._translator(request))
        data = {"told": told, "code": error.code, "back": _own_referer(request)}
        return self.visits.draw(request, guest, now, "service/problem.html", data, status=status_of(error))

    def _problem(self, request: Request, error: ZachetkaError, fields: list[dict[str, str]]) -> Response:
        status = status_of(error)
        document: dict[str, Any] = {
            "type": f"{self.public_url}/docs#{error.code}",
            "title": status.phrase,
            "status": status.value,
            "detail": error.told(self._translator(request)),
            "code": error.code,
        }
        if error.pointer:
            document["pointer"] = error.pointer
        if fields:
            document["errors"] = fields
        return JSONResponse(document, status_code=status, media_type=PROBLEM)

    def _translator(self, request: Request) -> Any:
        return self.visits.rendering.catalogues.translator(language_of(request))

    def _ours(self, request: Request, error: ZachetkaError) -> Response:
        return self.answer(request, error)

    def _fields(self, request: Request, error: RequestValidationError) -> Response:
        faults = error.errors()
        if any(fault["type"] == "json_invalid" for fault in faults):
            return self.answer(request, BadBody())
        fields = [{"pointer": _pointer(fault["loc"]), "code": str(fault["type"])} for fault in faults]
        return self.answer(request, BadFields(), fields=fields)

    def _framework(self, request: Request, error: HTTPException) -> Response:
        ours: dict[int, ZachetkaError] = {
            HTTPStatus.NOT_FOUND: NotFound(),
            HTTPStatus.METHOD_NOT_ALLOWED: WrongMethod(),
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE: BodyTooLarge(mebibytes=f"{self.max_body / MEBIBYTE:g}"),
        }
        return self.answer(request, ours.get(error.status_code, BadBody()), headers=error.headers)

    def _database(self, request: Request, error: SQLAlchemyError) -> Response:
        """A clash of two people and a database that cannot answer are told apart from what is our own fault."""
        if isinstance(error, (IntegrityError, StaleDataError)):
            log.warning("request.clash", place=place_of(error))
            return self.answer(request, Clash())
        if isinstance(error, DataError):
            return self.answer(request, NotStorable())
        if isinstance(error, (OperationalError, PoolTimeout)):
            log.critical("request.database", place=place_of(error))
            return self.answer(request, Busy())
        raise error

    def _system(self, request: Request, error: OSError) -> Response:
        if error.errno not in NO_ROOM:
            raise error
        log.critical("request.disk", place=place_of(error))
        return self.answer(request, NoRoom())


def _own_referer(request: Request) -> str:
    """The page of ours that the visitor came from; empty when it was no page of ours."""
    parts = urlsplit(request.headers.get("referer", ""))
    return urlunsplit(("", "", parts.path, parts.query, "")) if parts.netloc == request.headers.get("host") else ""


def _headers(error: ZachetkaError) -> dict[str, str]:
    """What the status asks to be said beside it (RFC 9110 §11.6.1, §10.2.3; RFC 6750 §3)."""
    if isinstance(error, TokenMissing):
        refused = ', error="invalid_token"' if isinstance(error, TokenRefused) else ""
        return {"WWW-Authenticate": f'Bearer realm="zachetka"{refused}'}
    if isinstance(error, NotSignedIn):
        return {"WWW-Authenticate": 'Session realm="zachetka"'}
    if isinstance(error, TooManyRequests):
        return {"Retry-After": str(error.params["seconds"])}
    if isinstance(error, TooOften):
        return {"Retry-After": str(60 * int(str(error.params["minutes"])))}
    return {"Retry-After": "60"} if isinstance(error, Busy) else {}


def _pointer(place: tuple[int | str, ...]) -> str:
    """The JSON pointer (RFC 6901) of a field in the body; elsewhere the place in words of the request."""
    return "/" + "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in place[1:] or place)
