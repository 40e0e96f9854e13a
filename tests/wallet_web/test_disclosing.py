"""A badge shown in part: what its issuer signed part by part, and never the proof that is for the holder alone."""

import json
import re
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keys import jose
from keys.deps import Learner
from keys.multikey import P256
from keys.proofs import is_base_proof, proofs_of
from service.database import unit_of_work
from tests.campus import Campus
from tests.wallet_web import test_answering as answering
from tests.wallet_web.desk import Desk
from tests.wallet_web.family import entry, guardian, teenager
from tests.wallet_web.test_sharing import agree, link_of, make
from verifier.asking import requests
from verifier.verdict import Verdict
from wallet_web import disclosing
from wallet_web.tables import Entry

FRAME = ("/issuer", "/validFrom", "/awardedDate", "/credentialStatus", "/credentialSubject/achievement")
HIDDEN = "/credentialSubject/result"


def campus_with_parts() -> tuple[Campus, bytes]:
    campus = Campus()
    house = campus.join("ugu", name="Северный открытый университет", licence="Л-030")
    campus.now += timedelta(days=1)
    house.rotate(P256)
    campus.now += timedelta(days=1)
    return campus, json.dumps(house.award_in_parts(*FRAME)).encode()


CAMPUS, BASE = campus_with_parts()
ALL = [part.pointer for part in disclosing.parts(BASE)]


def in_parts(desk: Desk, learner: Learner) -> Entry:
    """A badge under a base proof in the learner's wallet."""
    desk.campus.now += timedelta(days=1)
    desk.ugu.rotate(P256)
    desk.campus.now += timedelta(days=1)
    badge = desk.ugu.award_in_parts(*FRAME, learner=learner.number)
    with unit_of_work(desk.engine) as session:
        kept = entry(session, learner, "Исследовательский проект", json.dumps(badge).encode())
        kept.received_at = desk.now
        return kept


def test_what_the_issuer_made_mandatory_is_no_choice() -> None:
    assert ALL == ["/name", "/credentialSubject/identifier", "/credentialSubject/result"]
    assert disclosing.parts(b"{}") == disclosing.parts(b"nothing") == disclosing.parts(b"~") == ()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.sampled_from(ALL)))
def test_any_choice_is_a_valid_part_that_holds_just_what_was_chosen(chosen: set[str]) -> None:
    shown = disclosing.shown(BASE, chosen)
    found = CAMPUS.verifier.verify(shown, now=CAMPUS.now)
    assert found.verdict is Verdict.VALID
    document = json.loads(shown)
    there = {f"/{name}" for name in document} | {f"/credentialSubject/{name}" for name in document["credentialSubject"]}
    assert there & set(ALL) == chosen
    assert "achievement" in document["credentialSubject"]
    assert not any(is_base_proof(proof) for proof in proofs_of(document))
    assert disclosing.whole(shown) == disclosing.shown(shown, []) == shown


@given(st.sets(st.sampled_from(["/credentialSubject/identifier", "/credentialSubject/result"])))
@settings(max_examples=4, deadline=None)
def test_a_signed_text_shows_just_what_was_chosen(chosen: set[str]) -> None:
    campus = Campus()
    house = campus.join("ugu", name="Северный открытый университет", licence="Л-030")
    places = ["/credentialSubject/identifier", HIDDEN]
    text = jose.conceal(house.draft(), house.signer, places, jose.VC_SD_JWT).encode()
    assert {part.pointer for part in disclosing.parts(text)} == set(places)
    shown = disclosing.shown(text, chosen)
    assert {part.pointer for part in disclosing.parts(shown)} == chosen
    assert campus.verifier.verify(shown, now=campus.now).verdict is Verdict.VALID
    assert disclosing.whole(text) == text


