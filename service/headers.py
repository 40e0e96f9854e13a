"""What stands around every answer: security headers, the limit on bodies, the measuring, and the net under everything."""

import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

import structlog
from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.language import COOKIE, COOKIE_SECONDS, chosen_language
from service.metrics import Metrics

_UPLOADS = re.compile(r"/issuer/[^/]+/batches|/wallet/[^/]+/import|/verify/many")
_MEBIBYTE = 1 << 20
_FILES = {  # doors where one file is brought, and the most that comes with the form around it
    re.compile(r"/wallet/[^/]+/collect"): 9 * _MEBIBYTE,
    re.compile(r"/wallet/[^/]+/portfolio/records/[^/]+/files"): 11 * _MEBIBYTE,
}
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cache-Control": "no-store",
}
TRANSPORT = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class SecurityHeaders:
    """Adds the headers that every answer carries; what a route has set itself stays."""

    app: ASGIApp
    https: bool

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), request)
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def _add(self, headers: MutableHeaders, request: Request) -> None:
        for name, value in (*HEADERS.items(), *([TRANSPORT] if self.https else [])):
            headers.setdefault(name, value)
        chosen = chosen_language(request)
        if chosen is not None and request.method == "GET":
            secure = "; Secure" if self.https else ""
            headers.append("Set-Cookie", f"{COOKIE}={chosen}; Max-Age={COOKIE_SECONDS}; Path=/; SameSite=Lax{secure}")


@dataclass(frozen=True, slots=True)
class BodyLimit:
    """Refuses a body as soon as it is known to be too large: by what it says of itself, else by counting what comes."""

    app: ASGIApp
    limit: int
    uploads: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; raises 413 where the body is read, so that the framework answers it as any other error."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        declared, received = _declared_length(scope), 0

        async def receive_within_limit() -> Message:
            nonlocal received
            if declared <= limit:
                message = await receive()
                received += len(message.get("body", b""))
                if received <= limit:
                    return message
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)

        await self.app(scope, receive_within_limit, send)

    def _limit(self, path: str) -> int:
        if _UPLOADS.fullmatch(path):
            return self.uploads
        return max([self.limit, *(limit for door, limit in _FILES.items() if door.fullmatch(path))])


def _declared_length(scope: Scope) -> float:
    declared = Request(scope).headers.get("content-length", "")
    return float(declared) if declared.isascii() and declared.isdecimal() else 0


Broken = Callable[[Request, Exception, str], Response]


@dataclass(frozen=True, slots=True)
class Net:
    """Measures and logs every request, and catches what nobody expected: one sentence and a reference, never a traceback."""

    app: ASGIApp
    metrics: Metrics
    broken: Broken

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 0
        started = time.perf_counter()

        async def send_watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
            await send(message)

        try:
            await self.app(scope, receive, send_watched)
        except Exception as error:  # noqa: BLE001 - this is the net
            answer = await run_in_threadpool(self._last_answer, Request(scope), error)
            if not status:
                await answer(scope, receive, send_watched)
        self._note(scope, status, time.perf_counter() - started)

    def _last_answer(self, request: Request, error: Exception) -> Response:
        reference = secrets.token_hex(4)
        try:
            return self.broken(request, error, reference)
        except Exception as second:  # noqa: BLE001 - even the page about it is broken
            log.critical("request.broken-page", reference=reference, error=type(second).__name__)
            return PlainTextResponse(f"У нас что-то сломалось. Номер: {reference}", status_code=500)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        """The route's pattern stands for the address: the address itself may name people."""
        route = getattr(scope.get("route"), "path", "-")
        self.metrics.note(scope["method"], route, status, seconds)
        log.info("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))
