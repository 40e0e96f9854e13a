"""Status lists: a random place for every award, publication (Bitstring Status List 1.0; THREATS V16, I11).

Open Badges 3.0 lets a badge name one list only, and some verifiers heed revocation alone. So a set bit says "not in force", whether
for ever or for a time; which of the two it is says a second list, of suspensions, with the same places, that the first one names
with its digest while it has any (VCDM 2.0 §5.3; docs/decisions/0014).
"""

import base64
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from issuer.compose import StatusPlace
from issuer.errors.badges import NotYetSigned, StatusListsFull
from issuer.tables import Award, StatusList
from keys import organisations, proofs
from keys.ledger import Ledger, Word
from keys.shelf import Shelf
from keys.store import KeyStore
from keys.tables import Organisation
from schemas.status_list import LENGTH, encode, status_list_credential

Entropy = Callable[[int], bytes]

PURPOSE = "revocation"
SUSPENSION = "suspension"
VALIDITY = timedelta(days=30)  # of one edition of a list
REFRESH = timedelta(days=1)
STANDS_IN = timedelta(
    hours=1
)  # a revocation must not stay unknown for longer to whoever keeps the list from being fetched
_INDEX_BYTES = 3  # LENGTH is a power of two, so cutting three random bytes down keeps every index equally likely
_TRIES = 24  # in one list; it is nine tenths full before they are likely to fail
_MOST_LISTS = 3  # the newest list and what two others opened meanwhile


def take_place(session: Session, award: Award, entropy: Entropy, ledger: Ledger) -> StatusPlace:
    """Give `award` a random index of its own in the organisation's newest list, opening a list where that one is filled.

    Neither the database nor the ledger may know the place as taken. Once the transaction has committed, and before anything is
    signed, the place must go into the ledger (`remember_places`).
    """
    organisation = organisations.find(session, award.organisation)
    for _ in range(_MOST_LISTS):
        newest = newest_list(session, award.organisation)
        if newest is not None and _take_index(session, award, newest, entropy, ledger):
            url = organisations.public_url(organisation, shelf_path(newest.id))
            return StatusPlace(url, _known(award.status_index))
        open_list(session, award.organisation, 1 if newest is None else newest.number + 1)
    raise StatusListsFull


def shelf_path(list_id: str) -> str:
    """Where a list lies on the shelf."""
    return f"status/{list_id}"


def remember_places(ledger: Ledger, places: Iterable[tuple[str, int]]) -> None:
    """Write into the ledger that these places of lists belong to awards; what it knows already costs nothing."""
    named: dict[str, set[int]] = {}
    for name, index in places:
        named.setdefault(name, set()).add(index)
    for name, indexes in named.items():
        ledger.note(name, Word.TAKEN, sorted(indexes - ledger.marks(name).taken))


def remember_list(session: Session, ledger: Ledger, list_id: str) -> None:
    """Write into the ledger what the database knows of a list and the ledger does not: awards made before there was one."""
    places = _indexes(session, list_id, col(Award.stored_at))
    remember_places(ledger, [(list_id, index) for index in places])
    ledger.note(list_id, Word.SET, sorted(stopped(session, list_id) - ledger.marks(list_id).stopped))


def place_of(award: Award) -> tuple[str, int]:
    """The list and the index of a signed award; else `NotYetSigned`."""
    if award.status_list is None or award.status_index is None:
        raise NotYetSigned
    return award.status_list, award.status_index


def publish_list(session: Session, shelf: Shelf, store: KeyStore, list_id: str, now: datetime) -> None:
    """Sign the list as it stands and put it on the shelf, with its list of suspensions where there are any.

    The list's row is held until the transaction ends, so that of two acts at once the later edition has both bits. A bit that
    the ledger knows as set stays set, whatever an older copy of the database says.
    """
    wanted = select(StatusList).where(StatusList.id == list_id).with_for_update()
    held = session.exec(wanted, execution_options={"populate_existing": True}).one()
    edition = _Edition(session, shelf, store, organisations.find(session, held.organisation), now)
    related = edition.suspensions(held.id, _indexes(session, held.id, col(Award.suspended_at)))
    bits = stopped(session, held.id) | shelf.ledger.marks(held.id).stopped
    edition.put(shelf_path(held.id), held.purpose, sorted(bits), related)
    held.published_at = now
    session.flush()


