"""A visitor of the demonstration: walks the real pages over HTTP with cookies and forms, signed in as one of its people."""

import json
import secrets
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPSHandler, ProxyHandler, Request, build_opener

from service.demo.forms import PageForm, forms_of

_TIMEOUT_SECONDS = 60


class Refused(Exception):
    """The page said no, or did not offer what a story wanted to press."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the server: where it came from after redirects, its status and its body."""

    url: str
    status: int
    body: bytes

    @property
    def path(self) -> str:
        """Where the visitor stands now."""
        return urlsplit(self.url).path

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    def json(self) -> Any:
        """The body as data."""
        return json.loads(self.body)


class Visitor:
    """One browser-like visitor with a cookie jar of their own."""

    def __init__(self, base: str) -> None:
        self._base = base
        nobody = ssl.SSLContext(
            ssl.PROTOCOL_TLS_CLIENT
        )  # loopback speaks plain http; reading the certificates takes long
        self._opener = build_opener(ProxyHandler({}), HTTPSHandler(context=nobody), HTTPCookieProcessor(CookieJar()))

    def sign_in(self, account: str) -> "Visitor":
        """Enter through the demonstration's one-click sign-in."""
        self.submit("/", "/demo/sign-in", {"account": account})
        return self

    def get(self, path: str, *, accept: str = "text/html") -> Answer:
        """Read a page or a file."""
        return self._send(Request(urljoin(self._base, path), headers={"Accept": accept}))  # noqa: S310 - our own server

    def read(self, path: str) -> Any:
        """Read data; raises `Refused` where there is none for this visitor."""
        return self.accepted(self.get(path, accept="application/json")).json()

    def submit(self, page: str, action: str, answers: dict[str, str | list[str]]) -> Answer:
        """Open `page`, fill in `answers` and press the form that goes to `action`; raises `Refused` unless it is accepted."""
        return self.accepted(self.attempt(page, action, answers))

    @staticmethod
    def accepted(answer: Answer) -> Answer:
        """The answer, if it is a good one; else `Refused`."""
        if answer.status != HTTPStatus.OK:
            msg = f"{answer.path}: {answer.status}"
            raise Refused(msg)
        return answer

    def attempt(self, page: str, action: str, answers: dict[str, str | list[str]]) -> Answer:
        """Like `submit`, whatever the answer is."""
        return self.press(self.get(page), action, answers)

    def press(
        self,
        shown: Answer,
        action: str,
        answers: dict[str, str | list[str]],
        files: Mapping[str, bytes] | None = None,
    ) -> Answer:
        """Press the form of a page that is open already; `files` are chosen in its file fields."""
        form = form_of(shown, action)
        body, kind = _encoded(form.filled(answers), files or {})
        target = urljoin(shown.url, form.action)
        headers = {"Accept": "text/html", "Content-Type": kind}
        return self._send(Request(target, data=body, headers=headers))  # noqa: S310 - our own server

    def upload(self, page: str, action: str, answers: dict[str, str | list[str]], files: Mapping[str, bytes]) -> Answer:
        """Like `submit`, with files; whatever the answer is."""
        return self.press(self.get(page), action, answers, files)

    def force(self, path: str, fields: dict[str, str | list[str]]) -> Answer:
        """Send fields to `path` without a page that offers them, as somebody would who knows the address."""
        form = form_of(self.get("/"), "/sign-out")
        body = urlencode(form.filled(fields)).encode()
        return self._send(Request(urljoin(self._base, path), data=body, headers={"Accept": "text/html"}))  # noqa: S310

    def send(self, path: str, body: bytes) -> Answer:
        """Send JSON to a door that needs no sign-in."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        return self._send(Request(urljoin(self._base, path), data=body, headers=headers))  # noqa: S310 - our own server

    def _send(self, request: Request) -> Answer:
        try:
            with self._opener.open(request, timeout=_TIMEOUT_SECONDS) as response:
                return Answer(response.geturl(), response.status, response.read())
        except HTTPError as refusal:
            with refusal:
                return Answer(refusal.url, refusal.code, refusal.read())


def _encoded(fields: list[tuple[str, str]], files: Mapping[str, bytes]) -> tuple[bytes, str]:
    """The body of a form and its kind, as a browser sends them: with files in parts, without them in one line."""
    if not files:
        return urlencode(fields).encode(), "application/x-www-form-urlencoded"
    boundary = secrets.token_hex(16)
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields]
    for name, content in files.items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{name}.json"'
        parts.append(f"{head}\r\nContent-Type: application/octet-stream\r\n\r\n".encode() + content)
    lines = [f"--{boundary}\r\n".encode() + part + b"\r\n" for part in parts]
    return b"".join([*lines, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"


def form_of(shown: Answer, action: str) -> PageForm:
    """The form of a page that goes to `action`, or `Refused`."""
    for form in forms_of(shown.text):
        if form.method == "post" and urlsplit(urljoin(shown.url, form.action)).path == action:
            return form
    msg = f"{shown.path} offers no form for {action} ({shown.status})"
    raise Refused(msg)
