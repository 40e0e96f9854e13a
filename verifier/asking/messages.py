"""What the JSON doors of requests take and give."""

from datetime import datetime

from pydantic import BaseModel

from verifier.asking.requests import DAYS, Wanted, state
from verifier.asking.tables import ShowRequest


class RequestWanted(BaseModel):
    """A request to make, in the name of an organisation in which the visitor may ask."""

    organisation: str
    wanted: str
    purpose: str
    days: int = DAYS

    def order(self) -> Wanted:
        """The same, for the act."""
        return Wanted(organisation=self.organisation, wanted=self.wanted, purpose=self.purpose, days=self.days)


class RequestForm(BaseModel):
    """The same as a form, as it was typed."""

    organisation: str = ""
    wanted: str = ""
    purpose: str = ""
    days: str = str(DAYS)

    def order(self) -> Wanted:
        """The same, for the act; a term that is no number becomes one that is out of range."""
        plain = self.days.isascii() and self.days.isdigit() and len(self.days) <= 3  # noqa: PLR2004 - of `DAYS_MAX`
        days = int(self.days) if plain else 0
        return Wanted(organisation=self.organisation, wanted=self.wanted, purpose=self.purpose, days=days)


class RequestAnswer(BaseModel):
    """A request: who asks for what, and what a presentation must be signed for (`domain`, `challenge`).

    `state` is open, answered, refused, withdrawn or expired. The answer goes to `url` by POST.
    """

    id: str
    url: str
    organisation: str
    wanted: str
    purpose: str
    domain: str
    challenge: str
    expires_at: datetime
    state: str


def answer(request: ShowRequest, name: str, site: str, now: datetime) -> RequestAnswer:
    """The request as programs read it; `name` is the organisation's."""
    return RequestAnswer(
        id=request.id,
        url=f"{site}/requests/{request.id}",
        organisation=name,
        wanted=request.wanted,
        purpose=request.purpose,
        domain=request.domain,
        challenge=request.challenge,
        expires_at=request.expires_at,
        state=state(request, now),
    )
