"""The one door to documents on other people's servers, and to our own without leaving the house (THREATS V3, V17, V19)."""

import re
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Protocol

import httpx2

from keys.addresses import is_public
from keys.did import KEY_BYTES, is_host
from keys.errors.published import NotServedHere, Unreachable
from keys.shelf import Shelf

LIST_BYTES: Final = 2 * 1024 * 1024
SECONDS: Final = 3.0
_HTTPS: Final = 443
_AT_ONCE: Final = 8
_URL = re.compile(
    r"https://(?P<host>[a-z0-9.-]+)(?::(?P<port>[1-9][0-9]{0,4}))?(?P<path>/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?", re.ASCII
)
JSON: Final[Mapping[str, str]] = {"Content-Type": "application/json"}
_HEADERS = {"Accept": "application/json, */*;q=0.5", "Accept-Encoding": "identity", "User-Agent": "zachetka"}


@cache
def _roots() -> ssl.SSLContext:
    """The certificates that this machine trusts; reading them takes longer than most requests."""
    return ssl.create_default_context()


class Fetcher(Protocol):
    """Gets the bytes of a public document."""

    def get(self, url: str) -> bytes:
        """The body at `url`; raises `Unreachable` for every way in which it cannot be had."""
        ...


@dataclass(frozen=True, slots=True)
class _Target:
    host: str
    port: int
    path: str

    @property
    def limit(self) -> int:
        """How many bytes the document may have; key documents are small."""
        return KEY_BYTES if self.path.endswith(("/did.json", "/keys")) else LIST_BYTES


def _target(url: str) -> _Target:
    """The parts of a plain https address; raises `Unreachable` for anything more: user names, queries, IP addresses."""
    parts = _URL.fullmatch(url)
    if parts is None or not is_host(parts["host"]):
        raise Unreachable(host="?", reason="url")
    return _Target(parts["host"], int(parts["port"] or _HTTPS), parts["path"] or "/")


def resolve(host: str) -> list[str]:
    """Every address the system's resolver knows for a host."""
    found = socket.getaddrinfo(host, _HTTPS, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Sender(Protocol):
    """Hands a document to a server and reads its answer."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str] = JSON) -> bytes:
        """What the server answers; raises `Unreachable` for every way in which it does not, also where it refuses."""
        ...


@dataclass(frozen=True, slots=True)
class Sent:
    """What is handed over, and in which form."""

    body: bytes
    headers: Mapping[str, str]


@dataclass
class _Line:
    """The open connection of one request, so that it can be cut from outside when time is up."""

    over: bool = False
    end: socket.socket | None = None

    def watch(self, event: str, info: dict[str, Any]) -> None:
        """The HTTP client's trace hook: note each socket that was opened or wrapped."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self.end = info["return_value"].get_extra_info("socket")
        if self.over:
            self.cut()

    def cut(self) -> None:
        """End the connection; whoever waits for bytes gets none."""
        self.over = True
        if self.end is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.end, socket.SHUT_RDWR)


@dataclass
class GuardedFetcher:
    """Fetches over https from public addresses only.

    The host is resolved once, every answer must satisfy `permitted`, and the connection goes to just such an answer while
    certificate and Host header stay those of the host. No redirects, no proxies, no compression; `seconds` bounds the whole.
    """

    resolve: Callable[[str], Sequence[str]] = resolve
    permitted: Callable[[str], bool] = is_public
    port: int = _HTTPS
    seconds: float = SECONDS
    tls: ssl.SSLContext = field(default_factory=_roots)
    _workers: ThreadPoolExecutor = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._workers = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="fetch")

    def get(self, url: str) -> bytes:
        """The body at `url`, at most 64 KiB for key documents and 2 MiB for lists; raises `Unreachable`."""
        return self._ask(url, None)

    def post(self, url: str, body: bytes, headers: Mapping[str, str] = JSON) -> bytes:
        """What the server answers to a document, JSON unless `headers` say so; raises `Unreachable`, also where it refuses."""
        return self._ask(url, Sent(body, headers))

    def _ask(self, url: str, sent: Sent | None) -> bytes:
        target, line = _target(url), _Line()
        if target.port != self.port:
            raise Unreachable(host=target.host, reason="url")
        waiting = self._workers.submit(self._fetch, target, line, sent)
        try:
            return waiting.result(timeout=self.seconds)
        except TimeoutError as error:
            waiting.cancel()
            line.cut()
            raise Unreachable(host=target.host, reason="timeout") from error

    def _fetch(self, target: _Target, line: _Line, sent: Sent | None) -> bytes:
        with httpx2.Client(verify=self.tls, trust_env=False, timeout=self.seconds) as client:
            failure: Exception | None = None
            for address in self._addresses(target.host):
                try:
                    return _read(client, target, address, line, sent)
                except httpx2.ConnectError as error:
                    failure = error
                except httpx2.HTTPError as error:
                    raise Unreachable(host=target.host, reason="connection") from error
        raise Unreachable(host=target.host, reason="connection") from failure

    def _addresses(self, host: str) -> list[str]:
        """The host's addresses, all of them permitted: one bad answer spoils the rest."""
        try:
            addresses = list(self.resolve(host))
        except (OSError, UnicodeError) as error:
            raise Unreachable(host=host, reason="dns") from error
        if not addresses or not all(map(self.permitted, addresses)):
            raise Unreachable(host=host, reason="address")
        return addresses


