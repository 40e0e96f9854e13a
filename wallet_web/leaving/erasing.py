"""Erases a wallet: badges, records, words, files, links, what came from elsewhere.

Consents, objections and the leaving itself stay: whoever processed the data must be able to show
on what ground (152-ФЗ, art. 9(3)).
What schools and issuers hold is theirs, by law or by their own register.
"""

from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, SQLModel, col, delete, select

from wallet_web.portfolio.tables import Block, Declared, Goal, Note, Page, PageShare, Reflecting, View
from wallet_web.tables import (
    Arrival,
    Collected,
    Entry,
    EntryNotice,
    Find,
    KeptFile,
    RequestReply,
    Share,
    ShareItem,
    ShareName,
    ShareView,
)

OF_SHARE: tuple[type[SQLModel], ...] = (PageShare, ShareName, ShareView, ShareItem)
OF_ENTRY: tuple[type[SQLModel], ...] = (EntryNotice, Collected)
OF_LEARNER: tuple[type[SQLModel], ...] = (
    Page,
    Declared,  # with its words and files
    Note,
    Goal,
    Reflecting,
    View,
    Share,
    Entry,  # with its section
    Find,
    Arrival,
    KeptFile,
    RequestReply,
)


def erase(session: Session, learner: str) -> None:
    """Delete everything that is the learner's own, in the order that the tables' keys ask."""
    shares: Any = select(Share.id).where(Share.learner == learner)
    entries: Any = select(Entry.id).where(Entry.learner == learner)
    pages: Any = select(Page.id).where(Page.learner == learner)
    session.exec(delete(Block).where(col(Block.page).in_(pages)))
    _where(session, OF_SHARE, "share", shares)
    _where(session, OF_ENTRY, "entry", entries)
    for table in OF_LEARNER:
        session.exec(delete(table).where(_column(table, "learner") == learner))
    session.expire_all()


def _where(session: Session, tables: tuple[type[SQLModel], ...], name: str, owned: "Select[Any]") -> None:
    for table in tables:
        session.exec(delete(table).where(_column(table, name).in_(owned)))


def _column(table: type[SQLModel], name: str) -> Any:
    return getattr(table, name)
