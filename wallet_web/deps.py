"""What a route of the wallet receives besides its visit: the wallet of this installation."""

from typing import Annotated, cast

from fastapi import Depends, Request

from wallet_web.wallet import Wallet


async def wallet(request: Request) -> Wallet:
    """FastAPI dependency: the wallet that the service has built."""
    return cast("Wallet", request.app.state.wallet)


Holding = Annotated[Wallet, Depends(wallet)]
