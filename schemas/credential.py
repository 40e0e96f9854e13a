"""A verifiable credential (VCDM 2.0, and 1.1 to be read; Open Badges 3.0), read over its own dict; fields we do not know survive.

Reading never guesses: a field that is there in another shape than its standard says raises `schemas.refusals.Unreadable`.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from schemas import fields
from schemas.achievement import Achievement, Alignment, alignments
from schemas.canonical.contexts import is_older_model
from schemas.dates import read_timestamp
from schemas.outcomes import OutcomeShown, shown
from schemas.refusals import Unreadable
from schemas.status_entry import RevocationEntry, StatusEntry, read_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One result of the learner (OB Result); values stay as they are written."""

    description_id: str
    value: str | None = None
    status: str | None = None
    achieved_level: str | None = None
    alignments: tuple[Alignment, ...] = ()
    pointer: str = ""


class Credential:
    """An object over the credential's dict, which must not change any more."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    @property
    def id(self) -> str:
        """The credential's own id, "" where it has none."""
        return fields.optional(self.document, "id") or ""

    @cached_property
    def types(self) -> list[str]:
        """`type`, always a list."""
        return fields.strings(self.document, "type")

    @cached_property
    def issuer_id(self) -> str:
        """The issuer's DID or URL."""
        found = fields.reference(self.document, "issuer")
        if not found:
            raise Unreadable(pointer="/issuer", field="issuer")
        return found

    @property
    def issuer_name(self) -> str:
        """The name the issuer gives itself; only the trust list says whether it is right."""
        issuer = self.document.get("issuer")
        return fields.text(issuer, "name") if isinstance(issuer, dict) else ""

    @property
    def subject(self) -> dict[str, Any]:
        """The one credential subject."""
        return self._subject[1]

    @property
    def subject_id(self) -> str:
        """The subject's id, "" where it has none."""
        pointer, subject = self._subject
        return fields.optional(subject, "id", pointer) or ""

    @property
    def identifiers(self) -> list[dict[str, Any]]:
        """The hashed identifiers of the learner (OB IdentityObject)."""
        pointer, subject = self._subject
        return [found for _, found in fields.objects(subject, "identifier", pointer)]

    @cached_property
    def achievement(self) -> Achievement:
        """What was achieved."""
        pointer, subject = self._subject
        found = fields.objects(subject, "achievement", pointer)
        if len(found) != 1:
            raise Unreadable(pointer=f"{pointer}/achievement", field="achievement")
        return Achievement(found[0][1], found[0][0])

    @property
    def is_older_model(self) -> bool:
        """Whether it keeps to the data model 1.1, which calls the dates otherwise."""
        return is_older_model(self.document)

    @cached_property
    def valid_from(self) -> datetime | None:
        """From when it holds, UTC; the data model 1.1 may name two moments, and it holds from the later one."""
        names = ("issuanceDate", "validFrom") if self.is_older_model else ("validFrom",)
        return max(filter(None, map(self._instant, names)), default=None)

    @cached_property
    def valid_until(self) -> datetime | None:
        """Until when it holds, UTC; None for ever."""
        names = ("expirationDate", "validUntil") if self.is_older_model else ("validUntil",)
        return min(filter(None, map(self._instant, names)), default=None)

    @cached_property
    def awarded_at(self) -> datetime | None:
        """When it was awarded: `awardedDate`, else `validFrom` (OB 3.0)."""
        return self._instant("awardedDate") or self.valid_from

    @cached_property
    def statuses(self) -> list[StatusEntry | RevocationEntry]:
        """Where to ask whether it was revoked or suspended; `StatusUnsupported` for entries of another kind."""
        return [read_entry(found, place) for place, found in fields.objects(self.document, "credentialStatus")]

    @property
    def proofs(self) -> list[dict[str, Any]]:
        """Its Data Integrity proofs, always a list."""
        return [found for _, found in fields.objects(self.document, "proof")]

    @cached_property
    def results(self) -> list[Result]:
        """The learner's results."""
        pointer, subject = self._subject
        return [_result(found, place) for place, found in fields.objects(subject, "result", pointer)]

    @property
    def evidence(self) -> list[dict[str, Any]]:
        """The works it rests on (OB Evidence)."""
        return [found for _, found in fields.objects(self.document, "evidence")]

    @property
    def narrative(self) -> str:
        """What the issuer says about this learner's work."""
        return fields.text(self.subject, "narrative")

    def outcome_levels(self) -> list[OutcomeShown]:
        """The outcomes that this credential shows or claims (`schemas.outcomes.shown`)."""
        return shown(self)

    def text(self, name: str, language: str = "ru") -> str:
        """A text field of the credential itself, in `language` where there is a choice."""
        return fields.text(self.document, name, language)

    def without_proofs(self) -> dict[str, Any]:
        """A shallow copy of the document without `proof`: what its content hash and its proofs are about."""
        return {name: value for name, value in self.document.items() if name != "proof"}

    @cached_property
    def _subject(self) -> tuple[str, dict[str, Any]]:
        found = fields.objects(self.document, "credentialSubject")
        if len(found) != 1:
            raise Unreadable(pointer="/credentialSubject", field="credentialSubject")
        return found[0]

    def _instant(self, name: str) -> datetime | None:
        written = fields.optional(self.document, name)
        return None if written is None else read_timestamp(written, pointer=f"/{name}")


def _result(document: dict[str, Any], pointer: str) -> Result:
    return Result(
        description_id=fields.optional(document, "resultDescription", pointer) or "",
        value=fields.optional(document, "value", pointer),
        status=fields.optional(document, "status", pointer),
        achieved_level=fields.optional(document, "achievedLevel", pointer),
        alignments=tuple(alignments(document, pointer)),
        pointer=pointer,
    )
