"""Pages for paths of achievements: writing one, its steps, letting it award."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse
from sqlmodel import col, select

from issuer import catalogue, path_document, paths
from issuer.deps import Issuing
from issuer.errors.catalogue import BadPathway
from issuer.errors.orders import NotPublished
from issuer.forms import Typed
from issuer.paths import PathSpec, Step
from issuer.tables import AchievementPath, AchievementState, AchievementVersion
from issuer.wording import PATH_TONES, PATH_WORDS
from keys import organisations
from keys.actor import Thing
from keys.deps import Visit, Visiting

router = APIRouter(include_in_schema=False)

HOME = "/issuer/{organisation}/paths"
ONE = HOME + "/{path_id}"
FOUND = 30


@router.get(HOME, openapi_extra={"x-action": "path.read"}, name="paths")
def rows(visit: Visiting, organisation: str) -> Response:
    """The organisation's paths, and the form for a new one."""
    visit.require("path.read", Thing(organisation=organisation))
    return _rows(visit, organisation, {}, {})


@router.post(HOME, openapi_extra={"x-action": "path.write"}, name="draft_path")
def enter(visit: Visiting, organisation: str, typed: Typed) -> Response:
    """Begin a path."""
    visit.require("path.write", Thing(organisation=organisation))
    try:
        return _to(paths.draft(visit.session, _spec(organisation, typed), visit.actor, visit.now))
    except BadPathway as error:
        return _rows(visit, organisation, typed, _errors(visit, error))


