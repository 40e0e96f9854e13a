"""Deposits between installations: an issuer sends its hashes to the network's operator, who takes them in (ARCHITECTURE §5.10)."""

from datetime import UTC, datetime
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Request, Response
from sqlmodel import Session

from keys import depositing, journal, organisations
from keys.actor import ActorKind
from keys.depositing import LARGEST, Operator
from keys.deps import Visit, Visiting
from keys.did import key_for, web_url
from keys.errors.network import OrganisationUnknown
from keys.errors.published import DepositorUnknown, Unreachable
from keys.proofs import proofs_of
from keys.sealed import unseal
from keys.tables import KeyState, Organisation
from schemas.errors import BadInput, NotFound, TooLarge, ZachetkaError
from schemas.reading import read_json
from service import tasks
from service.bridges import DEPOSITS
from service.database import reading, unit_of_work
from service.keys_page import PartsHere
from service.network import has_operator, operator_of
from service.parts import Parts

router = APIRouter(tags=["public documents"])
PATH = "/deposits"
MOST_REQUESTS = 20  # in one round, so that other work need not wait
log = structlog.get_logger()


async def body(request: Request) -> bytes:
    """The document as it was sent."""
    return await request.body()


@router.post(PATH, openapi_extra={"x-action": "public"}, response_class=Response, name="take_deposits")
def take(visit: Visiting, parts: PartsHere, sent: Annotated[bytes, Depends(body)]) -> Response:
    """Take in the hashes that a member of the network has made elsewhere; the answer is a sealed receipt. Twice is once."""
    visit.require("public")
    settings = parts.settings
    if len(sent) > LARGEST:
        raise TooLarge
    with reading(parts.engine) as session:
        if not has_operator(session, settings):
            raise NotFound
        operator = organisations.did_of(organisations.find(session, settings.operator))
        issuer = _member(session, str(read_json(sent, limit=LARGEST).get("issuer")), visit.now)
        known = {key.multikey for key in organisations.keys_of(session, issuer.code) if key.state is KeyState.ACTIVE}
    keys = known or _keys_elsewhere(parts, organisations.did_of(issuer), sent)
    asked = unseal(sent, organisations.did_of(issuer), keys, visit.now, limit=LARGEST)
    request = depositing.read_request(asked, operator, visit.now)
    return Response(_receipt(visit, parts, issuer.code, request, operator), media_type="application/json")


def send_deposits(parts: Parts, now: datetime) -> int:
    """Send what waits to the operator elsewhere, and keep its receipts; how many hashes it has taken in.

    Whatever goes wrong is logged, and the next round tries again.
    """
    settings, done = parts.settings, 0
    if not settings.operator_host:
        return 0
    with reading(parts.engine) as session:
        codes = depositing.senders(session)
    for code in codes:
        try:
            done += _send_all(parts, code, now)
        except ZachetkaError as error:
            log.warning("deposits.wait", organisation=code, code=error.code)
    return done


def _send_all(parts: Parts, code: str, now: datetime) -> int:
    """Requests one after another until nothing waits, or a receipt covers nothing."""
    found = operator_of(parts.settings, parts.engine)
    operator, done = Operator(found.did, tuple(found.pinned)), 0
    for _ in range(MOST_REQUESTS):
        with reading(parts.engine) as session:
            digests = depositing.waiting(session, code)
            issuer = organisations.did_of(organisations.find(session, code))
            signer = organisations.signer_for(session, parts.store, code, now)
        if not digests:
            break
        request = depositing.request(issuer, operator.did, digests, signer, now)
        answer = parts.sender.post(f"https://{parts.settings.operator_host}{PATH}", request)
        with unit_of_work(parts.engine) as session:
            settled = depositing.keep_receipt(session, code, issuer, answer, operator, now)
        done += settled
        if not settled:
            break
    return done


def _receipt(visit: Visit, parts: Parts, code: str, request: depositing.Sent, operator: str) -> bytes:
    signer = organisations.signer_for(visit.session, parts.store, parts.settings.operator, visit.now)
    receipt = depositing.take_in(visit.session, request, operator, signer, visit.now)
    tasks.later(visit.session, DEPOSITS, visit.now.astimezone(UTC).date().isoformat(), visit.now)
    journal.append(
        visit.session,
        at=visit.now,
        event="deposits.received",
        actor_kind=ActorKind.ANONYMOUS,
        person=None,
        organisation=code,
        item=str(len(request.digests)),
    )
    return receipt


def _member(session: Session, did: str, now: datetime) -> Organisation:
    """The organisation of that DID, if it is a member now; `DepositorUnknown`."""
    try:
        found = organisations.by_did(session, did)
    except OrganisationUnknown as error:
        raise DepositorUnknown from error
    if found.member_from is None or now < found.member_from:
        raise DepositorUnknown
    if found.member_until is not None and found.member_until <= now:
        raise DepositorUnknown
    return found


def _keys_elsewhere(parts: Parts, did: str, sent: bytes) -> set[str]:
    """The keys of a member that keeps them itself: those of the seal, if all stand in its DID document now."""
    try:
        document = read_json(parts.fetcher.get(web_url(did)), limit=LARGEST)
        methods = [str(proof.get("verificationMethod")) for proof in proofs_of(read_json(sent, limit=LARGEST))]
        for method in methods:
            key_for(document, method)
        return {method.partition("#")[2] for method in methods}
    except (BadInput, Unreachable) as error:
        raise DepositorUnknown from error
