"""The wallet: a learner's badges, found, checked and presented."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from keys.store import KeyStore
from schemas.errors import NotFound
from verifier.errors import NotACredential
from verifier.verdict import Check, Outcome, Report
from verifier.verify import Verification, Verifier
from wallet_web.badge import Badge
from wallet_web.links import Links
from wallet_web.present import holder_of, present
from wallet_web.receive import folded
from wallet_web.tables import Entry

PAGE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """One page of a wallet's list; `number` counts from 1."""

    entries: tuple[Entry, ...]
    number: int
    pages: int
    total: int
    query: str


class Wallet:
    """Everything a wallet needs besides a database session.

    `public_url` is the installation's address without a slash at its end; `fonts` draw the letters of emblems in PNG files.
    """

    def __init__(self, verifier: Verifier, store: KeyStore, *, public_url: str, fonts: Sequence[Path] = ()) -> None:
        self.verifier = verifier
        self.fonts = tuple(fonts)
        self.links = Links(store.derive("share links"), public_url)
        self._store = store

    def check(self, entry: Entry, now: datetime) -> Badge:
        """A badge with today's answer about it; never from memory. A damaged file is an invalid badge, not an error."""
        document = bytes(entry.document)
        try:
            return Badge(entry, self.verifier.verify(document, now=now, seen=entry.received_at))
        except NotACredential as error:
            damaged = Check("format", Outcome.FAILED, error.code)
            digest = hashlib.sha256(document).hexdigest()
            return Badge(entry, Verification(report=Report(checks=(damaged,), at=now, digest=digest)))

    def check_all(self, entries: Iterable[Entry], now: datetime) -> list[Badge]:
        """Badges with today's answer about each."""
        return [self.check(entry, now) for entry in entries]

    def present(
        self, session: Session, learner: str, entries: Sequence[str], *, domain: str, challenge: str, now: datetime
    ) -> bytes:
        """A presentation of chosen badges, signed with the learner's own key for one receiver and challenge.

        Raises `NothingChosen` without badges and `NotFound` for one that is not the learner's.
        """
        chosen = [bytes(find(session, learner, entry).document) for entry in dict.fromkeys(entries)]
        name, holder = f"urn:uuid:{uuid4()}", holder_of(self._store, learner)
        return present(chosen, holder, name=name, domain=domain, challenge=challenge, now=now)


def find(session: Session, learner: str, entry: str) -> Entry:
    """A learner's badge, or `NotFound`."""
    found = session.get(Entry, entry)
    if found is None or found.learner != learner:
        raise NotFound
    return found


def find_all(session: Session, learner: str, entries: Iterable[str]) -> list[Entry]:
    """Those of the named badges that are the learner's, newest first."""
    rows = select(Entry).where(Entry.learner == learner, col(Entry.id).in_(list(entries)))
    return list(session.exec(rows.order_by(col(Entry.received_at).desc(), col(Entry.id))))


def find_by_digests(session: Session, learner: str, digests: Iterable[str]) -> list[Entry]:
    """The learner's badges with these SHA-256 digests of their files, newest first."""
    rows = select(Entry).where(Entry.learner == learner, col(Entry.digest).in_(list(digests)))
    return list(session.exec(rows.order_by(col(Entry.received_at).desc(), col(Entry.id))))


def listed(session: Session, learner: str, *, query: str = "", number: int = 1, size: int = PAGE) -> EntryPage:
    """One page of the wallet, newest first; `query` is looked for in titles, organisations and outcomes."""
    wanted = folded(query.strip())
    matching: list[ColumnElement[bool]] = [
        col(Entry.learner) == learner,
        *(col(Entry.search).contains(word, autoescape=True) for word in wanted.split()),
    ]
    total = session.exec(select(func.count()).select_from(Entry).where(*matching)).one()
    pages = max(1, -(-total // size))
    here = min(max(number, 1), pages)
    rows = select(Entry).where(*matching).order_by(col(Entry.received_at).desc(), col(Entry.id))
    found = tuple(session.exec(rows.offset((here - 1) * size).limit(size)))
    return EntryPage(entries=found, number=here, pages=pages, total=total, query=query.strip())


def count(session: Session, learner: str, *, new: bool = False) -> int:
    """How many badges there are; with `new` only those nobody of the family has opened."""
    rows = select(func.count()).select_from(Entry).where(Entry.learner == learner)
    return session.exec(rows.where(col(Entry.seen_at).is_(None)) if new else rows).one()


def note_seen(session: Session, entry: Entry, now: datetime) -> None:
    """The family has opened the badge: it is new no more."""
    if entry.seen_at is None:
        entry.seen_at = now
        session.add(entry)
