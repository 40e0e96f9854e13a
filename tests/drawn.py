"""The house's templates and catalogues, read and compiled once for all tests."""

from functools import cache
from zoneinfo import ZoneInfo

from service.catalogues import read_catalogues
from service.rendering import Rendering
from verifier.wording import TEMPLATE_GLOBALS

ZONE = ZoneInfo("Europe/Moscow")


@cache
def rendering(public_url: str, zone: ZoneInfo = ZONE) -> Rendering:
    """What every application at that address draws with."""
    return Rendering(read_catalogues(), zone=zone, public_url=public_url, names=TEMPLATE_GLOBALS)
