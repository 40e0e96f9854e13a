"""Finding one's way in the catalogue: its rows, a search, one version with the one before it."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from issuer.errors.orders import NotPublished
from issuer.tables import AchievementState, AchievementVersion


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for in an organisation's catalogue; "" and None for everything."""

    organisation: str
    query: str = ""
    state: AchievementState | None = None


_BY_WORK = sa.case(
    {AchievementState.DRAFT: 0, AchievementState.REVIEWED: 1, AchievementState.PUBLISHED: 2},
    value=col(AchievementVersion.state),
    else_=3,
)


def newest(session: Session, wanted: Wanted, limit: int, offset: int = 0) -> list[AchievementVersion]:
    """The newest version of every achievement that is wanted, what has work to be done first, then by name."""
    found = select(AchievementVersion).where(*_matching(wanted), _is_newest())
    order = (_BY_WORK, col(AchievementVersion.search), col(AchievementVersion.id))
    return list(session.exec(found.order_by(*order).limit(limit).offset(offset)).all())


def newest_of(session: Session, organisation: str, code: str) -> AchievementVersion | None:
    """The newest version of one achievement, whatever its state."""
    found = select(AchievementVersion).where(
        AchievementVersion.organisation == organisation, AchievementVersion.code == code
    )
    return session.exec(found.order_by(col(AchievementVersion.version).desc()).limit(1)).first()


def count(session: Session, wanted: Wanted) -> int:
    """How many those are."""
    found = select(func.count()).select_from(AchievementVersion).where(*_matching(wanted), _is_newest())
    return session.exec(found).one()


def in_use(session: Session, wanted: Wanted, limit: int, offset: int = 0) -> list[AchievementVersion]:
    """The published versions that are wanted, by name."""
    found = select(AchievementVersion).where(*_matching(wanted), _is_published())
    order = (col(AchievementVersion.search), col(AchievementVersion.id))
    return list(session.exec(found.order_by(*order).limit(limit).offset(offset)).all())


def count_in_use(session: Session, wanted: Wanted) -> int:
    """How many those are."""
    found = select(func.count()).select_from(AchievementVersion).where(*_matching(wanted), _is_published())
    return session.exec(found).one()


def find(session: Session, organisation: str, version_id: str) -> AchievementVersion:
    """A version of that organisation, or `NotPublished`."""
    version = session.get(AchievementVersion, version_id)
    if version is None or version.organisation != organisation:
        raise NotPublished
    return version


def history(session: Session, version: AchievementVersion) -> list[AchievementVersion]:
    """All versions of its achievement, the newest first."""
    wanted = select(AchievementVersion).where(
        AchievementVersion.organisation == version.organisation, AchievementVersion.code == version.code
    )
    return list(session.exec(wanted.order_by(col(AchievementVersion.version).desc())).all())


def _is_newest() -> ColumnElement[bool]:
    later = aliased(AchievementVersion)
    return ~(
        select(later.id)
        .where(
            later.organisation == AchievementVersion.organisation,
            later.code == AchievementVersion.code,
            later.version > AchievementVersion.version,
        )
        .exists()
    )


def _is_published() -> ColumnElement[bool]:
    return col(AchievementVersion.state) == AchievementState.PUBLISHED


def _matching(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    yield col(AchievementVersion.organisation) == wanted.organisation
    for word in wanted.query.casefold().split():
        yield col(AchievementVersion.search).contains(word, autoescape=True)
    if wanted.state is not None:
        yield col(AchievementVersion.state) == wanted.state
