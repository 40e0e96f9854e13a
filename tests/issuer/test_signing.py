"""What is signed is looked at before it is given out, and one badge in a hundred by the general path as well."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from issuer.errors.orders import OwnOutputWrong
from issuer.signing import ToSign, sign
from keys.deposits import content_hash
from keys.ed25519 import Ed25519Signer
from schemas.canonical import Labelling, label_general

from .test_series import SERIES, badge

SIGNER = Ed25519Signer(bytes(32), "did:web:ugu.sever.example#key")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def task(number: int) -> ToSign:
    written = SERIES.write(badge(number))
    return ToSign(written.unsigned, written.content_hash, NOW, SIGNER, "token")


def test_a_content_hash_that_is_not_the_content_s_is_found() -> None:
    wrong = replace(task(1), content_hash=content_hash(badge(2)))
    with pytest.raises(OwnOutputWrong):
        sign(wrong)


def test_one_in_a_hundred_goes_through_the_general_path(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def counted(document: dict[str, Any]) -> Labelling:
        asked.append(document["id"])
        return label_general(document)

    monkeypatch.setattr("issuer.signing.label_general", counted)
    tasks = [task(number) for number in range(400)]
    for one in tasks:
        sign(one)
    sampled = [one for one in tasks if int(one.content_hash[-8:], 16) % 100 == 0]
    assert 0 < len(asked) == len(sampled) < 20
    monkeypatch.setattr("issuer.signing.label_general", lambda _document: Labelling(b"", {}))
    with pytest.raises(OwnOutputWrong):
        sign(sampled[0])
