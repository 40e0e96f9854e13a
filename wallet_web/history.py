"""What was done in a learner's wallet and by whom, so that a learner sees every act done in their name (DOMAIN §4)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from keys import journal
from schemas.errors import NotFound
from verifier.credit.tables import CaseStep
from wallet_web import consent, replies, share
from wallet_web.collecting import desk
from wallet_web.disclosing import Divided
from wallet_web.leaving import closing
from wallet_web.tables import Consent, RequestReply, Share


class ActKind(StrEnum):
    """What was done."""

    CONSENT_GIVEN = "consent_given"
    CONSENT_RECORDED = "consent_recorded"  # written down by the school from a paper
    CONSENT_WITHDRAWN = "consent_withdrawn"
    SHARE_MADE = "share_made"
    SHARE_WITHDRAWN = "share_withdrawn"
    BADGE_BROUGHT = "badge_brought"
    BADGE_REMOVED = "badge_removed"
    BADGE_PRESENTED = "badge_presented"
    CORRECTION_ASKED = "correction_asked"
    REQUEST_ANSWERED = "request_answered"
    REQUEST_REFUSED = "request_refused"
    DECLARED_ASKED = "declared_asked"
    DECLARED_TAKEN_BACK = "declared_taken_back"
    DECLARED_REMOVED = "declared_removed"
    EXPORTED = "exported"
    IMPORTED = "imported"
    RECORDED = "recorded"
    ANSWER_TAKEN = "answer_taken"
    LEFT = "left"
    STEP = "step"  # in an application; `subject` is the event


JOURNALED: Mapping[str, ActKind] = {
    "wallet.removed": ActKind.BADGE_REMOVED,
    "badge.presented": ActKind.BADGE_PRESENTED,
    "wallet.asked": ActKind.CORRECTION_ASKED,
    "declared.asked": ActKind.DECLARED_ASKED,
    "declared.taken-back": ActKind.DECLARED_TAKEN_BACK,
    "declared.removed": ActKind.DECLARED_REMOVED,
    "wallet.exported": ActKind.EXPORTED,
    "wallet.imported": ActKind.IMPORTED,
    "portfolio.recorded": ActKind.RECORDED,
    "person.answered": ActKind.ANSWER_TAKEN,
}
"""Acts that leave nothing but a line in the journal."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act by a person; `item` is the id of what it was done to, `subject` the reader or the name.

    `case` is the application to which a step belongs, `row` the number in the journal of an act that stands only there; `in_part`
    are the badges that were not shown whole.
    """

    at: datetime
    kind: ActKind
    person: str
    item: str
    subject: str = ""
    case: str = ""
    row: int = 0
    in_part: tuple[Divided, ...] = ()

    @property
    def ref(self) -> str:
        """How the act is called in addresses; the same for ever."""
        return f"{self.kind}-{self.row or self.item}"


def acts(session: Session, learner: str) -> list[Act]:
    """Every act of a person in a learner's wallet, in no order."""
    consents = [act for one in consent.history(session, learner) for act in _of_consent(one)]
    shares = [act for one, _ in share.all_of(session, learner) for act in _of_share(one)]
    brought = [
        Act(entry.received_at, ActKind.BADGE_BROUGHT, row.person, entry.id, entry.title)
        for entry, row in desk.brought(session, learner)
    ]
    answers = [_of_reply(one) for one in replies.replies(session, learner)]
    leavings = [one for one in closing.all_of(session, learner) if one.person != closing.NOT_KNOWN]
    left = [Act(one.asked_at, ActKind.LEFT, one.person, one.id) for one in leavings]
    return [*consents, *shares, *brought, *answers, *left, *_journaled(session, learner)]


def of_step(step: CaseStep) -> Act:
    """A step of an application."""
    return Act(step.at, ActKind.STEP, step.person or "", step.id, str(step.event), case=step.case)


def find(done: Sequence[Act], ref: str) -> Act:
    """The act that is called so, or `NotFound`."""
    found = next((act for act in done if act.ref == ref), None)
    if found is None:
        raise NotFound
    return found


def _of_consent(one: Consent) -> Iterator[Act]:
    title = consent.text_agreed(one).title
    if one.recorded_by is not None:
        yield Act(one.given_at, ActKind.CONSENT_RECORDED, one.recorded_by, one.id, title)
    else:
        yield Act(one.given_at, ActKind.CONSENT_GIVEN, one.given_by, one.id, title)
    if one.ended_at is not None and one.withdrawn_by is not None:
        yield Act(one.ended_at, ActKind.CONSENT_WITHDRAWN, one.withdrawn_by, one.id, title)


def _of_share(one: Share) -> Iterator[Act]:
    yield Act(one.created_at, ActKind.SHARE_MADE, one.created_by, one.id, one.audience)
    if one.withdrawn_at is not None and one.withdrawn_by is not None:
        yield Act(one.withdrawn_at, ActKind.SHARE_WITHDRAWN, one.withdrawn_by, one.id, one.audience)


def _of_reply(one: RequestReply) -> Act:
    kind = ActKind.REQUEST_ANSWERED if one.titles else ActKind.REQUEST_REFUSED
    return Act(one.at, kind, one.by, one.request, one.asker, in_part=tuple(replies.in_part(one)))


def _journaled(session: Session, learner: str) -> list[Act]:
    rows, _ = journal.about(session, learner, tuple(JOURNALED), limit=None)
    return [Act(row.at, JOURNALED[row.event], row.person or "", row.item, row=row.number) for row in rows]