def _read(client: httpx2.Client, target: _Target, address: str, line: _Line, sent: Sent | None) -> bytes:
    shown = f"[{address}]" if ":" in address else address
    host = target.host if target.port == _HTTPS else f"{target.host}:{target.port}"
    with client.stream(
        "GET" if sent is None else "POST",
        f"https://{shown}:{target.port}{target.path}",
        headers={**_HEADERS, "Host": host, **(sent.headers if sent is not None else {})},
        content=sent.body if sent is not None else None,
        extensions={"sni_hostname": target.host, "trace": line.watch},
    ) as response:
        if response.status_code != httpx2.codes.OK:
            raise Unreachable(host=target.host, reason=f"status {response.status_code}")
        if response.headers.get("content-encoding", "identity") != "identity":
            raise Unreachable(host=target.host, reason="encoding")
        return _body(response, target)


def _body(response: httpx2.Response, target: _Target) -> bytes:
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > target.limit:
            raise Unreachable(host=target.host, reason="size")
    return bytes(body)


@dataclass(frozen=True, slots=True)
class ShelfFetcher:
    """Answers for the hosts of this installation from its own shelf."""

    shelf: Shelf

    def get(self, url: str) -> bytes:
        """The document that our own route would give; raises `NotServedHere` for foreign hosts, else `Unreachable`."""
        target = _target(url)
        code = self.shelf.get(f"hosts/{target.host}")
        if code is None:
            raise NotServedHere(host=target.host, reason="elsewhere")
        own = target.path == "/.well-known/did.json"
        body = self.shelf.get(f"orgs/{code.decode()}/did.json" if own else target.path[1:])
        if body is None:
            raise Unreachable(host=target.host, reason="status 404")
        return body


@dataclass(frozen=True, slots=True)
class NeighbourFetcher:
    """Answers for hosts that other installations on this very machine serve over plain http: tests and demonstrations alone.

    `ports` says on which port of loopback each host is; no other address can be named.
    """

    ports: Mapping[str, int]
    seconds: float = SECONDS

    def get(self, url: str) -> bytes:
        """The body at `url`; raises `NotServedHere` for every other host, else `Unreachable`."""
        return self._ask(url, None)

    def post(self, url: str, body: bytes, headers: Mapping[str, str] = JSON) -> bytes:
        """What the neighbour answers to a document; raises as `get`."""
        return self._ask(url, Sent(body, headers))

    def _ask(self, url: str, sent: Sent | None) -> bytes:
        target = _target(url)
        if target.host not in self.ports:
            raise NotServedHere(host=target.host, reason="elsewhere")
        here = f"http://127.0.0.1:{self.ports[target.host]}{target.path}"
        method, body, headers = ("GET", None, {}) if sent is None else ("POST", sent.body, sent.headers)
        known = {**_HEADERS, "Host": target.host, **headers}
        try:
            with (
                httpx2.Client(verify=_roots(), trust_env=False, timeout=self.seconds) as client,
                client.stream(method, here, headers=known, content=body) as response,
            ):
                if response.status_code != httpx2.codes.OK:
                    raise Unreachable(host=target.host, reason=f"status {response.status_code}")
                return _body(response, target)
        except httpx2.HTTPError as error:
            raise Unreachable(host=target.host, reason="connection") from error


@dataclass(frozen=True, slots=True)
class Chain:
    """Asks one fetcher after another until one is in charge of the host."""

    fetchers: Sequence[Fetcher]

    def get(self, url: str) -> bytes:
        """The first answer of a fetcher that does not say `NotServedHere`."""
        for fetcher in self.fetchers:
            with suppress(NotServedHere):
                return fetcher.get(url)
        raise NotServedHere(host=_target(url).host, reason="elsewhere")


@dataclass(frozen=True, slots=True)
class SenderChain:
    """The same for what is sent."""

    senders: Sequence[Sender]

    def post(self, url: str, body: bytes, headers: Mapping[str, str] = JSON) -> bytes:
        """The first answer of a sender that does not say `NotServedHere`."""
        for sender in self.senders:
            with suppress(NotServedHere):
                return sender.post(url, body, headers)
        raise NotServedHere(host=_target(url).host, reason="elsewhere")
