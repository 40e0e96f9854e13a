"""What a route of the wallet receives besides its visit: the wallet of this installation, and what a reader of a link brings."""

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from wallet_web.wallet import Wallet

PASS = "zachetka-pass"  # noqa: S105 - the name of a cookie


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever holds a link: the address they come from, and the pass that they were given for the PIN, "" without one."""

    address: str
    passed: str = ""


async def wallet(request: Request) -> Wallet:
    """FastAPI dependency: the wallet that the service has built."""
    return cast("Wallet", request.app.state.wallet)


async def reader(request: Request) -> Reader:
    """FastAPI dependency: who reads."""
    return Reader(request.client.host if request.client else "", request.cookies.get(PASS, ""))


Holding = Annotated[Wallet, Depends(wallet)]
Reading = Annotated[Reader, Depends(reader)]
