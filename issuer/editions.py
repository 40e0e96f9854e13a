"""Which edition of a badge an order is awarded with: the one in use, or the one that says what was decided by.

A school credits by the plan that stood when a family applied. Where the plan and the badge of its credit have changed since, the
badge says what was decided, not what is planned today: it is made from the newest edition with the claims of that plan that is in
use or was only superseded by a later one. An edition that people took out of use is awarded no more.
"""

from collections.abc import Sequence

from sqlmodel import Session

from issuer import catalogue, catalogue_rows
from issuer.errors.orders import EditionMissing, NotPublished
from issuer.module import ModuleSpec
from issuer.tables import AchievementState, AchievementVersion
from schemas.award import AwardOrder, Claims


def edition_for(session: Session, order: AwardOrder) -> AchievementVersion:
    """The edition to award. Raises `NotPublished` where none is in use, `EditionMissing` where none says what it must."""
    in_use = catalogue.published(session, order.organisation, order.achievement)
    if order.plan is None:
        return in_use
    found = _saying(session, in_use, order.plan)
    if found is None:
        raise EditionMissing(code=order.achievement)
    return found


def may_award(session: Session, organisation: str, code: str, plan: Claims) -> bool:
    """Whether an order that asks for these claims would find its edition."""
    try:
        in_use = catalogue.published(session, organisation, code)
    except NotPublished:
        return False
    return _saying(session, in_use, plan) is not None


def _saying(session: Session, in_use: AchievementVersion, plan: Claims) -> AchievementVersion | None:
    """The newest edition with these claims that may be awarded."""
    every = catalogue_rows.history(session, in_use)
    fitting = (one for one in every if _may_be_awarded(one, every) and claims_of(catalogue.module_of(one)) == plan)
    return next(fitting, None)


def _may_be_awarded(one: AchievementVersion, every: Sequence[AchievementVersion]) -> bool:
    """Whether it is in use, or left use at the moment at which a later one came into use."""
    if one.state is AchievementState.PUBLISHED:
        return True
    later = {other.published_at for other in every if other.version > one.version}
    return one.retired_at is not None and one.retired_at in later


def claims_of(spec: ModuleSpec) -> Claims:
    """What a description says of a plan."""
    outcomes = frozenset((one.code, one.name, one.url) for one in spec.outcomes)
    return Claims(outcomes=outcomes, hours=spec.hours, level=spec.level)
