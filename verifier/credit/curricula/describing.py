"""What a school confirms the credit of a component with: badges whose descriptions stand in its own issuer's catalogue.

The issuer belongs to another part of the house, so the installation hands over who knows it (`Describes`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Protocol, cast

from fastapi import Depends, Request
from sqlmodel import Session

from keys.actor import Actor
from schemas.errors import N_
from verifier.credit.curricula import shelves, versions
from verifier.credit.curricula.errors import AddressMissing, DescriptionPending
from verifier.credit.curricula.tables import ComponentVersion
from verifier.credit.matching import Planned
from verifier.credit.recognition import Recognition, confirming, recognitions_for
from verifier.credit.tables import PlanComponent, PlanItem
from verifier.credit.work import Work


class Standing(StrEnum):
    """Where the description of a badge stands in the catalogue."""

    NONE = "none"
    DRAFT = "draft"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    RETIRED = "retired"


WORDS: Mapping[Standing, str] = {
    Standing.NONE: N_("описания ещё нет"),
    Standing.DRAFT: N_("описание ждёт проверки"),
    Standing.REVIEWED: N_("описание проверено, его осталось опубликовать"),
    Standing.PUBLISHED: N_("описание опубликовано, значок можно выдавать"),
    Standing.RETIRED: N_("описание снято с публикации"),
}
WANTED = frozenset({Standing.NONE, Standing.RETIRED})
PENDING = frozenset({Standing.DRAFT, Standing.REVIEWED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A badge to be described: of which school, for which outcomes; `frameworks` are titles of catalogues by outcome address."""

    school: str
    recognition: Recognition
    outcomes: Sequence[Planned]
    frameworks: Mapping[str, str]


class Describes(Protocol):
    """The school's issuer, as far as this package needs it."""

    def standing(self, session: Session, school: str, code: str) -> Standing:
        """Where the newest description of that code stands."""
        ...

    def agrees(self, session: Session, description: Description) -> bool:
        """Whether the newest description names these outcomes, with these hours and this level."""
        ...

    def may_award(self, session: Session, description: Description) -> bool:
        """Whether a badge that says just this could be awarded now, by the description in use or one that it superseded."""
        ...

    def describe(self, session: Session, description: Description, by: Actor, now: datetime) -> None:
        """Draft a description, or let the one there is say what is planned now; the school's people review and publish it."""
        ...


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge of an edition of the plan: where its newest description stands, whether that says what the edition says.

    `ready` where it can be awarded already, by that description or an earlier one.
    """

    recognition: Recognition
    standing: Standing
    agrees: bool
    ready: bool

    @property
    def apart(self) -> bool:
        """Whether the description says something else and none that may be awarded says it."""
        return not (self.agrees or self.ready)

    @property
    def wanted(self) -> bool:
        """Whether something is to be described."""
        return not self.ready and (self.standing in WANTED or not self.agrees)


def describing(request: Request) -> Describes:
    """Who knows the issuers of this installation."""
    return cast("Describes", request.app.state.describing)


Describing = Annotated[Describes, Depends(describing)]


def badges_of(session: Session, edition: ComponentVersion, issuer: Describes) -> list[Badge]:
    """The badges of an edition of a component: of the whole, and of each section that can be credited for itself."""
    return [_badge(session, one, issuer) for one in _descriptions(session, edition)]


def describe(session: Session, edition: ComponentVersion, issuer: Describes, by: Actor, now: datetime) -> None:
    """Describe what is wanted: anew what the plan has left behind, and for an edition before the newest just what that says.

    Raises `AddressMissing`: a badge names its outcomes by their addresses; `DescriptionPending`: a description that waits for
    people is not written over by one of an older edition.
    """
    descriptions = _descriptions(session, edition)
    lacking = [one.code for one in descriptions[0].outcomes if not one.url]
    if lacking:
        raise AddressMissing(codes=", ".join(lacking))
    wanted = [one for one in descriptions if _badge(session, one, issuer).wanted]
    if edition.version != versions.newest(session, edition.component).version:
        _require_none_pending(session, wanted, issuer)
    for one in wanted:
        issuer.describe(session, one, by, now)


def missing(work: Work, issuer: Describes) -> tuple[ComponentVersion, list[Badge]]:
    """The edition of the plan that a case was decided by, and the badges that confirm it and cannot be awarded yet."""
    item = work.session.get_one(PlanItem, work.case.item)
    edition = versions.numbered(work.session, item.component, item.version)
    codes = {one.code for one in confirming(work)}
    badges = badges_of(work.session, edition, issuer)
    return edition, [one for one in badges if one.recognition.code in codes and not one.ready]


def _require_none_pending(session: Session, wanted: Sequence[Description], issuer: Describes) -> None:
    for one in wanted:
        if issuer.standing(session, one.school, one.recognition.code) in PENDING:
            raise DescriptionPending(code=one.recognition.code)


def _badge(session: Session, description: Description, issuer: Describes) -> Badge:
    standing = issuer.standing(session, description.school, description.recognition.code)
    agrees = standing in WANTED or issuer.agrees(session, description)
    return Badge(description.recognition, standing, agrees, issuer.may_award(session, description))


def _descriptions(session: Session, edition: ComponentVersion) -> list[Description]:
    """The whole first; a section without required outcomes has none."""
    component = session.get_one(PlanComponent, edition.component)
    content = versions.content_of(session, edition)
    titles = _titles(session, component.school)
    return [
        Description(
            school=component.school,
            recognition=one,
            outcomes=[outcome for outcome in content.plan.outcomes if outcome.code in one.outcomes],
            frameworks=titles,
        )
        for one in recognitions_for(component.recognition, content.title, content.plan)
        if one.outcomes
    ]


def _titles(session: Session, school: str) -> dict[str, str]:
    return {
        one.entry.url: directory.title
        for directory in shelves.directories_of(session, school)
        for one in shelves.listed_in(session, [directory])
        if one.entry.url
    }
