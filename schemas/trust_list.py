"""The network's signed trust list: who may award, from when until when, under which licence. Pure; asked by all sides alike.

The list is plain JSON (sealed with eddsa-jcs-2022 by the operator). Every member keeps its dates for ever: leaving stops new
awards, never old ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from schemas import fields
from schemas.dates import read_timestamp, write_timestamp
from schemas.refusals import Unreadable

TYPE: Final = "TrustList"


class State(StrEnum):
    """How an organisation stood in the network at a moment."""

    TRUSTED = "trusted"
    WITHDRAWN = "withdrawn"
    NOT_YET = "not_yet"
    UNLICENSED = "unlicensed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Licence:
    """An educational licence, its end not included; no end means it still holds."""

    number: str
    valid_from: datetime
    valid_until: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether it holds at a moment."""
        return self.valid_from <= at and (self.valid_until is None or at < self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One organisation of the network. A unit names its `parent` by DID and works under the parent's licence.

    `programmes` are the codes of the achievements that it may award, None for all of its own; `basis` is the council's decision.
    `keys` repeats the organisation's dated key history, as `keys.history` writes it.
    """

    issuer: str
    code: str
    name: str
    kind: str
    member_from: datetime
    member_until: datetime | None = None
    licences: tuple[Licence, ...] = ()
    parent: str | None = None
    keys: tuple[dict[str, Any], ...] = ()
    programmes: tuple[str, ...] | None = None
    basis: str = ""

    def belongs(self, at: datetime) -> bool:
        """Whether it is a member at a moment; the end is not included."""
        return self.member_from <= at and (self.member_until is None or at < self.member_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The answer to "may this issuer award at this moment"."""

    state: State
    organisation: str = ""
    code: str = ""
    kind: str = ""
    licence: str | None = None
    member_from: datetime | None = None
    member_until: datetime | None = None
    parent: str | None = None
    programmes: tuple[str, ...] | None = None

    def covers(self, achievement: str) -> bool:
        """Whether the contract names the achievement with this code, or names none in particular."""
        return self.programmes is None or achievement in self.programmes


class TrustList:
    """An object over the list's dict, which must not change any more."""

    def __init__(self, document: dict[str, Any]) -> None:
        if document.get("type") != TYPE:
            raise Unreadable(pointer="/type", field="type")
        self.document = document
        found = [_member(row, pointer) for pointer, row in fields.objects(document, "members")]
        self.members: dict[str, Member] = {member.issuer: member for member in found}
        if len(self.members) != len(found):
            raise Unreadable(pointer="/members", field="members")

    @cached_property
    def operator(self) -> str:
        """The DID of the operator who seals the list."""
        return fields.required(self.document, "operator")

    @cached_property
    def version(self) -> int:
        """Its edition; a later one is never lower."""
        version = self.document.get("version")
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            raise Unreadable(pointer="/version", field="version")
        return version

    @cached_property
    def issued_at(self) -> datetime:
        """When this edition was sealed, UTC."""
        return _instant(self.document, "issuedAt")

    @cached_property
    def valid_until(self) -> datetime:
        """Until when this edition may be relied on, UTC."""
        return _instant(self.document, "validUntil")

    def standing(self, issuer: str, at: datetime) -> Standing:
        """How `issuer` stood at `at`: a member, and licensed itself or through its parent."""
        member = self.members.get(issuer)
        if member is None:
            return Standing(state=State.UNKNOWN)
        licence = self._licence(member, at)
        return Standing(
            state=_state(member, licence, at),
            organisation=member.name,
            code=member.code,
            kind=member.kind,
            licence=licence,
            member_from=member.member_from,
            member_until=member.member_until,
            parent=member.parent,
            programmes=member.programmes,
        )

    def keys(self, issuer: str) -> tuple[dict[str, Any], ...]:
        """The dated key history that the list repeats for `issuer`."""
        member = self.members.get(issuer)
        return member.keys if member else ()

    def _licence(self, member: Member, at: datetime) -> str | None:
        parent = self.members.get(member.parent or "")
        licences = (*member.licences, *(parent.licences if parent and parent.belongs(at) else ()))
        return next((licence.number for licence in licences if licence.holds(at)), None)

    @staticmethod
    def compose(
        *,
        url: str,
        operator: str,
        version: int,
        issued_at: datetime,
        valid_until: datetime,
        members: Iterable[Member],
    ) -> dict[str, Any]:
        """The unsigned document of one edition, members in order of their codes."""
        return {
            "type": TYPE,
            "id": url,
            "operator": operator,
            "version": version,
            "issuedAt": write_timestamp(issued_at),
            "validUntil": write_timestamp(valid_until),
            "members": [_row(member) for member in sorted(members, key=lambda member: member.code)],
        }


def _state(member: Member, licence: str | None, at: datetime) -> State:
    if at < member.member_from:
        return State.NOT_YET
    if not member.belongs(at):
        return State.WITHDRAWN
    return State.TRUSTED if licence else State.UNLICENSED


def _member(row: dict[str, Any], pointer: str) -> Member:
    return Member(
        issuer=fields.required(row, "issuer", pointer),
        code=fields.required(row, "code", pointer),
        name=fields.required(row, "name", pointer),
        kind=fields.required(row, "kind", pointer),
        member_from=_instant(row, "memberFrom", pointer),
        member_until=_end(row, "memberUntil", pointer),
        licences=tuple(_licence(found, place) for place, found in fields.objects(row, "licences", pointer)),
        parent=fields.optional(row, "parent", pointer),
        keys=tuple(found for _, found in fields.objects(row, "keys", pointer)),
        programmes=tuple(fields.strings(row, "programmes", pointer)) if "programmes" in row else None,
        basis=fields.optional(row, "basis", pointer) or "",
    )


def _licence(row: dict[str, Any], pointer: str) -> Licence:
    return Licence(
        fields.required(row, "number", pointer), _instant(row, "validFrom", pointer), _end(row, "validUntil", pointer)
    )


def _instant(row: dict[str, Any], name: str, pointer: str = "") -> datetime:
    return read_timestamp(fields.required(row, name, pointer), pointer=f"{pointer}/{name}")


def _end(row: dict[str, Any], name: str, pointer: str) -> datetime | None:
    return _instant(row, name, pointer) if name in row else None


def _row(member: Member) -> dict[str, Any]:
    row: dict[str, Any] = {
        "issuer": member.issuer,
        "code": member.code,
        "name": member.name,
        "kind": member.kind,
        "memberFrom": write_timestamp(member.member_from),
        "licences": [_licence_row(licence) for licence in member.licences],
        "keys": list(member.keys),
    }
    if member.member_until is not None:
        row["memberUntil"] = write_timestamp(member.member_until)
    if member.parent is not None:
        row["parent"] = member.parent
    if member.programmes is not None:
        row["programmes"] = list(member.programmes)
    if member.basis:
        row["basis"] = member.basis
    return row


def _licence_row(licence: Licence) -> dict[str, str]:
    row = {"number": licence.number, "validFrom": write_timestamp(licence.valid_from)}
    return row if licence.valid_until is None else {**row, "validUntil": write_timestamp(licence.valid_until)}
