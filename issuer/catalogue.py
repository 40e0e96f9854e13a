"""The organisation's achievements: draft → reviewed → published → retired, each step by a person, the review by a second one."""

import json
from datetime import datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy import func
from sqlmodel import Session, col, select

from issuer.compose import CONTEXTS
from issuer.describe import DRAWN, PAINTED, achievement_document, source_document, spec_of
from issuer.endorsements import endorsed
from issuer.errors.catalogue import RemarkMissing, RemarkTooLong, SamePerson, WrongStep
from issuer.errors.orders import NotPublished
from issuer.lint import demand, lint_achievement
from issuer.module import ModuleSpec, check_module, is_code
from issuer.record import record
from issuer.tables import AchievementPicture, AchievementState, AchievementVersion, CatalogueRules
from keys import organisations
from keys.actor import Actor, ActorKind
from keys.shelf import Shelf
from schemas.achievement import Achievement
from schemas.emblem import emblem_svg

REMARK_LIMIT = 1000
SEARCH_LENGTH = 300


def draft(session: Session, spec: ModuleSpec, by: Actor, now: datetime) -> AchievementVersion:
    """Enter `spec` as the next version of its achievement. Raises `BadModule`, a `LintFault`, `OrganisationUnknown`."""
    check_module(spec)
    number = _latest(session, spec.organisation, spec.code) + 1
    version = AchievementVersion(
        id=uuid4().hex,
        organisation=spec.organisation,
        code=spec.code,
        version=number,
        state=AchievementState.DRAFT,
        document=_describe(session, spec, number, DRAWN),
        drafted_by=_person(by),
        drafted_at=now,
        authors=[_person(by)],
        search=_found_by(spec),
    )
    _take_down(version, spec)
    session.add(version)
    session.flush()
    record(session, now, by, "achievement.drafted", spec.organisation, version.id)
    return version


def revise(session: Session, version_id: str, spec: ModuleSpec, by: Actor, now: datetime) -> AchievementVersion:
    """Write a draft anew; its organisation, code and picture stay. Raises as `draft`, and `WrongStep`."""
    check_module(spec)
    version = _step(session, version_id, AchievementState.DRAFT)
    version.document = _describe(session, spec, version.version, picture_ending(version))
    version.search = _found_by(spec)
    _take_down(version, spec)
    _sign_as_author(version, by, now)
    session.flush()
    record(session, now, by, "achievement.revised", version.organisation, version.id)
    return version


def next_version(session: Session, version_id: str, spec: ModuleSpec, by: Actor, now: datetime) -> AchievementVersion:
    """A draft after a version that is none any more, with its picture; its outcomes and code are in `spec`. Raises as `draft`."""
    version = draft(session, spec, by, now)
    held = session.get(AchievementPicture, version_id)
    return version if held is None else set_picture(session, version.id, held.png, by, now)


def set_picture(session: Session, version_id: str, png: bytes | None, by: Actor, now: datetime) -> AchievementVersion:
    """Give a draft a picture painted by `issuer.picture`; None goes back to the emblem. Raises `WrongStep`."""
    version = _step(session, version_id, AchievementState.DRAFT)
    held = session.get(AchievementPicture, version_id)
    if held is not None:
        session.delete(held)
        session.flush()
    if png is not None:
        session.add(AchievementPicture(version=version_id, png=png))
    version.document = _describe(session, module_of(version), version.version, DRAWN if png is None else PAINTED)
    _sign_as_author(version, by, now)
    session.flush()
    record(session, now, by, "achievement.revised", version.organisation, version.id)
    return version


def review(session: Session, version_id: str, by: Actor, now: datetime) -> AchievementVersion:
    """Approve a draft; raises `SamePerson` for whatever is no person, and for its authors unless the organisation lets them."""
    version = _step(session, version_id, AchievementState.DRAFT)
    if not may_review(session, version, by):
        raise SamePerson
    version.state, version.reviewed_by, version.reviewed_at = AchievementState.REVIEWED, _person(by), now
    version.remark = ""
    session.flush()
    record(session, now, by, "achievement.reviewed", version.organisation, version.id)
    return version


def may_review(session: Session, version: AchievementVersion, by: Actor) -> bool:
    """Whether the second pair of eyes may be those of `by`."""
    written_by_them = by.person in {*version.authors, version.drafted_by}
    return by.kind is ActorKind.PERSON and not (written_by_them and asks_second_person(session, version.organisation))


def give_back(session: Session, version_id: str, remark: str, by: Actor, now: datetime) -> AchievementVersion:
    """Want a draft or a reviewed version changed and say what. Raises `RemarkMissing`, `RemarkTooLong`, `WrongStep`."""
    version = _step(session, version_id, AchievementState.DRAFT, AchievementState.REVIEWED)
    if not remark.strip():
        raise RemarkMissing(pointer="/remark")
    if len(remark.strip()) > REMARK_LIMIT:
        raise RemarkTooLong(pointer="/remark", limit=REMARK_LIMIT)
    version.state, version.remark = AchievementState.DRAFT, remark.strip()
    version.reviewed_by = version.reviewed_at = None
    session.flush()
    record(session, now, by, "achievement.returned", version.organisation, version.id)
    return version


def discard(session: Session, version_id: str, by: Actor, now: datetime) -> None:
    """Throw a draft away. Raises `WrongStep`."""
    version = _step(session, version_id, AchievementState.DRAFT)
    session.exec(sa.delete(AchievementPicture).where(col(AchievementPicture.version) == version_id))
    session.delete(version)
    session.flush()
    record(session, now, by, "achievement.discarded", version.organisation, version_id)


