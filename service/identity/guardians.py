"""Who acts for a learner: entered by the school on a document that it has looked at, ended by the school on another one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlmodel import Session, col, select

from schemas.errors import NotFound
from service.identity import accounts, roll, sessions, slips
from service.identity.errors import DocumentMissing, GuardianKnown, GuardianUnknown, NameNeeded
from service.identity.tables import Account, Basis, Guardianship

LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGuardian:
    """Somebody who is to act for a learner; `login` names a person who signs in already, for another child say."""

    name: str
    login: str
    basis: Basis
    document: str
    since: date
    until: date | None = None


def enter(session: Session, learner: str, new: NewGuardian, by: str, now: datetime) -> Guardianship:
    """Write down that somebody acts for the learner.

    Raises `NameNeeded`, `DocumentMissing`, `GuardianUnknown` where no such person signs in, `GuardianKnown`, `NotAMinor`.
    """
    name, document = " ".join(new.name.split())[:LONGEST], _document(new.document)
    if not name:
        raise NameNeeded(pointer="/name")
    person = _known(session, new.login, name) if new.login.strip() else _new(session, name)
    if any(one.person == person and _open(one, new.since) for one, _ in of(session, learner)):
        raise GuardianKnown(pointer="/name")
    roll.add_guardian(session, learner, person, new.since, new.until)
    made = session.get_one(Guardianship, (learner, person, new.since))
    made.basis, made.document, made.checked_by, made.checked_at = new.basis, document, by, now
    made.ended_by, made.ended_at, made.ended_document = None, None, ""
    session.flush()
    return made


def end(session: Session, learner: str, person: str, document: str, by: str, now: datetime, today: date) -> None:
    """From this moment on the person does not act for the learner any more.

    They are signed out everywhere, and a code that they made for the learner opens nothing. The account is theirs: they may
    act for other children.
    Raises `DocumentMissing`, and `NotFound` where they do not act for them anyway.
    """
    told, found = _document(document), False
    for one, _ in of(session, learner):
        if one.person == person and _open(one, today):
            one.until, found = today - timedelta(days=1), True
            one.ended_by, one.ended_at, one.ended_document = by, now, told
    if not found:
        raise NotFound
    session.flush()
    sessions.end_all(session, person)
    slips.end(session, learner, now, by=person)


def of(session: Session, learner: str) -> list[tuple[Guardianship, Account]]:
    """Everybody who ever was to act for the learner, the newest first."""
    wanted = select(Guardianship, Account).join(Account).where(Guardianship.learner == learner)
    rows = session.exec(wanted.order_by(col(Guardianship.since).desc(), Account.name))
    return [(row[0], row[1]) for row in rows]


def _open(one: Guardianship, day: date) -> bool:
    return one.until is None or one.until >= day


def _document(said: str) -> str:
    document = " ".join(said.split())
    if not document:
        raise DocumentMissing(pointer="/document")
    return document[:LONGEST]


def _known(session: Session, login: str, name: str) -> str:
    """The person who signs in by that name, if the school knows what they are called: nobody is found by guessing."""
    account = accounts.find(session, login)
    if account is None or _plain(account.name) != _plain(name):
        raise GuardianUnknown(pointer="/login")
    return account.id


def _new(session: Session, name: str) -> str:
    return accounts.add_account(session, id=uuid4().hex, name=name).id


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())
