"""What the routes of this package receive besides the visit."""

from typing import Annotated, cast

from fastapi import Depends, Request

from issuer.issue import Issuer


async def issuer(request: Request) -> Issuer:
    """The issuer of this installation."""
    return cast("Issuer", request.app.state.issuer)


Issuing = Annotated[Issuer, Depends(issuer)]
