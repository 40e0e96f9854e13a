"""What a visitor does in a wallet: the right to it, the act, the line in the journal. Pages and JSON share these."""

from keys.actor import Thing
from keys.deps import Learner, Visit
from wallet_web import consent, share, views
from wallet_web.errors import GuardianSubmits, ShareGone
from wallet_web.share import OpenShare, ShareOrder
from wallet_web.tables import Consent, Purpose, Share
from wallet_web.wallet import Wallet


def admit(visit: Visit, action: str, learner: str) -> Learner:
    """The learner, if the visitor may do `action` in their wallet."""
    visit.require(action, Thing(learner=learner))
    return visit.people.learner(learner)


def give_consent(visit: Visit, learner: str, text_hash: str) -> Consent:
    """Give the standing consent for sharing to the text that was shown."""
    subject = require_who_decides(visit, "consent.give", learner)
    given = consent.give(visit.session, subject, visit.actor, Purpose.SHARING, text_hash, visit.now)
    visit.record("consent.given", learner=subject.id, item=given.id)
    return given


def withdraw_consent(visit: Visit, learner: str, given: str) -> Consent:
    """Withdraw a consent, and with it every share that rests on it."""
    subject = require_who_decides(visit, "consent.withdraw", learner)
    ended = consent.withdraw(visit.session, subject, visit.actor, given, visit.now)
    visit.record("consent.withdrawn", learner=subject.id, item=ended.id)
    return ended


def make_share(visit: Visit, wallet: Wallet, learner: str, order: ShareOrder) -> Share:
    """Make a link that shows chosen badges."""
    subject = admit(visit, "share.make", learner)
    made = share.create(visit.session, subject, visit.actor, order, wallet.links, visit.now)
    visit.record("share.made", learner=subject.id, item=made.id)
    return made


def withdraw_share(visit: Visit, learner: str, made: str) -> Share:
    """Make a link dead."""
    subject = admit(visit, "share.withdraw", learner)
    ended = share.withdraw(visit.session, subject.id, made, visit.actor, visit.now)
    visit.record("share.withdrawn", learner=subject.id, item=ended.id)
    return ended


def open_share(visit: Visit, token: str, place: int | None = None) -> OpenShare:
    """What the holder of a link sees; the family finds it in the view log, unless it was the family itself.

    With `place` the file of one badge was asked for. Raises `ShareGone` for whatever cannot be shown.
    """
    visit.require("share.open")
    opened = share.open_by_token(visit.session, token, visit.now)
    if place is not None and not 1 <= place <= len(opened.entries):
        raise ShareGone
    learner = opened.share.learner
    if not visit.can("share.read", Thing(learner=learner)):
        views.note(visit.session, opened.share.id, visit.now, place)
        visit.record("share.viewed", learner=learner, item=opened.share.id)
    return opened


def require_who_submits(visit: Visit, learner: str) -> None:
    """Raise unless the visitor may hand in an application for the learner; a minor gets told who does."""
    admit(visit, "wallet.apply", learner)
    if visit.actor.learner == learner and not visit.actor.adult:
        raise GuardianSubmits
    visit.require("wallet.submit", Thing(learner=learner))


def require_who_decides(visit: Visit, action: str, learner: str) -> Learner:
    """The learner, if the visitor decides for them; a minor gets told who does."""
    subject = admit(visit, "consent.read", learner)
    consent.require_who_decides(subject, visit.actor)
    visit.require(action, Thing(learner=learner))
    return subject