def publish(session: Session, shelf: Shelf, version_id: str, by: Actor, now: datetime) -> AchievementVersion:
    """Put a reviewed version on the shelf and into use; the version published before it retires."""
    version = _step(session, version_id, AchievementState.REVIEWED)
    for earlier in _versions(session, version.organisation, version.code):
        if earlier.state is AchievementState.PUBLISHED:
            _retire(earlier, by, now)
    session.flush()
    version.state, version.published_by, version.published_at = AchievementState.PUBLISHED, _person(by), now
    session.flush()
    path = shelf_path(version.organisation, version.code, version.version)
    shelf.put(f"{path}.{picture_ending(version)}", picture_of(session, version))
    put_on_shelf(session, shelf, version.id, now)
    record(session, now, by, "achievement.published", version.organisation, version.id)
    return version


def put_on_shelf(session: Session, shelf: Shelf, version_id: str, now: datetime) -> None:
    """The public document of a version that is or was in use, with the endorsements that hold."""
    version = session.exec(select(AchievementVersion).where(AchievementVersion.id == version_id)).one()
    if version.published_at is not None:
        document = {"@context": list(CONTEXTS), **endorsed(session, version, now).document}
        body = json.dumps(document, ensure_ascii=False).encode()
        shelf.put(shelf_path(version.organisation, version.code, version.version), body)


def retire(session: Session, version_id: str, by: Actor, now: datetime) -> AchievementVersion:
    """End the use of a published version; badges made from it stay good and its document stays on the shelf."""
    version = _step(session, version_id, AchievementState.PUBLISHED)
    _retire(version, by, now)
    session.flush()
    record(session, now, by, "achievement.retired", version.organisation, version.id)
    return version


def settle(session: Session, organisation: str, by: Actor, now: datetime, *, second_person: bool) -> None:
    """Say whether descriptions must be reviewed by somebody else than their authors from now on."""
    session.merge(CatalogueRules(organisation=organisation, second_person=second_person))
    session.flush()
    record(session, now, by, "achievement.rules", organisation, organisation)


def asks_second_person(session: Session, organisation: str) -> bool:
    """Whether an author must not review; so it is unless the organisation has settled otherwise."""
    rules = session.get(CatalogueRules, organisation)
    return rules is None or rules.second_person


def published(session: Session, organisation: str, code: str) -> AchievementVersion:
    """The version in use, or `NotPublished`."""
    for version in _versions(session, organisation, code) if is_code(code) else ():
        if version.state is AchievementState.PUBLISHED:
            return version
    raise NotPublished(pointer="/achievement")


def published_as(session: Session, organisation: str, address: str) -> AchievementVersion:
    """The version in use whose document lies at `address`, or `NotPublished`: another edition or organisation is none."""
    code, _, _ = address.rpartition("/")[2].rpartition("-")
    version = published(session, organisation, code)
    if version.document["id"] != address:
        raise NotPublished(pointer="/achievement")
    return version


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


def module_of(version: AchievementVersion) -> ModuleSpec:
    """What the organisation said of the module, to be said anew."""
    return spec_of(
        version.document,
        version.organisation,
        version.source,
        term_months=version.term_months,
        responsible=version.responsible,
    )


def picture_ending(version: AchievementVersion) -> str:
    """`png` where the organisation has a picture of its own; versions from before there were pictures have drawings."""
    return PAINTED if str(version.document.get("image", {}).get("id", "")).endswith(f".{PAINTED}") else DRAWN


def picture_of(session: Session, version: AchievementVersion) -> bytes:
    """The bytes of the version's image: the organisation's own picture, or the drawing."""
    held = session.get(AchievementPicture, version.id)
    if held is not None:
        return held.png
    name = organisations.find(session, version.organisation).name
    return emblem_svg(achievement_of(version), name).encode()


def _describe(session: Session, spec: ModuleSpec, number: int, picture: str) -> dict[str, Any]:
    """The document of a version; raises the first rule that it breaks."""
    organisation = organisations.find(session, spec.organisation)
    address = organisations.public_url(organisation, shelf_path(spec.organisation, spec.code, number))
    document = achievement_document(spec, id=address, version=number, picture=picture)
    demand(lint_achievement(document))
    return document


def _take_down(version: AchievementVersion, spec: ModuleSpec) -> None:
    """What a module says beside its document."""
    version.source = source_document(spec.source) if spec.source else None
    version.term_months, version.responsible = spec.term_months, spec.responsible


def _sign_as_author(version: AchievementVersion, by: Actor, now: datetime) -> None:
    version.authors = list(dict.fromkeys([*version.authors, _person(by)]))
    version.drafted_by, version.drafted_at = _person(by), now


def _found_by(spec: ModuleSpec) -> str:
    return f"{spec.code} {spec.name}".casefold()[:SEARCH_LENGTH]


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


def _step(session: Session, version_id: str, *states: AchievementState) -> AchievementVersion:
    """The version, its row held, if it is in one of `states`; else `WrongStep`."""
    wanted = select(AchievementVersion).where(AchievementVersion.id == version_id)
    version = session.exec(wanted.with_for_update(), execution_options={"populate_existing": True}).one_or_none()
    if version is None:
        raise NotPublished
    if version.state not in states:
        raise WrongStep
    return version


def _retire(version: AchievementVersion, by: Actor, now: datetime) -> None:
    version.state, version.retired_by, version.retired_at = AchievementState.RETIRED, _person(by), now


def _person(by: Actor) -> str:
    return by.person or str(by.kind)
