"""What an installation opens under `/vc-api` besides its rooms."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fastapi import APIRouter, FastAPI

from service.parts import Parts
from service.settings import Part
from service.vc_api import pages, routes

_DOORS: dict[Part, APIRouter] = {"issuer": routes.issues, "verifier": routes.judges}


def _nothing(_app: FastAPI, _parts: Parts) -> None:
    """The doors of organisations need nothing that the rooms have not."""


@dataclass(frozen=True, slots=True)
class Annexe:
    """Routers, and what furnishes them in an application before anybody comes."""

    routers: tuple[APIRouter, ...]
    furnish: Callable[[FastAPI, Parts], None] = _nothing


def programs(parts: Iterable[Part]) -> tuple[APIRouter, ...]:
    """The doors of organisations as far as the installation plays their parts, and the page on which tokens are made."""
    return (*(_DOORS[part] for part in parts if part in _DOORS), pages.router)
