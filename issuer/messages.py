"""What the JSON doors take and give."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from issuer.orders import EVENT_LIMIT
from issuer.status import REASON_LIMIT
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

    def order(self, awarded_at: datetime) -> AwardOrder:
        """The order it stands for."""
        return AwardOrder(**self.model_dump(), awarded_at=awarded_at)


class ClaimRequest(BaseModel):
    """For whom an award is fetched: the id of a learner, the visitor's own or a ward's."""

    model_config = ConfigDict(extra="forbid")

    learner: _Short


class RevocationRequest(BaseModel):
    """Why a badge is revoked; kept in the organisation's register, never published."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(max_length=REASON_LIMIT)]


class AwardAnswer(BaseModel):
    """Where an award stands; `credential` is the signed badge as soon as there is one."""

    id: str
    organisation: str
    achievement: str
    event: str
    state: str
    awarded_at: datetime
    revoked_at: datetime | None
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
            revoked_at=award.revoked_at,
            content_hash=award.content_hash,
            credential=None if award.stored is None else read_json(award.stored),
        )
