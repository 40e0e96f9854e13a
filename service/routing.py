"""Finding the door for an address: there are some three hundred, and the framework tries one after the other.

So the doors of a router are tried only where the address begins like one of them: nothing of `/issuer/…` is sought in the wallet.
"""

from fastapi import APIRouter
from fastapi.routing import iter_route_contexts
from starlette.routing import Match
from starlette.types import Scope


class Doors(APIRouter):
    """The routes of a router, behind a look at the first step of the address."""

    def __init__(self, router: APIRouter) -> None:
        super().__init__(routes=router.routes)
        self._first_steps = frozenset(_first_step(found.path or "/") for found in iter_route_contexts(router.routes))
        if any("{" in step for step in self._first_steps):
            raise ValueError(self._first_steps)  # it would have to be tried for every address

    def may_lead_to(self, path: str) -> bool:
        """Whether one of the routes may be at this address."""
        return _first_step(path) in self._first_steps

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As the framework asks each router: whether one of its routes is meant."""
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        return super().matches(scope) if self.may_lead_to(path) else (Match.NONE, {})


def _first_step(path: str) -> str:
    return path.split("/", 2)[1] if path.startswith("/") else ""
