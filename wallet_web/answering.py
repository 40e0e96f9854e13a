"""Answering requests: the family sees who asks, chooses, and the wallet signs for that one request; or it says no."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from keys import organisations
from keys.deps import Learner, Visit
from verifier.asking import requests
from verifier.asking.tables import ShowRequest
from wallet_web import acts, consent, disclosing, share
from wallet_web.disclosing import Divided
from wallet_web.errors import NoAnswerConsent, TooManyChosen
from wallet_web.tables import Consent, Entry, Purpose, RequestReply
from wallet_web.wallet import NO_PARTS, Wallet, find_all


def require_may_answer(visit: Visit, learner: Learner, *, lock: bool = False) -> Consent:
    """The consent that an answer rests on. Raises `TooYoung` under 14 for the learner alone, `NoAnswerConsent` without one."""
    share.require_may_share(learner, visit.actor, visit.now)
    agreed = consent.in_force(visit.session, learner.id, Purpose.ANSWERING, visit.now, lock=lock)
    if agreed is None:
        raise NoAnswerConsent
    return agreed


def give(
    visit: Visit,
    wallet: Wallet,
    learner: str,
    request: str,
    entries: Sequence[str],
    parts: Mapping[str, Sequence[str]] = NO_PARTS,
) -> RequestReply:
    """Answer with chosen badges, or the chosen parts of them, signed with the learner's own key for this request; once.

    Raises `NothingChosen`, `TooManyChosen`, `SelectionError`,
    what `require_may_answer` and `requests.answer` raise, `NotFound` for foreign badges.
    """
    subject = acts.admit(visit, "request.reply", learner)
    require_may_answer(visit, subject, lock=True)
    if len(entries) > share.BADGES_MAX:
        raise TooManyChosen(limit=share.BADGES_MAX)
    asked = requests.find(visit.session, request)
    shown = wallet.present(
        visit.session, learner, entries, domain=asked.domain, challenge=asked.challenge, now=visit.now, parts=parts
    )
    requests.answer(visit.session, wallet.verifier, request, shown, visit.now, visit.translate)
    return _note(visit, subject, asked, find_all(visit.session, learner, entries), parts)


def refuse(visit: Visit, learner: str, request: str) -> RequestReply:
    """Say no; the organisation learns that and nothing else."""
    subject = acts.admit(visit, "request.reply", learner)
    share.require_may_share(subject, visit.actor, visit.now)
    return _note(visit, subject, requests.refuse(visit.session, request, visit.now), [], NO_PARTS)


def last_opened(session: Session, reply: RequestReply) -> datetime | None:
    """When the organisation has last looked at an answer."""
    return requests.find(session, reply.request).opened_at


def _note(
    visit: Visit,
    learner: Learner,
    asked: ShowRequest,
    given: Sequence[Entry],
    parts: Mapping[str, Sequence[str]],
) -> RequestReply:
    made = RequestReply(
        request=asked.id,
        learner=learner.id,
        asker=organisations.find(visit.session, asked.organisation).name,
        wanted=asked.wanted,
        purpose=asked.purpose,
        titles=[entry.title for entry in given],
        in_part=[list(one) for entry in given if (one := _divided(entry, parts.get(entry.id)))],
        at=visit.now,
        by=visit.actor.person or "",
    )
    visit.session.add(made)
    visit.session.flush()
    visit.record("request.answered" if given else "request.refused", learner=learner.id, item=asked.id)
    return made


def _divided(entry: Entry, chosen: Sequence[str] | None) -> Divided | None:
    return None if chosen is None else disclosing.divided(entry.title, bytes(entry.document), chosen)
