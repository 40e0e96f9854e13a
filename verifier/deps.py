"""What a route of this package receives besides its visit."""

from collections.abc import Callable
from typing import Annotated, cast

from fastapi import Depends, Request

from verifier.verify import Verifier


async def verifier(request: Request) -> Verifier:
    """The verifier of this installation."""
    return cast("Verifier", request.app.state.verifier)


Verifying = Annotated[Verifier, Depends(verifier)]


async def site(request: Request) -> str:
    """The public address of this installation, as its records of checks name it."""
    return cast("str", request.app.state.site)


Site = Annotated[str, Depends(site)]


async def drawing(request: Request) -> Callable[[str], str]:
    """Draws the code of an address of ours as SVG."""
    return cast("Callable[[str], str]", request.app.state.draw_code)


Drawing = Annotated[Callable[[str], str], Depends(drawing)]


async def body(request: Request) -> bytes:
    """The request's bytes as they came: a credential is judged as it was sent, not as a framework read it."""
    return await request.body()


Body = Annotated[bytes, Depends(body)]
