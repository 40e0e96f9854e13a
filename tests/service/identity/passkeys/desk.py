"""What a browser does with a passkey, step by step, against the real application."""

import json

from fastapi.testclient import TestClient
from httpx2 import Response

from tests.service.house import PASSWORD, House, token_of
from tests.service.identity.passkeys.device import Answer, Device


def begin(visitor: TestClient, path: str, **fields: str) -> Response:
    """The first step, as the page's script takes it."""
    page = visitor.get("/account" if path.startswith("/account") else "/sign-in")
    form = {**fields, "csrf": token_of(page)} if "csrf" in page.text else fields
    return visitor.post(path, data=form, headers={"accept": "application/json"})


def make(visitor: TestClient, device: Device, name: str = "Мой телефон") -> Response:
    """Add a passkey to the account of whoever has signed in."""
    options = begin(visitor, "/account/passkeys/begin", password=PASSWORD).json()
    return add(visitor, device.make(options), name)


def add(visitor: TestClient, answer: Answer, name: str = "Мой телефон") -> Response:
    csrf = token_of(visitor.get("/account"))
    return visitor.post("/account/passkeys", data={"csrf": csrf, "name": name, "answer": json.dumps(answer)})


def asked(visitor: TestClient) -> Answer:
    """What a stranger's browser is to ask its devices."""
    options: Answer = begin(visitor, "/sign-in/passkey/begin").json()
    return options


def enter(visitor: TestClient, answer: Answer, path: str = "/") -> Response:
    return visitor.post("/sign-in/passkey", data={"answer": json.dumps(answer), "next": path})


def with_passkey(house: House, device: Device, account: str = "olga") -> Device:
    """Let somebody add the device's passkey."""
    assert make(house.signed_in(account), device).status_code == 303
    return device
