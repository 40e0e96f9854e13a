"""Putting the signed documents of organisations and of the network on the shelf.

Version numbers only ever grow: past what the database remembers and past what the shelf shows, so that restoring an old backup
cannot bring an older edition back (THREATS W12).
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlmodel import Session

from keys import deposits, did, history, journal
from keys.actor import Actor
from keys.errors.published import JournalCutOff, NothingLost
from keys.organisations import all_organisations, did_of, find, keys_of, public_url, signer_for
from keys.sealed import seal
from keys.shelf import Shelf
from keys.store import KeyStore
from keys.tables import KeyState, KeyStatement, Organisation
from schemas.canonical import jcs
from schemas.reading import read_json
from schemas.refusals import Refused
from schemas.trust_list import Licence, Member, TrustList

TRUST: Final = "trust"
CHECKPOINT: Final = "journal/checkpoint"
GIVEN_UP: Final = "journal/given-up"
RESUMED: Final = "journal.resumed"
TRUST_TERM: Final = timedelta(days=30)
_LARGEST: Final = 2 * 1024 * 1024


def publish_organisation(session: Session, shelf: Shelf, store: KeyStore, code: str, now: datetime) -> None:
    """An organisation's DID document and its sealed key history; afterwards the trust list should follow.

    Without a key in use there is nothing to seal a history with: then the trust list alone tells what became of the last one.
    """
    organisation = find(session, code)
    name, keys = did_of(organisation), keys_of(session, code)
    active = [key.multikey for key in keys if key.state is KeyState.ACTIVE]
    announced = [key.multikey for key in keys if key.state is KeyState.ANNOUNCED]
    shelf.put(f"orgs/{code}/did.json", jcs(did.document(name, active, announced)))
    shelf.put(f"hosts/{organisation.host}", code.encode())
    if active:
        path = f"orgs/{code}/keys"
        version = _next_version(session, shelf, path)
        sealed = history.compose(name, keys, signer_for(session, store, code, now), version, now)
        _put(session, shelf, path, sealed, version)


def is_published(session: Session, shelf: Shelf, code: str) -> bool:
    """Whether the shelf shows an organisation's keys as the database has them.

    A process that died between publishing and its commit has left it otherwise.
    """
    name, keys = did_of(find(session, code)), keys_of(session, code)
    shown = shelf.get(f"orgs/{code}/did.json"), shelf.get(f"orgs/{code}/keys")
    active = [key.multikey for key in keys if key.state is KeyState.ACTIVE]
    announced = [key.multikey for key in keys if key.state is KeyState.ANNOUNCED]
    if shown[0] != jcs(did.document(name, active, announced)):
        return False
    return not active or (shown[1] is not None and read_json(shown[1]).get("keys") == history.entries(keys))


def publish_trust_list(session: Session, shelf: Shelf, store: KeyStore, operator_code: str, now: datetime) -> None:
    """A new edition of the network's trust list, to be relied on for `TRUST_TERM` at most."""
    operator = find(session, operator_code)
    version = _next_version(session, shelf, TRUST)
    document = TrustList.compose(
        url=public_url(operator, TRUST),
        operator=did_of(operator),
        version=version,
        issued_at=now,
        valid_until=now + TRUST_TERM,
        members=_members(session),
    )
    _put(session, shelf, TRUST, seal(document, signer_for(session, store, operator_code, now), now), version)


def _members(session: Session) -> list[Member]:
    organisations = {organisation.code: organisation for organisation in all_organisations(session)}
    return [
        _member(session, organisation, organisation.member_from, organisations.get(organisation.parent or ""))
        for organisation in organisations.values()
        if organisation.member_from is not None
    ]


def _member(session: Session, organisation: Organisation, since: datetime, parent: Organisation | None) -> Member:
    return Member(
        issuer=did_of(organisation),
        code=organisation.code,
        name=organisation.name,
        kind=str(organisation.kind),
        member_from=since,
        member_until=organisation.member_until,
        licences=_licences(organisation),
        parent=None if parent is None else did_of(parent),
        keys=tuple(history.entries(keys_of(session, organisation.code))),
        programmes=None if organisation.programmes is None else tuple(organisation.programmes),
        basis=organisation.basis,
    )


def _licences(organisation: Organisation) -> tuple[Licence, ...]:
    if organisation.licence is None or organisation.licence_from is None:
        return ()
    return (Licence(organisation.licence, organisation.licence_from, organisation.licence_until),)


def publish_deposits(
    session: Session, shelf: Shelf, store: KeyStore, operator_code: str, day: date, now: datetime
) -> None:
    """The operator's list of what was deposited on a day (UTC); published again whenever the day grows."""
    operator = find(session, operator_code)
    signer = signer_for(session, store, operator_code, now)
    listed = deposits.compose(did_of(operator), day, deposits.deposits_of(session, day), signer, now)
    shelf.put(deposits.path(day), listed)


def publish_framework(
    session: Session,
    shelf: Shelf,
    store: KeyStore,
    publisher: str,
    framework: str,
    document: Mapping[str, Any],
    now: datetime,
) -> None:
    """A catalogue of outcomes (`schemas.framework.compose`) under the name `framework`, sealed by its publisher."""
    shelf.put(f"frameworks/{framework}", seal(document, signer_for(session, store, publisher, now), now))


def publish_checkpoint(session: Session, shelf: Shelf, store: KeyStore, now: datetime) -> None:
    """State how far the journal goes, in the database and on the shelf, where whoever cuts the database cannot reach.

    Raises `JournalCutOff` and leaves the earlier statement where rows that it covers are gone.
    """
    body = journal.checkpoint(session, journal.keeper(store), now, shelf.get(CHECKPOINT))
    if body is not None:
        shelf.put(CHECKPOINT, body)


def resume_journal(session: Session, shelf: Shelf, store: KeyStore, now: datetime, by: Actor) -> int:
    """State the journal anew after rows that were stated are lost for good; the number up to which rows were stated.

    What was stated before stays beside it on the shelf, and a row of the journal says so for ever. Raises `NothingLost`.
    """
    keeper, stated = journal.keeper(store), shelf.get(CHECKPOINT)
    try:
        journal.checkpoint(session, keeper, now, stated)
    except JournalCutOff:
        number = journal.read_checkpoint(stated or b"", keeper.multikey, now).number
    else:
        raise NothingLost
    shelf.put(f"{GIVEN_UP}/{number}", stated or b"")
    journal.append(session, at=now, event=RESUMED, actor_kind=by.kind, person=by.person, item=str(number))
    shelf.put(CHECKPOINT, journal.checkpoint(session, keeper, now) or b"")
    return number


def _next_version(session: Session, shelf: Shelf, path: str) -> int:
    """One more than any edition seen so far."""
    row = session.get(KeyStatement, path, with_for_update=True)
    return 1 + max(row.version if row else 0, _shown_version(shelf.get(path)))


def _shown_version(body: bytes | None) -> int:
    """The version on the shelf; a file that cannot be read counts as none."""
    try:
        version = read_json(body or b"{}", limit=_LARGEST).get("version")
    except Refused:
        return 0
    return version if isinstance(version, int) else 0


def _put(session: Session, shelf: Shelf, path: str, body: bytes, version: int) -> None:
    session.merge(KeyStatement(path=path, version=version))
    session.flush()
    shelf.put(path, body)
