"""What a verification is worth to whoever collects: four standings, and whose the document is. Pure.

Only `NETWORK` is verified: a valid badge of the network. A stranger's signature that holds is `EXTERNAL`, whatever else is right.
"""

from enum import StrEnum
from typing import Final

from schemas.credential import Credential
from schemas.identity import matches
from schemas.refusals import Refused
from verifier.verdict import Outcome, Report, Verdict
from verifier.verification import Verification

_OUTSIDE: Final = frozenset({"member-unknown", "legacy-confirmed"})


class Standing(StrEnum):
    """What it is worth today."""

    NETWORK = "network"  # valid, of an organisation of the network
    EXTERNAL = "external"  # the issuer's own signature or page confirms it; the network knows nobody of that name
    CANNOT_TELL = "cannot_tell"
    INVALID = "invalid"


class Whose(StrEnum):
    """Whose the document says it is."""

    OWN = "own"  # made out to the learner's network number or to their wallet's key
    TYPED = "typed"  # made out to the address that was typed in when it was looked at
    OTHER = "other"  # made out to somebody by an address or number that is none of these
    UNSAID = "unsaid"  # names nobody


VERDICTS: Final = {
    Standing.NETWORK: Verdict.VALID,
    Standing.EXTERNAL: Verdict.CANNOT_TELL,
    Standing.CANNOT_TELL: Verdict.CANNOT_TELL,
    Standing.INVALID: Verdict.INVALID,
}
"""What the verifier's one word is for each."""


def standing(found: Verification) -> Standing:
    """What the document is worth by today's checks."""
    if found.verdict is Verdict.INVALID:
        return Standing.INVALID
    if found.verdict is Verdict.VALID:
        return Standing.NETWORK
    return Standing.EXTERNAL if is_confirmed(found) and _only_foreign(found.report) else Standing.CANNOT_TELL


def is_confirmed(found: Verification) -> bool:
    """Whether its issuer confirms it: by a signature under a key of theirs, or (Open Badges 2.0) by their page."""
    return found.signed is not None or found.old is not None


def whose(found: Verification, number: str, holder: str) -> Whose:
    """Whose a confirmed document is, by the learner's network `number` and the DID of their wallet's key.

    A recipient that was asked of the verifier counts as typed.
    """
    asked = found.report.check("recipient")
    if asked is not None and asked.outcome is Outcome.PASSED:
        return Whose.TYPED
    if found.old is not None:
        return Whose.OTHER
    if found.signed is None:
        return Whose.UNSAID
    try:
        return _named(found.signed, number, holder)
    except Refused:
        return Whose.UNSAID


def _named(credential: Credential, number: str, holder: str) -> Whose:
    if matches(credential, number) or credential.subject_id == holder:
        return Whose.OWN
    named = credential.identifiers or credential.subject_id.startswith(("did:", "mailto:", "tel:"))
    return Whose.OTHER if named else Whose.UNSAID


def _only_foreign(report: Report) -> bool:
    """Whether nothing stands in doubt but that the network knows the issuer."""
    doubts = [check for check in report.checks if check.decisive and check.outcome is Outcome.UNKNOWN]
    return bool(doubts) and all(check.code in _OUTSIDE for check in doubts)
