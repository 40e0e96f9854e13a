"""Badges signed for a school of another installation, as a file to be handed in there."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import Response
from pydantic import Field

from keys.deps import Learner, Visit, Visiting
from schemas.errors import BadInput
from wallet_web import acts
from wallet_web.deps import Holding
from wallet_web.errors import NothingChosen
from wallet_web.messages import PresentationWanted
from wallet_web.pages.book import download, frame
from wallet_web.wallet import listed

router = APIRouter(include_in_schema=False)
BAD = 422
MOST = 50  # badges in one file
FILE = "application/vp+ld+json"
Line = Annotated[str, Form(max_length=300)]


@router.get("/wallet/{learner}/present", openapi_extra={"x-action": "wallet.present"}, name="wallet.present.form")
def present_form(learner: str, visit: Visiting) -> Response:
    """Which badges, for which school, for which application."""
    return _present(visit, acts.admit(visit, "wallet.present", learner), {}, "")


@router.post("/wallet/{learner}/present", openapi_extra={"x-action": "wallet.present"}, name="wallet.present")
def present(
    learner: str,
    visit: Visiting,
    wallet: Holding,
    domain: Line = "",
    challenge: Line = "",
    badge: Annotated[list[Annotated[str, Field(max_length=64)]], Form(max_length=MOST)] = [],  # noqa: B006 - FastAPI copies defaults
) -> Response:
    """The file for the school, signed with the learner's key."""
    owner = acts.admit(visit, "wallet.present", learner)
    try:
        asked = PresentationWanted(badges=badge, domain=domain, challenge=challenge[:200])
        made = acts.present(visit, wallet, owner.id, asked)
    except BadInput as error:
        field = "badge" if isinstance(error, NothingChosen) else error.pointer.removeprefix("/")
        told = {field: error.told(visit.translate)}
        return _present(visit, owner, told, domain, challenge, badge)
    return download(made, "badges.json", FILE)


def _present(
    visit: Visit,
    owner: Learner,
    errors: dict[str, str],
    domain: str,
    challenge: str = "",
    chosen: list[str] | None = None,
) -> Response:
    found = listed(visit.session, owner.id, size=MOST)
    return visit.page(
        "wallet/present.html",
        status=BAD if errors else 200,
        **frame(visit, owner),
        entries=found.entries,
        chosen=chosen or [],
        errors=errors,
        domain=domain,
        challenge=challenge,
    )
