"""The pictures that organisations have chosen for their achievements, where they are published here: pages ask no other site."""

from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlsplit

from schemas.achievement import Achievement
from schemas.baking import BrokenImage, NothingBaked, unbake_png
from schemas.refusals import Refused
from verifier.shown import Shown

BYTES: Final = 2 * 1024 * 1024
_ENDING, _PLACE = ".png", "/achievements/"
_DRAWN: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 160">'
    '<image width="160" height="160" href="data:image/png;base64,{png}"/></svg>'
)


class Publishing(Protocol):
    """Where public documents lie (`keys.shelf.Shelf`)."""

    def get(self, path: str) -> bytes | None:
        """The document, or None."""
        ...


@dataclass(frozen=True, slots=True)
class Picture:
    """An organisation's own picture: the path at which it is published here, and its PNG; both empty where there is none."""

    path: str = ""
    png: bytes = b""

    @property
    def svg(self) -> str:
        """The picture as a drawing with the PNG inside, for papers; empty where there is none."""
        return _DRAWN.format(png=b64encode(self.png).decode()) if self.png else ""


NO_PICTURE: Final = Picture()


@dataclass(frozen=True, slots=True)
class Pictures:
    """Finds them on the shelf of this installation; nothing is ever fetched for a page, and no page asks another site."""

    shelf: Publishing

    def of(self, shown: Shown | None) -> Picture:
        """A badge's picture; none for a stranger's, for a drawing, for a broken file, and where it is published elsewhere."""
        path = _own(shown.achievement) if shown is not None and shown.organisation else ""
        png = self.shelf.get(path.removeprefix("/")) if path else None
        return Picture(path, png) if png is not None and _is_plain(png) else NO_PICTURE


def _own(achievement: Achievement) -> str:
    """The path of a picture that lies beside its achievement, as our issuers publish them."""
    with suppress(Refused):
        path = urlsplit(achievement.id).path + _ENDING
        if _PLACE in path and achievement.image == f"{achievement.id}{_ENDING}":
            return path
    return ""


def _is_plain(png: bytes) -> bool:
    """Whether this is a whole PNG that carries no badge yet, and none too large."""
    if len(png) > BYTES:
        return False
    try:
        unbake_png(png)
    except NothingBaked:
        return True
    except BrokenImage:
        return False
    return False
