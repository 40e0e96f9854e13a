"""Who vouches for a badge of a wallet: the endorsements inside its file, and those that the family has kept beside it."""

from typing import Final

from sqlmodel import Session, col, select

from schemas import endorsement
from schemas.credential import Credential
from verifier.verification import Verification
from wallet_web.badge import Badge
from wallet_web.collecting.found import Form, form_of
from wallet_web.tables import Collected, Entry
from wallet_web.wallet import Wallet

MOST: Final = 20
"""The most that are judged beside one badge, the newest first."""


def endorsements_of(session: Session, wallet: Wallet, badge: Badge) -> tuple[Verification, ...]:
    """All of them, each with an answer of the same moment; none where the badge's own signature does not hold."""
    credential = badge.credential
    if credential is None:
        return ()
    return (*badge.verification.endorsements, *_beside(session, wallet, badge, _aims(credential)))


def _aims(credential: Credential) -> frozenset[str]:
    """What an endorsement of this badge may name: itself, what was achieved, who answers for it."""
    return frozenset({credential.id, credential.achievement.id, credential.issuer_id}) - {""}


def _beside(session: Session, wallet: Wallet, badge: Badge, aims: frozenset[str]) -> list[Verification]:
    kept = select(Entry).join(Collected).where(Entry.learner == badge.entry.learner, Entry.id != badge.entry.id)
    newest = session.exec(kept.order_by(col(Entry.received_at).desc(), col(Entry.id)))
    likely = [entry for entry in newest if _may_endorse(bytes(entry.document), aims)][:MOST]
    answers = [wallet.check(entry, badge.report.at).verification for entry in likely]
    return [one for one in answers if one.paper is not None and one.paper.about in aims]


def _may_endorse(document: bytes, aims: frozenset[str]) -> bool:
    """Whether it is worth judging: a token hides its words, a document names its kind and its aim."""
    if form_of(document) != Form.JSON:
        return True
    return endorsement.TYPE.encode() in document and any(aim.encode() in document for aim in aims)
