"""A browser that shows every answer as it came: it keeps cookies and follows nothing."""

import ssl
from collections.abc import Iterator
from typing import Any, Self

from httpx2 import Client, Response

_SECONDS = 60.0


class Caller:
    """One visitor with a cookie jar of their own; `token` is what forms of the session carry, empty for a stranger."""

    def __init__(self, base: str, language: str = "ru") -> None:
        speaks = {"Accept-Language": language}
        nobody = ssl.SSLContext(
            ssl.PROTOCOL_TLS_CLIENT
        )  # loopback speaks plain http; reading the certificates takes long
        self._client = Client(base_url=base, verify=nobody, trust_env=False, timeout=_SECONDS, headers=speaks)
        self.token = ""

    def __enter__(self) -> Self:
        """Leave the connections open until the block ends."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close them."""
        self.close()

    def close(self) -> None:
        """End every connection."""
        self._client.close()

    def sign_in(self, account: str) -> Self:
        """Enter through the demonstration's one-click sign-in."""
        entered = self._client.post("/demo/sign-in", data={"account": account})
        assert entered.status_code == 303, entered.text
        self.token = self._client.get("/api/me").json()["csrf"]
        return self

    def show(self, token: str) -> Self:
        """Bring a program's token with every request."""
        self._client.headers["Authorization"] = f"Bearer {token}"
        return self

    def call(
        self,
        method: str,
        path: str,
        *,
        form: dict[str, str] | None = None,
        json: Any = None,
        content: bytes | Iterator[bytes] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Response:
        """Send one request; unsafe ones bring the session's token, as our own pages do."""
        known = {"Accept": "text/html", **({"X-CSRF-Token": self.token} if self.token else {})}
        return self._client.request(
            method, path, data=form, json=json, content=content, headers={**known, **(headers or {})}
        )