def test_the_wallet_checks_such_a_badge_as_it_would_be_shown(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    kept = in_parts(desk, alina)
    assert desk.wallet.check(kept, desk.now).report.verdict is Verdict.VALID


@pytest.mark.parametrize("hides", [True, False])
def test_the_family_chooses_before_the_link_is_made(both: Desk, hides: bool) -> None:  # noqa: FBT001
    desk, alina = both, both.enrol(teenager())
    kept = in_parts(desk, alina)
    agree(desk, alina)
    family = desk.family(alina)
    asked = make(family, desk, alina)
    assert asked.status_code == 200
    assert "Что показать из значка" in asked.text
    offered = re.findall(r'name="part" value="([^"]+)" checked', asked.text)
    assert offered == [f"{kept.id}|{pointer}" for pointer in ALL]
    assert "share.made" not in [event for event, _, _ in desk.journal]
    chosen = [one for one in offered if not (hides and one.endswith(HIDDEN))]
    link = link_of(desk, alina, make(family, desk, alina, parted=[kept.id], part=chosen))
    shown = desk.browser().get(f"{link}/1.json").json()
    assert ("result" in shown["credentialSubject"]) is not hides
    assert not any(is_base_proof(proof) for proof in proofs_of(shown))
    page = desk.browser().get(link).text
    assert "Подпись верна" in page
    record = desk.browser().get(f"{link}/record.json").json()
    assert record["verdict"] == "valid"
    presentation = desk.browser().get(f"{link}/presentation.json").content
    assert ("hasResult" in presentation.decode() or '"result"' in presentation.decode()) is not hides


def test_a_program_that_says_nothing_shows_the_whole_and_never_the_base_proof(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    kept = in_parts(desk, alina)
    agree(desk, alina)
    wanted = {"badges": [kept.id], "audience": "вуз", "purpose": "приём"}
    made = desk.family(alina).post(f"/api/wallet/{alina.id}/shares", json=wanted).json()
    path = made["url"].removeprefix("https://zachetka.example")
    shown = desk.browser().get(f"{path}/1.json").json()
    assert "result" in shown["credentialSubject"]
    assert not any(is_base_proof(proof) for proof in proofs_of(shown))
    hidden = {**wanted, "parts": {kept.id: ["/name", "/nowhere"]}}
    made = desk.family(alina).post(f"/api/wallet/{alina.id}/shares", json=hidden).json()
    path = made["url"].removeprefix("https://zachetka.example")
    assert set(desk.browser().get(f"{path}/1.json").json()["credentialSubject"]) == {"id", "type", "achievement"}


@pytest.mark.parametrize("hides", [True, False])
def test_a_request_is_answered_with_the_parts_that_were_chosen(desk: Desk, hides: bool) -> None:  # noqa: FBT001
    answering.open_house(desk)
    alina = desk.enrol(teenager())
    kept, request = in_parts(desk, alina), answering.asked(desk)
    answering.agree(desk, alina)
    family = desk.family(alina)
    asked = answering.reply(family, desk, alina, request)
    assert asked.status_code == 200  # asked before anything is signed
    offered = re.findall(r'name="part" value="([^"]+)" checked', asked.text)
    assert offered == [f"{kept.id}|{pointer}" for pointer in ALL]
    assert "request.answered" not in [event for event, _, _ in desk.journal]
    chosen = [one for one in offered if not (hides and one.endswith(HIDDEN))]
    form = {"badge": kept.id, "parted": kept.id, "part": chosen, "act": "give"}
    assert family.post(f"/wallet/{alina.id}{request}", data=form).status_code == 303
    with unit_of_work(desk.engine) as session:
        answered = requests.find(session, request.rpartition("/")[2])
        shown = requests.read(desk.campus.verifier, answered, desk.now)
        document = json.loads(answered.presentation or b"")["verifiableCredential"][0]
    assert shown is not None
    assert [item.verdict for item in shown.items] == [Verdict.VALID]
    assert ("result" in document["credentialSubject"]) is not hides
    assert not any(is_base_proof(proof) for proof in proofs_of(document))
    assert "Подпись верна" in desk.browser(answering.ASKER).get(request).text


def test_a_choice_divides_a_badge_in_words() -> None:
    assert disclosing.divided("Проект", BASE, ALL) is None
    assert disclosing.divided("Проект", BASE, [HIDDEN]) == disclosing.Divided(
        "Проект", ["Результаты и отметки"], ["Название", "Номер владельца, скрытый отпечатком"]
    )


@pytest.mark.parametrize("chosen", [[], [HIDDEN], ALL])
def test_what_a_copy_still_holds_is_told_from_its_bytes(chosen: list[str]) -> None:
    assert disclosing.kept(BASE, disclosing.shown(BASE, chosen)) == chosen
    campus = Campus()
    house = campus.join("ugu", name="Северный открытый университет", licence="Л-030")
    text = jose.conceal(house.draft(), house.signer, [HIDDEN], jose.VC_SD_JWT).encode()
    held = [HIDDEN] if HIDDEN in chosen else []
    assert disclosing.kept(text, disclosing.shown(text, held)) == held


def test_the_family_reads_later_what_was_shown_and_what_was_left_out(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    kept = in_parts(desk, alina)
    answering.open_house(desk)
    answering.agree(desk, alina)
    family, request = desk.family(alina), answering.asked(desk)
    form = {"badge": kept.id, "parted": kept.id, "part": f"{kept.id}|{HIDDEN}"}
    assert family.post(f"/wallet/{alina.id}{request}", data=form).status_code == 303
    told = "Исследовательский проект: показано — Результаты и отметки; не показано — Название, Номер владельца"
    for page in ("requests", "history"):
        assert told in family.get(f"/wallet/{alina.id}/{page}").text
    english = desk.browser(guardian(alina), language="en").get(f"/wallet/{alina.id}/requests").text
    assert "In part" in english
    assert "shown are Results and marks; not shown are Title" in english


def test_an_answer_shown_whole_says_nothing_of_parts(desk: Desk) -> None:
    alina = desk.enrol(teenager())
    kept = in_parts(desk, alina)
    answering.open_house(desk)
    answering.agree(desk, alina)
    family, request = desk.family(alina), answering.asked(desk)
    form = {"badge": kept.id, "parted": kept.id, "part": [f"{kept.id}|{pointer}" for pointer in ALL]}
    assert family.post(f"/wallet/{alina.id}{request}", data=form).status_code == 303
    assert "Не целиком" not in family.get(f"/wallet/{alina.id}/requests").text


@pytest.mark.parametrize(("part", "said"), [([], "показано только обязательное"), ([HIDDEN], "показано — Результаты")])
def test_the_page_of_a_link_says_what_is_left_out(desk: Desk, part: list[str], said: str) -> None:
    alina = desk.enrol(teenager())
    kept = in_parts(desk, alina)
    agree(desk, alina)
    family = desk.family(alina)
    made = make(family, desk, alina, parted=[kept.id], part=[f"{kept.id}|{pointer}" for pointer in part])
    page = family.get(made.headers["location"]).text
    assert "Не целиком" in page
    assert said in page
