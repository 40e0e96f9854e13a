"""One list that a badge names, a second one that this list names: the word changes, the verdict never (decision 0014)."""

import base64
from hashlib import sha256
from typing import Any

import pytest

from tests.campus import Campus, House, write
from tests.verifier.answers import INVALID, VALID, leading


def digest(body: bytes) -> str:
    return "sha256-" + base64.b64encode(sha256(body).digest()).decode()


def suspensions(house: House, **changes: Any) -> bytes:
    return write(house.sign({**house.status_list("suspension"), **changes}))


def publish(house: House, second: bytes, **named: Any) -> None:
    """The first list, naming the second one that lies on the house's host."""
    url = house.url("status/suspension")
    house.campus.pages[url] = second
    related = {"id": url, "digestSRI": digest(second), **named}
    first = house.sign(house.status_list("revocation", relatedResource=[related]))
    house.campus.pages[house.url("status/revocation")] = write(first)


def stop(house: House, badge: bytes, *, suspended: bool = True) -> None:
    house.revoke(badge)
    if suspended:
        house.suspended.add(max(house.revoked))


def test_a_suspension_is_told_from_a_revocation(campus: Campus, ugu: House) -> None:
    suspended, revoked = ugu.award(), ugu.award()
    stop(ugu, suspended)
    stop(ugu, revoked, suspended=False)
    publish(ugu, suspensions(ugu))
    assert leading(campus.verify(suspended).report).code == "suspended"
    assert leading(campus.verify(revoked).report).code == "revoked"
    assert campus.verify(suspended).verdict is campus.verify(revoked).verdict is INVALID


def test_a_lifted_badge_is_valid_again(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    stop(ugu, badge)
    publish(ugu, suspensions(ugu))
    assert campus.verify(badge).verdict is INVALID
    ugu.revoked.clear()
    ugu.suspended.clear()
    campus.pages.clear()
    campus.changed()
    assert campus.verify(badge).verdict is VALID


@pytest.mark.parametrize(
    "named",
    [
        {"digestSRI": digest(b"another")},
        {"digestSRI": "sha384-AAAA"},
        {"id": "https://elsewhere.example/status/suspension"},
        {"id": "https://ugu.sever.example/status/none"},
        {"id": "http://[broken"},
    ],
)
def test_a_second_list_that_cannot_be_relied_on_changes_nothing(
    campus: Campus, ugu: House, named: dict[str, str]
) -> None:
    badge = ugu.award()
    stop(ugu, badge)
    publish(ugu, suspensions(ugu), **named)
    found = campus.verify(badge)
    assert (found.verdict, leading(found.report).code) == (INVALID, "revoked")
    assert not any("elsewhere" in url for url in campus.asked)


@pytest.mark.parametrize("second", [b"<html>", b"{}", b"[]"])
def test_a_second_list_that_is_none_changes_nothing(campus: Campus, ugu: House, second: bytes) -> None:
    badge = ugu.award()
    stop(ugu, badge)
    publish(ugu, second)
    assert leading(campus.verify(badge).report).code == "revoked"


def test_a_second_list_of_another_purpose_changes_nothing(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    stop(ugu, badge)
    publish(ugu, write(ugu.sign(ugu.status_list("revocation"))))
    assert leading(campus.verify(badge).report).code == "revoked"


def test_a_second_list_alone_stops_no_badge(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    ugu.suspended.add(1)
    publish(ugu, suspensions(ugu))
    assert campus.verify(badge).verdict is VALID
