"""Deposits between two installations: what an organisation sends, and the receipt that the network's operator gives for it.

Both are sealed (`keys.sealed`), so neither TLS nor a password stands for who speaks. A hash sent twice keeps its first moment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import func
from sqlmodel import Session, col, select

from keys.deposits import deposit_all
from keys.errors.published import BadDigest, DepositListInvalid, DepositStale
from keys.sealed import seal, unseal
from keys.signer import Signer
from keys.tables import Deposit, DepositReceipt, DepositToSend
from schemas.dates import BadTimestamp, read_timestamp, write_timestamp

REQUEST, RECEIPT = "DepositRequest", "DepositReceipt"
MOST: Final = 2000
LARGEST: Final = 1024 * 1024
FRESH: Final = timedelta(minutes=10)  # how far the two clocks may be apart, and how long a request may be on its way


def intend(session: Session, digests: Iterable[str], organisation: str, now: datetime) -> None:
    """Write down that the operator elsewhere shall take these in; in the transaction that makes them."""
    known = set(session.exec(select(DepositToSend.digest).where(col(DepositToSend.digest).in_(list(digests)))))
    session.add_all(
        DepositToSend(digest=digest, organisation=organisation, made_at=now)
        for digest in dict.fromkeys(digests)
        if digest not in known
    )
    session.flush()


def waiting(session: Session, organisation: str) -> list[str]:
    """What an organisation has still to send, the oldest first, as much as goes into one request."""
    wanted = select(DepositToSend.digest).where(
        DepositToSend.organisation == organisation, col(DepositToSend.receipt).is_(None)
    )
    return list(session.exec(wanted.order_by(col(DepositToSend.made_at), col(DepositToSend.digest)).limit(MOST)).all())


def senders(session: Session) -> list[str]:
    """The organisations that have something to send."""
    wanted = select(DepositToSend.organisation).where(col(DepositToSend.receipt).is_(None)).distinct()
    return sorted(session.exec(wanted).all())


def count_waiting(session: Session) -> tuple[int, datetime | None]:
    """How many hashes the operator has not taken in yet, and since when the oldest of them has waited."""
    wanted = select(func.count(), func.min(DepositToSend.made_at)).where(col(DepositToSend.receipt).is_(None))
    number, since = session.exec(wanted).one()
    return number, since


def request(issuer: str, operator: str, digests: list[str], signer: Signer, now: datetime) -> bytes:
    """The sealed request of `issuer` (a DID) to `operator` (a DID)."""
    document = {
        "type": REQUEST,
        "issuer": issuer,
        "operator": operator,
        "sentAt": write_timestamp(now.replace(microsecond=0)),
        "digests": digests,
    }
    return seal(document, signer, now)


@dataclass(frozen=True, slots=True)
class Sent:
    """A request whose seal has been checked."""

    issuer: str
    digests: tuple[str, ...]


def read_request(document: Mapping[str, Any], operator: str, now: datetime) -> Sent:
    """Raises `DepositListInvalid`, `DepositStale`, `BadDigest`: what is not whole, not for this operator, or not of now."""
    digests = document.get("digests")
    named = (document.get("type"), document.get("operator")) == (REQUEST, operator)
    if not named or not isinstance(digests, list) or not 0 < len(digests) <= MOST:
        raise DepositListInvalid
    if not all(isinstance(digest, str) for digest in digests):
        raise BadDigest
    try:
        sent_at = read_timestamp(str(document.get("sentAt")))
    except BadTimestamp as error:
        raise DepositListInvalid from error
    if abs(now - sent_at) > FRESH:
        raise DepositStale
    return Sent(str(document.get("issuer")), tuple(digests))


def take_in(session: Session, sent: Sent, operator: str, signer: Signer, now: datetime) -> bytes:
    """Keep what was sent and give the sealed receipt. What another issuer has deposited is not in it. Raises `BadDigest`."""
    deposit_all(session, sent.digests, sent.issuer, now, received=True)
    session.flush()
    held = select(Deposit).where(col(Deposit.digest).in_(sent.digests), Deposit.issuer == sent.issuer)
    moments = {one.digest: write_timestamp(one.deposited_at) for one in session.exec(held)}
    listed = [{"digest": digest, "at": moments[digest]} for digest in sent.digests if digest in moments]
    document = {
        "type": RECEIPT,
        "operator": operator,
        "issuer": sent.issuer,
        "issuedAt": write_timestamp(now.replace(microsecond=0)),
        "deposits": listed,
    }
    return seal(document, signer, now)


@dataclass(frozen=True, slots=True)
class Operator:
    """Who gives receipts: its DID and the keys by which it is known."""

    did: str
    keys: tuple[str, ...]


def keep_receipt(
    session: Session, organisation: str, issuer: str, body: bytes, operator: Operator, now: datetime
) -> int:
    """Check a receipt, keep it, and strike off what it covers; how many hashes. Raises `ProofInvalid`, `DepositListInvalid`."""
    document = unseal(body, operator.did, operator.keys, now, limit=LARGEST)
    if (document.get("type"), document.get("issuer")) != (RECEIPT, issuer):
        raise DepositListInvalid
    listed = document.get("deposits")
    covered = [str(one.get("digest")) for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    receipt = DepositReceipt(id=uuid4().hex, organisation=organisation, at=now, document=body)
    session.add(receipt)
    session.flush()
    wanted = select(DepositToSend).where(
        DepositToSend.organisation == organisation,
        col(DepositToSend.receipt).is_(None),
        col(DepositToSend.digest).in_(covered),
    )
    settled = session.exec(wanted.with_for_update()).all()
    for one in settled:
        one.receipt = receipt.id
    session.flush()
    return len(settled)
