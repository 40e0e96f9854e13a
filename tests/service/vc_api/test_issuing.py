"""VC-API for programs: badges are issued through the same acts as at the desk, once, and say no more than a badge says."""

import copy
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import select

from issuer import catalogue
from issuer.tables import Award
from schemas.credential import Credential
from schemas.identity import matches
from service.database import reading, unit_of_work
from service.worker import Worker
from tests.issuer.world import module
from tests.service.house import START
from tests.service.programs import DRAFTS, NUMBER, Programs


def awards(programs: Programs) -> int:
    with reading(programs.house.parts.engine) as session:
        return session.exec(select(func.count()).select_from(Award)).one()


def test_a_badge_is_issued_and_our_own_public_verifier_accepts_it(programs: Programs) -> None:
    badge = programs.issued()
    assert badge["issuer"]["id"] == "did:web:kol.sever.example"
    assert badge["credentialSubject"]["achievement"] == programs.version.document
    assert matches(Credential(badge), NUMBER)
    assert NUMBER not in str(badge)
    public = programs.house.visitor(accept="application/json").post("/api/verify", json=badge).json()
    assert public["credentials"][0]["verdict"] == "valid", public
    assert programs.call("credentials/verify", {"verifiableCredential": badge}).json()["verified"] is True


def test_the_journal_names_the_token_and_no_person(plain: Programs) -> None:
    plain.issued()
    [made], [asked] = plain.journal("award.made"), plain.journal("program.issued")
    [token] = plain.tokens()
    assert (made.actor_kind, made.person, made.organisation) == ("token", None, "kol")
    assert (asked.actor_kind, asked.person, asked.item) == ("token", None, f"{token.id}/{made.item}")
    assert token.used_at == START


def test_results_levels_and_the_narrative_are_ordered(plain: Programs) -> None:
    address = plain.version.document["id"]
    result = [
        {"type": ["Result"], "resultDescription": f"{address}#result-1", "value": "91"},
        {"type": ["Result"], "resultDescription": f"{address}#result-2", "value": "34"},
        {
            "type": ["Result"],
            "resultDescription": f"{address}#result-3",
            "achievedLevel": f"{address}#result-3-level-2",
        },
    ]
    badge = plain.issued(plain.draft(result=result, narrative="Работа о морошке."))
    assert badge["credentialSubject"]["result"][:3] == result
    assert badge["credentialSubject"]["narrative"] == "Работа о морошке."


def test_a_draft_may_say_all_that_the_badge_says(plain: Programs) -> None:
    made = plain.issued()
    draft = {name: value for name, value in made.items() if name not in {"id", "credentialStatus", "proof"}}
    draft["credentialSubject"] = {
        **{name: value for name, value in made["credentialSubject"].items() if name != "id"},
        "identifier": plain.draft()["credentialSubject"]["identifier"],
    }
    assert plain.issue(draft, "№ 8").status_code == 201
    assert plain.issue({**draft, "issuer": "did:web:kol.sever.example"}, "№ 9").status_code == 201


def test_an_evening_s_award_may_be_sent_the_next_morning(plain: Programs) -> None:
    evening = (START - timedelta(hours=14)).strftime("%Y-%m-%dT%H:%M:%S.250Z")
    badge = plain.issued({**plain.draft(), "validFrom": evening})
    assert badge["validFrom"] == badge["awardedDate"] == evening.replace(".250", "")


