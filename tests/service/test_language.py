"""Where a page can be read in the other language."""

import pytest
from fastapi import Request

from service.language import address_in
from tests.service.house import House

HOUSE = "zachetka.example"


def asked(method: str, path: str, query: str = "", referer: str = "") -> Request:
    headers = [(b"host", HOUSE.encode()), (b"referer", referer.encode())]
    server = {"scheme": "https", "server": (HOUSE, 443), "path": path, "query_string": query.encode()}
    return Request({"type": "http", "method": method, "headers": headers, **server})


def test_a_page_keeps_what_was_asked_of_it() -> None:
    assert address_in(asked("GET", "/roll/s1", "grade=10&page=2"), "en") == "?grade=10&page=2&language=en"
    assert address_in(asked("GET", "/roll/s1", "q=%D0%AF&language=en"), "ru") == "?q=%D0%AF&language=ru"


def test_the_answer_to_a_form_leads_to_the_form() -> None:
    form = asked("POST", "/sign-in/passkey", referer=f"https://{HOUSE}/sign-in?next=%2Fwallet&language=ru")
    assert address_in(form, "en") == "/sign-in?next=%2Fwallet&language=en"


@pytest.mark.parametrize(
    "referer", ["", "https://elsewhere.example/sign-in", "https://[", f"https://{HOUSE}@elsewhere.example/", "?"]
)
def test_a_form_from_nowhere_leads_to_its_own_address(referer: str) -> None:
    assert address_in(asked("POST", "/sign-in", referer=referer), "en") == "?language=en"


@pytest.mark.parametrize("path", ["//elsewhere.example/x", "/\\elsewhere.example/x", "/\\/elsewhere.example/x"])
def test_no_address_leads_to_another_house(path: str) -> None:
    found = address_in(asked("POST", "/", referer=f"https://{HOUSE}{path}"), "en")
    assert found == "/elsewhere.example/x?language=en"


def test_the_link_stands_on_every_page(plain: House) -> None:
    assert 'href="?next=%2Faccount&amp;language=en"' in plain.visitor().get("/sign-in?next=%2Faccount").text
