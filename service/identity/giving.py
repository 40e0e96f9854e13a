"""Giving somebody a code to come in with: never to who works for an organisation, and never behind a family's back."""

from keys.deps import Visit
from service.identity import accounts, slips, ways
from service.identity.deps import Entrance
from service.identity.errors import StaffAccount
from service.identity.tables import Account
from service.identity.telling import tell_family


def give(
    visit: Visit, entrance: Entrance, school: str, learner: str, account: Account, told: str, *, keep: bool = False
) -> str:
    """A code for the learner or for one who acts for them; unless `keep`, no older way in opens. The family reads `told`.

    Raises `StaffAccount`.
    """
    if accounts.memberships(visit.session, account.id, entrance.today(visit.now)):
        raise StaffAccount
    again = ways.any_into(visit.session, account)
    code = slips.make(visit.session, account.id, school, visit.actor.account, visit.now, entrance.entropy, keep=keep)
    visit.record("slip.made", organisation=school, learner=learner, item=account.id)
    if again:
        tell_family(visit, learner, school, told.format(name=account.name), "/account", mails=entrance.mails)
    return code


def learners_account(visit: Visit, learner: str, name: str) -> Account:
    """The account of a learner, made where there was none."""
    return visit.session.get(Account, learner) or accounts.add_account(visit.session, id=learner, name=name)
