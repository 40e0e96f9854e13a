"""What the JSON doors take and give."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from issuer.acts import REASON_LIMIT
from issuer.orders import EVENT_LIMIT
from issuer.tables import Award
from schemas.award import AwardOrder
from schemas.reading import read_json

_Short = Annotated[str, Field(max_length=100)]


class AwardRequest(BaseModel):
    """One award to one learner; made as soon as it is asked for."""

    model_config = ConfigDict(extra="forbid")

    organisation: _Short
    achievement: _Short
    learner_number: _Short
    event: Annotated[str, Field(max_length=EVENT_LIMIT)]
    result: _Short | None = None
    levels: dict[_Short, int] = {}
    statements: dict[_Short, Annotated[str, Field(max_length=1000)]] = {}
    narrative: Annotated[str, Field(max_length=2000)] = ""
    evidence: Annotated[str, Field(max_length=1000)] = ""
    evidence_url: Annotated[str, Field(max_length=1000)] = ""

    def order(self, awarded_at: datetime) -> AwardOrder:
        """The order it stands for."""
        return AwardOrder(**self.model_dump(), awarded_at=awarded_at)


class ClaimRequest(BaseModel):
    """For whom an award is fetched: the id of a learner, the visitor's own or a ward's."""

    model_config = ConfigDict(extra="forbid")

    learner: _Short


class OfferAnswer(BaseModel):
    """The code by which an award is fetched, and where."""

    code: str
    address: str


class ReasonRequest(BaseModel):
    """Why a badge is suspended, put into force again or revoked; told to its holder, never published."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(max_length=REASON_LIMIT)]


class CorrectionRequest(BaseModel):
    """A corrected badge: what it shall say, the paper that orders it, the reason that is told to the holder."""

    model_config = ConfigDict(extra="forbid")

    organisation: _Short
    event: Annotated[str, Field(max_length=EVENT_LIMIT)]
    reason: Annotated[str, Field(max_length=REASON_LIMIT)]
    result: _Short | None = None
    levels: dict[_Short, int] = {}
    statements: dict[_Short, Annotated[str, Field(max_length=1000)]] = {}
    narrative: Annotated[str, Field(max_length=2000)] = ""
    evidence: Annotated[str, Field(max_length=1000)] = ""
    evidence_url: Annotated[str, Field(max_length=1000)] = ""

    def order(self, now: datetime) -> AwardOrder:
        """The order it stands for; whatever cannot be corrected is taken from the award."""
        said = self.model_dump(exclude={"reason"})
        return AwardOrder(achievement="", learner_number="", awarded_at=now, **said)


class AwardAnswer(BaseModel):
    """Where an award stands; `credential` is the signed badge as soon as there is one."""

    id: str
    organisation: str
    achievement: str
    event: str
    state: str
    awarded_at: datetime
    suspended_at: datetime | None
    revoked_at: datetime | None
    replaces: str | None
    content_hash: str
    credential: dict[str, Any] | None

    @classmethod
    def of(cls, award: Award) -> "AwardAnswer":
        """The answer about `award`."""
        return cls(
            id=award.id,
            organisation=award.organisation,
            achievement=award.achievement,
            event=award.event,
            state=str(award.state),
            awarded_at=award.awarded_at,
            suspended_at=award.suspended_at,
            revoked_at=award.revoked_at,
            replaces=award.replaces,
            content_hash=award.content_hash,
            credential=None if award.stored is None else read_json(award.stored),
        )
