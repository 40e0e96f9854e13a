"""What the routes of this package receive besides the visit."""

from typing import Annotated, cast

from fastapi import Depends, Request

from issuer.batches.work import Batches
from issuer.issue import Issuer
from issuer.offers import Offers
from issuer.vouching import Judge


async def issuer(request: Request) -> Issuer:
    """The issuer of this installation."""
    return cast("Issuer", request.app.state.issuer)


def batches(request: Request) -> Batches:
    """The lists of this installation."""
    return cast("Batches", request.app.state.batches)


def offers(request: Request) -> Offers:
    """The codes of this installation."""
    return cast("Offers", request.app.state.offers)


def judge(request: Request) -> Judge:
    """What judges endorsements from elsewhere."""
    return cast("Judge", request.app.state.judge_endorsement)


Judging = Annotated[Judge, Depends(judge)]
Listing = Annotated[Batches, Depends(batches)]
Offering = Annotated[Offers, Depends(offers)]
Issuing = Annotated[Issuer, Depends(issuer)]
