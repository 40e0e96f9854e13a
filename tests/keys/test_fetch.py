"""The one door out, against servers that behave badly; and the door to our own shelf."""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from keys.did import KEY_BYTES
from keys.errors.published import NotServedHere, Unreachable
from keys.fetch import LIST_BYTES, Chain, GuardedFetcher, NeighbourFetcher, SenderChain, ShelfFetcher
from keys.shelf import Shelf

HOST = "good.sever.example"
Answer = Callable[[ssl.SSLSocket], None]


def certify(folder: Path, host: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A certificate for `host`: the server's side, and a client's side that trusts exactly it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "server.pem").write_bytes(secret + pem)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "server.pem")
    return server, ssl.create_default_context(cadata=pem.decode())


@dataclass
class BadServer:
    """Answers each connection as told, and keeps what it was asked."""

    tls: ssl.SSLContext
    answer: Answer = lambda _: None
    asked: list[bytes] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.tls.sni_callback = self._note_name
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.listening.getsockname()[1])

    def _note_name(self, _line: object, name: str | None, _context: ssl.SSLContext) -> None:
        self.names.append(name)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self.listening.accept()
                self.connections += 1
                threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def _talk(self, line: socket.socket) -> None:
        with line, suppress(OSError, ValueError), self.tls.wrap_socket(line, server_side=True) as wrapped:
            self.asked.append(wrapped.recv(65536))
            self.answer(wrapped)


@pytest.fixture
def certificates(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    return certify(tmp_path, HOST)


@pytest.fixture
def server(certificates: tuple[ssl.SSLContext, ssl.SSLContext]) -> Iterator[BadServer]:
    bad = BadServer(certificates[0])
    yield bad
    bad.listening.close()


@pytest.fixture
def fetcher(server: BadServer, certificates: tuple[ssl.SSLContext, ssl.SSLContext]) -> GuardedFetcher:
    return GuardedFetcher(
        resolve=lambda _: ["127.0.0.1"],
        permitted=lambda address: address == "127.0.0.1",
        port=server.port,
        seconds=1.0,
        tls=certificates[1],
    )


def url(server: BadServer, path: str = "/trust", host: str = HOST) -> str:
    return f"https://{host}:{server.port}{path}"


def says(head: str, body: bytes = b"") -> Answer:
    return lambda line: line.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)


def ok(body: bytes, *headers: str) -> Answer:
    return says("\n".join(("HTTP/1.1 200 OK", f"Content-Length: {len(body)}", *headers)), body)


def refused(fetcher: GuardedFetcher, address: str) -> object:
    with pytest.raises(Unreachable) as caught:
        fetcher.get(address)
    return caught.value.params["reason"]


def test_a_document_comes_with_name_and_certificate_of_its_host(server: BadServer, fetcher: GuardedFetcher) -> None:
    server.answer = ok(b'{"a": 1}')
    assert fetcher.get(url(server)) == b'{"a": 1}'
    asked = server.asked[0].decode().lower()
    assert asked.startswith("get /trust http/1.1\r\n")
    assert f"\r\nhost: {HOST}:{server.port}\r\n" in asked
    assert "\r\naccept-encoding: identity\r\n" in asked
    assert "cookie" not in asked
    assert server.names == [HOST]


def test_a_certificate_of_another_host_is_refused(server: BadServer, fetcher: GuardedFetcher) -> None:
    server.answer = ok(b"{}")
    assert refused(fetcher, url(server, host="other.sever.example")) == "connection"
    assert server.asked == []


def test_a_certificate_of_nobody_known_is_refused(server: BadServer) -> None:
    stranger = GuardedFetcher(resolve=lambda _: ["127.0.0.1"], permitted=lambda _: True, port=server.port)
    assert refused(stranger, url(server)) == "connection"


