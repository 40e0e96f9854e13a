"""What else a badge says, for whoever holds its file: Open Badges 3.0 in all its classes, without a word that names its owner.

Of works and results only the number is told here, of identities only their kind: the file itself has the rest.
"""

from dataclasses import dataclass

from schemas import fields
from schemas.credential import Credential
from schemas.refusals import Refused

_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Owner:
    """How the owner is named: the kind of the identity, and whether it is hidden behind a hash."""

    kind: str
    is_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """The rest of a badge. `credits` as written, `creator` and `source` are the names that profiles give themselves."""

    kind: str
    criteria: str
    description: str
    creator: str
    source: str
    credits: str
    tags: tuple[str, ...]
    alignments: int
    results: int
    evidence: int
    owners: tuple[Owner, ...]


def details(credential: Credential) -> Details | None:
    """The rest of a badge; None where a part of it breaks its rules."""
    try:
        return _details(credential)
    except Refused:
        return None


def _details(credential: Credential) -> Details:
    achievement, subject = credential.achievement, credential.subject
    credits_ = subject.get("creditsEarned", achievement.document.get("creditsAvailable"))
    return Details(
        kind=achievement.kind[:_LONGEST],
        criteria=achievement.criteria[:_LONGEST],
        description=achievement.description[:_LONGEST],
        creator=_profile_name(achievement.document.get("creator")),
        source=_profile_name(subject.get("source")),
        credits=str(credits_) if isinstance(credits_, int | float) else "",
        tags=tuple(achievement.tags[:20]),
        alignments=len(achievement.alignments),
        results=len(credential.results),
        evidence=len(credential.evidence),
        owners=tuple(
            Owner(fields.optional(found, "identityType") or "", found.get("hashed") is True)
            for found in credential.identifiers
        ),
    )


def _profile_name(profile: object) -> str:
    """The name of a Profile, "" where it is only an address."""
    return fields.text(profile, "name")[:_LONGEST] if isinstance(profile, dict) else ""
