"""Endorsements: an authority, an expert or a partner vouches for a version of another organisation's achievement (OB 3.0 §9.2).

The signed EndorsementCredential stands in the public document of the achievement and in every badge awarded from then on. It ends
with its term; a withdrawal keeps it out of new badges.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from issuer.compose import CONTEXTS, IssuerProfile
from issuer.errors.catalogue import (
    CommentMissing,
    EndorsementSettled,
    EndorsementsMany,
    EndorsementUnknown,
    EndorserWrong,
    TermWrong,
    WrongStep,
)
from issuer.lint import demand, lint_endorsement
from issuer.record import record
from issuer.tables import AchievementState, AchievementVersion, Endorsement, EndorsementState
from keys import organisations
from keys.actor import Actor
from keys.deposits import content_hash
from keys.errors.network import OrganisationUnknown
from keys.proofs import add
from keys.signer import Signer
from schemas.achievement import Achievement
from schemas.dates import write_timestamp
from schemas.endorsement import TYPE
from schemas.validate import validate

MOST = 5
LONGEST = 2000
FIXED = frozenset({AchievementState.REVIEWED, AchievementState.PUBLISHED})


@dataclass(frozen=True, slots=True)
class Said:
    """What an endorser says, and until when it holds; None for no end."""

    comment: str
    until: datetime | None = None


def ask(session: Session, version: AchievementVersion, endorser: str, by: Actor, now: datetime) -> Endorsement:
    """Ask an organisation to vouch for a version whose words are final.

    Raises `EndorserWrong`, `EndorsementsMany`, `WrongStep`.
    """
    if version.state not in FIXED:
        raise WrongStep
    known = all_of(session, version.id)
    if endorser in {version.organisation, *(one.endorser for one in known)} or not _exists(session, endorser):
        raise EndorserWrong(pointer="/endorser")
    if is_full(known):
        raise EndorsementsMany(pointer="/endorser", limit=MOST)
    asked = begin(session, version, endorser, by, now)
    record(session, now, by, "endorsement.asked", version.organisation, asked.id)
    return asked


def begin(session: Session, version: AchievementVersion, endorser: str, by: Actor, now: datetime) -> Endorsement:
    """The row of an endorsement that nobody has signed yet."""
    begun = Endorsement(
        id=uuid4().hex,
        version=version.id,
        endorser=endorser,
        state=EndorsementState.ASKED,
        asked_by=by.person or str(by.kind),
        asked_at=now,
        digests=[],
    )
    session.add(begun)
    session.flush()
    return begun


def give(
    session: Session,
    endorsement: Endorsement,
    said: Said,
    profile: IssuerProfile,
    signer: Signer,
    by: Actor,
    now: datetime,
) -> dict[str, Any]:
    """Vouch: compose, sign, keep. Raises `CommentMissing`, `TermWrong`, `EndorsementSettled`, a `LintFault`."""
    step(session, endorsement, EndorsementState.ASKED, EndorsementState.DECLINED, EndorsementState.WITHDRAWN)
    signed = sign(session, endorsement, said, profile, signer, now)
    settle(session, endorsement, EndorsementState.GIVEN, by, now)
    record(session, now, by, "endorsement.given", endorsement.endorser, endorsement.id)
    return signed


def sign(
    session: Session, endorsement: Endorsement, said: Said, profile: IssuerProfile, signer: Signer, now: datetime
) -> dict[str, Any]:
    """Compose and sign what is said, and keep it in its row. Raises `CommentMissing`, `TermWrong`, a `LintFault`."""
    comment = said.comment.strip()
    if not 0 < len(comment) <= LONGEST:
        raise CommentMissing(pointer="/comment", limit=LONGEST)
    if said.until is not None and said.until <= now:
        raise TermWrong(pointer="/until")
    about = Achievement(_version(session, endorsement).document)
    document = compose(about, profile, Said(comment, said.until), UUID(int=uuid4().int, version=4).urn, now)
    demand(lint_endorsement(document))
    signed = add(document, signer, created=now.replace(microsecond=0))
    validate(signed, "endorsementcredential")
    endorsement.digests = [*endorsement.digests, content_hash(signed)]
    endorsement.document, endorsement.comment, endorsement.valid_until = signed, comment, said.until
    return signed


def decline(session: Session, endorsement: Endorsement, by: Actor, now: datetime) -> None:
    """Do not vouch. Raises `EndorsementSettled`."""
    step(session, endorsement, EndorsementState.ASKED)
    settle(session, endorsement, EndorsementState.DECLINED, by, now)
    record(session, now, by, "endorsement.declined", endorsement.endorser, endorsement.id)


def withdraw(session: Session, endorsement: Endorsement, by: Actor, now: datetime) -> None:
    """Vouch no more for badges to come, or take back what no badge carries yet. Raises `EndorsementSettled`."""
    step(session, endorsement, EndorsementState.GIVEN, EndorsementState.OFFERED)
    offered = endorsement.state is EndorsementState.OFFERED
    settle(session, endorsement, EndorsementState.NOT_TAKEN if offered else EndorsementState.WITHDRAWN, by, now)
    version = _version(session, endorsement)
    speaks = version.organisation if is_from_elsewhere(endorsement) else endorsement.endorser
    record(session, now, by, "endorsement.withdrawn", speaks, endorsement.id)


def compose(
    about: Achievement, profile: IssuerProfile, said: Said, credential_id: str, now: datetime
) -> dict[str, Any]:
    """The unsigned EndorsementCredential (OB 3.0 App. B)."""
    term = {} if said.until is None else {"validUntil": write_timestamp(said.until)}
    return {
        "@context": list(CONTEXTS),
        "id": credential_id,
        "type": ["VerifiableCredential", TYPE],
        "name": about.name,
        "issuer": profile.document(),
        "validFrom": write_timestamp(now.replace(microsecond=0)),
        **term,
        "credentialSubject": {"id": about.id, "type": ["EndorsementSubject"], "endorsementComment": said.comment},
    }


def endorsed(session: Session, version: AchievementVersion, now: datetime) -> Achievement:
    """The version's achievement with the endorsements that hold at `now`, as badges carry it."""
    documents = [one.document for one in in_force(all_of(session, version.id), now)]
    return Achievement({**version.document, "endorsement": documents} if documents else version.document)


