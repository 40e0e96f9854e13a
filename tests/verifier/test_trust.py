"""Membership at the award date, its witnesses, and lists that cannot be relied on (ARCHITECTURE §5.10, THREATS I10)."""

from datetime import timedelta
from typing import Any

import pytest

from keys.deposits import content_hash
from keys.proofs import JCS
from tests.campus import FOUNDED, Campus, House, changed, write
from tests.verifier.answers import CANNOT_TELL, INVALID, VALID, codes, leading

DAY = timedelta(days=1)


def test_scenario_6_a_badge_awarded_before_its_issuer_left_still_verifies(campus: Campus) -> None:
    ebc = campus.join("ebc", licence="Л-022")
    badge = ebc.award()
    campus.now += 90 * DAY
    ebc.leave(campus.now)
    campus.now += 30 * DAY
    found = campus.verify(badge)

    assert found.verdict is VALID
    assert codes(found.report)["membership"] == "member-left-later"
    assert codes(found.report)["witness"] == "date-deposited"


def test_scenario_6_twin_a_badge_dated_back_after_leaving_cannot_be_told(campus: Campus) -> None:
    ebc = campus.join("ebc", licence="Л-022")
    before = campus.now
    campus.now += 90 * DAY
    ebc.leave(campus.now)
    campus.now += 30 * DAY
    dated_back = ebc.sign(ebc.draft(awarded_at=before), at=before)
    found = campus.verify(dated_back)

    assert found.verdict is CANNOT_TELL
    assert leading(found.report).code == "date-unwitnessed"
    assert codes(found.report)["witness"] == "date-own-statement"


def test_a_deposit_after_leaving_does_not_help(campus: Campus) -> None:
    ebc = campus.join("ebc", licence="Л-022")
    before = campus.now
    ebc.leave(campus.now + timedelta(hours=2))
    campus.now += timedelta(hours=3)
    dated_back = ebc.sign(ebc.draft(awarded_at=before), at=before)
    ebc.deposit(dated_back)
    found = campus.verify(dated_back)

    assert codes(found.report)["witness"] == "date-deposited"
    assert leading(found.report).code == "date-unwitnessed"


def test_another_issuer_s_deposit_is_no_witness(campus: Campus, ugu: House) -> None:
    ebc = campus.join("ebc", licence="Л-022")
    document = ebc.sign(ebc.draft())
    campus.deposit(content_hash(document), ugu.did, campus.now)
    campus.now += DAY
    ebc.leave(campus.now)

    assert leading(campus.verify(document).report).code == "date-unwitnessed"


def test_an_earlier_sight_by_a_member_is_a_witness(campus: Campus) -> None:
    ebc = campus.join("ebc", licence="Л-022")
    document = write(ebc.sign(ebc.draft()))
    seen = campus.now + timedelta(hours=1)
    campus.now += DAY
    ebc.leave(campus.now)

    assert campus.verify(document).verdict is CANNOT_TELL
    found = campus.verify(document, seen=seen)
    assert found.verdict is VALID
    assert codes(found.report)["witness"] == "date-seen"
    assert campus.verify(document, seen=campus.now + DAY).verdict is CANNOT_TELL


def test_unreachable_deposits_are_said_so(campus: Campus) -> None:
    ebc = campus.join("ebc", licence="Л-022")
    badge = ebc.award()
    url = campus.operator.url(f"deposits/{campus.now.date()}")
    campus.now += DAY
    ebc.leave(campus.now)
    campus.gone.add(url)
    found = campus.verify(badge)

    assert found.verdict is CANNOT_TELL
    assert codes(found.report)["witness"] == "deposits-unreachable"


@pytest.mark.parametrize("body", [b"", b"{}", b'{"type": "DepositList"}'])
def test_deposits_that_nobody_sealed_are_none(campus: Campus, body: bytes) -> None:
    ebc = campus.join("ebc", licence="Л-022")
    badge = ebc.award()
    campus.pages[campus.operator.url(f"deposits/{campus.now.date()}")] = body
    campus.now += DAY
    ebc.leave(campus.now)

    assert campus.verify(badge).verdict is CANNOT_TELL


def test_a_badge_deposited_just_after_midnight_is_found(campus: Campus) -> None:
    ebc = campus.join("ebc", licence="Л-022")
    campus.now = campus.now.replace(hour=23, minute=59)
    document = ebc.sign(ebc.draft())
    ebc.deposit(document, at=campus.now + timedelta(minutes=2))
    campus.now += 10 * DAY
    ebc.leave(campus.now)

    assert campus.verify(document).verdict is VALID


