"""The wallet: a learner's badges, found, checked and presented."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from keys import did
from keys.deps import Learner
from keys.errors.store import KeyMissing
from keys.pace import Pace
from keys.signer import Signer
from keys.store import KeyStore
from schemas.errors import NotFound
from verifier.errors import NotACredential
from verifier.pictures import Pictures
from verifier.verdict import Check, Outcome, Report, Verdict
from verifier.verification import Verification
from verifier.verify import Verifier
from wallet_web import disclosing, naming
from wallet_web.badge import Badge
from wallet_web.collecting import desk
from wallet_web.collecting.standing import VERDICTS, Standing
from wallet_web.links import Links
from wallet_web.present import holder_name, holder_of, present
from wallet_web.receive import folded
from wallet_web.share import OpenShare, entries_of
from wallet_web.tables import Collected, Consent, Entry, Share

PAGE = 20
_MOST_AT_ONCE = 200
NO_PARTS: Mapping[str, Sequence[str]] = {}
GUESSES = 100  # a school stands behind one address
GUESSES_WINDOW = timedelta(minutes=15)
CHECK = "wallet.check"
"""The task of asking anew about a badge that its learner brought."""
FRESH = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """One page of a wallet's list; `number` counts from 1."""

    entries: tuple[Entry, ...]
    number: int
    pages: int
    total: int
    query: str


@dataclass(frozen=True, slots=True)
class Line:
    """One badge in a list: `badge` was checked just now; of a stranger's badge `brought` remembers the last answer."""

    entry: Entry
    badge: Badge | None
    brought: Collected | None = None

    @property
    def verdict(self) -> Verdict:
        """The answer in one word."""
        return self.badge.report.verdict if self.badge is not None else VERDICTS[self._brought.standing]

    @property
    def checked_at(self) -> datetime:
        """When that was the answer."""
        return self.badge.report.at if self.badge is not None else self._brought.checked_at

    @property
    def title(self) -> str:
        """The badge's name."""
        return self.badge.title if self.badge is not None else self.entry.title

    @property
    def organisation(self) -> str:
        """Who answers for it, or is said to."""
        return self.badge.organisation if self.badge is not None else self.entry.issuer_name

    def is_stale(self, now: datetime) -> bool:
        """Whether the answer should be renewed."""
        return self.checked_at <= now - FRESH

    @property
    def _brought(self) -> Collected:
        if self.brought is None:
            raise ValueError("a line is about a badge that was checked or about one that was brought")
        return self.brought


class Wallet:
    """Everything a wallet needs besides a database session.

    `public_url` is the installation's address without a slash at its end; `fonts` draw the letters of emblems in PNG files.
    """

    def __init__(
        self, verifier: Verifier, store: KeyStore, pictures: Pictures, *, public_url: str, fonts: Sequence[Path] = ()
    ) -> None:
        self.verifier = verifier
        self.pictures = pictures
        self.fonts = tuple(fonts)
        self.links = Links(store.derive("share links"), public_url)
        self.pass_secret = store.derive("share passes")
        self.guesses = Pace(GUESSES, GUESSES_WINDOW)
        self.store = store

    def check(self, entry: Entry, now: datetime) -> Badge:
        """A badge with today's answer about it; never from memory. A damaged file is an invalid badge, not an error.

        One that its issuer signed part by part for its holder is judged as it would be shown whole.
        """
        document = disclosing.whole(bytes(entry.document))
        try:
            found = self.verifier.verify(document, now=now, seen=entry.received_at)
        except NotACredential as error:
            damaged = Check("format", Outcome.FAILED, error.code)
            digest = hashlib.sha256(document).hexdigest()
            return Badge(entry, Verification(report=Report(checks=(damaged,), at=now, digest=digest)))
        return Badge(entry, found, self.pictures.of(found.shown))

    def check_all(self, entries: Iterable[Entry], now: datetime) -> list[Badge]:
        """Badges with today's answer about each."""
        return [self.check(entry, now) for entry in entries]

    def lines(self, session: Session, entries: Sequence[Entry], now: datetime) -> list[Line]:
        """Badges for a list: the network's checked now, those of strangers, whose pages may be slow, as they were last."""
        brought = desk.collected(session, [entry.id for entry in entries])
        return [self._line(entry, brought.get(entry.id), now) for entry in entries]

    def _line(self, entry: Entry, brought: Collected | None, now: datetime) -> Line:
        if brought is None or brought.standing is Standing.NETWORK:
            return Line(entry, self.check(entry, now), brought)
        return Line(entry, None, brought)

    def holder(self, learner: str) -> str:
        """The DID of the learner's own key, "" while they have none."""
        with suppress(KeyMissing):
            return did.did_key(self.store.signer(holder_name(learner), "").multikey)
        return ""

    def signer(self, learner: str) -> Signer:
        """The learner's own key to sign with, made the first time it is needed."""
        return holder_of(self.store, learner)

    def present(
        self,
        session: Session,
        learner: str,
        entries: Sequence[str],
        *,
        domain: str,
        challenge: str,
        now: datetime,
        parts: Mapping[str, Sequence[str]] = NO_PARTS,
    ) -> bytes:
        """A presentation of chosen badges, signed with the learner's own key for one receiver and challenge.

        `parts` tells by entry what is shown of badges that were signed part by part; of those it does not name everything is.
        Raises `NothingChosen` without badges, `NotFound` for one that is not the learner's, `SelectionError`.
        """
        found = [find(session, learner, entry) for entry in dict.fromkeys(entries)]
        chosen = [_in_part(bytes(entry.document), parts.get(entry.id)) for entry in found]
        name, holder = f"urn:uuid:{uuid4()}", holder_of(self.store, learner)
        return present(chosen, holder, name=name, domain=domain, challenge=challenge, now=now)

    def vouch(self, session: Session, learner: Learner, made: Share, agreed: Consent, now: datetime) -> None:
        """Have the learner's school say whose the badges of a share are (`naming.vouch`)."""
        naming.vouch(session, self.store, learner, made, entries_of(session, made.id), agreed, now)

    def present_share(self, opened: OpenShare) -> bytes:
        """The badges of a share as a presentation, signed with the learner's own key when the share was made and for its page.

        The same share gives the same presentation: what a stranger asks for lets the key say nothing new.
        """
        share, holder = opened.share, holder_of(self.store, opened.share.learner)
        return present(
            [bytes(entry.document) for entry in opened.entries],
            holder,
            name=UUID(share.id).urn,
            domain=self.links.public_url,
            challenge=share.id,
            now=share.created_at,
        )


def _in_part(document: bytes, chosen: Sequence[str] | None) -> bytes:
    """A badge as it leaves the wallet: with just what was chosen, where it was asked, else whole."""
    return disclosing.whole(document) if chosen is None else disclosing.shown(document, chosen)


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


def all_entries(session: Session, learner: str) -> list[Entry]:
    """Every badge of a wallet, the newest first; of very many the newest two hundred."""
    wanted = select(Entry).where(Entry.learner == learner)
    return list(session.exec(wanted.order_by(col(Entry.received_at).desc(), col(Entry.id)).limit(_MOST_AT_ONCE)))


def count(session: Session, learner: str, *, new: bool = False) -> int:
    """How many badges there are; with `new` only those nobody of the family has opened."""
    rows = select(func.count()).select_from(Entry).where(Entry.learner == learner)
    return session.exec(rows.where(col(Entry.seen_at).is_(None)) if new else rows).one()


def note_seen(session: Session, entry: Entry, now: datetime) -> None:
    """The family has opened the badge: it is new no more."""
    if entry.seen_at is None:
        entry.seen_at = now
        session.add(entry)
