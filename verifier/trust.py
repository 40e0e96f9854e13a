"""The network's word: its sealed trust list and its deposits, read with the operator's pinned keys and turned into answers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from keys.deposits import DepositList
from keys.errors.proofs import ProofInvalid
from keys.errors.published import DepositListInvalid
from keys.sealed import Opened, open_seal
from schemas.refusals import Refused
from schemas.trust_list import Standing, TrustList

_LIST_BYTES = 2 * 1024 * 1024
_KEPT = 8  # opened lists of each sort: those of today, and some of days before


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Who seals the network's list: a DID and the Multikeys pinned for it, got by another way than the list itself."""

    did: str
    pinned: Collection[str]


@dataclass(frozen=True, slots=True)
class TrustReading:
    """The list as it was read. `problem` is a code of `verifier.words` where it cannot be relied on now."""

    list: TrustList | None = None
    problem: str = ""
    until: datetime | None = None

    @property
    def current(self) -> bool:
        """Whether the list answers for today."""
        return self.list is not None and not self.problem

    def standing(self, issuer: str, at: datetime | None) -> Standing | None:
        """How an organisation stood at a moment; None where the list cannot be relied on or there is no moment."""
        return self.list.standing(issuer, at) if self.list is not None and not self.problem and at is not None else None


def read_trust(body: bytes | None, operator: Operator, now: datetime, floor: int) -> TrustReading:
    """The list in `body` (None: unreachable); an edition below `floor` was replaced before (THREATS I10)."""
    if body is None:
        return TrustReading(problem="trust-missing")
    try:
        opened, found = _open_trust(body, operator.did, frozenset(operator.pinned))
        opened.at(now)
        version, until = found.version, found.valid_until
        if found.operator != operator.did:
            return TrustReading(problem="trust-broken")
    except (ProofInvalid, Refused):
        return TrustReading(problem="trust-broken")
    if version < floor:
        return TrustReading(found, "trust-rolled-back")
    return TrustReading(found, "trust-stale" if until <= now else "", until)


class Witnessed(StrEnum):
    """Where the word about a date comes from; the values are codes of `verifier.words`."""

    DEPOSITED = "date-deposited"
    SEEN = "date-seen"
    NOBODY = "date-own-statement"
    UNREACHABLE = "deposits-unreachable"


@dataclass(frozen=True, slots=True)
class Witness:
    """The earliest moment at which somebody else than the issuer knew the credential (ARCHITECTURE §5.10)."""

    kind: Witnessed
    at: datetime | None = None

    def before(self, moment: datetime) -> bool:
        """Whether it was known before `moment`."""
        return self.at is not None and self.at < moment


def deposit_days(signed: datetime | None, now: datetime) -> tuple[date, ...]:
    """The days whose lists may hold the deposit of what was signed at `signed`: that day and, over midnight, the next."""
    if signed is None or signed > now:
        return ()
    next_day = signed + timedelta(days=1)
    return (signed.date(), next_day.date()) if next_day.date() <= now.date() else (signed.date(),)


def read_deposits(body: bytes | None, operator: Operator, now: datetime) -> DepositList | None:
    """A day's list in `body`; None where it is unreachable or not to be relied on."""
    if body is None:
        return None
    try:
        opened, found = _open_deposits(body, operator.did, frozenset(operator.pinned))
        opened.at(now)
    except (ProofInvalid, Refused, DepositListInvalid):
        return None
    return found


@lru_cache(maxsize=_KEPT)
def _open_trust(body: bytes, operator: str, pinned: frozenset[str]) -> tuple[Opened, TrustList]:
    """The list in these bytes under these keys; what it means today is judged at each reading."""
    opened = open_seal(body, operator, pinned, limit=_LIST_BYTES)
    return opened, TrustList(opened.document)


@lru_cache(maxsize=_KEPT)
def _open_deposits(body: bytes, operator: str, pinned: frozenset[str]) -> tuple[Opened, DepositList]:
    opened = open_seal(body, operator, pinned, limit=_LIST_BYTES)
    return opened, DepositList.read(opened.document)


def find_witness(lists: Iterable[DepositList | None], digest: str, issuer: str, seen: datetime | None) -> Witness:
    """The earliest word for the content hash `digest` in `lists`, the day of signing first.

    `seen` is when a member of the network first had the credential.
    """
    read = list(lists)
    moments = [moment for days in read if days and (moment := days.witnessed(digest, issuer))]
    if moments and (seen is None or min(moments) <= seen):
        return Witness(Witnessed.DEPOSITED, min(moments))
    if seen is not None:
        return Witness(Witnessed.SEEN, seen)
    return Witness(Witnessed.UNREACHABLE if read and read[0] is None else Witnessed.NOBODY)
