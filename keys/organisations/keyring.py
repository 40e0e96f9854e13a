"""The keys of an organisation through their lives: announced, active, retired, compromised."""

from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, col, select

from keys.did import verification_method
from keys.errors import KeyStateWrong, NoActiveKey
from keys.organisations.register import did_of, find
from keys.signer import Signer
from keys.store import KeyStore
from keys.tables import KeyState, Organisation, OrganisationKey


def keys_of(session: Session, code: str) -> list[OrganisationKey]:
    """Every key the organisation ever had, oldest first."""
    order = (col(OrganisationKey.valid_from), col(OrganisationKey.id))
    return list(
        session.exec(select(OrganisationKey).where(OrganisationKey.organisation == code).order_by(*order)).all()
    )


def announce(session: Session, store: KeyStore, code: str, valid_from: datetime) -> OrganisationKey:
    """Make a key that will be used from `valid_from` on; published before, so that caches know it in time."""
    organisation = _locked(session, code)
    key_id = uuid4().hex
    multikey = store.make(_name(organisation, key_id))
    key = OrganisationKey(
        id=key_id,
        organisation=code,
        multikey=multikey,
        state=KeyState.ANNOUNCED,
        valid_from=valid_from,
        valid_until=None,
    )
    session.add(key)
    session.flush()
    return key


def rotate(session: Session, store: KeyStore, code: str, now: datetime) -> OrganisationKey:
    """Put a new key into use at `now` and retire the one before; an announced key whose time has come goes first.

    The first call gives an organisation its first key.
    """
    due = [key for key in keys_of(session, code) if key.state is KeyState.ANNOUNCED and key.valid_from <= now]
    fresh = due[0] if due else announce(session, store, code, now)
    for key in keys_of(session, code):
        if key.state is KeyState.ACTIVE:
            _retire(key, now)
    fresh.state = KeyState.ACTIVE
    session.flush()
    return fresh


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
    """The organisation's key that signs at `now`, or `NoActiveKey`."""
    organisation = find(session, code)
    for key in keys_of(session, code):
        if (
            key.state is KeyState.ACTIVE
            and key.valid_from <= now
            and (key.valid_until is None or now < key.valid_until)
        ):
            return store.signer(_name(organisation, key.id), verification_method(did_of(organisation), key.multikey))
    raise NoActiveKey(organisation=code)


def _retire(key: OrganisationKey, now: datetime) -> None:
    key.state, key.valid_until = KeyState.RETIRED, now


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
