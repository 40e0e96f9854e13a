"""A home school's attestation: it has seen what a learner says of themselves and confirms it; no award of the organiser."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from schemas.credential import Credential

KIND: Final = "ext:Attestation"
CODE: Final = "attestation"
"""The code of the achievement at every school."""
UNSAID: Final = "не указано"


class Fact(StrEnum):
    """The keys of what an attestation states."""

    WHAT = "what"
    ORGANISER = "organiser"
    MONTH = "month"
    SCALE = "scale"
    RESULT = "result"
    SECTION = "section"
    SEEN = "seen"
    BY = "by"
    REFERENCE = "reference"


FACTS: Final[Mapping[Fact, str]] = {
    Fact.WHAT: "Что подтверждено",
    Fact.ORGANISER: "Кто проводил",
    Fact.MONTH: "Когда",
    Fact.SCALE: "Масштаб",
    Fact.RESULT: "Результат",
    Fact.SECTION: "Раздел портфолио",
    Fact.SEEN: "Что видели",
    Fact.BY: "Кто в школе подтвердил",
    Fact.REFERENCE: "Случайный номер исходной записи",
}


def stated(credential: Credential) -> dict[Fact, str]:
    """What an attestation states; nothing for a badge of another kind."""
    achievement = credential.achievement
    if achievement.kind != KIND:
        return {}
    values = {result.description_id: result.value for result in credential.results}
    return {fact: found for fact in Fact if (found := values.get(f"{achievement.id}#statement-{fact}"))}
