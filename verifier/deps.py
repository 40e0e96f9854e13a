"""What a route of this package receives besides its visit."""

from typing import Annotated, cast

from fastapi import Depends, Request

from verifier.verify import Verifier


async def verifier(request: Request) -> Verifier:
    """The verifier of this installation."""
    return cast("Verifier", request.app.state.verifier)


Verifying = Annotated[Verifier, Depends(verifier)]


async def body(request: Request) -> bytes:
    """The request's bytes as they came: a credential is judged as it was sent, not as a framework read it."""
    return await request.body()


Body = Annotated[bytes, Depends(body)]
