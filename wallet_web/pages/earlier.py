"""Records of other places: decisions, plans and consents that came with an archive, each with who answers for it."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from keys.deps import Visiting
from wallet_web import acts, wording
from wallet_web.deps import Holding
from wallet_web.moving import earlier
from wallet_web.pages.book import download, frame

router = APIRouter(include_in_schema=False)
_READ = {"x-action": "wallet.read"}


@router.get("/wallet/{learner}/earlier", openapi_extra=_READ, name="wallet.earlier")
def listed(learner: str, visit: Visiting) -> Response:
    """What came from elsewhere, by place."""
    owner = acts.admit(visit, "wallet.read", learner)
    rows = [
        (one, visit.translate(wording.SECTION_NAMES.get(one.section, wording.OTHER_FILES)))
        for one in earlier.listed(visit.session, learner)
    ]
    return visit.page("wallet/earlier.html", **frame(visit, owner), rows=rows)


@router.get("/wallet/{learner}/earlier/{kept}", openapi_extra=_READ, name="wallet.earlier.one")
def one(
    learner: str, kept: str, visit: Visiting, wallet: Holding, save: Annotated[str, Query(max_length=8)] = ""
) -> Response:
    """One file in lines, its seal looked at now; with `save` the file itself, byte for byte."""
    owner = acts.admit(visit, "wallet.read", learner)
    found = earlier.find(visit.session, learner, kept)
    if save:
        return download(bytes(found.content), found.path.rpartition("/")[2], "application/octet-stream")
    read = earlier.read(found, wallet.verifier, visit.now)
    return visit.page(
        "wallet/earlier_one.html",
        **frame(visit, owner),
        read=read,
        section=visit.translate(wording.SECTION_NAMES.get(found.section, wording.OTHER_FILES)),
        answers=visit.translate(wording.ANSWERS[read.answers]).format(name=read.name or found.place),
        tone=wording.ANSWER_TONES[read.answers],
        lines=[
            (wording.named(name, visit.translate), wording.valued(text, visit.translate)) for name, text in read.lines
        ],
    )
