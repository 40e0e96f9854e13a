"""What a visitor does in a wallet: the right to it, the act, the line in the journal. Pages and JSON share these."""

import hashlib

from keys.actor import Thing
from keys.deps import Learner, Visit
from verifier.asking import requests
from wallet_web import consent, pins, replies, share, views
from wallet_web.collecting import desk
from wallet_web.deps import Reader
from wallet_web.errors import GuardianSubmits, NoNameConsent, PinNeeded, PinWaits, ReceiverMissing, ShareGone
from wallet_web.leaving import closing
from wallet_web.messages import PresentationWanted
from wallet_web.moving import arrival, export
from wallet_web.share import OpenShare, ShareOrder
from wallet_web.tables import Arrival, Consent, Find, Origin, Purpose, Share, Taken
from wallet_web.wallet import Wallet, find

IN_CLOSED = frozenset(
    {
        *("wallet.read", "wallet.export", "wallet.leave", "wallet.leave.answer", "portfolio.read"),
        *("consent.read", "consent.withdraw", "share.read", "share.withdraw", "objection.file"),
    }
)
"""What may still be done where a family has left."""


def admit(visit: Visit, action: str, learner: str) -> Learner:
    """The learner, if the visitor may do `action` in their wallet."""
    visit.require(action, Thing(learner=learner))
    _require_open(visit, action, learner)
    return visit.people.learner(learner)


def _require_open(visit: Visit, action: str, learner: str) -> None:
    """Raise `WalletClosed` for an act in a wallet whose family has left; what it holds may be read and taken along."""
    if action not in IN_CLOSED:
        closing.require_open(visit.session, learner)


def give_consent(visit: Visit, learner: str, text_hash: str) -> Consent:
    """Give the standing consent for what the text that was shown is about."""
    subject = require_who_decides(visit, "consent.give", learner)
    purpose = consent.purpose_of(text_hash)
    given = consent.give(visit.session, subject, visit.actor, purpose, text_hash, visit.now)
    visit.record("consent.given", learner=subject.id, item=given.id)
    return given


def withdraw_consent(visit: Visit, learner: str, given: str) -> Consent:
    """Withdraw a consent, and with it every share and every answer to a request that rests on it."""
    subject = require_who_decides(visit, "consent.withdraw", learner)
    ended = consent.withdraw(visit.session, subject, visit.actor, given, visit.now)
    if ended.purpose is Purpose.ANSWERING:
        requests.erase(visit.session, replies.replied(visit.session, subject.id))
    visit.record("consent.withdrawn", learner=subject.id, item=ended.id)
    return ended


def present(visit: Visit, wallet: Wallet, learner: str, asked: PresentationWanted) -> bytes:
    """Chosen badges, signed with the learner's own key for one receiver and one question; the file is handed over by the family.

    Raises `NothingChosen`, `ReceiverMissing`, and `NotFound` for a badge that is not the learner's.
    """
    subject = admit(visit, "wallet.present", learner)
    domain, challenge = asked.domain.strip(), asked.challenge.strip()
    for name, text in (("domain", domain), ("challenge", challenge)):
        if not text or not text.isprintable():
            raise ReceiverMissing(pointer=f"/{name}")
    made = wallet.present(visit.session, subject.id, asked.badges, domain=domain, challenge=challenge, now=visit.now)
    visit.record("badge.presented", learner=subject.id, item=hashlib.sha256(made).hexdigest())
    return made


def answer_consent(visit: Visit, learner: str, given: str, *, agrees: bool) -> Consent:
    """The learner's own word on a consent that asks for both."""
    subject = admit(visit, "consent.agree", learner)
    said = consent.answer(visit.session, subject, visit.actor, given, visit.now, agrees=agrees)
    visit.record("consent.agreed" if agrees else "consent.withdrawn", learner=subject.id, item=said.id)
    return said


def make_share(visit: Visit, wallet: Wallet, learner: str, order: ShareOrder) -> Share:
    """Make a link that shows chosen badges."""
    subject = admit(visit, "share.make", learner)
    agreed = require_may_name(visit, subject) if order.named else None
    made = share.create(visit.session, subject, visit.actor, order, wallet.links, visit.now)
    if agreed is not None:
        visit.session.flush()
        wallet.vouch(visit.session, subject, made, agreed, visit.now)
        visit.record("share.named", learner=subject.id, item=made.id)
    visit.record("share.made", learner=subject.id, item=made.id)
    return made


def require_may_name(visit: Visit, learner: Learner) -> Consent:
    """The consent on which the name is shown, held until this transaction ends. Raises `NoNameConsent`."""
    agreed = consent.in_force(visit.session, learner.id, Purpose.NAMING, visit.now, lock=True)
    if agreed is None:
        raise NoNameConsent
    return agreed


def withdraw_share(visit: Visit, learner: str, made: str) -> Share:
    """Make a link dead."""
    subject = admit(visit, "share.withdraw", learner)
    ended = share.withdraw(visit.session, subject.id, made, visit.actor, visit.now)
    visit.record("share.withdrawn", learner=subject.id, item=ended.id)
    return ended


