from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from schemas.framework import Framework, compose, item_number, numbered, read_case
from schemas.refusals import Unreadable

URL = "https://cpo.sever.example/frameworks/outcomes"
ITEMS = [("ИП.1", "Ставит проблему и цель", "subject"), ("МП.К1", "Общение", "meta")]


def document() -> dict[str, Any]:
    return compose(
        url=URL,
        title="Каталог результатов",
        creator="Центр",
        items=numbered(URL, ITEMS),
        changed_at=datetime(2026, 9, 1, tzinfo=UTC),
    )


def test_items_are_found_by_code() -> None:
    framework = Framework(document())
    assert (framework.url, framework.title) == (URL, "Каталог результатов")
    assert [(item.code, item.text, item.kind) for item in framework.items] == ITEMS
    second = framework.item("МП.К1")
    assert second is not None
    assert second.url == f"{URL}/items/2"
    assert framework.item("ИП.9") is None
    assert [item_number(URL, item) for item in framework.items] == [1, 2]
    assert item_number("https://elsewhere.example/frameworks/x", second) == 0


def test_what_is_offered_no_more_keeps_its_address_and_its_last_day() -> None:
    first, second = numbered(URL, ITEMS)
    ended = replace(first, ended="2026-11-27", changed="2026-11-28T09:00:00Z")
    made = compose(
        url=URL, title="Каталог", creator="Центр", items=[ended, second], changed_at=datetime(2027, 1, 1, tzinfo=UTC)
    )
    assert Framework(made).items == [ended, replace(second, changed="2027-01-01T00:00:00Z")]


def test_addresses_are_ascii_and_identifiers_stay() -> None:
    rows = document()["CFItems"]
    assert all(row["uri"].isascii() for row in rows)
    assert [row["identifier"] for row in rows] == [row["identifier"] for row in document()["CFItems"]]
    assert len({row["identifier"] for row in rows}) == len(rows)


@pytest.mark.parametrize("change", [{"CFDocument": None}, {"CFItems": ["x"]}, {"CFItems": [{"uri": "x"}]}])
def test_a_broken_catalogue_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        Framework({**document(), **change})


def test_somebody_elses_package_is_read_as_it_stands() -> None:
    package: dict[str, Any] = {
        "CFDocument": {"title": "  Чужой\n каталог ", "uri": URL},
        "CFItems": [
            {"identifier": "h", "fullStatement": "Раздел"},
            {"identifier": "a", "humanCodingScheme": "А.1", "fullStatement": "Умеет", "uri": f"{URL}/a"},
            {"identifier": "b", "humanCodingScheme": 7, "fullStatement": None},
        ],
        "CFAssociations": [
            {"associationType": "isRelatedTo", "originNodeURI": {"identifier": "b"}, "destinationNodeURI": {}},
            {
                "associationType": "isChildOf",
                "originNodeURI": {"identifier": "a"},
                "destinationNodeURI": {"identifier": "h"},
            },
            {"associationType": "isChildOf", "originNodeURI": "b", "destinationNodeURI": {"identifier": "h"}},
        ],
    }
    title, url, rows = read_case(package)
    assert (title, url) == ("Чужой каталог", URL)
    assert [(row.number, row.code, row.text, row.section) for row in rows] == [
        (2, "А.1", "Умеет", "Раздел"),
        (3, "", "", ""),
    ]


def test_our_own_package_is_one_of_them() -> None:
    title, url, rows = read_case(document())
    assert (title, url, [(row.code, row.text, row.kind) for row in rows]) == ("Каталог результатов", URL, ITEMS)


@pytest.mark.parametrize(
    "change", [{"CFDocument": None}, {"CFItems": None}, {"CFItems": ["x"]}, {"CFAssociations": ["x"]}]
)
def test_what_is_no_package_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read_case({**document(), **change})
