"""The lifelong record: what holds goes in unchanged, the learner signs, and nobody's name is in it."""

import json
import re
from typing import Any

from schemas.clr import Record
from schemas.credential import Credential
from schemas.identity import matches
from tests.campus import changed
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import teacher, teenager, themself
from verifier.verdict import Outcome
from wallet_web.portfolio import lifelong

# keys, signatures, salts, hashes and names of documents are drawn by chance, so a short word can turn up in any of them
DRAWN = re.compile(
    r"z[1-9A-HJ-NP-Za-km-z]{46,}|sha256\$[0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\"salt\": ?\"[^\"]+\""
)


def made(desk: Desk, learner: Any) -> bytes:
    """The file as the learner downloads it."""
    answer = desk.browser(themself(learner)).post(f"/wallet/{learner.id}/portfolio/record")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"] == 'attachment; filename="record.json"'
    return bytes(answer.content)


def test_every_badge_goes_in_as_it_is_and_is_judged_by_itself(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    badges = [desk.award(alina, title=f"Модуль {number}") for number in range(3)]
    document = json.loads(made(desk, alina))
    record = Record(document)
    assert sorted(map(json.dumps, record.credentials)) == sorted(json.dumps(json.loads(badge)) for badge in badges)
    assert not record.is_partial
    report = desk.campus.verify(document).report
    outcomes = {check.name: check.outcome for check in report.checks}
    assert outcomes["proof"] is Outcome.PASSED
    assert outcomes["schema"] is Outcome.PASSED


def test_it_belongs_to_the_number_and_names_nobody(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    first, second = made(desk, alina), made(desk, alina)
    document = json.loads(first)
    assert matches(Credential(document), alina.number)
    assert not matches(Credential(document), teenager().number)
    assert document["issuer"]["id"].startswith("did:key:")
    assert document["issuer"]["id"] == desk.wallet.holder(alina.id)
    salts = {json.loads(one)["credentialSubject"]["identifier"][0]["salt"] for one in (first, second)}
    assert len(salts) == 2
    written = DRAWN.sub("", first.decode()).replace("sever.example", "")
    for personal in (alina.family_name, alina.given_name, alina.number, alina.school, str(alina.born.year)):
        assert personal not in written


def test_what_was_changed_after_signing_does_not_hold(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    forged = changed(made(desk, alina), lambda document: document.update(name="Другая запись"))
    outcomes = {check.name: check.outcome for check in desk.campus.verify(forged).report.checks}
    assert outcomes["proof"] is Outcome.FAILED


def test_what_does_not_hold_today_stays_out_and_is_told(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    revoked = desk.award(alina, title="Отозванный")
    page, browser = f"/wallet/{alina.id}/portfolio/record", desk.browser(themself(alina))
    desk.ugu.revoke(revoked)
    assert "Записывать пока нечего" in browser.get(page).text
    assert browser.post(page).status_code == 400
    good = desk.award(alina, title="Хороший")
    shown = browser.get(page).text
    assert "1 значок войдёт в запись" in shown
    assert "Не войдёт 1" in shown
    record = Record(json.loads(made(desk, alina)))
    assert record.credentials == [json.loads(good)]
    assert record.is_partial


def test_a_badge_whose_status_cannot_be_asked_goes_in(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    desk.award(alina)
    desk.campus.gone.add(desk.ugu.url("status/revocation"))
    desk.campus.verifier = desk.wallet.verifier = desk.campus.make_verifier()
    assert len(Record(json.loads(made(desk, alina))).credentials) == 1


def test_a_record_has_limits(desk: Desk, monkeypatch: Any) -> None:
    alina = desk.enrol(teenager())
    sizes = [len(desk.award(alina, title=f"Модуль {number}")) for number in range(3)]
    badges = desk.wallet.check_all(desk.entries(alina), desk.now)
    assert len(lifelong.contents(badges)) == 3
    monkeypatch.setattr(lifelong, "MOST", 2)
    assert len(lifelong.contents(badges)) == 2
    monkeypatch.setattr(lifelong, "BYTES_MAX", sizes[0])
    assert len(lifelong.contents(badges)) == 1


def test_only_the_family_makes_it(desk: Desk) -> None:
    alina, other = desk.enrol(teenager()), desk.enrol(teenager())
    desk.award(alina)
    page = f"/wallet/{alina.id}/portfolio/record"
    for browser, refused in ((desk.browser(), 401), (desk.family(other), 404), (desk.browser(teacher(alina)), 403)):
        assert browser.get(page).status_code == refused
        assert browser.post(page).status_code == refused
    assert desk.journal == []
    made(desk, alina)
    assert desk.journal == [("portfolio.recorded", alina.id, "")]
