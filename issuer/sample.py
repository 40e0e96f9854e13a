"""A badge as it will look, before anybody has earned it: every result at its best, every outcome at the level required."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from issuer.compose import IssuerProfile, StatusPlace, compose, statement_key
from issuer.module import STATEMENT_TYPE
from issuer.orders import overall
from schemas.achievement import Achievement
from schemas.award import AwardOrder
from schemas.identity import number_from

_NOBODY = number_from(bytes(16))
_CREDENTIAL = "urn:uuid:00000000-0000-4000-8000-000000000000"
_SUBJECT = "urn:uuid:00000000-0000-4000-8000-000000000001"
_TO_FILL_IN = "…"


def sample(
    achievement: Achievement, issuer: IssuerProfile, now: datetime, source: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The unsigned badge; never signed, its learner is nobody."""
    scale = overall(achievement)
    order = AwardOrder(
        organisation=issuer.did,
        achievement=str(achievement.document.get("humanCode", "")),
        learner_number=_NOBODY,
        event=_TO_FILL_IN,
        awarded_at=now,
        result=None if scale is None else scale.value_max,
        statements={
            statement_key(found): _TO_FILL_IN
            for found in achievement.result_descriptions
            if found.kind == STATEMENT_TYPE
        },
    )
    place = StatusPlace(f"{issuer.url}/status/0", 0)
    return compose(
        achievement,
        issuer,
        order,
        credential_id=_CREDENTIAL,
        subject_id=_SUBJECT,
        salt="0" * 32,
        status=place,
        source=source,
    )
