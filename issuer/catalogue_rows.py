"""Finding one's way in the catalogue: its rows, a search, one version with the one before it."""

import re
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


_ADDRESS = re.compile(r"/orgs/([^/\s]+)/achievements/([^/\s]+)-([0-9]{1,9})$", re.ASCII)
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


def of_others(session: Session, organisation: str, query: str, limit: int, offset: int = 0) -> list[AchievementVersion]:
    """The published versions of all other organisations: by words, or the one whose public address was given; by name."""
    named = _ADDRESS.search(query.strip())
    wanted = list(_at(*named.groups())) if named else list(_with_words(query))
    found = select(AchievementVersion).where(
        col(AchievementVersion.organisation) != organisation, _is_published(), *wanted
    )
    order = (col(AchievementVersion.search), col(AchievementVersion.id))
    return list(session.exec(found.order_by(*order).limit(limit).offset(offset)).all())


def find_published(session: Session, version_id: str) -> AchievementVersion:
    """A published version of any organisation, or `NotPublished`."""
    version = session.get(AchievementVersion, version_id)
    if version is None or version.state is not AchievementState.PUBLISHED:
        raise NotPublished
    return version


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


def _at(organisation: str, code: str, version: str) -> Iterator[ColumnElement[bool]]:
    yield col(AchievementVersion.organisation) == organisation
    yield col(AchievementVersion.code) == code
    yield col(AchievementVersion.version) == int(version)


def _with_words(query: str) -> Iterator[ColumnElement[bool]]:
    for word in query.casefold().split():
        yield col(AchievementVersion.search).contains(word, autoescape=True)


def _matching(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    yield col(AchievementVersion.organisation) == wanted.organisation
    yield from _with_words(wanted.query)
    if wanted.state is not None:
        yield col(AchievementVersion.state) == wanted.state