def in_force(found: Iterable[Endorsement], now: datetime) -> list[Endorsement]:
    """Those that are given, whose term has not ended."""
    return [
        one
        for one in found
        if one.state is EndorsementState.GIVEN and (one.valid_until is None or now < one.valid_until)
    ]


def is_full(known: Sequence[Endorsement]) -> bool:
    """Whether a version has as many as its badges may carry; what was offered and not taken is none."""
    return sum(one.state is not EndorsementState.NOT_TAKEN for one in known) >= MOST


def last_moment(text: str) -> datetime | None:
    """The end of a day (UTC), None for no day; `TermWrong` for what is none."""
    if not text.strip():
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise TermWrong(pointer="/until") from error
    return datetime.combine(day, time.max, UTC).replace(microsecond=0)


def is_from_elsewhere(endorsement: Endorsement) -> bool:
    """Whether it was signed in another installation and handed in; its endorser is a DID then."""
    return endorsement.endorser.startswith("did:")


def all_of(session: Session, version_id: str) -> list[Endorsement]:
    """All that were ever asked for a version, the oldest first."""
    wanted = select(Endorsement).where(Endorsement.version == version_id)
    return list(session.exec(wanted.order_by(col(Endorsement.asked_at), col(Endorsement.id))).all())


def asked_of(
    session: Session, endorser: str, limit: int, offset: int = 0
) -> list[tuple[Endorsement, AchievementVersion]]:
    """What an organisation was asked for, the newest first."""
    wanted = select(Endorsement, AchievementVersion).where(
        Endorsement.version == AchievementVersion.id, Endorsement.endorser == endorser
    )
    newest = wanted.order_by(col(Endorsement.asked_at).desc(), col(Endorsement.id))
    return [(one, version) for one, version in session.exec(newest.limit(limit).offset(offset))]


def offered_to(session: Session, organisation: str) -> list[tuple[Endorsement, AchievementVersion]]:
    """What others offer to say of this organisation's achievements, the oldest first."""
    wanted = select(Endorsement, AchievementVersion).where(
        Endorsement.version == AchievementVersion.id,
        AchievementVersion.organisation == organisation,
        Endorsement.state == EndorsementState.OFFERED,
    )
    oldest = wanted.order_by(col(Endorsement.settled_at), col(Endorsement.id))
    return [(one, version) for one, version in session.exec(oldest)]


def find(session: Session, endorser: str, endorsement_id: str) -> tuple[Endorsement, AchievementVersion]:
    """What that organisation was asked for, with the version; `EndorsementUnknown`."""
    found = session.get(Endorsement, endorsement_id)
    if found is None or found.endorser != endorser:
        raise EndorsementUnknown
    return found, _version(session, found)


def _version(session: Session, endorsement: Endorsement) -> AchievementVersion:
    return session.exec(select(AchievementVersion).where(AchievementVersion.id == endorsement.version)).one()


def _exists(session: Session, code: str) -> bool:
    try:
        return bool(organisations.find(session, code))
    except OrganisationUnknown:
        return False


def step(session: Session, endorsement: Endorsement, *states: EndorsementState) -> None:
    """Hold the row, and raise unless it is in one of `states`."""
    wanted = select(Endorsement).where(Endorsement.id == endorsement.id).with_for_update()
    session.exec(wanted, execution_options={"populate_existing": True}).one()
    if endorsement.state not in states:
        raise EndorsementSettled


def settle(session: Session, endorsement: Endorsement, state: EndorsementState, by: Actor, now: datetime) -> None:
    """Keep what became of it, and who has settled that when."""
    endorsement.state, endorsement.settled_by, endorsement.settled_at = state, by.person or str(by.kind), now
    session.flush()
