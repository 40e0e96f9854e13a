"""Credentials inside a credential: the endorsements of a badge (OB 3.0 §9.2) and the contents of a record (CLR 2.0).

Each is judged as if it had come alone: by its own proof, its own issuer's key, its own status and dates. What that says of the
document around it:

- a record stands or falls by its own signature; its credentials have answers of their own;
- a forged endorsement fails the badge, whose issuer has signed it in: words were put into somebody's mouth;
- an endorsement that was genuine and has lapsed, cannot be told or cannot be read is only not counted: whoever once vouched for a
  badge must not be able to take it away from its holder.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import Any, Protocol, TypeVar

from keys.jose.errors import JwsMalformed
from schemas import clr, endorsement
from schemas.credential import Credential
from schemas.refusals import Refused, TooComplex, Unreadable
from verifier.errors import NotACredential
from verifier.pointers import safe_pointer
from verifier.policy import Policy
from verifier.reading import CREDENTIAL, ENVELOPE, Received, receive_inner, receive_text
from verifier.verdict import Check, Outcome, Report, Verdict

_FORGED = frozenset({"proof", "key"})


class Judged(Protocol):
    """What a judgement gives, as far as it matters here."""

    @property
    def report(self) -> Report:
        """The checks."""
        ...


J = TypeVar("J", bound=Judged)


@dataclass(slots=True)
class Allowance:
    """How many endorsements may still be judged for one question, however many documents are in it (THREATS V4)."""

    left: int

    def take(self, wanted: int) -> int:
        """As many of the wanted ones as there are left."""
        taken = min(wanted, self.left)
        self.left -= taken
        return taken


@dataclass(frozen=True, slots=True)
class Nested:
    """One credential inside another: its place, and the id of the thing it is attached to ("" for the content of a record)."""

    pointer: str
    holder_id: str
    received: Received


def is_record(credential: Credential) -> bool:
    """Whether it says that it is a ClrCredential."""
    return clr.TYPE in credential.types


def holds_others(credential: Credential, text: bytes | None = None) -> bool:
    """Whether there may be anything inside that has an answer of its own, if only that it cannot be read.

    `text` is the JSON that the credential was read from, where it was: most do not have the word at all.
    """
    if text is not None and not endorsement.may_mention(text):
        return is_record(credential)
    return is_record(credential) or endorsement.is_mentioned(credential.document)


def contents(credential: Credential, policy: Policy) -> list[Nested]:
    """The credentials of a record; raises what makes it no record: too many, or something else among them."""
    held = clr.Record(credential.document).credentials
    if len(held) > policy.presented:
        raise TooComplex(pointer="/credentialSubject", what="credentials", limit=policy.presented)
    for document in held:
        if not {CREDENTIAL, ENVELOPE} & set(Credential(document).types):
            raise Unreadable(pointer="/credentialSubject", field="verifiableCredential")
    return [Nested("/credentialSubject/verifiableCredential", "", receive_inner(document, policy)) for document in held]


def endorsements(credential: Credential, policy: Policy) -> list[Nested]:
    """The endorsements inside a credential, as many as the policy lets judge; none inside an endorsement."""
    if endorsement.TYPE in credential.types:
        return []
    found = islice(endorsement.attached(credential.document), policy.endorsements + 1)
    return [Nested(one.pointer, one.holder_id, _received(one.held, policy)) for one in found]


def _received(held: dict[str, Any] | str, policy: Policy) -> Received:
    if not isinstance(held, str):
        return receive_inner(held, policy)
    try:
        return receive_text(held, policy)
    except NotACredential:
        return Received(sha256(held.encode()).hexdigest(), {}, JwsMalformed())


def judge_endorsements(
    found: list[Nested], most: int, verify: Callable[[Received, tuple[Check, ...]], J], *, in_part: bool
) -> tuple[tuple[Check, ...], tuple[J, ...]]:
    """The answers of the first `most` endorsements by `verify`, and what they come to for the badge around them.

    With `in_part` the holder shows a part of the badge, so it may be the holder who has shortened an endorsement.
    """
    answers = tuple(verify(one.received, check_target(one)) for one in found[:most])
    said = summary(answers, in_part=in_part)
    if len(found) > most:
        said = (*said, _remark(Outcome.UNKNOWN, "endorsements-many"))
    return said, answers


def check_target(one: Nested) -> tuple[Check, ...]:
    """The endorsement is about the thing it is attached to, and not a genuine one of something else pasted in here."""
    try:
        credential = Credential(one.received.document)
        right = endorsement.TYPE in credential.types and endorsement.subject_of(credential) == one.holder_id
    except Refused:
        right = False
    return () if right else (Check("target", Outcome.FAILED, "endorsement-target"),)


def summary(answers: Iterable[Judged], *, in_part: bool = False) -> tuple[Check, ...]:
    """What the endorsements say about the badge: nothing where there are none."""
    reports = [answer.report for answer in answers]
    if not reports:
        return ()
    if not in_part and any(map(is_forged, reports)):
        return (Check("endorsements", Outcome.FAILED, "endorsement-forged"),)
    held = sum(report.verdict is Verdict.VALID for report in reports)
    if held < len(reports):
        return (_remark(Outcome.UNKNOWN, "endorsements-partly", held=str(held), all=str(len(reports))),)
    return (_remark(Outcome.PASSED, "endorsements-hold", all=str(len(reports))),)


def is_forged(report: Report) -> bool:
    """Whether nobody may be held to have said this: it was changed, or not signed by the one it names."""
    failed = [check for check in report.checks if check.name in _FORGED and check.outcome is Outcome.FAILED]
    return any(check.decisive and check.code != "proof-expired" for check in failed)


def check_contents(error: Refused) -> Check:
    """A record whose contents cannot be told apart from the rest of it."""
    return Check("contents", Outcome.FAILED, error.code, {"pointer": safe_pointer(error.pointer)})


def check_unreadable(error: Refused) -> Check:
    """Endorsements that are only named, or stand there in another shape: nobody is taken to have said anything."""
    return Check("endorsements", Outcome.UNKNOWN, error.code, {"pointer": safe_pointer(error.pointer)}, decisive=False)


CLOSED = Check("contents", Outcome.UNKNOWN, "contents-closed", decisive=False)
"""A record inside of another one: what is in it is not judged."""


def _remark(outcome: Outcome, code: str, **params: str) -> Check:
    return Check("endorsements", outcome, code, params, decisive=False)
