"""G1–G7: whether one credential may be credited to one learner, from the verifier's report and the credential itself. Pure.

The report answers whether a badge is authentic and in force; this answers whether it fits the school's need (DOMAIN §2.5).
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schemas.achievement import Achievement
from schemas.credential import Credential
from schemas.identity import matches
from verifier.credit.facts import CONDITIONS, Answer
from verifier.verdict import Outcome, Report

STATE_FINAL_KIND = "ext:StateFinalAttestation"
NOT_FOR_CREDIT = "не для зачёта результатов"  # the tag by which an issuer says so
_STATE_FINAL = re.compile(r"\b(ГИА|ЕГЭ|ОГЭ|ГВЭ)\b|государственн\w+ итогов\w+ аттестаци", re.IGNORECASE)
_PREPARING = re.compile(r"подготовк|готовимся", re.IGNORECASE)
_PROOF_CHECKS = ("format", "proof", "key", "schema")
_ISSUER_CHECKS = ("membership", "licence")
_TEMPORARY = frozenset({"suspended", "award-later"})


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one condition; `code` says why, in the verifier's words or in those of `wording`."""

    answer: Answer
    code: str

    def to_json(self) -> dict[str, str]:
        """As kept in the database."""
        return {"answer": str(self.answer), "code": self.code}


PASSED = Finding(Answer.PASSED, "")
NOT_REACHED = Finding(Answer.UNKNOWN, "not-reached")


def conditions_of(
    report: Report, credential: Credential | None, *, number: str, used: bool, now: datetime
) -> dict[str, Finding]:
    """The answers for one credential. `credential` is the verified document, None where its signature does not hold.

    `number` is the learner's network number, `used` whether the credential was credited for this component before.
    """
    return {
        "G1": _worst(report, _PROOF_CHECKS),
        "G2": _worst(report, _ISSUER_CHECKS),
        "G3": _worst(report, ("status",)),
        "G4": _said(credential, lambda one: matches(one, number), "learner-other"),
        "G5": _creditable(credential, in_part=report.check("whole") is not None),
        "G6": Finding(Answer.FAILED, "credited-before") if used else PASSED,
        "G7": _awarded(credential, now),
    }


def paper_conditions() -> dict[str, Finding]:
    """A paper document: nothing a machine could tell, until a person has seen it."""
    return dict.fromkeys(CONDITIONS, Finding(Answer.UNKNOWN, "paper"))


def with_proof_seen(findings: Mapping[str, Finding]) -> dict[str, Finding]:
    """The same, where a person has seen a proof: what was unknown is settled, what failed stays failed."""
    return {
        name: Finding(Answer.SEEN, found.code) if found.answer is Answer.UNKNOWN else found
        for name, found in findings.items()
    }


def counts(findings: Mapping[str, Finding]) -> bool:
    """Whether the credential may be compared: every condition passed or was settled."""
    return all(findings[name].answer in {Answer.PASSED, Answer.SEEN} for name in CONDITIONS)


def is_incurable(findings: Mapping[str, Finding]) -> bool:
    """Whether a condition failed for a reason that neither time nor a letter to the issuer mends."""
    return any(found.answer is Answer.FAILED and found.code not in _TEMPORARY for found in findings.values())


def is_unclear(findings: Mapping[str, Finding]) -> bool:
    """Whether something could not be told and nothing failed."""
    answers = {found.answer for found in findings.values()}
    return Answer.UNKNOWN in answers and Answer.FAILED not in answers


def best(all_findings: Collection[Mapping[str, Finding]]) -> dict[str, Answer]:
    """The answers of the credential that comes nearest to counting: what the guards of the check look at."""

    def distance(findings: Mapping[str, Finding]) -> tuple[int, int]:
        answers = [found.answer for found in findings.values()]
        return answers.count(Answer.FAILED), answers.count(Answer.UNKNOWN)

    nearest = min(all_findings, key=distance, default={})
    return {name: found.answer for name, found in nearest.items()}


def from_json(kept: Mapping[str, Any]) -> dict[str, Finding]:
    """Read what `Finding.to_json` wrote."""
    return {name: Finding(Answer(one["answer"]), one["code"]) for name, one in kept.items()}


def is_state_final(achievement: Achievement) -> bool:
    """Whether an achievement is state final attestation (R7); a course that prepares for it is not."""
    if achievement.kind == STATE_FINAL_KIND:
        return True
    return names_state_final(" ".join((achievement.name, *achievement.tags)))


def names_state_final(words: str) -> bool:
    """Whether a title speaks of state final attestation itself."""
    return bool(_STATE_FINAL.search(words)) and not _PREPARING.search(words)


def _worst(report: Report, names: tuple[str, ...]) -> Finding:
    """Failed before unknown before passed; a check that was not reached is unknown."""
    checks = [check for check in report.checks if check.name in names]
    for outcome, answer in ((Outcome.FAILED, Answer.FAILED), (Outcome.UNKNOWN, Answer.UNKNOWN)):
        bad = next((check for check in checks if check.outcome is outcome), None)
        if bad is not None:
            return Finding(answer, bad.code)
    return PASSED if {check.name for check in checks} == set(names) else NOT_REACHED


def _said(credential: Credential | None, holds: Callable[[Credential], bool], code: str) -> Finding:
    if credential is None:
        return NOT_REACHED
    return PASSED if holds(credential) else Finding(Answer.FAILED, code)


def _creditable(credential: Credential | None, *, in_part: bool) -> Finding:
    """Of a badge shown in part nobody can tell: the words "not for credit" may be what was left out."""
    if credential is None:
        return NOT_REACHED
    if is_state_final(credential.achievement):
        return Finding(Answer.FAILED, "state-final")
    if NOT_FOR_CREDIT in credential.achievement.tags:
        return Finding(Answer.FAILED, "not-for-credit")
    return Finding(Answer.UNKNOWN, "shown-in-part") if in_part else PASSED


def _awarded(credential: Credential | None, now: datetime) -> Finding:
    if credential is None:
        return NOT_REACHED
    if credential.awarded_at is None:
        return Finding(Answer.UNKNOWN, "award-undated")
    return PASSED if credential.awarded_at <= now else Finding(Answer.FAILED, "award-later")
