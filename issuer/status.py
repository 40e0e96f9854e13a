"""Status lists: a random place for every award, revocation, publication (Bitstring Status List 1.0; THREATS V16, I11)."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from issuer.awards import locked
from issuer.compose import StatusPlace
from issuer.errors import AlreadyRevoked, ControlCharacter, NotYetSigned, ReasonMissing, ReasonTooLong, StatusListsFull
from issuer.tables import Award, AwardState, StatusList
from keys import organisations, proofs
from keys.actor import Actor
from keys.shelf import Shelf
from keys.store import KeyStore
from schemas.status_list import LENGTH, encode, status_list_credential

Entropy = Callable[[int], bytes]

PURPOSE = "revocation"
REASON_LIMIT = 500
VALIDITY = timedelta(days=30)  # of one edition of a list
REFRESH = timedelta(days=1)
_INDEX_BYTES = 3  # LENGTH is a power of two, so cutting three random bytes down keeps every index equally likely
_TRIES = 24  # in one list; it is nine tenths full before they are likely to fail
_MOST_LISTS = 3  # the newest list and what two others opened meanwhile


def take_place(session: Session, award: Award, entropy: Entropy) -> StatusPlace:
    """Give `award` a random index of its own in the organisation's newest list, opening a list where that one is filled."""
    organisation = organisations.find(session, award.organisation)
    for _ in range(_MOST_LISTS):
        newest = newest_list(session, award.organisation)
        if newest is not None and _take_index(session, award, newest, entropy):
            url = organisations.public_url(organisation, shelf_path(newest.id))
            return StatusPlace(url, _known(award.status_index))
        open_list(session, award.organisation, 1 if newest is None else newest.number + 1)
    raise StatusListsFull


def shelf_path(list_id: str) -> str:
    """Where a list lies on the shelf."""
    return f"status/{list_id}"


def revoke(
    session: Session, shelf: Shelf, store: KeyStore, award_id: str, *, reason: str, by: Actor, now: datetime
) -> Award:
    """Revoke a signed badge for ever and publish the list at once. Raises `NotYetSigned`, `AlreadyRevoked`, `ReasonMissing`."""
    kept = _reason(reason)
    award = locked(session, award_id)
    if award.revoked_at is not None:
        raise AlreadyRevoked
    if award.state not in {AwardState.STORED, AwardState.DELIVERED} or award.status_list is None:
        raise NotYetSigned
    award.revoked_at, award.revoked_by, award.revocation_reason = now, by.person or str(by.kind), kept
    session.flush()
    publish_list(session, shelf, store, award.status_list, now)
    return award


def publish_list(session: Session, shelf: Shelf, store: KeyStore, list_id: str, now: datetime) -> None:
    """Sign the list as it stands and put it on the shelf.

    The list's row is held until the transaction ends, so that of two revocations at once the later edition has both bits.
    """
    wanted = select(StatusList).where(StatusList.id == list_id).with_for_update()
    held = session.exec(wanted, execution_options={"populate_existing": True}).one()
    organisation = organisations.find(session, held.organisation)
    document = status_list_credential(
        url=organisations.public_url(organisation, shelf_path(held.id)),
        issuer=organisations.did_of(organisation),
        purpose=held.purpose,
        encoded=encode(_revoked(session, held.id)),
        valid_from=now.replace(microsecond=0),
        valid_until=now.replace(microsecond=0) + VALIDITY,
    )
    signer = organisations.signer_for(session, store, held.organisation, now)
    signed = proofs.add(document, signer, created=now.replace(microsecond=0))
    shelf.put(shelf_path(held.id), json.dumps(signed, ensure_ascii=False).encode())
    held.published_at = now
    session.flush()


def publish_new(session: Session, shelf: Shelf, store: KeyStore, list_id: str, now: datetime) -> None:
    """Publish a list that never was, so that no badge points at nothing."""
    held = session.get(StatusList, list_id)
    if held is None or held.published_at is None:
        publish_list(session, shelf, store, list_id, now)


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


def _take_index(session: Session, award: Award, status_list: StatusList, entropy: Entropy) -> bool:
    """Try random indexes until one is free; the unique constraint decides between two who want the same."""
    for _ in range(_TRIES):
        index = int.from_bytes(entropy(_INDEX_BYTES)) % LENGTH
        if _is_taken(session, status_list.id, index):
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


def _revoked(session: Session, list_id: str) -> list[int]:
    bits = select(Award.status_index).where(Award.status_list == list_id, col(Award.revoked_at).is_not(None))
    return sorted(_known(index) for index in session.exec(bits))


def _known(index: int | None) -> int:
    if index is None:
        raise StatusListsFull
    return index


def _reason(text: str) -> str:
    kept = " ".join(text.split())
    if not kept:
        raise ReasonMissing(pointer="/reason")
    if not kept.isprintable():
        raise ControlCharacter(pointer="/reason")
    if len(kept) > REASON_LIMIT:
        raise ReasonTooLong(pointer="/reason", limit=REASON_LIMIT)
    return kept
