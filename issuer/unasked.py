"""An organisation vouches for another one's published achievement without having been asked.

It signs at once; badges carry that only after whoever answers for the achievement has taken it, since their own signature will
stand around it.
"""

from datetime import datetime

from sqlmodel import Session

from issuer import catalogue, endorsements
from issuer.compose import IssuerProfile
from issuer.endorsements import Said
from issuer.errors.catalogue import EndorsementsMany, EndorserWrong, WrongStep
from issuer.record import record
from issuer.tables import AchievementState, AchievementVersion, Endorsement, EndorsementState
from keys.actor import Actor
from keys.shelf import Shelf
from keys.signer import Signer


def of(session: Session, version: AchievementVersion, endorser: str) -> Endorsement | None:
    """What this organisation was asked, has said or has offered to say of a version."""
    return next((one for one in endorsements.all_of(session, version.id) if one.endorser == endorser), None)


def offer(
    session: Session,
    version: AchievementVersion,
    endorser: str,
    said: Said,
    profile: IssuerProfile,
    signer: Signer,
    by: Actor,
    now: datetime,
) -> Endorsement:
    """Sign what is said of a version, and lay it before whoever answers for it; what was not taken may be offered anew.

    Raises `WrongStep`, `EndorserWrong`, `EndorsementsMany`, `CommentMissing`, `TermWrong`, a `LintFault`.
    """
    if version.state is not AchievementState.PUBLISHED:
        raise WrongStep
    offered = _place(session, version, endorser, by, now)
    endorsements.sign(session, offered, said, profile, signer, now)
    endorsements.settle(session, offered, EndorsementState.OFFERED, by, now)
    record(session, now, by, "endorsement.offered", endorser, offered.id)
    return offered


def accept(session: Session, shelf: Shelf, offered: Endorsement, organisation: str, by: Actor, now: datetime) -> None:
    """Badges of `organisation` carry it from now on, and its achievement shows it; who signed it when stays as it is.

    Raises `EndorsementSettled`.
    """
    endorsements.step(session, offered, EndorsementState.OFFERED)
    offered.state = EndorsementState.GIVEN
    session.flush()
    catalogue.put_on_shelf(session, shelf, offered.version, now)
    record(session, now, by, "endorsement.accepted", organisation, offered.id)


def refuse(session: Session, offered: Endorsement, organisation: str, by: Actor, now: datetime) -> None:
    """Badges of `organisation` do not carry it. Raises `EndorsementSettled`."""
    endorsements.step(session, offered, EndorsementState.OFFERED)
    offered.state = EndorsementState.NOT_TAKEN
    session.flush()
    record(session, now, by, "endorsement.refused", organisation, offered.id)


def _place(session: Session, version: AchievementVersion, endorser: str, by: Actor, now: datetime) -> Endorsement:
    """The row of this endorser, a new one where there is none."""
    known = endorsements.all_of(session, version.id)
    mine = next((one for one in known if one.endorser == endorser), None)
    if mine is not None:
        endorsements.step(session, mine, EndorsementState.NOT_TAKEN)
        return mine
    if endorser == version.organisation:
        raise EndorserWrong(pointer="/endorser")
    if endorsements.is_full(known):
        raise EndorsementsMany(pointer="/comment", limit=endorsements.MOST)
    return endorsements.begin(session, version, endorser, by, now)
