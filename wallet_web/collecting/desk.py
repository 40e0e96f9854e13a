"""Looking at what a learner brings, keeping it, taking a badge out of the wallet again.

    look → wallet_find (a day) → examine, as often as it is asked → keep → wallet_entry, wallet_collected

Two copies are one badge only where the issuer's signature holds (OB 3.0 §10): a forgery is known by its bytes, so that it can
neither take a badge's place nor keep one from arriving.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from hashlib import sha256
from typing import Final, Protocol
from uuid import uuid4

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, func, select

from keys.deps import Learner
from keys.errors.published import Unreachable
from schemas.errors import NotFound
from verifier.errors import FileTooLarge, NotACredential
from verifier.verification import Verification
from verifier.verify import Verifier
from wallet_web import disclosing
from wallet_web.collecting import found
from wallet_web.collecting.found import Found
from wallet_web.collecting.standing import Standing, Whose, is_confirmed, standing, whose
from wallet_web.errors import LinkRefused, LinkSilent, StillShown, TooManyLooked, WalletFull
from wallet_web.receive import folded, supersede
from wallet_web.tables import Collected, Entry, EntryNotice, Find, Origin, ShareItem

BYTES: Final = 2 * 1024 * 1024
LOOKED_PER_DAY: Final = 100
KEPT_MOST: Final = 1_000
DAY: Final = timedelta(days=1)
_REFUSED: Final = frozenset({"url", "address"})


class Verify(Protocol):
    """The verifier's question, as far as it matters here."""

    def __call__(self, data: bytes, *, now: datetime) -> Verification:
        """Judge the document in `data`."""
        ...


class Known(StrEnum):
    """How something that was looked at stands to what is in the wallet."""

    NEW = "new"
    SAME = "same"  # it is there already
    NEWER = "newer"  # an earlier version is there, and will give way
    OLDER = "older"  # a later version is there


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Something that was brought by `person`, judged now. `entry` is the badge of the wallet that it is another copy of."""

    learner: str
    origin: Origin
    person: str
    found: Found
    verification: Verification
    standing: Standing
    whose: Whose
    known: Known
    entry: Entry | None

    @property
    def title(self) -> str:
        """The name that holds, else the one it claims."""
        return self.verification.title or self.found.title

    @property
    def issuer(self) -> str:
        """Who stands behind it, else who is said to."""
        return self.verification.issuer or self.found.issuer_name


def fetch(verifier: Verifier, url: str) -> bytes:
    """The file at an address, by the guarded fetcher. Raises `LinkRefused` or `LinkSilent`."""
    try:
        data = verifier.gathering.fetcher.get(url)
    except Unreachable as error:
        raise (LinkRefused if error.params.get("reason") in _REFUSED else LinkSilent) from error
    return data


def look(
    session: Session,
    verifier: Verifier,
    learner: str,
    data: bytes,
    *,
    origin: Origin,
    by: str,
    recipient: str,
    now: datetime,
) -> Find:
    """Take something in to be looked at. A baked badge that only names its page is fetched from there.

    Raises `NotACredential` where there is none inside, `TooManyLooked`, and what `fetch` raises.
    """
    if len(data) > BYTES:
        raise FileTooLarge
    brought = found.read(data, verifier.policy)
    if brought.url:
        inner = found.read(fetch(verifier, brought.url), verifier.policy)
        if inner.url or inner.file is not None:
            raise NotACredential
        brought = replace(inner, file=brought.file, file_form=brought.file_form)
    _make_room(session, learner, now)
    looked = Find(
        id=uuid4().hex,
        learner=learner,
        origin=origin,
        person=by,
        document=brought.document,
        file=brought.file,
        recipient=recipient.strip(),
        at=now,
    )
    session.add(looked)
    session.flush()
    return looked


def find_of(session: Session, learner: str, find: str, now: datetime) -> Find:
    """What a learner looked at, or `NotFound` where it is somebody else's or older than a day."""
    row = session.get(Find, find)
    if row is None or row.learner != learner or row.at <= now - DAY:
        raise NotFound
    return row


def examine(session: Session, verifier: Verifier, learner: Learner, row: Find, *, holder: str, now: datetime) -> Looked:
    """What it is worth now, and whether the wallet has it; `NotFound` where it was put away.

    `holder` is the DID of the learner's own key.
    """
    if not row.document:
        raise NotFound
    asked = partial(verifier.verify, recipient=row.recipient)
    return judge(session, asked, learner, _restored(row, verifier), row.origin, row.person, holder=holder, now=now)


def judge(
    session: Session,
    verify: Verify,
    learner: Learner,
    brought: Found,
    origin: Origin,
    person: str,
    *,
    holder: str,
    now: datetime,
) -> Looked:
    """What a document is worth now, and whether the wallet has it."""
    verification = verify(disclosing.whole(brought.document), now=now)
    entry = _counterpart(session, learner.id, brought, verification)
    return Looked(
        learner=learner.id,
        origin=origin,
        person=person,
        found=brought,
        verification=verification,
        standing=standing(verification),
        whose=whose(verification, learner.number, holder),
        known=_known(entry, brought),
        entry=entry,
    )


def again(session: Session, looked: Looked) -> Looked:
    """The same answer held against what the wallet has by now."""
    entry = _counterpart(session, looked.learner, looked.found, looked.verification)
    return replace(looked, entry=entry, known=_known(entry, looked.found))