def _other(draft: dict[str, Any], place: str, value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(draft)
    *way, last = place.strip("/").split("/")
    inner: Any = changed
    for step in way:
        inner = inner[int(step)] if isinstance(inner, list) else inner[step]
    inner[int(last) if isinstance(inner, list) else last] = value
    return changed


REFUSED = [
    ("/credentialSubject/achievement/name", "Другое название", "draft-differs"),
    ("/credentialSubject/achievement/tag", ["для зачёта"], "draft-differs"),
    ("/credentialSubject/achievement/creditsAvailable", 5, "draft-differs"),
    ("/credentialSubject/role", "Отличник", "draft-differs"),
    ("/credentialSubject/result/0/value", 87, "draft-unreadable"),
    ("/credentialSubject/result/0/status", "Completed", "draft-differs"),
    ("/credentialSubject/result/0/resultDescription", "https://kol.sever.example/x", "result-missing"),
    ("/credentialSubject/result/0/value", "12", "below-pass"),
    ("/credentialSubject/id", "did:key:z6Mk", "draft-not-yours"),
    ("/credentialSubject/identifier/0/hashed", True, "draft-recipient"),
    ("/credentialSubject/identifier/0/identityType", "emailAddress", "draft-recipient"),
    ("/credentialSubject/identifier/0/identityHash", "123", "bad-number"),
    ("/credentialSubject/achievement", {}, "draft-unreadable"),
    ("/credentialSubject", [], "draft-unreadable"),
    ("/credentialSubject/narrative", "Тел. +7 912 345-67-89", "lint-phone"),
    ("/issuer", "did:web:s1.sever.example", "draft-differs"),
    ("/issuer", {"id": "did:web:kol.sever.example", "name": "Не та"}, "draft-differs"),
    ("/id", "urn:uuid:5b1f1d0e-2f0c-4b6a-8c6f-0d6a4b1d2c3e", "draft-not-yours"),
    ("/credentialStatus", {"type": "BitstringStatusListEntry"}, "draft-not-yours"),
    ("/proof", {}, "draft-not-yours"),
    ("/name", "Другое", "draft-differs"),
    ("/evidence", [{"type": ["Evidence"]}], "draft-differs"),
    ("/validUntil", "2030-01-01T00:00:00Z", "draft-differs"),
    ("/validUntil", "завтра", "draft-unreadable"),
    ("/validFrom", "2026-11-20T00:00:00Z", "draft-outdated"),
    ("/validFrom", "2026-12-24T00:00:00Z", "future-award"),
    ("/@context", ["https://www.w3.org/ns/credentials/v2"], "draft-differs"),
    ("/type", ["VerifiableCredential", "EndorsementCredential"], "draft-differs"),
]


@pytest.mark.parametrize(("place", "value", "code"), REFUSED, ids=lambda value: str(value)[:40])
def test_what_the_badge_would_not_say_is_refused_in_words(shared: Programs, place: str, value: Any, code: str) -> None:
    answer = shared.issue(_other(shared.draft(), place, value))
    told = answer.json()
    assert (answer.status_code, told["code"]) == (400, code), told
    assert told["pointer"].startswith("/credential/"), told
    assert answer.headers["content-type"] == "application/problem+json"
    assert awards(shared) == 0


def test_other_organisations_and_unpublished_versions_are_not_there(plain: Programs) -> None:
    address = plain.version.document["id"]
    foreign = address.replace("kol", "s1")
    for unknown in (foreign, address.replace("m01-1", "m01-2"), address.replace("m01", "m02"), "urn:x", f"{address}#x"):
        answer = plain.issue(plain.draft(achievement={"id": unknown}))
        assert (answer.status_code, answer.json()["code"]) == (404, "not-published"), unknown
    with unit_of_work(plain.house.parts.engine) as session:
        catalogue.retire(session, plain.version.id, DRAFTS, START)
        fresh = plain.publish(session, module("kol", "m01", creditable=False, hours=36))
    assert plain.issue(plain.draft()).status_code == 404  # the edition before is no longer awarded
    assert (
        plain.issue(plain.draft(achievement=fresh.document["id"], result=_score(fresh.document["id"]))).status_code
        == 201
    )
    assert plain.issue(plain.draft(), text=plain.token("s1")).status_code == 404


def _score(address: str) -> list[dict[str, Any]]:
    return [{"type": ["Result"], "resultDescription": f"{address}#result-1", "value": "70"}]


@pytest.mark.parametrize(
    ("options", "pointer"),
    [
        ({}, "/options/event"),
        ({"event": "№ 1", "credentialId": "x"}, "/options/credentialId"),
        ({"event": "№ 1", "cryptosuite": "ecdsa-rdfc-2019"}, "/options/cryptosuite"),
        ({"event": 5}, "/options/event"),
        ([], "/options"),
    ],
)
def test_options_without_effect_are_refused(shared: Programs, options: Any, pointer: str) -> None:
    answer = shared.call("credentials/issue", {"credential": shared.draft(), "options": options})
    assert (answer.status_code, answer.json()["pointer"]) == (400, pointer)


def test_the_options_of_the_standard_that_change_nothing_are_welcome(plain: Programs) -> None:
    options = {"event": "№ 1", "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}
    assert plain.call("credentials/issue", {"credential": plain.draft(), "options": options}).status_code == 201


def test_the_same_request_again_is_the_same_badge(programs: Programs) -> None:
    first, again = programs.issue(programs.draft()), programs.issue(programs.draft())
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    other = programs.issue(programs.draft(narrative="Иначе."))
    assert (other.status_code, other.json()["code"]) == (409, "award-exists")
    assert awards(programs) == 1


def test_the_same_request_at_once_makes_one_award(programs: Programs) -> None:
    draft, key = programs.draft(), {"Idempotency-Key": "k-1"}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: programs.issue(draft, **key), range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert awards(programs) == 1


def test_a_replay_that_says_more_is_refused_too(plain: Programs) -> None:
    plain.issued()
    answer = plain.issue({**plain.draft(), "name": "Другое"})
    assert (answer.status_code, answer.json()["code"]) == (400, "draft-differs")


def test_an_idempotency_key_belongs_to_one_request_of_one_token(programs: Programs) -> None:
    key = {"Idempotency-Key": "k-1"}
    dated = {**programs.draft(), "validFrom": "2026-11-22T08:00:00Z"}
    first = programs.issue(dated, **key)
    programs.house.clock.move(timedelta(days=3))
    assert programs.issue(dated, **key).json() == first.json()
    other = programs.issue(programs.draft(), "№ 8", **key)
    assert (other.status_code, other.json()["code"]) == (409, "key-reused")
    assert programs.issue(programs.draft(), "№ 8", text=programs.token(), **key).status_code == 201
    assert programs.issue(programs.draft(), **{"Idempotency-Key": "x" * 256}).json()["code"] == "bad-key"


def test_a_worker_finishes_what_a_crash_left(plain: Programs) -> None:
    """The award is entered before the answer; whoever asks again gets the one that was made meanwhile."""
    issuer = plain.house.parts.issuer
    finish, issuer.finish = issuer.finish, lambda *_: (_ for _ in ()).throw(RuntimeError("crash"))  # type: ignore[method-assign]
    assert plain.issue(plain.draft()).status_code == 500
    issuer.finish = finish  # type: ignore[method-assign]
    Worker(plain.house.parts).once()
    assert plain.issue(plain.draft()).status_code == 201
    assert awards(plain) == 1
