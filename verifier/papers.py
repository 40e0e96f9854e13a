"""What may be shown of a document that is no Open Badge 3.0: an endorsement, a record of several credentials, an older badge."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from schemas import clr, endorsement
from schemas.clr import Association, Record
from schemas.credential import Credential
from schemas.refusals import Refused
from schemas.trust_list import TrustList

_LONGEST = 300
_LONGEST_COMMENT = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The facts. `organisation` is the network's name for the issuer, "" where it knows none; `claimed_by` its own.

    An endorsement has `about`, the id of what is endorsed (with its `about_name` if it is a member of the network), and `comment`;
    a record has `associations`, `names` of what they lead to as far as the record itself tells, and `is_partial`; a badge of Open
    Badges 2.0 has its description as `comment`.
    """

    kind: str
    title: str
    organisation: str
    claimed_by: str
    dated_at: datetime | None
    about: str = ""
    about_name: str = ""
    comment: str = ""
    associations: tuple[Association, ...] = ()
    names: Mapping[str, str] | None = None
    is_partial: bool = False

    @property
    def links(self) -> list[tuple[str, str, str]]:
        """What stands how to what, by name; an association between things without a name says nothing to people."""
        known = self.names or {}
        return [
            (known[link.source], str(link.relation), known[link.target])
            for link in self.associations
            if link.source in known and link.target in known
        ]


def paper(credential: Credential, network: TrustList | None) -> Paper | None:
    """The facts of an endorsement or a record; None for another document and for one that cannot be read."""
    try:
        if endorsement.TYPE in credential.types:
            return _endorsement(credential, network)
        return _record(credential, network) if clr.TYPE in credential.types else None
    except Refused:
        return None


def _endorsement(credential: Credential, network: TrustList | None) -> Paper:
    about = endorsement.subject_of(credential)
    return Paper(
        kind=endorsement.TYPE,
        title=credential.text("name")[:_LONGEST],
        organisation=_member_name(credential.issuer_id, network),
        claimed_by=_claimed(credential),
        dated_at=credential.awarded_at,
        about=about[:_LONGEST],
        about_name=_member_name(about, network),
        comment=endorsement.comment(credential)[:_LONGEST_COMMENT],
    )


def _record(credential: Credential, network: TrustList | None) -> Paper:
    record = Record(credential.document)
    return Paper(
        kind=clr.TYPE,
        title=record.name[:_LONGEST],
        organisation=_member_name(credential.issuer_id, network),
        claimed_by=_claimed(credential),
        dated_at=credential.awarded_at,
        associations=tuple(record.associations),
        names=_names(record),
        is_partial=record.is_partial,
    )


def _names(record: Record) -> dict[str, str]:
    """Names of achievements and of the credentials that award them, by id."""
    names = {achievement.id: achievement.name for achievement in record.achievements}
    for document in record.credentials:
        held = Credential(document)
        try:
            achievement = held.achievement
            names |= {held.id: achievement.name, achievement.id: achievement.name}
        except Refused:  # no badge: it has an answer of its own
            names[held.id] = held.text("name")
    return {id_: name[:_LONGEST] for id_, name in names.items() if id_ and name}


def _member_name(identity: str, network: TrustList | None) -> str:
    member = network.members.get(identity) if network else None
    return member.name if member else ""


def _claimed(credential: Credential) -> str:
    return (credential.issuer_name or credential.issuer_id)[:_LONGEST]
