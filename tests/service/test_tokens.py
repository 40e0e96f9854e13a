"""Tokens of programs: made and withdrawn by the organisation's administrator, on a page and on the command line."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from keys.actor import Membership, Role
from service import cli
from service.database import unit_of_work
from service.identity import accounts
from tests.service.house import SINCE, build, send
from tests.service.programs import Programs

PAGE = "/tokens/kol"
TOKEN = re.compile(r"zachetka_[0-9a-f]{64}")
GOOD = {"name": "Журнал колледжа", "scope": "verify", "days": "30"}


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[Programs]:
    house = build(tmp_path, f"sqlite:///{tmp_path / 'zachetka.sqlite'}", vc_api="on")
    with unit_of_work(house.parts.engine) as session:
        for account, organisation in (("admin", "kol"), ("head", "s1")):
            held = [Membership(organisation, Role.MANAGER)]
            accounts.add_account(session, id=account, name=f"Сотрудник {account}", memberships=held, since=SINCE)
    yield Programs(house)
    house.parts.engine.dispose()


@pytest.fixture
def admin(programs: Programs) -> TestClient:
    return programs.house.signed_in("admin")


def test_a_token_is_made_shown_once_and_opens_its_doors(programs: Programs, admin: TestClient) -> None:
    assert PAGE in admin.get("/").text
    made = send(admin, PAGE, GOOD, form_at=PAGE)
    [text] = TOKEN.findall(made.text)
    assert made.headers["cache-control"] == "no-store"
    assert programs.call("credentials/verify", {}, text).status_code == 400
    assert programs.call("credentials/issue", {}, text).status_code == 403
    again = admin.get(PAGE).text
    assert "Журнал колледжа" in again
    assert "22.11.2026" in again
    assert text not in again
    [row] = [row for row in programs.journal("token.made") if row.person == "admin"]
    assert (row.organisation, row.actor_kind) == ("kol", "person")


def test_a_withdrawn_token_opens_nothing(programs: Programs, admin: TestClient) -> None:
    send(admin, PAGE, GOOD, form_at=PAGE)
    [mine] = [token for token in programs.tokens() if token.name == GOOD["name"]]
    text = programs.token(name="Вторая")
    [other] = [token for token in programs.tokens() if token.name == "Вторая"]
    assert programs.call("credentials/verify", {}, text).status_code == 400
    for token in (other, other, mine):
        assert send(admin, f"{PAGE}/{token.id}/withdraw", {}, form_at=PAGE).status_code == 303
    assert programs.call("credentials/verify", {}, text).json()["code"] == "token-refused"
    assert [row.item for row in programs.journal("token.withdrawn")] == [other.id, mine.id]
    assert send(admin, PAGE, GOOD, form_at=PAGE).status_code == 200  # the name is free again


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": " "}, "Назовите программу"),
        ({"name": "x" * 101}, "Назовите программу"),
        ({"name": "а\x07"}, "Назовите программу"),
        ({"scope": ""}, "хотя бы одно"),
        ({"scope": "everything"}, "хотя бы одно"),
        ({"days": "0"}, "сколько дней"),
        ({"days": "731"}, "сколько дней"),
        ({"days": "٣"}, "сколько дней"),
        ({"days": "1e2"}, "сколько дней"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_made(
    programs: Programs, admin: TestClient, change: dict[str, str], words: str
) -> None:
    before = len(programs.tokens())
    answer = send(admin, PAGE, GOOD | change, form_at=PAGE)
    assert answer.status_code == 422
    assert words in answer.text
    assert TOKEN.search(answer.text) is None
    assert len(programs.tokens()) == before


def test_two_tokens_that_hold_have_two_names(programs: Programs, admin: TestClient) -> None:
    send(admin, PAGE, GOOD, form_at=PAGE)
    assert "уже действует" in send(admin, PAGE, GOOD, form_at=PAGE).text
    programs.house.clock.move(timedelta(days=30))
    fresh = programs.house.signed_in("admin")
    assert "срок закончился" in fresh.get(PAGE).text
    assert TOKEN.search(send(fresh, PAGE, GOOD, form_at=PAGE).text)


def test_nobody_else_makes_or_withdraws(programs: Programs) -> None:
    [token] = programs.tokens()
    for account, status in (("awarder", 403), ("head", 404), ("deputy", 404)):
        visitor = programs.house.signed_in(account)
        assert visitor.get(PAGE).status_code == status
        for path in (PAGE, f"{PAGE}/{token.id}/withdraw"):
            assert send(visitor, path, GOOD, form_at="/account").status_code == status
    head = programs.house.signed_in("head")
    assert send(head, f"/tokens/s1/{token.id}/withdraw", {}, form_at="/tokens/s1").status_code == 404
    assert programs.tokens()[0].withdrawn_at is None


@pytest.fixture
def installed(programs: Programs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Programs:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ZACHETKA_DATA", str(programs.house.settings.data))
    monkeypatch.setenv("ZACHETKA_SECRET", "s" * 32)
    monkeypatch.setenv("ZACHETKA_KEYS_IN_CHECKOUT", "true")
    return programs


def test_the_command_line_makes_lists_and_withdraws(installed: Programs, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["tokens", "make", "kol", "Терминал", "--scope", "issue", "--scope", "verify", "--days", "9"]) == 0
    [text] = TOKEN.findall(capsys.readouterr().out)
    assert cli.run(["tokens", "list", "kol"]) == 0
    [line] = [line for line in capsys.readouterr().out.splitlines() if line.endswith("Терминал")]
    number, state, *_, scopes, _ = line.split("\t")
    assert (state, scopes) == ("действует", "issue,verify")
    [made] = [row for row in installed.journal("token.made") if row.item == number]
    assert (made.actor_kind, made.person) == ("command", None)
    assert cli.run(["tokens", "withdraw", "kol", number]) == 0
    assert installed.call("credentials/verify", {}, text).status_code == 401
    assert cli.run(["tokens", "withdraw", "s1", number]) == 1
    assert cli.run(["tokens", "make", "kol", "Терминал", "--scope", "all"]) == 1
    assert cli.run(["tokens", "make", "nobody", "Терминал", "--scope", "issue"]) == 1
    assert cli.run(["tokens", "make", "kol", "Терминал"]) == 64
