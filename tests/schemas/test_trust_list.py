from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas.dates import BadTimestamp
from schemas.refusals import Unreadable
from schemas.trust_list import Licence, Member, State, TrustList

JOINED = datetime(2026, 9, 1, tzinfo=UTC)
LEFT = datetime(2027, 3, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LICENCE = Licence("Л-010", datetime(2020, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def member(code: str, **particulars: Any) -> Member:
    return Member(
        issuer=f"did:web:{code}.sever.example",
        code=code,
        name=f"Организация {code}",
        kind="college",
        **{"member_from": JOINED, **particulars},
    )


MEMBERS = (
    member("kol", licences=(LICENCE, Licence("Л-011", datetime(2027, 2, 1, tzinfo=UTC))), keys=({"id": "#key-1"},)),
    member("kva", parent="did:web:kol.sever.example"),
    member("ebc", member_until=LEFT, licences=(Licence("Л-022", JOINED),)),
    member("bio", parent="did:web:ebc.sever.example"),
    member("sen"),
    member("fab", parent="did:web:nobody.example"),
)


def compose(**changes: Any) -> dict[str, Any]:
    particulars: dict[str, Any] = {
        "url": "https://cpo.sever.example/trust",
        "operator": "did:web:cpo.sever.example",
        "version": 7,
        "issued_at": JOINED,
        "valid_until": LEFT,
        "members": MEMBERS,
    }
    return TrustList.compose(**{**particulars, **changes})


@pytest.mark.parametrize(
    ("code", "at", "state", "licence"),
    [
        ("kol", JOINED, State.TRUSTED, "Л-010"),
        ("kol", JOINED - SECOND, State.NOT_YET, "Л-010"),
        ("kol", datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), State.TRUSTED, "Л-010"),
        ("kol", datetime(2027, 1, 1, tzinfo=UTC), State.UNLICENSED, None),
        ("kol", datetime(2027, 2, 1, tzinfo=UTC), State.TRUSTED, "Л-011"),
        ("kva", JOINED, State.TRUSTED, "Л-010"),
        ("kva", datetime(2027, 1, 15, tzinfo=UTC), State.UNLICENSED, None),
        ("ebc", LEFT - SECOND, State.TRUSTED, "Л-022"),
        ("ebc", LEFT, State.WITHDRAWN, "Л-022"),
        ("bio", LEFT - SECOND, State.TRUSTED, "Л-022"),
        ("bio", LEFT, State.UNLICENSED, None),
        ("sen", JOINED, State.UNLICENSED, None),
        ("fab", JOINED, State.UNLICENSED, None),
    ],
)
def test_standing_at_a_moment(code: str, at: datetime, state: State, licence: str | None) -> None:
    standing = TrustList(compose()).standing(f"did:web:{code}.sever.example", at)
    assert (standing.state, standing.licence, standing.code) == (state, licence, code)
    assert standing.organisation == f"Организация {code}"


def test_a_stranger_is_unknown() -> None:
    standing = TrustList(compose()).standing("did:web:kol.sever.example.org", JOINED)
    assert (standing.state, standing.organisation) == (State.UNKNOWN, "")


def test_what_is_composed_is_read_again() -> None:
    trust = TrustList(compose())
    assert trust.members == {row.issuer: row for row in MEMBERS}
    assert (trust.operator, trust.version) == ("did:web:cpo.sever.example", 7)
    assert (trust.issued_at, trust.valid_until) == (JOINED, LEFT)
    assert trust.keys("did:web:kol.sever.example") == ({"id": "#key-1"},)
    assert trust.keys("did:web:nobody.example") == ()
    assert [row["code"] for row in trust.document["members"]] == sorted(row.code for row in MEMBERS)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "Other"},
        {"members": [*compose()["members"], compose()["members"][0]]},
        {"members": ["did:web:x"]},
        {"members": [{"issuer": "did:web:x"}]},
    ],
)
def test_a_broken_list_is_refused_whole(change: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        TrustList({**compose(), **change})


def test_broken_dates_and_versions_are_refused() -> None:
    broken = compose()
    broken["members"][0]["memberFrom"] = "2026-09-01"
    with pytest.raises(BadTimestamp) as caught:
        TrustList(broken)
    assert caught.value.pointer == "/members/0/memberFrom"
    for version in (0, "7", True, None):
        with pytest.raises(Unreadable):
            _ = TrustList({**compose(), "version": version}).version
    with pytest.raises(Unreadable):
        _ = TrustList({**compose(), "operator": ""}).operator
