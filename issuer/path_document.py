"""The public document of a path, which wallets read."""

from typing import Any

from sqlmodel import Session

from issuer import catalogue, paths
from issuer.errors.orders import NotPublished
from issuer.tables import AchievementPath, PathState
from keys import organisations
from schemas import pathway
from schemas.pathway import Goal


def path_document(session: Session, path: AchievementPath) -> dict[str, Any]:
    """The unsealed document. Steps that are out of use keep their place: badges of them count."""
    owner = organisations.find(session, path.organisation)
    return pathway.compose(
        url=organisations.public_url(owner, pathway.shelf_path(path.organisation, path.code)),
        organisation=owner.name,
        title=path.title,
        description=path.description,
        needed=path.needed,
        steps=[goal(session, *step) for step in paths.steps_of(session, path.id)],
        leads_to=goal(session, path.organisation, path.achievement),
        is_open=path.state is PathState.PUBLISHED,
    )


def goal(session: Session, organisation: str, code: str) -> Goal:
    """An achievement in any of its versions, by the name that it has now."""
    owner = organisations.find(session, organisation)
    address = organisations.public_url(owner, f"orgs/{organisation}/achievements/{code}")
    try:
        name = catalogue.achievement_of(catalogue.published(session, organisation, code)).name
    except NotPublished:
        name = code
    return Goal(address, name, owner.name)