def keep(session: Session, looked: Looked, now: datetime) -> Entry:
    """Put it into the wallet and say where it lies; a copy that is there already stays as it is.

    Raises `WalletFull`.
    """
    if looked.known in {Known.SAME, Known.OLDER} and looked.entry is not None:
        return looked.entry
    if looked.entry is None and _kept(session, looked.learner) >= KEPT_MOST:
        raise WalletFull
    kept, fresh = looked.entry, _entry(looked, now)
    if kept is None:
        kept = _insert(session, fresh, looked)
    else:
        supersede(session, kept, fresh)
    session.merge(_collected(kept, looked, now))
    session.flush()
    return kept


def put_away(session: Session, row: Find, entry: str | None = None) -> None:
    """Forget what was looked at, but for the badge that it has become; that something was looked at is known for a day."""
    row.document, row.file, row.recipient, row.entry = b"", None, "", row.entry or entry
    session.add(row)
    session.flush()


def remove(session: Session, entry: Entry) -> None:
    """Erase the wallet's copy of a badge, out of links too. The issuer and the school keep what they must.

    Raises `StillShown` where something else in the wallet rests on it.
    """
    try:
        with session.begin_nested():
            for table, column in (
                (ShareItem, ShareItem.entry),
                (EntryNotice, EntryNotice.entry),
                (Collected, Collected.entry),
            ):
                session.exec(delete(table).where(col(column) == entry.id))
            session.delete(entry)
            session.flush()
    except IntegrityError as error:
        raise StillShown from error


def collected(session: Session, entries: Iterable[str]) -> Mapping[str, Collected]:
    """What is known besides of those of the badges that their learner brought."""
    rows = session.exec(select(Collected).where(col(Collected.entry).in_(list(entries))))
    return {row.entry: row for row in rows}


def brought(session: Session, learner: str) -> list[tuple[Entry, Collected]]:
    """Every badge that its learner brought."""
    joined = select(Entry, Collected).join(Collected, col(Collected.entry) == col(Entry.id))
    return [(row[0], row[1]) for row in session.exec(joined.where(Entry.learner == learner))]


def note_answer(session: Session, row: Collected, verification: Verification, now: datetime) -> None:
    """Remember today's answer about a badge, for lists."""
    row.standing, row.checked_at = standing(verification), now
    session.add(row)


def _restored(row: Find, verifier: Verifier) -> Found:
    """The document once more; its picture was read before."""
    brought = found.read(bytes(row.document), verifier.policy)
    if row.file is None:
        return brought
    return replace(brought, file=bytes(row.file), file_form=found.form_of(bytes(row.file)))


def _counterpart(session: Session, learner: str, brought: Found, verification: Verification) -> Entry | None:
    """The entry with the same bytes, or (where the signature holds) the one that is a version of the same credential."""
    own = select(Entry).where(Entry.learner == learner)
    same = session.exec(own.where(Entry.digest == brought.digest)).first()
    if same is not None or not brought.same or not is_confirmed(verification):
        return same
    return session.exec(own.where(Entry.sameness == brought.same)).first()


def _known(entry: Entry | None, brought: Found) -> Known:
    if entry is None:
        return Known.NEW
    if entry.digest == brought.digest or brought.dated is None or brought.dated == entry.valid_from:
        return Known.SAME
    return Known.NEWER if brought.dated > entry.valid_from else Known.OLDER


def _entry(looked: Looked, now: datetime) -> Entry:
    brought = looked.found
    confirmed = brought.same and is_confirmed(looked.verification)
    return Entry(
        id=uuid4().hex,
        learner=looked.learner,
        sameness=brought.same if confirmed else sha256(b"unconfirmed\n" + brought.document).hexdigest(),
        document=brought.document,
        digest=brought.digest,
        title=looked.title[: found.LONGEST],
        issuer_name=looked.issuer[: found.LONGEST],
        search=brought.search or folded(f"{looked.title}\n{looked.issuer}"),
        valid_from=brought.dated or now,
        received_at=now,
    )


def _insert(session: Session, entry: Entry, looked: Looked) -> Entry:
    """Insert or change; a twin that another transaction kept a moment before wins."""
    try:
        with session.begin_nested():
            session.add(entry)
            session.flush()
    except IntegrityError:
        twin = _counterpart(session, entry.learner, looked.found, looked.verification)
        if twin is None:
            raise
        return twin
    return entry


def _collected(entry: Entry, looked: Looked, now: datetime) -> Collected:
    return Collected(
        entry=entry.id,
        origin=looked.origin,
        person=looked.person,
        whose=looked.whose,
        file=looked.found.file,
        standing=looked.standing,
        checked_at=now,
    )


def _make_room(session: Session, learner: str, now: datetime) -> None:
    """Forget what was looked at before yesterday, and count what was since."""
    session.exec(delete(Find).where(col(Find.learner) == learner, col(Find.at) <= now - DAY))
    looked = session.exec(select(func.count()).select_from(Find).where(Find.learner == learner)).one()
    if looked >= LOOKED_PER_DAY:
        raise TooManyLooked(limit=LOOKED_PER_DAY)


def _kept(session: Session, learner: str) -> int:
    rows = select(func.count()).select_from(Collected).join(Entry, col(Entry.id) == col(Collected.entry))
    return session.exec(rows.where(Entry.learner == learner)).one()