@router.get(ONE, openapi_extra={"x-action": "path.read"}, name="path")
def one(visit: Visiting, organisation: str, path_id: str, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """One path: its steps, what it leads to, what can be done now."""
    visit.require("path.read", Thing(organisation=organisation))
    return _one(visit, paths.find(visit.session, organisation, path_id), q, {}, {})


@router.post(ONE, openapi_extra={"x-action": "path.write"}, name="revise_path")
def revise(visit: Visiting, organisation: str, path_id: str, typed: Typed) -> Response:
    """Say a draft anew; a step is added or taken away by its button."""
    visit.require("path.write", Thing(organisation=organisation))
    path = paths.find(visit.session, organisation, path_id)
    steps = _changed(paths.steps_of(visit.session, path.id), typed)
    said = _kept(path, steps) if typed.get("add") or typed.get("remove") else _spec(organisation, typed, path.code)
    try:
        paths.revise(visit.session, path, said, steps, visit.actor, visit.now)
    except (BadPathway, NotPublished) as error:
        return _one(visit, path, typed.get("q", ""), typed, _errors(visit, error))
    return _to(path)


@router.post(f"{ONE}/publish", openapi_extra={"x-action": "path.publish"}, name="publish_path")
def publish(visit: Visiting, issuing: Issuing, organisation: str, path_id: str) -> Response:
    """Let it award; whoever is through already is found by the next round."""
    visit.require("path.publish", Thing(organisation=organisation))
    path = paths.find(visit.session, organisation, path_id)
    try:
        issuing.publish_path(visit.session, path, visit.actor, visit.now)
    except (BadPathway, NotPublished) as error:
        return _one(visit, path, "", {}, _errors(visit, error))
    visit.later("paths.sweep", path.id)
    return _to(path)


@router.post(f"{ONE}/retire", openapi_extra={"x-action": "path.publish"}, name="retire_path")
def retire(visit: Visiting, issuing: Issuing, organisation: str, path_id: str) -> Response:
    """Let it award no more."""
    visit.require("path.publish", Thing(organisation=organisation))
    path = paths.find(visit.session, organisation, path_id)
    issuing.retire_path(visit.session, path, visit.actor, visit.now)
    return _to(path)


def _rows(visit: Visit, organisation: str, typed: Mapping[str, str], errors: Mapping[str, str]) -> Response:
    return visit.page(
        "issuer/paths.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        organisation=organisation,
        name=organisations.find(visit.session, organisation).name,
        rows=[(path, _word(visit, path)) for path in paths.all_of(visit.session, organisation)],
        offers=_offers(visit, organisation),
        may_write=visit.can("path.write", Thing(organisation=organisation)),
        typed=typed,
        errors=errors,
    )


def _one(
    visit: Visit, path: AchievementPath, query: str, typed: Mapping[str, str], errors: Mapping[str, str]
) -> Response:
    steps = paths.steps_of(visit.session, path.id)
    here = Thing(organisation=path.organisation)
    known = {
        "title": path.title,
        "description": path.description,
        "achievement": path.achievement,
        "needed": str(path.needed),
    }
    return visit.page(
        "issuer/path.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        path=path,
        state=_word(visit, path),
        steps=[(f"{owner}/{code}", path_document.goal(visit.session, owner, code)) for owner, code in steps],
        leads_to=path_document.goal(visit.session, path.organisation, path.achievement),
        offers=_offers(visit, path.organisation),
        query=query,
        found=_found(visit, query, steps) if query.strip() else [],
        typed={**known, **typed},
        may_write=visit.can("path.write", here),
        may_publish=visit.can("path.publish", here),
        errors=errors,
    )


def _found(visit: Visit, query: str, steps: list[Step]) -> list[tuple[str, str, str]]:
    """Published achievements of all organisations with these words, that are no steps yet: key, name, whose."""
    wanted = select(AchievementVersion).where(AchievementVersion.state == AchievementState.PUBLISHED)
    for word in query.casefold().split():
        wanted = wanted.where(col(AchievementVersion.search).contains(word, autoescape=True))
    rows_found = visit.session.exec(wanted.order_by(col(AchievementVersion.search)).limit(FOUND)).all()
    names = {one.code: one.name for one in organisations.all_organisations(visit.session)}
    return [
        (f"{row.organisation}/{row.code}", catalogue.achievement_of(row).name, names[row.organisation])
        for row in rows_found
        if (row.organisation, row.code) not in steps
    ]


def _changed(steps: list[Step], typed: Mapping[str, str]) -> list[Step]:
    """The steps without the one that is removed, with the one that is added."""
    kept = [step for step in steps if "/".join(step) != typed.get("remove")]
    owner, _, code = typed.get("add", "").partition("/")
    return [*kept, (owner, code)] if owner and (owner, code) not in kept else kept


def _kept(path: AchievementPath, steps: list[Step]) -> PathSpec:
    """What is said of a path while only its steps change; all are needed where all were."""
    return PathSpec(
        organisation=path.organisation,
        code=path.code,
        title=path.title,
        description=path.description,
        achievement=path.achievement,
        needed=min(path.needed, max(1, len(steps))),
    )


def _spec(organisation: str, typed: Mapping[str, str], code: str = "") -> PathSpec:
    needed = typed.get("needed", "").strip()
    return PathSpec(
        organisation=organisation,
        code=code or typed.get("code", "").strip(),
        title=typed.get("title", ""),
        description=typed.get("description", ""),
        achievement=typed.get("achievement", ""),
        needed=int(needed) if needed.isascii() and needed.isdigit() and len(needed) < 3 else 0,  # noqa: PLR2004 - two digits
    )


def _errors(visit: Visit, error: BadPathway | NotPublished) -> dict[str, str]:
    field = "steps" if isinstance(error, NotPublished) else error.pointer.removeprefix("/")
    return {field: error.told(visit.translate)}


def _offers(visit: Visit, organisation: str) -> list[tuple[str, str]]:
    found = catalogue.all_published(visit.session, organisation)
    return [(one.code, catalogue.achievement_of(one).name) for one in found]


def _word(visit: Visit, path: AchievementPath) -> tuple[str, str]:
    return visit.translate(PATH_WORDS[path.state]), PATH_TONES[path.state]


def _to(path: AchievementPath) -> Response:
    return RedirectResponse(f"/issuer/{path.organisation}/paths/{path.id}", status_code=HTTPStatus.SEE_OTHER)
