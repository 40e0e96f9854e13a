"""A family asks the organisation that awarded a badge to correct it; how that gets there is the service's affair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Protocol, cast

from fastapi import Depends, Request
from sqlmodel import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as the family sees it; without an answer it still waits."""

    at: datetime
    text: str
    answered_at: datetime | None
    answer: str


class Corrections(Protocol):
    """The way to organisations of this installation."""

    def ask(self, session: Session, credential: bytes, person: str, text: str, now: datetime) -> str:
        """Ask for a correction; the request's id. Raises `BadInput`, `Conflict`, and `NotFound` where nobody here awarded it."""
        ...

    def asked(self, session: Session, credential: bytes) -> Sequence[Asked] | None:
        """What was asked about a badge, the newest first; None where nobody here awarded it."""
        ...


def corrections(request: Request) -> Corrections:
    """FastAPI dependency: as the service has built it."""
    return cast("Corrections", request.app.state.corrections)


Correcting = Annotated[Corrections, Depends(corrections)]
