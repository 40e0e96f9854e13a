"""The lines of a case page: plain values, in the reader's words, that templates draw."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Where:
    """The three answers of a case page."""

    now: str
    next: str
    by: date | None
    rule: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRow:
    """One line of the comparison for `look.comparison`."""

    code: str
    name: str
    required: str
    mark: str
    optional: bool
    shown: str
    evidence: str
    evidence_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """One credential or paper of the case. `verdict` is "" where there is no report."""

    href: str
    title: str
    organisation: str
    verdict: str
    note: str
    hours: int | None
    result: str


@dataclass(frozen=True, slots=True)
class Line:
    """One check of one credential, for `look.checks`."""

    outcome: str
    sentence: str
    next: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way, for `look.steps`."""

    title: str
    state: str
    when: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history, for `look.timeline`."""

    at: datetime
    title: str
    who: str
    text: str
    href: str
