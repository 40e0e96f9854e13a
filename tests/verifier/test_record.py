"""The record of a check at the public verifier: what it names, in which forms it is given."""

import json
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from service.times import Times
from tests.campus import Campus, House, changed
from tests.service.printing.paper import letters_of, text_of
from tests.verifier.counter import SITE, Counter
from tests.verifier.test_pages import counter  # noqa: F401 - the fixture
from tests.verifier.test_pages import text_of as words_of
from verifier import record
from verifier.verdict import Verdict


def same(text: str) -> str:
    return text


def rename(badge: dict[str, Any]) -> None:
    badge["credentialSubject"]["achievement"]["name"] = "Канарейка-7319"


def test_a_record_tells_every_check_of_every_document(campus: Campus, ugu: House) -> None:
    good = ugu.award()
    bad = changed(good, rename)
    found = [campus.verifier.verify(one, now=campus.now) for one in (good, bad)]
    made = record.of_many(found, [good, bad], campus.verifier, by=SITE, now=campus.now)
    assert made.verdict is Verdict.INVALID
    told = record.to_json(made, same)
    assert json.loads(json.dumps(told)) == told
    assert [len(item["checks"]) for item in told["items"]] == [len(one.report.checks) for one in found]
    sheet = record.sheet_of(made, same, Times(ZoneInfo("Europe/Moscow"), "ru"), "ru")
    assert [len(item["rows"]) for item in sheet["items"]] == [
        len([check for check in one.report.checks if check.decisive]) for one in found
    ]
    assert sheet["items"][1]["rows"][-1][1] == "нарушено"
    assert sheet["items"][1]["title"] == "Документ"


def test_the_edition_of_the_list_is_named_where_one_was_read(campus: Campus, ugu: House) -> None:
    found = campus.verifier.verify(ugu.award(), now=campus.now)
    made = record.of_many([found], [b""], campus.verifier, by=SITE, now=campus.now)
    assert found.network is not None
    assert made.rules.edition == found.network.version
    nothing = record.of_many([], [], campus.verifier, by=SITE, now=campus.now)
    assert record.to_json(nothing, same)["rules"]["trustList"]["edition"] is None


@pytest.mark.parametrize("want", ["page", "pdf", "json"])
def test_the_form_gives_the_record_in_each_form(counter: Counter, ugu: House, want: str) -> None:  # noqa: F811
    badge = ugu.award()
    answer = counter.client.post("/verify", files={"file": ("badge.json", badge)}, data={"want": want})
    digest = sha256(badge).hexdigest()
    assert answer.status_code == 200
    if want == "json":
        assert answer.json()["files"] == [{"sha256": digest}]
        assert answer.json()["checkedBy"] == SITE
    elif want == "pdf":
        assert digest in text_of(answer.content).replace(" ", "")
        assert all(letters_of(answer.content).values())
    else:
        assert "Запись о проверке" in words_of(answer.text)
        assert digest in answer.text
    if want != "page":
        assert answer.headers["content-disposition"] == f'attachment; filename="record.{want}"'


def test_a_record_of_a_forgery_repeats_nothing_of_it(counter: Counter, ugu: House) -> None:  # noqa: F811
    forged = changed(ugu.award(), rename)
    for want in ("page", "pdf", "json"):
        answer = counter.client.post("/verify", data={"text": forged.decode(), "want": want})
        seen = text_of(answer.content) if want == "pdf" else answer.text
        assert "Канарейка" not in seen
        assert answer.status_code == 200
