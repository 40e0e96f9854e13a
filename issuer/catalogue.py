"""The organisation's achievements: draft → reviewed → published → retired, each step by a person, the review by a second one."""

import json
from datetime import datetime
from uuid import uuid4

from sqlalchemy import func
from sqlmodel import Session, col, select

from issuer.compose import CONTEXTS
from issuer.errors import NotPublished, SamePerson, WrongStep
from issuer.lint import demand, lint_achievement
from issuer.module import ModuleSpec, achievement_document, check_module, is_code, source_document
from issuer.record import record
from issuer.tables import AchievementState, AchievementVersion
from keys import organisations
from keys.actor import Actor, ActorKind
from keys.shelf import Shelf
from schemas.achievement import Achievement


def draft(session: Session, spec: ModuleSpec, by: Actor, now: datetime) -> AchievementVersion:
    """Enter `spec` as the next version of its achievement. Raises `BadModule`, a `LintFault`, `OrganisationUnknown`."""
    check_module(spec)
    organisation = organisations.find(session, spec.organisation)
    number = _latest(session, spec.organisation, spec.code) + 1
    address = organisations.public_url(organisation, shelf_path(spec.organisation, spec.code, number))
    document = achievement_document(spec, id=address, version=number)
    demand(lint_achievement(document))
    version = AchievementVersion(
        id=uuid4().hex,
        organisation=spec.organisation,
        code=spec.code,
        version=number,
        state=AchievementState.DRAFT,
        document=document,
        source=source_document(spec.source) if spec.source else None,
        drafted_by=_person(by),
        drafted_at=now,
    )
    session.add(version)
    session.flush()
    record(session, now, by, "achievement.drafted", spec.organisation, version.id)
    return version


def review(session: Session, version_id: str, by: Actor, now: datetime) -> AchievementVersion:
    """Approve a draft; raises `SamePerson` for whoever drafted it, and for everything that is no person."""
    version = _step(session, version_id, AchievementState.DRAFT)
    if by.kind is not ActorKind.PERSON or version.drafted_by == _person(by):
        raise SamePerson
    version.state, version.reviewed_by, version.reviewed_at = AchievementState.REVIEWED, _person(by), now
    session.flush()
    record(session, now, by, "achievement.reviewed", version.organisation, version.id)
    return version


def publish(session: Session, shelf: Shelf, version_id: str, by: Actor, now: datetime) -> AchievementVersion:
    """Put a reviewed version on the shelf and into use; the version published before it retires."""
    version = _step(session, version_id, AchievementState.REVIEWED)
    for earlier in _versions(session, version.organisation, version.code):
        if earlier.state is AchievementState.PUBLISHED:
            _retire(earlier, by, now)
    session.flush()
    version.state, version.published_by, version.published_at = AchievementState.PUBLISHED, _person(by), now
    session.flush()
    shelf.put(shelf_path(version.organisation, version.code, version.version), _public(version))
    record(session, now, by, "achievement.published", version.organisation, version.id)
    return version


def retire(session: Session, version_id: str, by: Actor, now: datetime) -> AchievementVersion:
    """End the use of a published version; badges made from it stay good and its document stays on the shelf."""
    version = _step(session, version_id, AchievementState.PUBLISHED)
    _retire(version, by, now)
    session.flush()
    record(session, now, by, "achievement.retired", version.organisation, version.id)
    return version


def published(session: Session, organisation: str, code: str) -> AchievementVersion:
    """The version in use, or `NotPublished`."""
    for version in _versions(session, organisation, code) if is_code(code) else ():
        if version.state is AchievementState.PUBLISHED:
            return version
    raise NotPublished(pointer="/achievement")


def all_published(session: Session, organisation: str) -> list[AchievementVersion]:
    """Every version in use, by code."""
    wanted = select(AchievementVersion).where(
        AchievementVersion.organisation == organisation, AchievementVersion.state == AchievementState.PUBLISHED
    )
    return list(session.exec(wanted.order_by(AchievementVersion.code)).all())


def shelf_path(organisation: str, code: str, version: int) -> str:
    """Where the public document of a version lies on the shelf."""
    return f"orgs/{organisation}/achievements/{code}-{version}"


def achievement_of(version: AchievementVersion) -> Achievement:
    """The version's document, for reading."""
    return Achievement(version.document)


def _public(version: AchievementVersion) -> bytes:
    return json.dumps({"@context": list(CONTEXTS), **version.document}, ensure_ascii=False).encode()


def _versions(session: Session, organisation: str, code: str) -> list[AchievementVersion]:
    wanted = select(AchievementVersion).where(
        AchievementVersion.organisation == organisation, AchievementVersion.code == code
    )
    return list(session.exec(wanted.order_by(col(AchievementVersion.version))).all())


def _latest(session: Session, organisation: str, code: str) -> int:
    newest = select(func.max(AchievementVersion.version)).where(
        AchievementVersion.organisation == organisation, AchievementVersion.code == code
    )
    return session.exec(newest).one() or 0


def _step(session: Session, version_id: str, state: AchievementState) -> AchievementVersion:
    """The version, its row held, if it is in `state`; else `WrongStep`."""
    wanted = select(AchievementVersion).where(AchievementVersion.id == version_id)
    version = session.exec(wanted.with_for_update(), execution_options={"populate_existing": True}).one_or_none()
    if version is None:
        raise NotPublished
    if version.state is not state:
        raise WrongStep
    return version


def _retire(version: AchievementVersion, by: Actor, now: datetime) -> None:
    version.state, version.retired_by, version.retired_at = AchievementState.RETIRED, _person(by), now


def _person(by: Actor) -> str:
    return by.person or str(by.kind)
