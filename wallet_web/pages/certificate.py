"""A badge as a certificate for paper: one tap from its page, the name and where the code leads chosen there."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from keys.deps import Visiting
from keys.printing import Printing
from schemas.errors import NotFound
from wallet_web import acts, certificate
from wallet_web.deps import Holding
from wallet_web.pages.paper import Sheet, printed
from wallet_web.wallet import find

router = APIRouter(include_in_schema=False)
Choice = Annotated[str | None, Query(max_length=64)]


@router.get(
    "/wallet/{learner}/badges/{entry}/certificate.pdf",
    openapi_extra={"x-action": "wallet.read"},
    name="wallet.certificate",
)
def paper(
    learner: str,
    entry: str,
    visit: Visiting,
    wallet: Holding,
    print_pdf: Printing,
    name: Annotated[str, Query(max_length=8)] = "",
    link: Choice = None,
    *,
    spell: bool = False,
) -> Response:
    """The sheet; without a choice its code leads to the link that shows the badge longest, else to the public verifier."""
    owner = acts.admit(visit, "wallet.read", learner)
    badge = wallet.check(find(visit.session, learner, entry), visit.now)
    if badge.achievement is None:
        raise NotFound
    links = certificate.links_showing(visit.session, learner, entry, visit.now)
    sights = certificate.sights(wallet.links.public_url, [(made, wallet.links.url(made.id)) for made in links])
    sight = sights.get(link) if link is not None else next(iter(sights.values()))
    if sight is None:
        raise NotFound
    named = owner.name if name == "yes" else ""
    here = f"/wallet/{learner}/badges/{entry}"
    asked = "&".join([*(["name=yes"] if named else []), *([f"link={link}"] if link is not None else [])])
    sheet = Sheet(
        template=certificate.TEMPLATE,
        data=certificate.sheet_of(badge, sight, named, visit),
        drawings={"emblem": badge.drawing},
        name="certificate.pdf",
        back=here,
        here=f"{here}/certificate.pdf{'?' if asked else ''}{asked}",
    )
    return printed(visit, print_pdf, sheet, spell=spell)
