"""How a credential comes into a wallet: by the learner's network number, once, the newer version winning (OB 3.0 §10)."""

import hashlib
import uuid
from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from keys.deps import Learner
from schemas.credential import Credential
from schemas.identity import matches
from schemas.reading import read_json
from schemas.refusals import Unreadable
from wallet_web.errors import NotTheirs
from wallet_web.leaving import closing
from wallet_web.tables import Entry

CREDENTIAL = "VerifiableCredential"
FindLearner = Callable[[Session, str], Learner | None]


def deliver(session: Session, number: str, credential: bytes, now: datetime, *, find: FindLearner) -> bool:
    """Put a credential into the wallet of the learner with this network number; true when it is there afterwards.

    `find` gives the learner with a number. False means that nobody here has it, or that the family has left. Raises `NotTheirs`
    when the credential's hashed identifier is not that number's, `schemas.refusals.Refused` when the bytes are no credential.
    """
    read = Credential(read_json(credential))
    if CREDENTIAL not in read.types:
        raise Unreadable(pointer="/type", field="type")
    if not matches(read, number):
        raise NotTheirs
    learner = find(session, number)
    if learner is None or closing.is_erased(session, learner.id):
        return False
    _keep(session, _entry(learner.id, read, credential, now))
    return True


def sameness(credential: Credential, document: bytes) -> str:
    """Equal for two versions of one credential: same issuer and same id, unescaped and trimmed; without an id, same bytes."""
    return sameness_of(credential.issuer_id, unquote(credential.id).strip() or hashlib.sha256(document).hexdigest())


def sameness_of(issuer: str, own: str) -> str:
    """The same by the ids alone."""
    return hashlib.sha256(f"{unquote(issuer).strip()}\n{unquote(own).strip()}".encode()).hexdigest()


def folded(text: str) -> str:
    """Text as a search compares it: letter case and «ё» make no difference."""
    return text.casefold().replace("ё", "е")


def _entry(learner: str, read: Credential, document: bytes, now: datetime) -> Entry:
    if read.valid_from is None:
        raise Unreadable(pointer="/validFrom", field="validFrom")
    words = [
        read.achievement.name,
        read.issuer_name,
        *(f"{outcome.code} {outcome.name}" for outcome in read.outcome_levels()),
    ]
    return Entry(
        id=uuid.uuid4().hex,
        learner=learner,
        sameness=sameness(read, document),
        document=document,
        digest=hashlib.sha256(document).hexdigest(),
        title=read.achievement.name,
        issuer_name=read.issuer_name,
        search=folded("\n".join(words)),
        valid_from=read.valid_from,
        received_at=now,
    )


def _keep(session: Session, entry: Entry) -> None:
    """Insert, or let the newer of two versions stand; a second transaction's insert counts as the older one."""
    old = _find(session, entry)
    if old is None:
        try:
            with session.begin_nested():
                session.add(entry)
        except IntegrityError:
            old = _find(session, entry)
            if old is None:
                raise
    if old is not None and entry.valid_from > old.valid_from:
        supersede(session, old, entry)


def _find(session: Session, entry: Entry) -> Entry | None:
    row = select(Entry).where(Entry.learner == entry.learner, Entry.sameness == entry.sameness)
    return session.exec(row.with_for_update()).first()


def supersede(session: Session, old: Entry, new: Entry) -> None:
    """Put another version of the credential into its entry, which is new to the family then."""
    for name in ("document", "digest", "title", "issuer_name", "search", "valid_from", "received_at"):
        setattr(old, name, getattr(new, name))
    old.seen_at = None
    session.add(old)
