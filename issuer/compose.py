"""From an order to the credential that will be signed: pure, the same input always gives the same document."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from issuer.module import STATEMENT_TYPE
from schemas.achievement import Achievement, ResultDescription
from schemas.award import AwardOrder
from schemas.dates import write_timestamp
from schemas.identity import identifier
from schemas.outcomes import HOURS, RUBRIC

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
TYPES = ("VerifiableCredential", "OpenBadgeCredential")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuerProfile:
    """The organisation as it stands in its credentials; a unit names the organisation whose licence it works under."""

    did: str
    name: str
    url: str
    parent: "IssuerProfile | None" = None

    def document(self) -> dict[str, Any]:
        """The Profile (OB 3.0 App. B)."""
        profile: dict[str, Any] = {"id": self.did, "type": ["Profile"], "name": self.name, "url": self.url}
        if self.parent is not None:
            profile["parentOrg"] = self.parent.document()
        return profile


@dataclass(frozen=True, slots=True)
class StatusPlace:
    """One bit in a published list: the list's address and the bit's index."""

    url: str
    index: int

    def document(self) -> dict[str, Any]:
        """The BitstringStatusListEntry (BSL §2.1); its id is not the address of the list."""
        return {
            "id": f"{self.url}#{self.index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(self.index),
            "statusListCredential": self.url,
        }


def compose(
    achievement: Achievement,
    issuer: IssuerProfile,
    order: AwardOrder,
    *,
    credential_id: str,
    subject_id: str,
    salt: str,
    status: StatusPlace,
    source: Mapping[str, Any] | None = None,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
) -> dict[str, Any]:
    """The unsigned Open Badges 3.0 credential for `order`.

    `achievement` is the published one; `credential_id` and `subject_id` are random `urn:uuid:`, `salt` is random and fresh;
    `source` is the Profile of who assessed on the issuer's behalf. A correction holds from `valid_from`, every other badge from its
    award; `valid_until` ends it. The order must have passed `issuer.orders.faults`.
    """
    shown = _evidence(order)
    term = {} if valid_until is None else {"validUntil": write_timestamp(valid_until)}
    return {
        "@context": list(CONTEXTS),
        "id": credential_id,
        "type": list(TYPES),
        "name": achievement.document["name"],
        "issuer": issuer.document(),
        "validFrom": write_timestamp(valid_from or order.awarded_at),
        **term,
        "awardedDate": write_timestamp(order.awarded_at),
        "credentialSubject": _subject(achievement, order, subject_id, salt, source),
        "credentialStatus": status.document(),
        **({"evidence": [shown]} if shown else {}),
    }


def _evidence(order: AwardOrder) -> dict[str, Any]:
    """What the badge rests on (OB 3.0 App. B, Evidence); empty where the order says nothing of it."""
    if not order.evidence and not order.evidence_url:
        return {}
    place = {"id": order.evidence_url} if order.evidence_url else {}
    words = {"narrative": order.evidence} if order.evidence else {}
    return {**place, "type": ["Evidence"], **words}


def _subject(
    achievement: Achievement, order: AwardOrder, subject_id: str, salt: str, source: Mapping[str, Any] | None
) -> dict[str, Any]:
    subject: dict[str, Any] = {
        "id": subject_id,
        "type": ["AchievementSubject"],
        "identifier": [identifier(order.learner_number, salt)],
        "achievement": achievement.document,
        "result": list(_results(achievement, order)),
    }
    if "creditsAvailable" in achievement.document:
        subject["creditsEarned"] = achievement.document["creditsAvailable"]
    if order.narrative:
        subject["narrative"] = order.narrative
    if source is not None:
        subject["source"] = dict(source)
    return subject


def _results(achievement: Achievement, order: AwardOrder) -> Iterator[dict[str, Any]]:
    for description in achievement.result_descriptions:
        shown = _shown(description, order)
        if shown:
            yield {"type": ["Result"], "resultDescription": description.id, **shown}


def _shown(description: ResultDescription, order: AwardOrder) -> dict[str, str]:
    """What the order says to one description; empty when nothing."""
    if description.kind == HOURS:
        return _value(description.required_value)
    if description.kind == RUBRIC:
        return {"achievedLevel": _level_id(description, order)}
    if description.kind == STATEMENT_TYPE:
        return _value(order.statements.get(statement_key(description)))
    return {"status": "Completed"} if description.kind == "Status" else _value(order.result)


def _value(text: str | None) -> dict[str, str]:
    return {} if text is None else {"value": text}


def statement_key(description: ResultDescription) -> str:
    """The key of a statement, as in `AwardOrder.statements`."""
    return description.id.rpartition("#statement-")[2]


def outcome_code(description: ResultDescription) -> str:
    """The code of the outcome that a rubric describes."""
    return description.alignments[0].code


def required_level(rubric: ResultDescription) -> int:
    """The level 1-3 that a rubric requires, which is the module's."""
    return next(step.level for step in rubric.levels if step.id == rubric.required_level and step.level is not None)


def _level_id(rubric: ResultDescription, order: AwardOrder) -> str:
    level = order.levels.get(outcome_code(rubric), required_level(rubric))
    return next(step.id for step in rubric.levels if step.level == level)
