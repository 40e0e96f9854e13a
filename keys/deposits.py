"""Deposits: the operator takes in the hash of each award on the day it is made and so witnesses its date (ARCHITECTURE §5.10)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.dialects.postgresql import insert as on_postgresql
from sqlalchemy.dialects.sqlite import insert as on_sqlite
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from keys.errors.published import BadDigest, DepositListInvalid
from keys.proofs import Secured
from keys.sealed import seal
from keys.signer import Signer
from keys.tables import Deposit
from schemas.dates import BadTimestamp, read_timestamp, write_timestamp

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)


def content_hash(document: Mapping[str, Any]) -> str:
    """What is deposited of a credential: SHA-256 over its canonical N-Quads without proofs. Tells nothing of its content."""
    return Secured(document).content_hash()


def deposit(session: Session, digest: str, issuer: str, now: datetime) -> Deposit:
    """Take in the content hash of an award of `issuer` (a DID); a second deposit changes nothing. Raises `BadDigest`."""
    if not _DIGEST.fullmatch(digest):
        raise BadDigest
    held = session.get(Deposit, digest)
    if held is not None:
        return held
    fresh = Deposit(digest=digest, issuer=issuer, deposited_at=now, day=now.astimezone(UTC).date())
    try:
        with session.begin_nested():
            session.add(fresh)
    except IntegrityError:
        return session.exec(select(Deposit).where(Deposit.digest == digest)).one()
    return fresh


def deposit_all(
    session: Session, digests: Sequence[str], issuer: str, now: datetime, *, received: bool = False
) -> None:
    """Take in many hashes at once; those that lie here already are passed over. Raises `BadDigest`."""
    if not all(map(_DIGEST.fullmatch, digests)):
        raise BadDigest
    if digests:
        day = now.astimezone(UTC).date()
        common = {"issuer": issuer, "deposited_at": now, "day": day, "received": received}
        # in one order for all, so that two who deposit the same wait for each other and not in a circle
        session.execute(_passing_over(session), [{"digest": digest, **common} for digest in sorted(set(digests))])


def _passing_over(session: Session) -> Executable:
    """Inserts deposits and leaves those as they are that lie here: no look-up, whose plan may be one for a small table."""
    postgresql = session.get_bind().dialect.name == "postgresql"
    return (on_postgresql if postgresql else on_sqlite)(Deposit).on_conflict_do_nothing(index_elements=["digest"])


def deposits_of(session: Session, day: date) -> list[Deposit]:
    """What came in on a day (UTC), in its order."""
    order = (col(Deposit.deposited_at), col(Deposit.digest))
    return list(session.exec(select(Deposit).where(Deposit.day == day).order_by(*order)).all())


def is_held(session: Session, digest: str) -> bool:
    """Whether a content hash was taken in."""
    return session.get(Deposit, digest) is not None


def digests_of(session: Session, issuers: Iterable[str]) -> set[str]:
    """Everything that these issuers (DIDs) have deposited from this installation."""
    mine = col(Deposit.issuer).in_(list(issuers)), col(Deposit.received).is_(False)
    return set(session.exec(select(Deposit.digest).where(*mine)))


def path(day: date) -> str:
    """Where the list of a day lies on the shelf and on the operator's host."""
    return f"deposits/{day.isoformat()}"


def compose(operator: str, day: date, held: Iterable[Deposit], signer: Signer, now: datetime) -> bytes:
    """The sealed list of a day."""
    listed = [{"digest": item.digest, "issuer": item.issuer, "at": write_timestamp(item.deposited_at)} for item in held]
    document = {
        "type": "DepositList",
        "operator": operator,
        "day": day.isoformat(),
        "issuedAt": write_timestamp(now),
        "deposits": listed,
    }
    return seal(document, signer, now)


@dataclass(frozen=True, slots=True)
class DepositList:
    """A list whose seal has been checked (`keys.sealed.unseal`): digest and issuer to the moment of deposit."""

    day: date
    moments: Mapping[tuple[str, str], datetime]

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "DepositList":
        """Raises `DepositListInvalid` unless every entry is whole and lies in the list's own day."""
        try:
            day = date.fromisoformat(document["day"])
            moments = {
                (str(item["digest"]), str(item["issuer"])): read_timestamp(item["at"]) for item in document["deposits"]
            }
        except (KeyError, TypeError, ValueError, BadTimestamp) as error:
            raise DepositListInvalid from error
        if document.get("type") != "DepositList" or any(moment.date() != day for moment in moments.values()):
            raise DepositListInvalid
        return cls(day, moments)

    def witnessed(self, digest: str, issuer: str) -> datetime | None:
        """When the operator took in this content hash from this issuer, if it did on this day."""
        return self.moments.get((digest, issuer))
