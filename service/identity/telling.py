"""What people are told: a family of acts of the school, each of their own account; also by mail where they want it."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from keys.deps import Visit
from service.identity.tables import Account
from service.notices.post import Told, tell


def tell_family(
    visit: Visit, learner: str, organisation: str, text: str, href: str, *, mails: bool, but: Collection[str] = ()
) -> None:
    """One notice to the learner, if they sign in, and to each who acts for them; nobody of `but` is told."""
    people = {person.id for person in visit.people.guardians(learner)} | {learner}
    for person in sorted(people.difference(but)):
        if visit.session.get(Account, person) is not None:
            told = Told(person=person, organisation=organisation, learner=learner, text=text, href=href)
            tell(visit.session, told, mails=mails, now=visit.now)


def tell_owner(session: Session, person: str, text: str, now: datetime, *, mails: bool) -> None:
    """One notice to a person about their own account; no organisation has a part in it."""
    tell(session, Told(person=person, organisation="", learner="", text=text, href="/account"), mails=mails, now=now)
