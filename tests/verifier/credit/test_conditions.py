"""G1–G7 on real reports of the verifier, and what follows from their answers."""

from datetime import timedelta
from typing import Any

import pytest

from schemas.achievement import Achievement
from tests.campus import LEARNER, TODAY, Campus, House, changed
from verifier.credit import conditions, reports
from verifier.credit.conditions import Finding, conditions_of
from verifier.credit.facts import CONDITIONS, Answer

OTHER = "AAAAAAAAAAAAAAAAAAAAAAAAAA"


def findings(campus: Campus, badge: bytes, *, number: str = LEARNER, used: bool = False) -> dict[str, Finding]:
    found = campus.verify(badge)
    credential = found.credential.credential if found.credential else None
    return conditions_of(found.report, credential, number=number, used=used, now=campus.now)


def answers(found: dict[str, Finding]) -> str:
    return "".join(
        {"passed": "+", "failed": "-", "unknown": "?", "seen": "s"}[found[name].answer] for name in CONDITIONS
    )


def test_a_good_badge_counts(campus: Campus, ugu: House) -> None:
    found = findings(campus, ugu.award())
    assert answers(found) == "+++++++"
    assert conditions.counts(found)
    assert not conditions.is_incurable(found)


def test_a_changed_badge_is_forged_for_good(campus: Campus, ugu: House) -> None:
    forged = changed(ugu.award(), lambda one: one["credentialSubject"]["result"][0].update(value="97"))
    found = findings(campus, forged)
    assert answers(found) == "-????+?"
    assert conditions.is_incurable(found)


def test_a_revoked_badge_cannot_be_cured_and_a_suspended_one_can(campus: Campus, ugu: House) -> None:
    revoked, suspended = ugu.award(), ugu.award(statuses=("suspension",))
    ugu.revoke(revoked)
    ugu.suspend(suspended)
    assert answers(findings(campus, revoked)) == answers(findings(campus, suspended)) == "++-++++"
    assert conditions.is_incurable(findings(campus, revoked))
    assert not conditions.is_incurable(findings(campus, suspended))


def test_what_cannot_be_told_is_neither_counted_nor_refused(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    campus.gone.add(ugu.url("status/revocation"))
    found = findings(campus, badge)
    assert answers(found) == "++?++++"
    assert conditions.is_unclear(found)
    assert not conditions.counts(found)
    assert not conditions.is_incurable(found)


def test_without_the_network_s_list_nobody_vouches_for_the_issuer(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    campus.gone.add(campus.trust_url)
    assert answers(findings(campus, badge)) == "+?+++++"


def test_an_issuer_without_a_licence(campus: Campus) -> None:
    employer = campus.join("sen", name="Предприятие")
    found = findings(campus, employer.award())
    assert (found["G2"].answer, found["G2"].code) == (Answer.FAILED, "unlicensed")
    assert conditions.is_incurable(found)


def test_a_badge_from_before_its_issuer_left_still_counts(campus: Campus, ugu: House) -> None:
    badge = ugu.award()
    campus.now += timedelta(days=30)
    ugu.leave(campus.now)
    campus.now += timedelta(days=30)
    assert conditions.counts(findings(campus, badge))


def test_an_expired_badge_is_a_past_result_and_still_counts(campus: Campus, ugu: House) -> None:
    badge = ugu.award(validUntil="2026-12-01T00:00:00Z")
    campus.now += timedelta(days=30)
    assert campus.verify(badge).verdict == "invalid"
    assert conditions.counts(findings(campus, badge))


def test_somebody_else_s_and_used_and_future_badges(campus: Campus, ugu: House) -> None:
    assert answers(findings(campus, ugu.award(), number=OTHER)) == "+++-+++"
    assert answers(findings(campus, ugu.award(), used=True)) == "+++++-+"
    future = findings(campus, ugu.award(awarded_at=TODAY + timedelta(minutes=4)))
    assert future["G7"].answer is Answer.FAILED
    assert not conditions.is_incurable(future)


@pytest.mark.parametrize(
    ("document", "final"),
    [
        ({"name": "Результат ЕГЭ по математике"}, True),
        ({"name": "Государственная итоговая аттестация"}, True),
        ({"name": "Подготовка к ЕГЭ по математике"}, False),
        ({"name": "Проект", "tag": ["ГИА"]}, True),
        ({"name": "Экзамен", "achievementType": conditions.STATE_FINAL_KIND}, True),
        ({"name": "Магистральные сети"}, False),
        ({"name": "Егэрмейстер"}, False),
    ],
)
def test_state_final_attestation_is_recognised(document: dict[str, Any], *, final: bool) -> None:
    assert conditions.is_state_final(Achievement({"id": "x", **document})) is final


def test_what_the_issuer_gave_not_for_credit(campus: Campus, ugu: House) -> None:
    draft = ugu.draft()
    draft["credentialSubject"]["achievement"]["tag"] = [conditions.NOT_FOR_CREDIT]
    signed = ugu.sign(draft)
    ugu.deposit(signed)
    found = campus.verify(signed)
    assert found.credential is not None
    judged = conditions_of(found.report, found.credential.credential, number=LEARNER, used=False, now=campus.now)
    assert (judged["G5"].answer, judged["G5"].code) == (Answer.FAILED, "not-for-credit")


def test_a_proof_that_a_person_saw_settles_what_is_unknown_and_nothing_that_failed() -> None:
    unclear = {**conditions.paper_conditions(), "G3": Finding(Answer.FAILED, "revoked")}
    settled = conditions.with_proof_seen(unclear)
    assert answers(settled) == "ss-ssss"
    assert answers(conditions.with_proof_seen(conditions.paper_conditions())) == "sssssss"
    assert conditions.is_unclear(conditions.paper_conditions())
    assert not conditions.is_unclear(unclear)


def test_the_guards_look_at_the_best_credential() -> None:
    good = dict.fromkeys(CONDITIONS, Finding(Answer.PASSED, ""))
    bad = {**good, "G3": Finding(Answer.FAILED, "revoked")}
    unclear = {**good, "G3": Finding(Answer.UNKNOWN, "status-unreachable")}
    assert conditions.best([bad, unclear])["G3"] is Answer.UNKNOWN
    assert conditions.best([bad, unclear, good])["G3"] is Answer.PASSED
    assert conditions.best([]) == {}


def test_findings_and_reports_come_back_from_the_database(campus: Campus, ugu: House) -> None:
    found = findings(campus, ugu.award())
    assert conditions.from_json({name: one.to_json() for name, one in found.items()}) == found
    report = campus.verify(ugu.award()).report
    kept = reports.from_json(reports.to_json(report))
    assert kept == report
    assert kept.verdict is report.verdict
