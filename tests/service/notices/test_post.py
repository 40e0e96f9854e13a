"""Notices on both databases: written with the act, announced once, retried while that is safe, printed where nothing else helps."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from service import tasks
from service.database import unit_of_work
from service.identity import accounts, contacts
from service.identity.errors import BadAddress
from service.notices.mail import Mail, MailRefused, MailUnavailable, MailUnsure
from service.notices.post import MAIL, PATIENCE, Told, outbox, send, tell
from service.notices.tables import Delivery, Notice
from service.tasks import Task
from tests.service.house import SINCE, START

TOLD = Told(person="olga", organisation="s1", learner="l1", text="Принято решение.", href="/credit/cases/c")


@dataclass(frozen=True)
class Server(Mail):
    """A mail server in memory: raises what it was told to raise, keeps the rest."""

    taken: list[str] = field(default_factory=list)
    troubles: list[type[Exception]] = field(default_factory=list)

    def send(self, to: str, notice: str, now: datetime) -> None:  # noqa: ARG002 - the way of a mail server
        if self.troubles:
            raise self.troubles.pop(0)
        self.taken.append(f"{to} {notice}")


@pytest.fixture
def server() -> Server:
    return Server(host="", port=0, security="none", sender="", site="")


@pytest.fixture
def people(engine: Engine) -> Engine:
    with unit_of_work(engine) as session:
        accounts.add_account(session, id="olga", name="Ветрова Ольга", memberships=[], since=SINCE)
    return engine


def write(engine: Engine, *, email: str = "olga@example.ru", mails: bool = True, told: Told = TOLD) -> str:
    with unit_of_work(engine) as session:
        contacts.enter(session, "olga", email, START)
        return tell(session, told, mails=mails, now=START).id


def read(engine: Engine, notice: str) -> Notice:
    with unit_of_work(engine) as session:
        found = session.get_one(Notice, notice)
        session.expunge(found)
        return found


def tasks_of(engine: Engine) -> list[str]:
    with unit_of_work(engine) as session:
        return [task.item for task in session.exec(select(Task).where(Task.kind == MAIL))]


def test_a_notice_is_announced_by_mail_and_marked(people: Engine, server: Server) -> None:
    notice = write(people)
    assert tasks_of(people) == [notice]
    send(people, server, notice, START)
    assert server.taken == [f"olga@example.ru {notice}"]
    assert (read(people, notice).delivery, read(people, notice).settled_at) == (Delivery.SENT, START)


def test_doing_it_twice_sends_one_letter(people: Engine, server: Server) -> None:
    notice = write(people)
    for _ in range(3):
        send(people, server, notice, START)
    assert len(server.taken) == 1


def test_sixteen_workers_at_once_send_one_letter(people: Engine, server: Server) -> None:
    notice, ready = write(people), Barrier(16)

    def work(_: int) -> None:
        ready.wait()
        send(people, server, notice, START)

    with ThreadPoolExecutor(16) as threads:
        list(threads.map(work, range(16)))
    assert len(server.taken) == 1
    assert read(people, notice).delivery in {Delivery.SENT, Delivery.UNSURE}


def test_what_was_not_taken_is_tried_again_and_what_never_will_be_is_printed(people: Engine, server: Server) -> None:
    notice = write(people)
    server.troubles.append(MailUnavailable)
    with pytest.raises(MailUnavailable):
        send(people, server, notice, START)
    assert read(people, notice).delivery is Delivery.WAITING
    server.troubles.append(MailRefused)
    send(people, server, notice, START)
    assert read(people, notice).delivery is Delivery.OUTBOX
    send(people, server, notice, START)
    assert server.taken == []


def test_what_nobody_knows_is_not_sent_again(people: Engine, server: Server) -> None:
    notice = write(people)
    server.troubles.append(MailUnsure)
    send(people, server, notice, START)
    send(people, server, notice, START)
    assert (server.taken, read(people, notice).delivery) == ([], Delivery.UNSURE)


def test_a_worker_that_died_with_a_letter_leaves_it_to_people(people: Engine, server: Server) -> None:
    notice = write(people)
    with unit_of_work(people) as session:
        session.get_one(Notice, notice).delivery = Delivery.SENDING
    send(people, server, notice, START)
    assert (server.taken, read(people, notice).delivery) == ([], Delivery.UNSURE)


@pytest.mark.parametrize(("email", "mails"), [("", True), ("olga@example.ru", False)])
def test_without_an_address_or_a_server_the_secretary_prints_it(people: Engine, email: str, *, mails: bool) -> None:
    notice = write(people, email=email, mails=mails)
    assert tasks_of(people) == []
    with unit_of_work(people) as session:
        assert [one.id for one in outbox(session, "s1", START)] == [notice]
        assert outbox(session, "s2", START) == []


def test_what_was_handed_over_needs_no_letter(people: Engine) -> None:
    told = Told(person="olga", organisation="s1", learner="l1", text="Решение.", href="/", handed=True)
    notice = write(people, told=told)
    assert (tasks_of(people), read(people, notice).delivery) == ([], Delivery.HANDED)
    with unit_of_work(people) as session:
        assert outbox(session, "s1", START + timedelta(days=9)) == []


def test_an_address_or_server_that_is_gone_meanwhile_brings_it_to_the_outbox(people: Engine, server: Server) -> None:
    first, second = write(people), write(people)
    send(people, None, first, START)
    with unit_of_work(people) as session:
        contacts.enter(session, "olga", "", START)
    send(people, server, second, START)
    assert {read(people, one).delivery for one in (first, second)} == {Delivery.OUTBOX}
    assert server.taken == []


def test_a_letter_that_does_not_leave_comes_to_the_outbox_and_one_that_was_read_goes(people: Engine) -> None:
    notice = write(people)
    with unit_of_work(people) as session:
        assert outbox(session, "s1", START + PATIENCE) == []
        assert len(outbox(session, "s1", START + PATIENCE + timedelta(seconds=1))) == 1
        session.get_one(Notice, notice).read_at = START
        assert outbox(session, "s1", START + timedelta(days=9)) == []


def test_an_act_that_is_rolled_back_tells_nobody(people: Engine) -> None:
    with Session(people) as session:
        tell(session, TOLD, mails=False, now=START)
        session.rollback()
    with unit_of_work(people) as session:
        assert session.exec(select(Notice)).all() == []
        assert tasks.dead_tasks(session) == []


@pytest.mark.parametrize(
    "text",
    [
        "olga",
        "olga@",
        "@example.ru",
        "a b@example.ru",
        "olga@example",
        "olga@example.ru\nBcc: x@y.ru",
        "o..a@b.ru",
        "о@б.рф",
    ],
)
def test_only_plain_addresses_are_kept(people: Engine, text: str) -> None:
    with pytest.raises(BadAddress), unit_of_work(people) as session:
        contacts.enter(session, "olga", text, START)
