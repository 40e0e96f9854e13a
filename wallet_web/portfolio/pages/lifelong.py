"""The lifelong record: what it is, what would be in it today, and the file to keep."""

import secrets

from fastapi import APIRouter
from fastapi.responses import Response

from keys.deps import Visit, Visiting
from wallet_web import acts
from wallet_web.deps import Holding
from wallet_web.pages.book import download, frame
from wallet_web.portfolio import lifelong
from wallet_web.portfolio.pages.overview import holding_today
from wallet_web.wallet import EntryPage, Wallet, listed

router = APIRouter(include_in_schema=False)
PLACE = "/wallet/{learner}/portfolio/record"
FILE = "record.json"


@router.get(PLACE, openapi_extra={"x-action": "portfolio.read"}, name="lifelong")
def page(learner: str, visit: Visiting, wallet: Holding) -> Response:
    """What the record would hold today, and what not."""
    owner = acts.admit(visit, "portfolio.read", learner)
    found, held = _contents(visit, wallet, learner)
    return visit.page(
        "portfolio/lifelong.html", **frame(visit, owner), held=len(held), left_out=found.total - len(held)
    )


@router.post(PLACE, openapi_extra={"x-action": "portfolio.write"}, name="lifelong.make")
def make(learner: str, visit: Visiting, wallet: Holding) -> Response:
    """Put it together and sign it with the learner's own key."""
    owner = acts.admit(visit, "portfolio.write", learner)
    found, held = _contents(visit, wallet, learner)
    holder, salt = wallet.signer(learner), secrets.token_hex(16)
    signed = lifelong.record(held, holder, owner.number, salt=salt, whole=len(held) == found.total, now=visit.now)
    visit.record("portfolio.recorded", learner=learner)
    return download(signed, FILE, "application/vc+ld+json")


def _contents(visit: Visit, wallet: Wallet, learner: str) -> tuple[EntryPage, list[dict[str, object]]]:
    found = listed(visit.session, learner, size=lifelong.MOST)
    return found, lifelong.contents(holding_today(visit, wallet, found.entries))
