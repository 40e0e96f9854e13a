"""Bodies of requests: a gigabyte is refused while it comes, what fits is read."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from tests.service.house import House

MEBIBYTE = 1024 * 1024


class Flood:
    """A gigabyte that comes in pieces and counts how much of it was taken."""

    def __init__(self, start: bytes) -> None:
        self.taken = 0
        self._next = start

    async def __call__(self) -> dict[str, object]:
        if self.taken >= 1024 * MEBIBYTE:
            return {"type": "http.disconnect"}
        piece, self._next = self._next, b"x" * (64 * 1024)
        self.taken += len(piece)
        return {"type": "http.request", "body": piece, "more_body": True}


def flooded(plain: House, path: str, kind: str, flood: Flood) -> tuple[int, str]:
    """Send the flood as a server would hand it over; the status and the text of the answer."""
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1:8000"), (b"accept", b"text/html"), (b"content-type", kind.encode())],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }

    async def note(message: MutableMapping[str, Any]) -> None:
        sent.append(dict(message))

    asyncio.run(plain.app(scope, flood, note))
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], body.decode()


JSON, FORM, FILES = "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"


@pytest.mark.parametrize(
    ("path", "kind", "start"),
    [
        ("/api/verify", JSON, b"{"),
        ("/api/verify", "image/png", b"\x89PNG"),
        ("/api/verify", FORM, b"a="),
        ("/verify", FORM, b"text="),
        ("/verify", FILES, b'--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'),
        ("/sign-in", FORM, b"login="),
        ("/api/awards", JSON, b"{"),
    ],
)
def test_a_gigabyte_is_refused_after_two_mebibytes(plain: House, path: str, kind: str, start: bytes) -> None:
    flood = Flood(start)
    status, text = flooded(plain, path, kind, flood)
    assert status == 413, text
    assert "не больше 2 МБ" in text
    assert flood.taken < 3 * MEBIBYTE


def test_a_gigabyte_for_nobody_is_not_read(plain: House) -> None:
    for path in ("/no/such/page", "/healthz"):
        flood = Flood(b"")
        status, _ = flooded(plain, path, JSON, flood)
        assert status in {404, 405}
        assert flood.taken == 0


def test_a_body_that_says_it_is_too_large_is_not_read(plain: House) -> None:
    answer = plain.visitor(accept="application/json").post(
        "/api/verify", content=b"{}", headers={"Content-Type": "application/json", "Content-Length": str(2**30)}
    )
    assert answer.status_code == 413
    assert answer.json()["code"] == "body-too-large"


def test_a_body_just_within_the_limit_is_read(plain: House) -> None:
    answer = plain.visitor(accept="application/json").post("/api/verify", content=b" " * (2 * MEBIBYTE))
    assert answer.json()["code"] != "body-too-large"
