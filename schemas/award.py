"""The order for one award, in words that an issuer and a home school share without knowing each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What the description of a badge says of a plan: outcomes as code, name and address, academic hours, level 1-3."""

    outcomes: frozenset[tuple[str, str, str]]
    hours: int | None
    level: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardOrder:
    """What shall be awarded, to whom, with which result.

    `achievement` is the code of a published achievement of `organisation`. `learner_number` is the learner's 128-bit network
    number. `result` is the overall value in the achievement's own scale ("87", "5"), None where the scale is pass / fail.
    `levels` gives the level 1-3 shown for an assessed outcome by its code; outcomes left out get the module's level.
    `statements` fills further result descriptions by their key (a recognition's original result, say).
    `evidence` says what the learner has made, `evidence_url` is the https address at which it lies behind a sign-in.
    `allowed` says that the learner, who is of age, wants personal particulars to stand in the badge.
    `plan` says what the badge itself must say, where an earlier edition of it may be the right one: the credit of a plan that has
    changed since. None for the edition in use.
    `event` names the occasion; the same organisation, achievement, learner and event never lead to a second award.
    """

    organisation: str
    achievement: str
    learner_number: str
    event: str
    awarded_at: datetime
    result: str | None = None
    levels: Mapping[str, int] = field(default_factory=dict)
    statements: Mapping[str, str] = field(default_factory=dict)
    narrative: str = ""
    evidence: str = ""
    evidence_url: str = ""
    allowed: bool = False
    plan: Claims | None = None
