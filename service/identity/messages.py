"""What the doors of identity say."""

from pydantic import BaseModel


class RoleShown(BaseModel):
    """One role in one organisation."""

    organisation: str
    role: str


class Me(BaseModel):
    """The signed-in person. `csrf` goes into the header `X-CSRF-Token` of every request that changes something."""

    account: str
    name: str
    learner: str | None
    wards: list[str]
    roles: list[RoleShown]
    csrf: str
