"""What a verification says: three-valued, check by check, with codes that stay stable and words that the pages choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from verifier.problems import PROBLEMS


class Verdict(StrEnum):
    """The whole answer. There is no fourth value, and "could not be read" is an error, not a verdict."""

    VALID = "valid"
    INVALID = "invalid"
    CANNOT_TELL = "cannot_tell"


class Outcome(StrEnum):
    """The answer of one check."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Check(NamedTuple):
    """One named question and its answer; `code` says why, `params` are safe to show to a stranger.

    A check that is only a remark (`decisive` false) never moves the verdict.
    """

    name: str
    outcome: Outcome
    code: str
    params: Mapping[str, str] = MappingProxyType({})
    decisive: bool = True

    def to_json(self) -> dict[str, Any]:
        """As in reports and in `zachetka verify --json`; `problem` is what a standard calls the reason."""
        return {
            "check": self.name,
            "outcome": str(self.outcome),
            "code": self.code,
            "params": dict(self.params),
            "decisive": self.decisive,
        } | ({"problem": PROBLEMS[self.code]} if self.code in PROBLEMS else {})


def judge(checks: tuple[Check, ...]) -> Verdict:
    """Invalid as soon as one decisive check failed, else cannot tell as soon as one is unknown; no checks is never valid."""
    outcomes = [check.outcome for check in checks if check.decisive]
    if Outcome.FAILED in outcomes:
        return Verdict.INVALID
    if Outcome.UNKNOWN in outcomes or not outcomes:
        return Verdict.CANNOT_TELL
    return Verdict.VALID


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The dated answer about one credential. `digest` is the SHA-256 of the bytes that were judged."""

    checks: tuple[Check, ...]
    at: datetime
    digest: str

    @property
    def verdict(self) -> Verdict:
        """The checks taken together."""
        return judge(self.checks)

    def check(self, name: str) -> Check | None:
        """The check of that name, if it was reached."""
        return next((check for check in self.checks if check.name == name), None)

    def to_json(self) -> dict[str, Any]:
        """The report as data; holds nothing personal."""
        return {
            "verdict": str(self.verdict),
            "at": self.at.isoformat(),
            "digest": self.digest,
            "checks": [check.to_json() for check in self.checks],
        }
