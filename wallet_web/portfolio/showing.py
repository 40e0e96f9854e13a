"""Records and composed pages as templates take them, and files as they leave: the same for the family, a teacher and a stranger."""

from typing import Any

from fastapi.responses import Response

from keys.deps import Visit
from keys.routes import NOTHING_RUNS
from wallet_web.portfolio import wording
from wallet_web.portfolio.files import download_name
from wallet_web.portfolio.reading import Read, Shown
from wallet_web.portfolio.sections import NAMES
from wallet_web.portfolio.tables import Declared, DeclaredFile, DeclaredWords, Kind


def given_out(file: DeclaredFile) -> Response:
    """A file as it leaves: pictures, which we have drawn ourselves, may be shown; a PDF is only saved. Neither acts in our name."""
    way = "inline" if file.media_type.startswith("image/") else "attachment"
    name = {"Content-Disposition": f'{way}; filename="{download_name(file.digest, file.media_type)}"'}
    return Response(bytes(file.content), media_type=file.media_type, headers={**name, **NOTHING_RUNS})


def line(visit: Visit, one: Declared, said: DeclaredWords) -> dict[str, Any]:
    """A record as lists show it."""
    return {
        "id": one.id,
        "state": one.state,
        "kind": visit.translate(wording.KINDS[one.kind]),
        "work": one.kind is Kind.WORK,
        "where": visit.translate(wording.STATES[one.state]),
        "section": visit.translate(NAMES[one.section]),
        "asked_at": one.asked_at,
        "imported": one.imported,
        **shown(visit, said),
    }


def shown(visit: Visit, said: DeclaredWords) -> dict[str, Any]:
    """The words of a version as pages show them."""
    return {
        "number": said.number,
        "title": said.title,
        "organiser": said.organiser,
        "held_on": said.held_on,
        "scale": visit.translate(wording.SCALES[said.scale]) if said.scale else "",
        "result": said.result,
        "story": said.story,
        "staff": said.staff,
    }


def read_frame(visit: Visit, read: Read) -> dict[str, Any]:
    """What the template of a read page needs."""
    return {"read": read, "blocks": [_block(visit, block) for block in read.blocks], "checked_at": visit.now}


def _block(visit: Visit, block: Shown) -> dict[str, Any]:
    row = shown(visit, block.said) if block.said is not None else None
    return {"shown": block, "kind": block.kind, "row": row}
