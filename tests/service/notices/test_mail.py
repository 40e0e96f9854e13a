"""Mail over a real SMTP server on this machine: what a letter says, what is tried again, and what is never sent twice."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from service.notices.mail import SUBJECT, Mail, MailRefused, MailUnavailable, MailUnsure

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


@dataclass
class Box:
    """The server's hands: keeps what it takes; `answers` are given to RCPT and DATA instead of "yes"."""

    letters: list[Message] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    rcpt: str = ""
    data: str = ""

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any) -> str:  # noqa: N802
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        if self.data:
            return self.data
        assert isinstance(envelope.content, bytes)
        self.letters.append(message_from_bytes(envelope.content))
        self.envelopes.append(envelope)
        return "250 OK"


@pytest.fixture
def box() -> Box:
    return Box()


@contextmanager
def listening(box: Box, **options: Any) -> Iterator[int]:
    """A mail server on this machine; gives its port."""
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        return int(nobody.getsockname()[1])


@pytest.fixture
def port(box: Box) -> Iterator[int]:
    with listening(box) as found:
        yield found


def mail(port: int, **changes: Any) -> Mail:
    given = {"host": "127.0.0.1", "port": port, "security": "none", "sender": "school@sever.example"}
    return Mail(**{**given, "site": "https://zachetka.example", **changes})


def test_a_letter_says_where_to_read_and_nothing_of_whom(port: int, box: Box) -> None:
    mail(port).send("olga@example.ru", "n1", NOW)
    [letter], [envelope] = box.letters, box.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == ("school@sever.example", ["olga@example.ru"])
    assert str(make_header(decode_header(letter["Subject"]))) == SUBJECT
    assert letter["Message-ID"] == "<n1@zachetka.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Date"] == "Fri, 27 Nov 2026 09:00:00 +0000"
    body = letter.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert "https://zachetka.example/notices/n1" in body.decode()


@pytest.mark.parametrize(
    ("rcpt", "data", "error"),
    [
        ("450 busy", "", MailUnavailable),
        ("550 nobody here", "", MailRefused),
        ("", "451 later", MailUnavailable),
        ("", "554 spam", MailRefused),
    ],
)
def test_now_not_is_told_from_never(port: int, box: Box, rcpt: str, data: str, error: type[Exception]) -> None:
    box.rcpt, box.data = rcpt, data
    with pytest.raises(error):
        mail(port).send("olga@example.ru", "n1", NOW)
    assert box.letters == []


def test_a_server_that_is_away_is_tried_again() -> None:
    with pytest.raises(MailUnavailable):
        mail(free_port()).send("olga@example.ru", "n1", NOW)


@pytest.mark.parametrize(("until", "error"), [("MAIL", MailUnavailable), ("body", MailUnsure)])
def test_what_breaks_once_the_letter_is_on_its_way_is_left_to_people(until: str, error: type[Exception]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as waiting:
        thread = Thread(target=_breaks, args=(waiting, until))
        thread.start()
        with pytest.raises(error):
            mail(waiting.getsockname()[1]).send("olga@example.ru", "n1", NOW)
        thread.join()


def _breaks(waiting: socket.socket, until: str) -> None:
    """A server that hangs up at MAIL, or after it has read the whole letter and before it has answered."""
    connection, _ = waiting.accept()
    with connection, connection.makefile("rb") as lines:
        connection.sendall(b"220 here\r\n")
        for line in lines:
            if line.upper().startswith(b"MAIL") and until == "MAIL":
                return
            if line.upper().startswith(b"DATA"):
                connection.sendall(b"354 go on\r\n")
                while lines.readline() != b".\r\n":
                    pass
                return
            connection.sendall(b"250 yes\r\n")


def test_a_name_and_a_password_are_given_where_they_are_asked(box: Box) -> None:
    seen: list[object] = []

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        seen.append(data)
        good = isinstance(data, LoginPassword) and data.password == b"secret"
        return AuthResult(success=good, handled=good)  # else the server says no by itself

    given = {"authenticator": check, "auth_require_tls": False}
    with listening(box, **given) as port:
        mail(port, user="school", password="secret").send("olga@example.ru", "n1", NOW)
        with pytest.raises(MailUnavailable):
            mail(port, user="school", password="guess").send("olga@example.ru", "n2", NOW)
    assert [letter["Message-ID"] for letter in box.letters] == ["<n1@zachetka.example>"]
    assert seen


def test_no_letter_goes_over_an_open_wire_where_a_closed_one_was_asked_for(port: int, box: Box) -> None:
    for security in ("starttls", "tls"):
        with pytest.raises(MailUnavailable):
            mail(port, security=security).send("olga@example.ru", "n1", NOW)
    assert box.letters == []


def test_the_password_is_in_no_picture_of_the_settings() -> None:
    assert "hidden-word" not in repr(mail(25, password="hidden-word"))
    assert ssl.create_default_context().check_hostname
