"""The wallet's JSON doors."""

from fastapi import APIRouter, Response

from keys.deps import Visiting
from wallet_web import acts, consent, share, views
from wallet_web.deps import Holding, Reading
from wallet_web.messages import (
    BadgeLine,
    ConsentGiven,
    ConsentLine,
    PresentationWanted,
    SharedBadge,
    SharedPage,
    ShareLine,
    ShareWanted,
    WalletPage,
)
from wallet_web.privacy import PRIVATE
from wallet_web.share import ShareState
from wallet_web.tables import Consent, Share
from wallet_web.wallet import Wallet, listed

router = APIRouter(tags=["wallet"])
PRESENTATION = "application/vp+ld+json"


@router.get("/api/wallet/{learner}", openapi_extra={"x-action": "wallet.read"}, name="wallet.api")
def read_wallet(learner: str, visit: Visiting, wallet: Holding, q: str = "", page: int = 1) -> WalletPage:
    """A page of a learner's badges; those of the network are checked now."""
    acts.admit(visit, "wallet.read", learner)
    found = listed(visit.session, learner, query=q, number=page)
    badges = [
        BadgeLine(
            id=line.entry.id,
            title=line.title,
            organisation=line.organisation,
            received_at=line.entry.received_at,
            sha256=line.entry.digest,
            verdict=line.verdict,
            checked_at=line.checked_at,
        )
        for line in wallet.lines(visit.session, found.entries, visit.now)
    ]
    return WalletPage(badges=badges, page=found.number, pages=found.pages, total=found.total)


@router.post(
    "/api/wallet/{learner}/presentations", openapi_extra={"x-action": "wallet.present"}, name="wallet.present.api"
)
def present(learner: str, visit: Visiting, wallet: Holding, asked: PresentationWanted) -> Response:
    """Badges signed for one receiver and question: what `POST /credit/applications` takes, of whatever installation."""
    return Response(acts.present(visit, wallet, learner, asked), media_type=PRESENTATION)


@router.post(
    "/api/wallet/{learner}/consents",
    status_code=201,
    openapi_extra={"x-action": "consent.give"},
    name="consent.give.api",
)
def give_consent(learner: str, wanted: ConsentGiven, visit: Visiting) -> ConsentLine:
    """Give the standing consent for sharing."""
    return _consent(acts.give_consent(visit, learner, wanted.text_hash), visit)


@router.post(
    "/api/wallet/{learner}/consents/{given}/withdraw",
    openapi_extra={"x-action": "consent.withdraw"},
    name="consent.withdraw.api",
)
def withdraw_consent(learner: str, given: str, visit: Visiting) -> ConsentLine:
    """Withdraw a consent; every link that rests on it is dead at once."""
    return _consent(acts.withdraw_consent(visit, learner, given), visit)


@router.post(
    "/api/wallet/{learner}/shares", status_code=201, openapi_extra={"x-action": "share.make"}, name="share.make.api"
)
def make_share(learner: str, wanted: ShareWanted, visit: Visiting, wallet: Holding) -> ShareLine:
    """Make a link that shows chosen badges."""
    made = acts.make_share(visit, wallet, learner, wanted.order())
    visit.session.flush()
    return _share(visit, wallet, *share.own(visit.session, learner, made.id))


@router.post(
    "/api/wallet/{learner}/shares/{made}/withdraw",
    openapi_extra={"x-action": "share.withdraw"},
    name="share.withdraw.api",
)
def withdraw_share(learner: str, made: str, visit: Visiting, wallet: Holding) -> ShareLine:
    """Make a link dead at once."""
    acts.withdraw_share(visit, learner, made)
    visit.session.flush()
    return _share(visit, wallet, *share.own(visit.session, learner, made))


@router.get("/api/shared/{token}", openapi_extra={"x-action": "share.open"}, name="share.open.api")
def read_shared(token: str, visit: Visiting, wallet: Holding, reader: Reading, response: Response) -> SharedPage:
    """What a shared page shows, checked now. A link with a PIN opens in a browser alone."""
    response.headers.update(PRIVATE)
    opened = acts.open_share(visit, wallet, reader, token)
    badges = [
        SharedBadge(
            number=place,
            title=badge.verification.title,
            organisation=badge.verification.issuer,
            report=badge.report.to_json(),
            file=f"/v/{token}/{place}.json",
        )
        for place, badge in enumerate(wallet.check_all(opened.entries, visit.now), 1)
    ]
    made = opened.share
    return SharedPage(checked_at=visit.now, expires_at=made.expires_at, recipient=made.recipient, badges=badges)


def _consent(given: Consent, visit: Visiting) -> ConsentLine:
    return ConsentLine(**given.model_dump(exclude={"subject", "withdrawn_by"}), state=consent.state(given, visit.now))


def _share(visit: Visiting, wallet: Wallet, made: Share, agreed: Consent) -> ShareLine:
    state = share.state(made, agreed, visit.now)
    return ShareLine(
        id=made.id,
        url=wallet.links.url(made.id) if state is ShareState.LIVE else "",
        audience=made.audience,
        purpose=made.purpose,
        created_at=made.created_at,
        expires_at=made.expires_at,
        state=state,
        views=views.times_opened(visit.session, made.id)[0],
        recipient=made.recipient,
        pin=made.pin_hash is not None,
    )
