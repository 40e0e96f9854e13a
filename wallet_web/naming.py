"""The owner's name for one reader: a statement that the home school seals, for as long as the link lives (DOMAIN §4).

It says that the subjects of these badges are this person. The school can say it of badges that were awarded to the learner's own
network number, and of no others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlmodel import Session, col, delete, select

from keys import organisations
from keys.deps import Learner
from keys.errors.proofs import ProofInvalid
from keys.sealed import seal, unseal
from keys.store import KeyStore
from keys.tables import KeyState
from schemas.credential import Credential
from schemas.dates import write_timestamp
from schemas.identity import matches
from schemas.reading import read_json
from schemas.refusals import Refused
from wallet_web.errors import NothingToVouch
from wallet_web.tables import Consent, Entry, Share, ShareName

TYPE: Final = "OwnerStatement"
_LARGEST: Final = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose badges they are, by the school's word; `places` are the numbers of the badges it speaks of, counted from 1."""

    name: str
    school: str
    places: tuple[int, ...]


def vouch(
    session: Session,
    store: KeyStore,
    learner: Learner,
    made: Share,
    entries: Sequence[Entry],
    agreed: Consent,
    now: datetime,
) -> None:
    """Have the learner's school seal the statement for a share; one that has it keeps it.

    Raises `NothingToVouch` where none of the badges is the school's to vouch for, and what finding its key raises.
    """
    if session.get(ShareName, made.id) is not None:
        return
    own = [entry for entry in entries if _is_of(entry, learner)]
    if not own:
        raise NothingToVouch
    school = organisations.find(session, learner.school)
    statement = {
        "type": TYPE,
        "issuer": organisations.did_of(school),
        "school": school.name,
        "name": learner.name,
        "badges": [{"subject": _credential(one).subject_id, "sha256": one.digest} for one in own],
        "validFrom": write_timestamp(now),
        "validUntil": write_timestamp(made.expires_at),
    }
    sealed = seal(statement, organisations.signer_for(session, store, school.code, now), now)
    session.add(ShareName(share=made.id, consent=agreed.id, school=school.code, document=sealed))
    session.flush()


def read(session: Session, share: str, entries: Sequence[Entry], now: datetime) -> Owner | None:
    """What the school's statement says today; None without one, and where its seal does not hold."""
    document = document_of(session, share)
    kept = session.get(ShareName, share)
    if document is None or kept is None:
        return None
    school = organisations.find(session, kept.school)
    keys = [
        key.multikey for key in organisations.keys_of(session, school.code) if key.state is not KeyState.COMPROMISED
    ]
    try:
        said = unseal(document, organisations.did_of(school), keys, now, limit=_LARGEST)
    except (ProofInvalid, Refused):
        return None
    return _owner(said, school.name, entries)


def document_of(session: Session, share: str) -> bytes | None:
    """The sealed statement, byte for byte; None where there is none."""
    kept = session.get(ShareName, share)
    return bytes(kept.document) if kept is not None else None


def forget(session: Session, now: datetime) -> int:
    """Erase the statements of links that live no more; how many there were."""
    over = select(Share.id).where((col(Share.expires_at) <= now) | col(Share.withdrawn_at).is_not(None))
    return int(session.exec(delete(ShareName).where(col(ShareName.share).in_(over))).rowcount)


def _owner(said: dict[str, Any], school: str, entries: Sequence[Entry]) -> Owner | None:
    digests = {badge["sha256"] for badge in said["badges"]}
    places = tuple(place for place, entry in enumerate(entries, 1) if entry.digest in digests)
    return Owner(name=said["name"], school=school, places=places) if places else None


def _credential(entry: Entry) -> Credential:
    return Credential(read_json(bytes(entry.document)))


def _is_of(entry: Entry, learner: Learner) -> bool:
    """Whether a badge was awarded to the learner's own number and names a subject."""
    try:
        held = _credential(entry)
        return matches(held, learner.number) and bool(held.subject_id)
    except Refused:
        return False
