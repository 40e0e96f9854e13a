"""The keys of an organisation through their lives: announced, active, retired, compromised."""

from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, col, select

from keys.did import verification_method
from keys.errors.network import KeyDatesWrong, KeyExpired, KeyStateWrong, NoActiveKey
from keys.multikey import decode
from keys.organisations.register import did_of, find
from keys.signer import Signer, make_key, open_key
from keys.store import KeyStore
from keys.tables import KeyState, Organisation, OrganisationKey

ELSEWHERE = "elsewhere:"  # in the place of a private key's address: another installation keeps it


def keys_of(session: Session, code: str) -> list[OrganisationKey]:
    """Every key the organisation ever had, oldest first."""
    order = (col(OrganisationKey.valid_from), col(OrganisationKey.id))
    return list(
        session.exec(select(OrganisationKey).where(OrganisationKey.organisation == code).order_by(*order)).all()
    )


def announce(
    session: Session, store: KeyStore, code: str, valid_from: datetime, valid_until: datetime | None = None
) -> OrganisationKey:
    """Make a key that will be used from `valid_from` on; published before, so that caches know it in time.

    From `valid_until` on it signs no more. Raises `KeyDatesWrong`.
    """
    if valid_until is not None and valid_until <= valid_from:
        raise KeyDatesWrong
    organisation = _locked(session, code)
    key_id = uuid4().hex
    place = make_key(store, _name(organisation, key_id))
    key = OrganisationKey(
        id=key_id,
        organisation=code,
        multikey=place.multikey,
        state=KeyState.ANNOUNCED,
        valid_from=valid_from,
        valid_until=valid_until,
        address=place.address,
    )
    session.add(key)
    session.flush()
    return key


def due_key(session: Session, code: str, now: datetime) -> OrganisationKey | None:
    """The announced key whose time has come; of several the first, none that has ended already."""
    for key in keys_of(session, code):
        if key.state is KeyState.ANNOUNCED and key.valid_from <= now and not _has_ended(key, now):
            return key
    return None


def rotate(
    session: Session, store: KeyStore, code: str, now: datetime, valid_until: datetime | None = None
) -> OrganisationKey:
    """Put a new key into use at `now` and retire the one before; an announced key whose time has come goes first.

    The first call gives an organisation its first key. A key made here ends at `valid_until`.
    """
    _locked(session, code)
    fresh = due_key(session, code, now) or announce(session, store, code, now, valid_until)
    for key in keys_of(session, code):
        if key.state is KeyState.ACTIVE:
            _retire(key, now)
    fresh.state = KeyState.ACTIVE
    session.flush()
    return fresh


def enter_key(session: Session, code: str, multikey: str, valid_from: datetime) -> OrganisationKey:
    """Enter the public half of a key that another installation keeps, as the network's operator got it by another way than the net.

    Nothing is ever signed or published for such an organisation here: its own installation does that. Raises `BadMultikey`, and
    `KeyStateWrong` for a key that is known already.
    """
    decode(multikey)
    _locked(session, code)
    if session.exec(select(OrganisationKey).where(OrganisationKey.multikey == multikey)).first() is not None:
        raise KeyStateWrong
    key = OrganisationKey(
        id=uuid4().hex,
        organisation=code,
        multikey=multikey,
        state=KeyState.ACTIVE,
        valid_from=valid_from,
        address=ELSEWHERE,
    )
    session.add(key)
    session.flush()
    return key


def is_elsewhere(session: Session, code: str) -> bool:
    """Whether an organisation's keys are kept by another installation."""
    return any(key.address == ELSEWHERE for key in keys_of(session, code))


def retire(session: Session, code: str, multikey: str, now: datetime) -> None:
    """End a key's use; what it signed until `now` stays good. Raises `KeyStateWrong` for a key that is not in use."""
    key = _key(session, code, multikey)
    if key.state is not KeyState.ACTIVE:
        raise KeyStateWrong
    _retire(key, now)
    session.flush()


def compromise(session: Session, code: str, multikey: str, since: datetime, now: datetime) -> None:
    """Declare that others may have had the key from `since` on: it signs no more, and from then on proves nothing.

    What it signed before `since` counts only where a witness saw it in time (THREATS I8, I9). `since` may be moved back later,
    never forward.
    """
    key = _key(session, code, multikey)
    if since > now or (key.compromised_at is not None and since > key.compromised_at):
        raise KeyStateWrong
    key.state, key.compromised_at = KeyState.COMPROMISED, since
    key.valid_until = min(filter(None, (key.valid_until, now)))
    session.flush()


def signer_for(session: Session, store: KeyStore, code: str, now: datetime) -> Signer:
    """The organisation's key that signs at `now`. Raises `NoActiveKey`, `KeyExpired`, and `ClockWentBack` (THREATS I7)."""
    if store.guard is not None:
        store.guard.witness(now)
    organisation = find(session, code)
    active = [key for key in keys_of(session, code) if key.state is KeyState.ACTIVE and key.valid_from <= now]
    for key in active:
        if not _has_ended(key, now):
            method = verification_method(did_of(organisation), key.multikey)
            return open_key(store, key.address, _name(organisation, key.id), method)
    raise (KeyExpired if active else NoActiveKey)(organisation=code)


def _has_ended(key: OrganisationKey, now: datetime) -> bool:
    return key.valid_until is not None and key.valid_until <= now


def _retire(key: OrganisationKey, now: datetime) -> None:
    """Out of use at `now`; a key whose planned end came first has ended then."""
    key.state, key.valid_until = KeyState.RETIRED, min(filter(None, (key.valid_until, now)))


def _key(session: Session, code: str, multikey: str) -> OrganisationKey:
    _locked(session, code)
    for key in keys_of(session, code):
        if key.multikey == multikey:
            return key
    raise KeyStateWrong


def _locked(session: Session, code: str) -> Organisation:
    """The organisation, with its row held until the transaction ends: one change of keys at a time."""
    find(session, code)
    return session.exec(select(Organisation).where(Organisation.code == code).with_for_update()).one()


def _name(organisation: Organisation, key_id: str) -> str:
    return f"organisation-{organisation.host.replace('.', '-')}-{key_id}"