@pytest.mark.parametrize("code", [201, 204, 301, 302, 307, 308, 400, 401, 404, 429, 500, 503])
def test_any_status_but_200_is_refused_and_no_redirect_followed(
    server: BadServer, fetcher: GuardedFetcher, code: int
) -> None:
    server.answer = says(f"HTTP/1.1 {code} X\nLocation: https://{HOST}:{server.port}/other\nContent-Length: 0")
    assert refused(fetcher, url(server)) == f"status {code}"
    assert server.connections == 1


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/.well-known/did.json", KEY_BYTES),
        ("/orgs/s1/did.json", KEY_BYTES),
        ("/orgs/s1/keys", KEY_BYTES),
        ("/trust", LIST_BYTES),
    ],
)
def test_a_document_may_be_so_large_and_no_larger(
    server: BadServer, fetcher: GuardedFetcher, path: str, limit: int
) -> None:
    server.answer = ok(bytes(limit))
    assert len(fetcher.get(url(server, path))) == limit
    server.answer = ok(bytes(limit + 1))
    assert refused(fetcher, url(server, path)) == "size"


def test_a_body_without_end_is_cut_at_the_limit(server: BadServer, fetcher: GuardedFetcher) -> None:
    def pour(line: ssl.SSLSocket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            line.sendall(b"10000\r\n" + bytes(0x10000) + b"\r\n")

    server.answer = pour
    assert refused(fetcher, url(server)) == "size"


def test_a_compressed_body_is_refused(server: BadServer, fetcher: GuardedFetcher) -> None:
    server.answer = ok(gzip.compress(bytes(10_000_000)), "Content-Encoding: gzip")
    assert refused(fetcher, url(server)) == "encoding"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda _: None, id="closes without a word"),
        pytest.param(says("HTTP/1.1 200 OK\nContent-Length: 10", b"short"), id="says more than it sends"),
        pytest.param(says("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"5\r\nhel"), id="stops in a chunk"),
        pytest.param(says("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", b"zz\r\n"), id="no chunk"),
        pytest.param(lambda line: line.sendall(b"garbage\r\n\r\n"), id="garbage"),
        pytest.param(lambda line: line.sendall(b"\0" * 100), id="zeros"),
        pytest.param(says("HTTP/1.1 200 OK\n" + "X: " + "y" * 200_000), id="endless header"),
        pytest.param(says("HTTP/1.1 200 OK\nContent-Length: -1"), id="negative length"),
    ],
)
def test_a_broken_answer_is_one_clear_error(server: BadServer, fetcher: GuardedFetcher, answer: Answer) -> None:
    server.answer = answer
    assert refused(fetcher, url(server)) == "connection"


def trickle(start: bytes) -> Answer:
    def drip(line: ssl.SSLSocket) -> None:
        line.sendall(start)
        while True:
            time.sleep(0.2)
            line.sendall(b"x")

    return drip


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda _: time.sleep(5), id="never answers"),
        pytest.param(trickle(b"HTTP/1.1 200 OK\r\nX: "), id="drips its headers"),
        pytest.param(trickle(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"), id="drips its body"),
    ],
)
def test_a_slow_answer_is_cut_off_in_time(server: BadServer, fetcher: GuardedFetcher, answer: Answer) -> None:
    server.answer = answer
    started = time.monotonic()
    assert refused(fetcher, url(server)) == "timeout"
    assert time.monotonic() - started < 2
    server.answer = ok(b"{}")
    for _ in range(20):  # more than there are workers: none of them still hangs on the slow one
        assert fetcher.get(url(server)) == b"{}"