def test_an_award_after_leaving_is_no_award_of_the_network(campus: Campus) -> None:
    ebc = campus.join("ebc", licence="Л-022")
    ebc.leave(campus.now)
    campus.now += DAY
    found = campus.verify(ebc.award())

    assert found.verdict is INVALID
    assert leading(found.report).code == "member-left-before"


def test_leaving_that_is_announced_changes_nothing_yet(campus: Campus) -> None:
    ebc = campus.join("ebc", licence="Л-022")
    ebc.leave(campus.now + 30 * DAY)

    assert campus.verify(ebc.award()).verdict is VALID


def test_before_joining_the_network_answers_for_nothing(campus: Campus) -> None:
    late = campus.join("new", licence="Л-050", since=campus.now - DAY)
    early = late.draft(awarded_at=campus.now - 3 * DAY)
    found = campus.verify(late.sign(early))

    assert found.verdict is CANNOT_TELL
    assert leading(found.report).code == "member-not-yet"


def test_a_stranger_is_not_in_the_list(campus: Campus) -> None:
    stranger = campus.join("far", name="Дальняя школа", listed=False)
    found = campus.verify(stranger.award())

    assert found.verdict is CANNOT_TELL
    assert leading(found.report).code == "member-unknown"
    assert codes(found.report)["licence"] == "licence-unknown"
    assert found.shown is not None
    assert (found.shown.organisation, found.shown.claimed_by) == ("", "Дальняя школа")


# the list itself


def test_a_list_past_its_term_answers_for_nothing(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    campus.pages[campus.trust_url] = campus.trust_list()
    campus.now += 31 * DAY
    found = campus.verify(badge)

    assert found.verdict is CANNOT_TELL
    assert leading(found.report).code == "trust-stale"


def test_i10_an_old_edition_after_a_new_one_is_a_roll_back(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    campus.pages[campus.trust_url] = campus.trust_list()
    assert campus.verify(badge).verdict is VALID
    ugu.leave(campus.now - DAY)
    campus.pages[campus.trust_url], old = campus.trust_list(), campus.pages[campus.trust_url]
    assert campus.verify(badge).verdict is INVALID
    campus.pages[campus.trust_url] = old
    found = campus.verify(badge)

    assert found.verdict is CANNOT_TELL
    assert leading(found.report).code == "trust-rolled-back"


def test_i10_the_newest_edition_can_be_known_from_before(campus: Campus, ugu: House) -> None:
    verifier = campus.make_verifier(edition=campus.edition + 1)

    assert leading(verifier.verify(ugu.award(), now=campus.now).report).code == "trust-rolled-back"


def broken_lists(campus: Campus, ugu: House) -> list[bytes]:
    """Lists that look right and were not sealed by the pinned key of the operator."""
    honest = campus.trust_list()
    campus.operator.rotate()
    unpinned = campus.trust_list()
    sealed_by_member = changed(honest, lambda trust: trust.update(ugu.sign({**trust, "operator": ugu.did}, suite=JCS)))
    return [
        unpinned,
        sealed_by_member,
        changed(honest, lambda trust: trust["members"].pop()),
        changed(honest, lambda trust: trust.pop("proof")),
        changed(honest, lambda trust: trust.update(version=99)),
        honest[:-10],
        b"{}",
    ]


def test_a_list_that_the_operator_did_not_seal_is_none(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    for body in broken_lists(campus, ugu):
        campus.pages[campus.trust_url] = body
        found = campus.verify(badge)
        assert found.verdict is CANNOT_TELL
        assert found.report.checks[-1].code in {"key-history-missing", "kind-badge"}


def test_a_list_that_is_sealed_and_malformed_is_none(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    odd: list[dict[str, Any]] = [
        {"type": "Other"},
        {"members": [{}]},
        {"version": "1"},
        {"validUntil": "soon"},
        {"operator": ugu.did},
    ]
    for changes in odd:
        campus.pages[campus.trust_url] = campus.trust_list(**changes)
        found = campus.verify(badge)
        assert codes(found.report)["membership"] == "trust-broken", changes


def test_a_member_since_the_founding_may_award_on_the_first_day(campus: Campus, ugu: House) -> None:
    document = ugu.sign(ugu.draft(awarded_at=FOUNDED), at=FOUNDED)

    assert campus.verify(document).verdict is VALID
