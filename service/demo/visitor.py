"""A visitor of the demonstration: walks the real pages over HTTP, signed in as one of its people, with cookies and forms."""

import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, ProxyHandler, Request, build_opener

_CSRF = re.compile(r'name="csrf"\s+value="([^"]+)"')
_TIMEOUT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the server: where it came from after redirects, its status and its body."""

    url: str
    status: int
    body: bytes

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
        self._cookies = CookieJar()
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(self._cookies))

    def sign_in(self, account: str) -> "Visitor":
        """Enter through the demonstration's one-click sign-in."""
        answer = self.post("/demo/sign-in", {"account": account}, form_at="/")
        if answer.status != HTTPStatus.OK:
            msg = f"{account} could not sign in: {answer.status}"
            raise RuntimeError(msg)
        return self

    def get(self, path: str, *, accept: str = "text/html") -> Answer:
        """Read a page or, with `accept="application/json"`, data."""
        return self._send(Request(urljoin(self._base, path), headers={"Accept": accept}))  # noqa: S310 - our own server

    def read(self, path: str) -> Any:
        """Read data."""
        return self.get(path, accept="application/json").json()

    def post(self, path: str, form: dict[str, Any], *, form_at: str | None = None) -> Answer:
        """Send a form as the page at `form_at` (default: `path` itself) offers it, with its token."""
        page = self.get(form_at or path)
        token = _CSRF.search(page.text)
        fields = {**form, **({"csrf": token.group(1)} if token else {})}
        body = urlencode(fields, doseq=True).encode()
        return self._send(Request(urljoin(self._base, path), data=body, headers={"Accept": "text/html"}))  # noqa: S310

    def post_json(self, path: str, data: Any) -> Answer:
        """Send data to a door that needs no sign-in."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        return self._send(Request(urljoin(self._base, path), data=json.dumps(data).encode(), headers=headers))  # noqa: S310

    def _send(self, request: Request) -> Answer:
        try:
            with self._opener.open(request, timeout=_TIMEOUT_SECONDS) as response:
                return Answer(response.geturl(), response.status, response.read())
        except HTTPError as refusal:
            with refusal:
                return Answer(refusal.url, refusal.code, refusal.read())
