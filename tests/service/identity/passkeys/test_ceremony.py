"""What a device is asked, and which answers prove nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from keys.jwk import decode, encode
from service.identity.passkeys import ceremony
from service.identity.passkeys.ceremony import Party, party_of
from service.identity.passkeys.errors import PasskeyWrong
from tests.service.identity.passkeys.conftest import HOST, SITE
from tests.service.identity.passkeys.device import Answer, Device

PARTY = Party(HOST, SITE)
CHALLENGE, OTHER = b"c" * 32, b"o" * 32
HANDLE = bytes(range(32))


def to_make(*, verified: bool = False, challenge: bytes = CHALLENGE) -> Answer:
    return ceremony.options_to_make(PARTY, challenge, HANDLE, "olga-1980", ["AAAA"], verified=verified)


def made(device: Device) -> bytes:
    return ceremony.read_new(device.make(to_make()), PARTY, CHALLENGE, verified=False).public_key


def response(answer: Answer) -> dict[str, Any]:
    inner: dict[str, Any] = answer["response"]
    return inner


def changed(name: str, value: object) -> Callable[[Answer], object]:
    return lambda answer: response(answer).__setitem__(name, value)


def flipped(name: str) -> Callable[[Answer], object]:
    def flip(answer: Answer) -> None:
        data = bytearray(decode(response(answer)[name]))
        data[-1] ^= 1
        response(answer)[name] = encode(bytes(data))

    return flip


@pytest.mark.parametrize(
    ("address", "party"),
    [
        ("https://zachetka.example", Party("zachetka.example", "https://zachetka.example")),
        ("http://localhost:8000", Party("localhost", "http://localhost:8000")),
        ("http://127.0.0.1:8000", None),
        ("https://[2001:db8::1]", None),
    ],
)
def test_passkeys_are_for_hosts_with_a_name(address: str, party: Party | None) -> None:
    assert party_of(address) == party


def test_a_device_is_told_a_name_for_signing_in_and_a_random_handle() -> None:
    asked = to_make(verified=True)
    assert asked["user"] == {"id": encode(HANDLE), "name": "olga-1980", "displayName": "olga-1980"}
    assert asked["rp"] == {"id": HOST, "name": "Зачётка"}
    assert asked["attestation"] == "none"
    assert asked["authenticatorSelection"]["residentKey"] == "required"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert to_make()["authenticatorSelection"]["userVerification"] == "preferred"
    assert [one["id"] for one in asked["excludeCredentials"]] == ["AAAA"]


def test_everybody_is_asked_the_same() -> None:
    asked = ceremony.options_to_use(PARTY, CHALLENGE)
    assert (asked["challenge"], asked["rpId"], asked["allowCredentials"]) == (encode(CHALLENGE), HOST, [])


def test_a_genuine_answer_says_who_and_how_often() -> None:
    device = Device(SITE, HOST)
    key = made(device)
    answer = device.use(ceremony.options_to_use(PARTY, CHALLENGE))
    assert ceremony.read_claim(answer).handle == HANDLE.hex()
    assert ceremony.read_used(answer, PARTY, CHALLENGE, key) == ceremony.Use(1, verified=True)


@pytest.mark.parametrize(
    ("wrong", "challenge", "kind"),
    [
        ({"origin": "https://evil.example"}, CHALLENGE, "webauthn.get"),
        ({"origin": f"http://{HOST}"}, CHALLENGE, "webauthn.get"),
        ({"host": "evil.example"}, CHALLENGE, "webauthn.get"),
        ({"present": False}, CHALLENGE, "webauthn.get"),
        ({}, OTHER, "webauthn.get"),
        ({}, CHALLENGE, "webauthn.create"),
    ],
)
def test_what_is_not_for_us_proves_nothing(wrong: dict[str, Any], challenge: bytes, kind: str) -> None:
    device = Device(SITE, HOST)
    key = made(device)
    for name, value in wrong.items():
        setattr(device, name, value)
    answer = device.use(ceremony.options_to_use(PARTY, challenge), kind)
    with pytest.raises(PasskeyWrong):
        ceremony.read_used(answer, PARTY, CHALLENGE, key)


@pytest.mark.parametrize(
    "change",
    [
        flipped("signature"),
        flipped("authenticatorData"),
        flipped("clientDataJSON"),
        changed("signature", None),
        changed("authenticatorData", "AA"),
        changed("clientDataJSON", encode(b"[]")),
        lambda answer: answer.update(id="AAAA"),
        lambda answer: answer.update(type="password"),
        lambda answer: answer.pop("response"),
        lambda answer: answer.update(response=[]),
    ],
)
def test_a_changed_answer_proves_nothing(change: Callable[[Answer], object]) -> None:
    device = Device(SITE, HOST)
    key = made(device)
    answer = device.use(ceremony.options_to_use(PARTY, CHALLENGE))
    change(answer)
    with pytest.raises(PasskeyWrong):
        ceremony.read_used(answer, PARTY, CHALLENGE, key)


def test_another_key_proves_nothing() -> None:
    device, other = Device(SITE, HOST), Device(SITE, HOST)
    key = made(device)
    made(other)
    with pytest.raises(PasskeyWrong):
        ceremony.read_used(other.use(ceremony.options_to_use(PARTY, CHALLENGE)), PARTY, CHALLENGE, key)


@pytest.mark.parametrize("handle", [None, 5, []])
def test_an_answer_without_its_owners_handle_is_of_no_passkey_here(handle: object) -> None:
    device = Device(SITE, HOST)
    made(device)
    answer = device.use(ceremony.options_to_use(PARTY, CHALLENGE))
    response(answer)["userHandle"] = handle
    with pytest.raises(PasskeyWrong):
        ceremony.read_claim(answer)


@pytest.mark.parametrize("wrong", [{"origin": "https://evil.example"}, {"host": "evil.example"}, {"verifies": False}])
def test_no_passkey_is_made_of_a_wrong_answer(wrong: dict[str, Any]) -> None:
    answer = Device(**{"origin": SITE, "host": HOST, **wrong}).make(to_make(verified=True))
    with pytest.raises(PasskeyWrong):
        ceremony.read_new(answer, PARTY, CHALLENGE, verified=True)


@pytest.mark.parametrize(
    "change",
    [
        changed("attestationObject", encode(b"\xa0")),
        changed("attestationObject", encode(b"\xff" * 64)),
        lambda answer: answer.clear(),
    ],
)
def test_no_passkey_is_made_of_broken_bytes(change: Callable[[Answer], object]) -> None:
    answer = Device(SITE, HOST).make(to_make())
    change(answer)
    with pytest.raises(PasskeyWrong):
        ceremony.read_new(answer, PARTY, CHALLENGE, verified=False)
