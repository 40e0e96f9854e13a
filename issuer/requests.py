"""Requests with an `Idempotency-Key`: the same one again is answered with the same award, another one under its key is refused."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from issuer.errors.drafts import BadKey, KeyReused
from issuer.tables import KeyedRequest
from keys.actor import Actor
from schemas.canonical import jcs

_MOST = 255


@dataclass(frozen=True, slots=True)
class Keyed:
    """A key and the digest of what came with it."""

    key: str
    digest: str

    @classmethod
    def of(cls, key: str, asked: Mapping[str, Any]) -> "Keyed":
        """Of a request; how its JSON was laid out makes no difference. Raises `BadKey`."""
        if not (0 < len(key) <= _MOST and key.isascii() and key.isprintable()):
            raise BadKey
        return cls(key, hashlib.sha256(jcs(dict(asked))).hexdigest())

    def answered(self, session: Session, by: Actor) -> str | None:
        """The award that this request led to before; raises `KeyReused` where the key came with another one."""
        found = session.get(KeyedRequest, (by.account, self.key))
        if found is not None and found.digest != self.digest:
            raise KeyReused
        return None if found is None else found.award

    def keep(self, session: Session, by: Actor, award: str, now: datetime) -> None:
        """Remember what the request led to; whoever else used the key at this moment was first (`KeyReused`)."""
        kept = KeyedRequest(person=by.account, key=self.key, digest=self.digest, award=award, at=now)
        try:
            with session.begin_nested():
                session.add(kept)
        except IntegrityError:
            if self.answered(session, by) != award:
                raise KeyReused from None
