"""What makes the site an application of a phone: manifest, icons, worker, and the page for when there is no connection."""

import json
from enum import StrEnum
from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse

from keys.deps import Visiting
from schemas.errors import N_
from service.icons import icon

router = APIRouter(include_in_schema=False)
WORKER = Path(__file__).parent / "look" / "static" / "app-worker.js"
COVER, PAPER = "#0b4449", "#f8f5ec"  # of tokens.css
NAME, ABOUT = N_("Зачётка"), N_("Зачётная книжка с подписанными цифровыми значками.")


class Icon(StrEnum):
    """The icons that there are."""

    SMALL = "192"
    LARGE = "512"
    TOUCH = "touch-180"
    MASKABLE = "maskable-512"

    @property
    def pixels(self) -> int:
        """How wide it is."""
        return int(self.rpartition("-")[2])

    @property
    def filled(self) -> bool:
        """Whether the phone cuts its own shape out of it."""
        return "-" in self


@router.get("/app.webmanifest", openapi_extra={"x-action": "public"}, name="manifest")
def manifest(visit: Visiting) -> Response:
    """What the application is called and looks like (W3C Web Application Manifest), in the visitor's language."""
    visit.require("public")
    said = {
        "id": "/",
        "name": visit.translate(NAME),
        "short_name": visit.translate(NAME),
        "description": visit.translate(ABOUT),
        "lang": visit.language,
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": COVER,
        "background_color": PAPER,
        "icons": [_line(one) for one in (Icon.SMALL, Icon.LARGE, Icon.MASKABLE)],
    }
    return Response(json.dumps(said, ensure_ascii=False), media_type="application/manifest+json")


@router.get("/static/app/icon-{which}.png", openapi_extra={"x-action": "public"}, name="icon")
def icon_file(which: Icon) -> Response:
    """One icon."""
    content = icon(which.pixels, maskable=which.filled)
    return Response(content, media_type="image/png", headers={"Cache-Control": "public, max-age=3600"})


@router.get("/app-worker.js", openapi_extra={"x-action": "public"}, name="worker")
def worker() -> FileResponse:
    """The worker, at the root: it may answer only for what lies below its own address. Browsers ask for it anew each time."""
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return FileResponse(WORKER, media_type="text/javascript", headers=headers)


@router.get("/offline", openapi_extra={"x-action": "public"}, name="offline")
def offline(visit: Visiting) -> Response:
    """What the worker shows when the network does not answer."""
    visit.require("public")
    return visit.page("service/offline.html")


def _line(one: Icon) -> dict[str, str]:
    return {
        "src": f"/static/app/icon-{one}.png",
        "sizes": f"{one.pixels}x{one.pixels}",
        "type": "image/png",
        "purpose": "maskable" if one.filled else "any",
    }
