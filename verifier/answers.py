"""Asking the verifier with whatever was given: one credential or a set of them."""

from collections.abc import Iterable
from datetime import datetime

from verifier.errors import PresentationGiven
from verifier.verification import PresentationVerification, Verification
from verifier.verify import Verifier


def ask(verifier: Verifier, data: bytes, now: datetime, recipient: str = "") -> Verification | PresentationVerification:
    """The answer about a credential, or about a presentation and each credential in it. Raises `NotACredential`."""
    try:
        return verifier.verify(data, now=now, recipient=recipient)
    except PresentationGiven:
        return verifier.verify_presentation(data, now=now)


def things(items: Iterable[Verification]) -> dict[str, str]:
    """The names of all that an endorsement among these answers may be about: badges, achievements, organisations, by id."""
    names: dict[str, str] = {}
    for item in items:
        if item.credential is not None:
            badge = item.credential.credential
            names |= {badge.issuer_id: item.issuer, badge.achievement.id: item.title, badge.id: item.title}
        names |= things(item.contents)
    names.pop("", None)
    return names