def open_share(
    visit: Visit,
    wallet: Wallet,
    reader: Reader,
    token: str,
    taken: Taken = Taken.PAGE,
    place: int | None = None,
) -> OpenShare:
    """What the holder of a link sees or takes; the family finds it in the view log, unless it was the family itself.

    With `place` one badge was asked for. Raises `ShareGone` for whatever cannot be shown, `PinNeeded` where the
    reader has to say the PIN first, `TooFast` for an address that has tried too many links that lead nowhere.
    """
    visit.require("share.open")
    found = _find(visit, wallet, reader, token)
    if found.pin_hash is not None and not pins.is_pass(wallet.pass_secret, found, reader.passed, visit.now):
        raise PinNeeded
    opened = OpenShare(found, share.entries_of(visit.session, found.id))
    if place is not None and not 1 <= place <= len(opened.entries):
        raise ShareGone
    learner = opened.share.learner
    if not visit.can("share.read", Thing(learner=learner)):
        views.note(visit.session, opened.share.id, visit.now, taken, place)
        visit.record("share.viewed", learner=learner, item=opened.share.id)
    return opened


def files_behind(wallet: Wallet, visit: Visit, token: str, address: str) -> list[bytes]:
    """The signed files of a share, for whoever checks many links at once from `address`. Raises what `open_share` does."""
    opened = open_share(visit, wallet, Reader(address), token)
    return [bytes(entry.document) for entry in opened.entries]


def unlock(visit: Visit, wallet: Wallet, reader: Reader, token: str, pin: str) -> str | None:
    """The pass for a reader who says the PIN of a link; None for a wrong one, which is counted.

    Raises `ShareGone`, `TooFast`, and `PinWaits` where no PIN is listened to, be it right or wrong.
    """
    visit.require("share.open")
    found = _find(visit, wallet, reader, token, lock=True)
    if minutes := pins.waits(found, visit.now):
        raise PinWaits(minutes=minutes)
    if found.pin_hash is None or pins.is_right(found, pin.strip(), visit.now):
        return pins.make_pass(wallet.pass_secret, found, visit.now)
    wallet.guesses.note(reader.address, visit.now)
    visit.session.add(found)
    if pins.is_shut(found):
        visit.record("share.shut", learner=found.learner, item=found.id)
    return None


def _find(visit: Visit, wallet: Wallet, reader: Reader, token: str, *, lock: bool = False) -> Share:
    """The share behind a link; a link that leads nowhere counts against the address."""
    wallet.guesses.check(reader.address, visit.now)
    try:
        return share.find_by_token(visit.session, token, visit.now, lock=lock)
    except ShareGone:
        wallet.guesses.note(reader.address, visit.now)
        raise


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
    _require_open(visit, action, learner)
    return subject


def look(visit: Visit, wallet: Wallet, learner: str, data: bytes, origin: Origin, recipient: str) -> Find:
    """Look at what was brought; nothing is kept yet."""
    owner = admit(visit, "wallet.collect", learner)
    return desk.look(
        visit.session,
        wallet.verifier,
        owner.id,
        data,
        origin=origin,
        by=visit.actor.person or "",
        recipient=recipient,
        now=visit.now,
    )


def found(visit: Visit, learner: str, looked: str) -> Find:
    """What was brought."""
    admit(visit, "wallet.collect", learner)
    return desk.find_of(visit.session, learner, looked, visit.now)


def examine(visit: Visit, wallet: Wallet, row: Find) -> desk.Looked:
    """What was brought, judged now."""
    owner = admit(visit, "wallet.collect", row.learner)
    return desk.examine(visit.session, wallet.verifier, owner, row, holder=wallet.holder(owner.id), now=visit.now)


def keep(visit: Visit, wallet: Wallet, row: Find) -> str:
    """Put what was brought into the wallet and give the badge's id; keeping it twice keeps it once."""
    if row.entry is not None:
        return row.entry
    kept = desk.keep(visit.session, examine(visit, wallet, row), visit.now)
    desk.put_away(visit.session, row, kept.id)
    visit.record("wallet.collected", learner=row.learner, item=kept.id)
    return kept.id


def remove(visit: Visit, learner: str, entry: str) -> None:
    """Erase the wallet's copy of a badge."""
    admit(visit, "wallet.remove", learner)
    desk.remove(visit.session, find(visit.session, learner, entry))
    visit.record("wallet.removed", learner=learner, item=entry)


def export_all(visit: Visit, wallet: Wallet, learner: str) -> bytes:
    """Everything of a learner's as one archive."""
    owner = admit(visit, "wallet.export", learner)
    made = export.compose(visit.session, wallet.store, owner, visit.now, export.drawn(visit))
    visit.record("wallet.exported", learner=learner)
    return made


def bring_archive(visit: Visit, learner: str, data: bytes) -> Arrival:
    """Look at an archive of elsewhere; nothing is kept yet."""
    admit(visit, "wallet.import", learner)
    return arrival.bring(visit.session, learner, data, visit.actor.person or "", visit.now)


def take_archive(visit: Visit, wallet: Wallet, learner: str, brought: str) -> int:
    """Take an archive in; how many badges were new."""
    owner = admit(visit, "wallet.import", learner)
    row = arrival.find(visit.session, learner, brought, visit.now)
    new = arrival.take(visit.session, wallet.verifier, owner, row, holder=wallet.holder(learner), now=visit.now)
    visit.record("wallet.imported", learner=learner, item=row.id)
    return new