def test_a_handshake_that_never_comes_is_cut_off_in_time(fetcher: GuardedFetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        fetcher.port = silent.getsockname()[1]
        assert refused(fetcher, f"https://{HOST}:{fetcher.port}/trust") in {"timeout", "connection"}


def test_a_resolver_that_never_answers_is_not_waited_for(server: BadServer, fetcher: GuardedFetcher) -> None:
    released = threading.Event()

    def resolve(_: str) -> list[str]:
        released.wait(5)
        return []

    fetcher.resolve = resolve
    assert refused(fetcher, url(server)) == "timeout"
    released.set()


def test_a_name_that_changes_its_answer_is_asked_once(server: BadServer, fetcher: GuardedFetcher) -> None:
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    fetcher.resolve = lambda _: answers.pop(0)
    server.answer = ok(b"{}")
    assert fetcher.get(url(server)) == b"{}"
    assert answers == [["10.0.0.1"]]
    assert refused(fetcher, url(server)) == "address"


@pytest.mark.parametrize("answer", [OSError("no such host"), UnicodeError("label")])
def test_a_name_nobody_knows_is_one_clear_error(server: BadServer, fetcher: GuardedFetcher, answer: Exception) -> None:
    def resolve(_: str) -> Sequence[str]:
        raise answer

    fetcher.resolve = resolve
    assert refused(fetcher, url(server)) == "dns"


def test_the_next_address_is_tried_where_nobody_answers(server: BadServer, fetcher: GuardedFetcher) -> None:
    fetcher.resolve = lambda _: ["::1", "127.0.0.1"]
    fetcher.permitted = lambda _: True
    server.answer = ok(b"{}")
    assert fetcher.get(url(server)) == b"{}"


def test_proxies_of_the_environment_are_ignored(
    server: BadServer, fetcher: GuardedFetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    server.answer = ok(b"{}")
    assert fetcher.get(url(server)) == b"{}"


# ── Our own shelf ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def own(shelf: Shelf) -> ShelfFetcher:
    shelf.put("hosts/s1.sever.example", b"s1")
    shelf.put("orgs/s1/did.json", b"did")
    shelf.put("status/a", b"list")
    return ShelfFetcher(shelf)


def test_own_hosts_are_answered_from_the_shelf(own: ShelfFetcher) -> None:
    assert own.get("https://s1.sever.example/.well-known/did.json") == b"did"
    assert own.get("https://s1.sever.example/orgs/s1/did.json") == b"did"
    assert own.get("https://s1.sever.example/status/a") == b"list"


def test_an_own_host_without_the_document_is_unreachable_and_nobody_else_is_asked(own: ShelfFetcher) -> None:
    with pytest.raises(Unreachable) as caught:
        Chain([own, GuardedFetcher(resolve=lambda _: pytest.fail("asked outside"))]).get("https://s1.sever.example/x")
    assert not isinstance(caught.value, NotServedHere)


def test_a_foreign_host_is_left_to_the_next(own: ShelfFetcher) -> None:
    with pytest.raises(NotServedHere):
        own.get("https://s2.sever.example/trust")
    with pytest.raises(NotServedHere):
        Chain([own]).get("https://s2.sever.example/trust")
    outside = GuardedFetcher(resolve=lambda _: [])
    with pytest.raises(Unreachable) as caught:
        Chain([own, outside]).get("https://s2.sever.example/trust")
    assert caught.value.params == {"host": "s2.sever.example", "reason": "address"}


@pytest.mark.parametrize("path", ["/../secret", "//x", "/orgs/s1/../../x", "/.hidden", "/hosts/%2e%2e"])
def test_a_strange_path_leads_nowhere(own: ShelfFetcher, path: str) -> None:
    with pytest.raises(Unreachable):
        own.get(f"https://s1.sever.example{path}")


class _Page(BaseHTTPRequestHandler):
    """A neighbour on this machine: says which host it was asked for, and what it was sent."""

    def do_GET(self) -> None:
        body = self.headers["Host"].encode() if self.path == "/trust" else b""
        self.send_response(200 if body else 404)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        said = f"{self.headers['Host']} {self.headers['Content-Type']} ".encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(said + self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Nothing."""


def test_a_neighbour_on_this_machine_answers_for_its_host_and_no_other() -> None:
    with HTTPServer(("127.0.0.1", 0), _Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        fetcher = NeighbourFetcher({"kol.sever.example": server.server_port})
        assert fetcher.get("https://kol.sever.example/trust") == b"kol.sever.example"
        with pytest.raises(Unreachable, match="kol"):
            fetcher.get("https://kol.sever.example/other")
        with pytest.raises(NotServedHere):
            fetcher.get("https://s2.sever.example/trust")
        chain = SenderChain([NeighbourFetcher({}), fetcher])
        assert chain.post("https://kol.sever.example/x", b"{}") == b"kol.sever.example application/json {}"
        assert chain.post("https://kol.sever.example/x", b"a=b", {"Content-Type": "text/x"}).endswith(b" text/x a=b")
        with pytest.raises(NotServedHere):
            chain.post("https://s2.sever.example/x", b"{}")
        server.shutdown()
    with pytest.raises(Unreachable):
        fetcher.get("https://kol.sever.example/trust")
