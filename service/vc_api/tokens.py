"""Tokens of programs: made once, shown once, spent request by request, withdrawn for ever."""

import hashlib
import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid4

from sqlmodel import Session, col, select

from keys import journal, organisations
from keys.actor import Actor, ActorKind, Program
from schemas.errors import N_
from service.vc_api.errors import (
    TokenNameTaken,
    TokenNameWrong,
    TokenRefused,
    TokenScopesWrong,
    TokenTermWrong,
    TokenUnknown,
    TooManyRequests,
)
from service.vc_api.tables import ApiToken

PREFIX = "zachetka_"  # by which scanners of source code know what was left lying about
ENTROPY = 32
NAME_LIMIT = 100
LONGEST_DAYS = 730
USUAL_DAYS = 365
MINUTE = timedelta(minutes=1)
Entropy = Callable[[int], bytes]


class Scope(StrEnum):
    """What a token may be made for."""

    ISSUE = "issue"
    VERIFY = "verify"
    STATUS = "status"


SCOPES = {
    Scope.ISSUE: N_("выдавать опубликованные значки организации"),
    Scope.VERIFY: N_("проверять любые значки и подборки, показывать их часть"),
    Scope.STATUS: N_("передавать отзыв и приостановку значков организации"),
}


class State(StrEnum):
    """What a token is worth now."""

    HOLDS = "holds"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


STATES = {State.HOLDS: N_("действует"), State.ENDED: N_("срок закончился"), State.WITHDRAWN: N_("отозван")}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants a token for."""

    organisation: str
    name: str
    scopes: Collection[str]
    days: int


def make(session: Session, wish: Wish, by: Actor, now: datetime, entropy: Entropy) -> tuple[ApiToken, str]:
    """A new token and its text, which nobody will see again.

    Raises `TokenNameWrong`, `TokenScopesWrong`, `TokenTermWrong`, `TokenNameTaken`, `OrganisationUnknown`.
    """
    organisations.find(session, wish.organisation)
    name = _checked(session, wish, now)
    text = PREFIX + entropy(ENTROPY).hex()
    token = ApiToken(
        id=uuid4().hex,
        digest=digest(text),
        organisation=wish.organisation,
        name=name,
        scopes=sorted(set(wish.scopes)),
        made_by=by.person,
        made_at=now,
        expires_at=now + timedelta(days=wish.days),
    )
    session.add(token)
    session.flush()
    _record(session, token, "token.made", by, now)
    return token, text


def withdraw(session: Session, organisation: str, token_id: str, by: Actor, now: datetime) -> ApiToken:
    """End a token for ever; one that has ended already stays as it is. Raises `TokenUnknown`."""
    token = session.get(ApiToken, token_id) if token_id.isascii() and token_id.isalnum() else None
    if token is None or token.organisation != organisation:
        raise TokenUnknown
    if token.withdrawn_at is None:
        token.withdrawn_at, token.withdrawn_by = now, by.person
        session.flush()
        _record(session, token, "token.withdrawn", by, now)
    return token


def tokens_of(session: Session, organisation: str) -> list[ApiToken]:
    """Every token of an organisation, the newest first."""
    wanted = select(ApiToken).where(ApiToken.organisation == organisation)
    return list(session.exec(wanted.order_by(col(ApiToken.made_at).desc(), col(ApiToken.id))).all())


def spend(session: Session, text: str, now: datetime, per_minute: int) -> Program:
    """The program that holds the token, one request poorer. Raises `TokenRefused`, `TooManyRequests`.

    The allowance comes back evenly (GCRA): `per_minute` requests at once, or one after another at that pace.
    """
    wanted = select(ApiToken).where(ApiToken.digest == digest(text)).with_for_update()
    token = session.exec(wanted).one_or_none()
    if token is None or state_of(token, now) is not State.HOLDS:
        raise TokenRefused
    rested = max(token.rested_at or now, now) + MINUTE / per_minute
    if rested > now + MINUTE:
        raise TooManyRequests(seconds=math.ceil((rested - now - MINUTE).total_seconds()))
    token.rested_at, token.used_at = rested, now
    return Program(token.id, token.organisation, frozenset(f"program.{scope}" for scope in token.scopes))


def actor_of(program: Program) -> Actor:
    """A program as it acts: without a person."""
    return Actor(kind=ActorKind.TOKEN, program=program)


def state_of(token: ApiToken, now: datetime) -> State:
    """What a token is worth at `now`; it opens something only while it holds."""
    if token.withdrawn_at is not None:
        return State.WITHDRAWN
    return State.HOLDS if now < token.expires_at else State.ENDED


def line(token: ApiToken, now: datetime) -> str:
    """A token on the command line."""
    used = "" if token.used_at is None else f"{token.used_at:%d.%m.%Y}"
    facts = (
        token.id,
        STATES[state_of(token, now)],
        f"{token.expires_at:%d.%m.%Y}",
        used,
        ",".join(token.scopes),
        token.name,
    )
    return "\t".join(facts)


def digest(text: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _checked(session: Session, wish: Wish, now: datetime) -> str:
    """The name as it is kept, where everything about the wish is right."""
    name = " ".join(wish.name.split())
    if not (0 < len(name) <= NAME_LIMIT and name.isprintable()):
        raise TokenNameWrong(limit=NAME_LIMIT)
    if not wish.scopes or not set(wish.scopes) <= set(Scope):
        raise TokenScopesWrong
    if not 1 <= wish.days <= LONGEST_DAYS:
        raise TokenTermWrong(longest=LONGEST_DAYS)
    if any(held.name == name and state_of(held, now) is State.HOLDS for held in tokens_of(session, wish.organisation)):
        raise TokenNameTaken
    return name


def _record(session: Session, token: ApiToken, event: str, by: Actor, now: datetime) -> None:
    journal.append(
        session,
        at=now,
        event=event,
        actor_kind=by.kind,
        person=by.person,
        organisation=token.organisation,
        item=token.id,
    )
