"""The signed-in person as data."""

from fastapi import APIRouter, Request

from keys.deps import Visiting
from service.identity.deps import guest
from service.identity.messages import Me, RoleShown

router = APIRouter()


@router.get("/api/me", openapi_extra={"x-action": "account.see"}, name="me")
def me(request: Request, visit: Visiting) -> Me:
    """Who is signed in, and the token that requests which change something must bring."""
    visit.require("account.see")
    known = guest(request)
    roles = sorted((membership.organisation, str(membership.role)) for membership in visit.actor.memberships)
    return Me(
        account=visit.actor.person or "",
        name=known.name,
        learner=visit.actor.learner,
        wards=sorted(visit.actor.wards),
        roles=[RoleShown(organisation=organisation, role=role) for organisation, role in roles],
        csrf=known.csrf,
    )
