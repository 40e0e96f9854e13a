"""What a family has said to requests of organisations, as the wallet keeps it."""

from sqlmodel import Session, col, select

from wallet_web.disclosing import Divided
from wallet_web.tables import RequestReply


def replies(session: Session, learner: str) -> list[RequestReply]:
    """Everything that was answered or refused for a learner, newest first."""
    rows = select(RequestReply).where(RequestReply.learner == learner)
    return list(session.exec(rows.order_by(col(RequestReply.at).desc(), col(RequestReply.request))))


def in_part(reply: RequestReply) -> list[Divided]:
    """The badges of an answer that were not shown whole."""
    return [Divided(*one) for one in reply.in_part]


def replied(session: Session, learner: str) -> list[str]:
    """The requests that were answered or refused for a learner."""
    return list(session.exec(select(RequestReply.request).where(RequestReply.learner == learner)))
