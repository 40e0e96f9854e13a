"""Status lists: only a set bit in a sound list fails a badge; everything else is green only when it is (THREATS V13–V15)."""

import base64
import gzip
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from schemas.status_list import LENGTH, MAX_BYTES, encode
from tests.campus import Campus, House, write
from tests.verifier.answers import CANNOT_TELL, INVALID, VALID, codes, leading
from verifier.verdict import Check

DAY = timedelta(days=1)
Make = Callable[[House], bytes]


def packed(raw: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(raw).decode().rstrip("=")


def listing(**changes: Any) -> Make:
    """A list signed by the issuer after `changes` to the credential."""
    return lambda house: write(house.sign(house.status_list("revocation", **changes)))


def encoding(encoded: str) -> Make:
    """A list signed by the issuer with other bits."""

    def make(house: House) -> bytes:
        document = house.status_list("revocation")
        document["credentialSubject"]["encodedList"] = encoded
        return write(house.sign(document))

    return make


def purposed(purpose: object) -> Make:
    def make(house: House) -> bytes:
        document = house.status_list("revocation")
        document["credentialSubject"]["statusPurpose"] = purpose
        return write(house.sign(document))

    return make


def signed_by_another(house: House) -> bytes:
    return write(house.campus.operator.sign(house.status_list("revocation")))


def of_another(house: House) -> bytes:
    return write(house.campus.operator.sign(house.status_list("revocation", issuer=house.campus.operator.did)))


def cleaned(house: House) -> bytes:
    """Somebody without the key put the list's bits to nought."""
    document = house.sign(house.status_list("revocation"))
    document["credentialSubject"]["encodedList"] = packed(gzip.compress(bytes(LENGTH // 8)))
    return write(document)


def unsigned(house: House) -> bytes:
    return write(house.status_list("revocation"))


EMPTY = gzip.compress(bytes(LENGTH // 8), mtime=0)
BAD_LISTS: list[tuple[str, Make, str]] = [
    ("not JSON", lambda _: b"<html>", "status-malformed"),
    ("not a list", lambda house: write(house.sign(house.draft())), "status-malformed"),
    ("two subjects", listing(credentialSubject=[{"type": "BitstringStatusList"}] * 2), "status-malformed"),
    ("unsigned", unsigned, "status-unsigned"),
    ("bits exchanged", cleaned, "status-unsigned"),
    ("signed by another", signed_by_another, "status-unsigned"),
    ("another issuer", of_another, "status-foreign"),
    ("another address", listing(id="https://ugu.sever.example/status/other"), "status-misplaced"),
    ("other purpose", purposed("suspension"), "status-purpose"),
    ("no purpose", purposed("message"), "status-purpose"),
    (
        "undefined field",
        lambda house: write({**house.sign(house.status_list("revocation")), "x": 1}),
        "status-unsigned",
    ),
    (
        "loop",
        lambda house: write(
            house.sign(house.status_list("revocation", credentialStatus=house.status_entry("revocation", 5)))
        ),
        "status-loop",
    ),
    ("not begun", listing(validFrom="2026-12-01T00:00:00Z"), "status-early"),
    ("over", listing(validUntil="2026-11-22T08:59:59Z"), "status-stale"),
    ("odd date", listing(validUntil="2026"), "status-malformed"),
    ("short", encoding(packed(gzip.compress(bytes(LENGTH // 8 - 1)))), "status-list-length"),
    ("not packed", encoding(packed(bytes(100))), "status-malformed"),
    ("other base", encoding("z" + packed(EMPTY)[1:]), "status-malformed"),
    ("padded", encoding(packed(EMPTY) + "="), "status-malformed"),
    ("trailing", encoding(packed(EMPTY + b"more")), "status-malformed"),
    ("cut off", encoding(packed(EMPTY[:-4])), "status-malformed"),
    ("wrong sum", encoding(packed(EMPTY[:-8] + bytes(4) + EMPTY[-4:])), "status-malformed"),
    ("bomb", encoding(packed(gzip.compress(bytes(MAX_BYTES + 1)))), "status-malformed"),
    ("packed twice", encoding(packed(gzip.compress(EMPTY))), "status-list-length"),
]


@pytest.mark.parametrize(("make", "code"), [row[1:] for row in BAD_LISTS], ids=[row[0] for row in BAD_LISTS])
def test_v14_a_list_that_is_not_sound_is_never_green(campus: Campus, ugu: House, make: Make, code: str) -> None:
    badge = ugu.award()
    ugu.revoke(badge)
    campus.pages[ugu.url("status/revocation")] = make(ugu)
    found = campus.verify(badge)

    assert found.verdict is CANNOT_TELL
    assert leading(found.report).code == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"statusListIndex": str(LENGTH)}, "status-range"),
        ({"statusListIndex": "-1"}, "status-entry"),
        ({"statusListIndex": "1e3"}, "status-entry"),
        ({"statusPurpose": "mood"}, "status-unsupported"),
        ({"statusSize": 2}, "status-entry"),
        ({"type": "1EdTechRevocationList"}, "status-unreachable"),
    ],
)
def test_v14_an_entry_that_cannot_be_asked(campus: Campus, ugu: House, changes: dict[str, Any], code: str) -> None:
    draft = ugu.draft(statuses=())
    entry = ugu.status_entry("revocation", 1) | changes
    if entry["type"] == "1EdTechRevocationList":
        entry = {"id": ugu.url("revoked"), "type": entry["type"]}
        draft["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    found = campus.verify(ugu.sign({**draft, "credentialStatus": entry}))

    assert found.verdict is CANNOT_TELL
    assert leading(found.report).code == code


def test_revoked_and_suspended_are_told_apart(campus: Campus, ugu: House) -> None:
    revoked, suspended = ugu.award(), ugu.award(statuses=("suspension",))
    ugu.revoke(revoked)
    ugu.suspend(suspended)

    assert leading(campus.verify(revoked).report).code == "revoked"
    assert leading(campus.verify(suspended).report).code == "suspended"
    assert campus.verify(revoked).verdict is campus.verify(suspended).verdict is INVALID


def test_a_suspension_can_be_lifted(campus: Campus, ugu: House) -> None:
    badge = ugu.award(statuses=("suspension",))
    ugu.suspend(badge)
    ugu.suspended.clear()
    campus.changed()

    assert campus.verify(badge).verdict is VALID


def status_of(campus: Campus, badge: bytes) -> Check:
    check = campus.verify(badge).report.check("status")
    assert check is not None
    return check


def test_of_several_lists_revocation_leads_and_one_that_is_silent_is_not_green(campus: Campus, ugu: House) -> None:
    badge = ugu.award(statuses=("suspension", "revocation"))
    assert status_of(campus, badge).code == "status-clear"
    campus.gone.add(ugu.url("status/suspension"))
    assert status_of(campus, badge).code == "status-unreachable-since"
    ugu.revoke(badge)
    assert status_of(campus, badge).code == "revoked"


def test_v15_an_unreachable_list_is_unknown_since_it_was_last_seen(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    campus.gone.add(ugu.url("status/revocation"))
    assert codes(campus.verify(badge).report)["status"] == "status-unreachable"
    campus.gone.clear()
    last = campus.now
    assert campus.verify(badge).verdict is VALID
    campus.now += timedelta(hours=3)
    campus.gone.add(ugu.url("status/revocation"))
    found = campus.verify(badge)

    assert found.verdict is CANNOT_TELL
    assert leading(found.report).code == "status-unreachable-since"
    assert leading(found.report).params == {"since_at": last.isoformat()}


def with_ttl(campus: Campus, ugu: House, milliseconds: object) -> None:
    document = ugu.status_list("revocation")
    document["credentialSubject"]["ttl"] = milliseconds
    campus.pages[ugu.url("status/revocation")] = write(ugu.sign(document))


def test_v15_a_copy_stands_in_for_as_long_as_the_list_allows(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    with_ttl(campus, ugu, 3_600_000)
    assert campus.verify(badge).verdict is VALID
    campus.gone.add(ugu.url("status/revocation"))
    campus.now += timedelta(minutes=59)
    assert campus.verify(badge).verdict is VALID
    campus.now += timedelta(minutes=2)
    assert campus.verify(badge).verdict is CANNOT_TELL


@pytest.mark.parametrize("odd", [0, -5, True, 10**15, 0.5])
def test_an_odd_time_to_live_allows_nothing(campus: Campus, ugu: House, odd: object) -> None:
    badge = ugu.award()
    with_ttl(campus, ugu, odd)
    assert campus.verify(badge).verdict is VALID
    campus.gone.add(ugu.url("status/revocation"))
    campus.now += timedelta(milliseconds=1)

    assert campus.verify(badge).verdict is CANNOT_TELL


def test_v15_an_old_edition_of_a_list_is_not_taken_for_a_new_one(campus: Campus, ugu: House) -> None:
    badge, other = ugu.award(), ugu.award()
    old = campus.get(ugu.url("status/revocation"))
    campus.now += timedelta(hours=1)
    ugu.revoke(badge)
    assert campus.verify(other).verdict is VALID
    campus.pages[ugu.url("status/revocation")] = old

    assert leading(campus.verify(badge).report).code == "status-rolled-back"


def test_v15_a_verifier_remembers_a_bounded_number_of_lists(campus: Campus, ugu: House) -> None:
    campus.verifier.memory.most = 1
    first, second = ugu.award(), ugu.award(statuses=("suspension",))
    campus.verify(first)
    campus.verify(second)
    campus.gone.add(ugu.url("status/revocation"))

    assert leading(campus.verify(first).report).code == "status-unreachable"


def test_v17_a_credential_cannot_send_the_verifier_to_many_places(campus: Campus, ugu: House) -> None:
    entries = [
        ugu.status_entry("revocation", 1) | {"statusListCredential": f"https://victim.example/{number}"}
        for number in range(50)
    ]
    campus.verify(ugu.sign(ugu.draft(credentialStatus=entries)))

    assert sum(url.startswith("https://victim.example") for url in campus.asked) == 6


def test_a_list_serving_several_purposes(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    campus.pages[ugu.url("status/revocation")] = purposed(["revocation", "suspension"])(ugu)

    assert campus.verify(badge).verdict is VALID


# the standard's names of errors ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (None, "STATUS_RETRIEVAL_ERROR"),
        (signed_by_another, "STATUS_VERIFICATION_ERROR"),
        (purposed("suspension"), "STATUS_VERIFICATION_ERROR"),
        (encoding(packed(gzip.compress(bytes(LENGTH // 8 - 1)))), "STATUS_LIST_LENGTH_ERROR"),
        (encoding(packed(bytes(100))), "MALFORMED_VALUE_ERROR"),
    ],
)
def test_every_error_has_the_name_that_the_standard_gives_it(
    campus: Campus, ugu: House, make: Make | None, error: str
) -> None:
    badge = ugu.award()
    if make is None:
        campus.gone.add(ugu.url("status/revocation"))
    else:
        campus.pages[ugu.url("status/revocation")] = make(ugu)

    assert status_of(campus, badge).to_json()["problem"] == f"https://www.w3.org/ns/credentials/status-list#{error}"


def test_an_index_outside_of_the_list_is_a_range_error(campus: Campus, ugu: House) -> None:
    badge = write(ugu.sign(ugu.draft(credentialStatus=ugu.status_entry("revocation", LENGTH))))

    assert status_of(campus, badge).to_json()["problem"].endswith("#RANGE_ERROR")


# messages, refresh ──────────────────────────────────────────────────────────────────────────────────────────────

MEANINGS = ("в обработке", "принят", "на пересмотре", "архивный")


def with_message(campus: Campus, ugu: House, value: int, **changes: Any) -> bytes:
    """A badge with a revocation and a message entry of two bits, and the message's list with that value."""
    place, url = 7, ugu.url("status/message")
    document = ugu.status_list("revocation", id=url)
    document["credentialSubject"] |= {
        "statusPurpose": ["message", "refresh"],
        "encodedList": encode([place * 2 + bit for bit in (0, 1) if value >> (1 - bit) & 1], LENGTH * 2),
    }
    campus.pages[url] = write(ugu.sign(document))
    entry = {
        "id": f"{url}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "message",
        "statusListIndex": str(place),
        "statusListCredential": url,
        "statusSize": 2,
        "statusMessage": [{"status": f"0x{number}", "message": text} for number, text in enumerate(MEANINGS)],
    } | changes
    entry = {name: value for name, value in entry.items() if value is not None}
    document = ugu.draft()
    return write(ugu.sign(document | {"credentialStatus": [document["credentialStatus"], entry]}))


@pytest.mark.parametrize("value", range(4))
def test_a_message_is_told_and_decides_nothing(campus: Campus, ugu: House, value: int) -> None:
    found = campus.verify(with_message(campus, ugu, value))
    said = found.report.check("message")

    assert said is not None
    assert (said.code, said.params, said.decisive) == ("status-message", {"message": MEANINGS[value]}, False)
    assert codes(found.report)["status"] == "status-clear"


@pytest.mark.parametrize(
    "changes",
    [
        {"statusMessage": [{"status": "0x0", "message": "одно"}]},
        {"statusMessage": [{"status": f"0x{number}", "message": "x"} for number in (0, 1, 2, 2)]},
        {"statusMessage": [{"status": str(number), "message": "x"} for number in range(4)]},
        {"statusSize": 0},
        {"statusSize": 9},
        {"statusSize": 3},
    ],
)
def test_messages_that_are_not_whole_are_not_guessed(campus: Campus, ugu: House, changes: dict[str, Any]) -> None:
    found = campus.verify(with_message(campus, ugu, 1, **changes))

    assert codes(found.report)["status"] == "status-entry"
    assert found.verdict is not VALID


def test_a_message_that_cannot_be_asked_is_a_remark(campus: Campus, ugu: House) -> None:
    badge = with_message(campus, ugu, 1)
    campus.pages[ugu.url("status/message")] = b"<html>"
    remarks = [check for check in campus.verify(badge).report.checks if check.code == "status-malformed"]

    assert [check.decisive for check in remarks] == [False]
    assert status_of(campus, badge).code == "status-clear"


@pytest.mark.parametrize(("value", "code"), [(0, "status-current"), (1, "status-refresh")])
def test_a_newer_version_is_told_and_the_old_one_holds(campus: Campus, ugu: House, value: int, code: str) -> None:
    changes = {"statusPurpose": "refresh", "statusMessage": None, "statusSize": None, "statusListIndex": "15"}
    found = campus.verify(with_message(campus, ugu, value, **changes))

    assert codes(found.report)["refresh"] == code
    assert codes(found.report)["status"] == "status-clear"


# 1EdTech revocation lists ───────────────────────────────────────────────────────────────────────────────────────


def listed(campus: Campus, ugu: House, **changes: Any) -> bytes:
    """A badge whose issuer names its revoked credentials one by one, and that list without it."""
    url = ugu.url("revoked")
    campus.pages[url] = write({"id": url, "issuer": ugu.did, "revokedCredentials": [{"id": "urn:x:other"}]} | changes)
    draft = ugu.draft(statuses=())
    draft["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    return write(ugu.sign(draft | {"credentialStatus": {"id": url, "type": "1EdTechRevocationList"}}))


def test_o7_a_badge_in_a_1edtech_list_is_revoked(campus: Campus, ugu: House) -> None:
    badge = listed(campus, ugu)
    assert status_of(campus, badge).code == "status-unlisted"
    for said, code in (({"revoked": True}, "revoked"), ({}, "revoked"), ({"revoked": False}, "status-unlisted")):
        page = json.loads(campus.pages[ugu.url("revoked")])
        page["revokedCredentials"] = [{"id": json.loads(badge)["id"], "revocationReason": "Ошибка"} | said]
        campus.pages[ugu.url("revoked")] = write(page)
        assert status_of(campus, badge).code == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"issuer": "did:web:kol.sever.example"}, "status-foreign"),
        ({"id": "https://ugu.sever.example/other"}, "status-misplaced"),
        ({"revokedCredentials": ["urn:x:y"]}, "status-malformed"),
        ({"revokedCredentials": [{"revoked": True}]}, "status-malformed"),
    ],
)
def test_a_1edtech_list_that_is_not_sound_is_never_green(
    campus: Campus, ugu: House, changes: dict[str, Any], code: str
) -> None:
    found = campus.verify(listed(campus, ugu, **changes))

    assert found.verdict is CANNOT_TELL
    assert leading(found.report).code == code


def test_no_copy_stands_in_for_a_list_without_a_term(campus: Campus, ugu: House) -> None:
    badge = listed(campus, ugu)
    assert campus.verify(badge).report.check("status") is not None
    campus.gone.add(ugu.url("revoked"))

    assert status_of(campus, badge).code == "status-unreachable-since"
