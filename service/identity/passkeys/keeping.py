"""A person's passkeys: made, used, taken away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlmodel import Session, col, select

from schemas.errors import NotFound
from service.identity.passkeys import ceremony
from service.identity.passkeys.ceremony import NewPasskey, Party
from service.identity.passkeys.errors import PasskeyCopied, PasskeyKnown, PasskeyUnnamed, PasskeyWrong, TooManyPasskeys
from service.identity.passkeys.tables import CREDENTIAL, Passkey

MOST = 10
NAME_MOST = 64


def of(session: Session, account: str) -> list[Passkey]:
    """All passkeys of an account, the newest first."""
    wanted = select(Passkey).where(Passkey.account == account)
    return list(session.exec(wanted.order_by(col(Passkey.made_at).desc(), Passkey.id)))


def check_room(kept: list[Passkey]) -> None:
    """Raise `TooManyPasskeys` when there may be no other one."""
    if len(kept) >= MOST:
        raise TooManyPasskeys(limit=MOST)


def handle_of(kept: list[Passkey], fresh: bytes) -> bytes:
    """By what devices know the account: what its other passkeys say, else `fresh` random bytes."""
    return bytes.fromhex(kept[0].handle) if kept else fresh


def add(session: Session, account: str, made: NewPasskey, handle: bytes, name: str, now: datetime) -> Passkey:
    """Keep a new passkey. Raises `PasskeyUnnamed`, `TooManyPasskeys`, `PasskeyKnown`; `PasskeyWrong` for an endless id."""
    tidy = " ".join(name.split())
    if not 0 < len(tidy) <= NAME_MOST:
        raise PasskeyUnnamed(pointer="/name", limit=NAME_MOST)
    check_room(of(session, account))
    if len(made.credential) > CREDENTIAL:
        raise PasskeyWrong
    if session.exec(select(Passkey).where(Passkey.credential == made.credential)).first() is not None:
        raise PasskeyKnown
    kept = Passkey(
        id=uuid4().hex,
        credential=made.credential,
        account=account,
        handle=handle.hex(),
        public_key=made.public_key,
        count=made.count,
        name=tidy,
        made_at=now,
    )
    session.add(kept)
    session.flush()
    return kept


def own(session: Session, account: str, passkey: str) -> Passkey:
    """The account's passkey of that id, or `NotFound`."""
    found = session.get(Passkey, passkey)
    if found is None or found.account != account:
        raise NotFound
    return found


def remove(session: Session, kept: Passkey) -> None:
    """It opens nothing any more."""
    session.delete(kept)
    session.flush()


def claimed(session: Session, answer: Mapping[str, Any]) -> Passkey:
    """The passkey that an answer says it is of, locked; nothing is proved yet. Raises `PasskeyWrong`."""
    claim = ceremony.read_claim(answer)
    wanted = select(Passkey).where(Passkey.credential == claim.credential, Passkey.handle == claim.handle)
    found = session.exec(wanted.with_for_update()).first()
    if found is None:
        raise PasskeyWrong
    return found


def use(kept: Passkey, answer: Mapping[str, Any], party: Party, challenge: bytes, now: datetime) -> bool:
    """Note that its owner has used it just now; whether the device has asked them who they are.

    Raises `PasskeyWrong`, and `PasskeyCopied` where all is proved but the device has counted less than before (WebAuthn §6.1.1).
    """
    used = ceremony.read_used(answer, party, challenge, kept.public_key)
    if max(kept.count, used.count) > 0 and used.count <= kept.count:
        raise PasskeyCopied
    kept.count, kept.used_at = used.count, now
    return used.verified
