"""A badge as one signed text, asked of the organisation that awarded it; how that is reached is the service's affair."""

from datetime import datetime
from typing import Annotated, Protocol, cast

from fastapi import Depends, Request
from sqlmodel import Session

from keys.jose import VC_JWT

MEDIA_TYPE = VC_JWT.media_type


class SignedText(Protocol):
    """The text, and who has signed it."""

    @property
    def organisation(self) -> str:
        """The code of the organisation."""
        ...

    @property
    def text(self) -> str:
        """The badge word for word, as a JWT."""
        ...


class SignText(Protocol):
    """The way to organisations of this installation."""

    def __call__(self, session: Session, badge: bytes, now: datetime) -> SignedText:
        """The badge as a text. Raises `NotFound` where nobody here awarded it so, or it was revoked."""
        ...


async def texts(request: Request) -> SignText:
    """FastAPI dependency: as the service has built it."""
    return cast("SignText", request.app.state.sign_text)


Texting = Annotated[SignText, Depends(texts)]