@dataclass(frozen=True, slots=True)
class _Edition:
    """One edition of an organisation's list and of its suspensions."""

    session: Session
    shelf: Shelf
    store: KeyStore
    organisation: Organisation
    now: datetime

    def suspensions(self, list_id: str, indexes: list[int]) -> dict[str, Any]:
        """Publish the list of suspensions if there are any, or were; the members by which the main list names it."""
        path = f"{shelf_path(list_id)}-{SUSPENSION}"
        if not indexes and self.shelf.get(path) is None:
            return {}
        body = self.put(path, SUSPENSION, indexes, {})
        digest = base64.b64encode(sha256(body).digest()).decode()
        url = organisations.public_url(self.organisation, path)
        return {"relatedResource": [{"id": url, "digestSRI": f"sha256-{digest}"}]} if indexes else {}

    def put(self, path: str, purpose: str, indexes: list[int], related: dict[str, Any]) -> bytes:
        """Sign a list, dated in whole seconds, and put it on the shelf."""
        moment = self.now.replace(microsecond=0)
        document = status_list_credential(
            url=organisations.public_url(self.organisation, path),
            issuer=organisations.did_of(self.organisation),
            purpose=purpose,
            encoded=encode(indexes),
            valid_from=moment,
            valid_until=moment + VALIDITY,
            stands_in=STANDS_IN,
        )
        signer = organisations.signer_for(self.session, self.store, self.organisation.code, self.now)
        signed = proofs.add({**document, **related}, signer, created=moment)
        body = json.dumps(signed, ensure_ascii=False).encode()
        self.shelf.put(path, body)
        return body


def publish_new(session: Session, shelf: Shelf, store: KeyStore, list_id: str, now: datetime) -> None:
    """Publish a list that never was, so that no badge points at nothing."""
    held = session.get(StatusList, list_id)
    if held is None or held.published_at is None:
        publish_list(session, shelf, store, list_id, now)


def stopped(session: Session, list_id: str) -> set[int]:
    """The places of a list whose badges are revoked or suspended, as the database knows it."""
    return {
        *_indexes(session, list_id, col(Award.revoked_at)),
        *_indexes(session, list_id, col(Award.suspended_at)),
    }


def lists_of(session: Session, organisation: str) -> list[str]:
    """Every list that an organisation has published."""
    mine = select(StatusList.id).where(StatusList.organisation == organisation)
    return list(session.exec(mine.where(col(StatusList.published_at).is_not(None)).order_by(StatusList.id)).all())


def due_lists(session: Session, now: datetime) -> list[str]:
    """The lists whose last edition is older than `REFRESH`."""
    return list(session.exec(select(StatusList.id).where(col(StatusList.published_at) <= now - REFRESH)).all())


def newest_list(session: Session, organisation: str) -> StatusList | None:
    """The list that awards of an organisation get places in now, if it has one."""
    mine = select(StatusList).where(StatusList.organisation == organisation)
    return session.exec(mine.order_by(col(StatusList.number).desc()).limit(1)).one_or_none()


def open_list(session: Session, organisation: str, number: int) -> None:
    """Enter a list; somebody else may have done so at the same moment."""
    fresh = StatusList(id=f"{organisation}-{number}", organisation=organisation, number=number, purpose=PURPOSE)
    try:
        with session.begin_nested():
            session.add(fresh)
    except IntegrityError:
        if session.get(StatusList, fresh.id) is None:
            raise


def _take_index(session: Session, award: Award, status_list: StatusList, entropy: Entropy, ledger: Ledger) -> bool:
    """Try random indexes until one is free; the unique constraint decides between two who want the same."""
    known = ledger.marks(status_list.id).taken
    for _ in range(_TRIES):
        index = int.from_bytes(entropy(_INDEX_BYTES)) % LENGTH
        if index in known or _is_taken(session, status_list.id, index):
            continue
        try:
            with session.begin_nested():
                award.status_list, award.status_index = status_list.id, index
                session.flush()
        except IntegrityError:
            session.refresh(award)
            if not _is_taken(session, status_list.id, index):
                raise
            continue
        return True
    return False


def _is_taken(session: Session, list_id: str, index: int) -> bool:
    place = select(Award.id).where(Award.status_list == list_id, Award.status_index == index)
    return session.exec(place).first() is not None


def _indexes(session: Session, list_id: str, moment: Mapped[datetime | None]) -> list[int]:
    """The places of a list whose awards have that moment."""
    bits = select(Award.status_index).where(Award.status_list == list_id, moment.is_not(None))
    return sorted(_known(index) for index in session.exec(bits))


def _known(index: int | None) -> int:
    if index is None:
        raise StatusListsFull
    return index
