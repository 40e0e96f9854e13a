"""What a stranger may read of a credential whose signature holds (DOMAIN §4, "May be public"); never a word about its holder."""

from dataclasses import dataclass
from datetime import datetime

from schemas.achievement import Achievement
from schemas.credential import Credential
from schemas.emblem import emblem_svg
from schemas.outcomes import OutcomeShown, hours, shown
from schemas.refusals import Refused
from schemas.trust_list import TrustList

_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The public facts. `organisation` is the network's name for the issuer, "" where it knows none; `claimed_by` its own."""

    achievement: Achievement
    title: str
    organisation: str
    claimed_by: str
    awarded_at: datetime | None
    hours: int | None
    outcomes: tuple[OutcomeShown, ...]

    @property
    def emblem(self) -> str:
        """The achievement's picture as an SVG element drawn by us."""
        return emblem_svg(self.achievement, self.organisation or self.claimed_by)


def facts(credential: Credential, network: TrustList | None) -> Shown | None:
    """The public facts of a badge; None where it cannot be read as one, its holder's identifiers included."""
    member = network.members.get(credential.issuer_id) if network else None
    try:
        _ = credential.identifiers, credential.subject_id, credential.evidence
        return Shown(
            achievement=credential.achievement,
            title=credential.achievement.name[:_LONGEST],
            organisation=member.name if member else "",
            claimed_by=(credential.issuer_name or credential.issuer_id)[:_LONGEST],
            awarded_at=credential.awarded_at,
            hours=hours(credential),
            outcomes=tuple(shown(credential)),
        )
    except Refused:
        return None
