"""Asking the verifier with whatever was given: one credential or a set of them."""

from datetime import datetime

from verifier.errors import PresentationGiven
from verifier.verify import PresentationVerification, Verification, Verifier


def ask(verifier: Verifier, data: bytes, now: datetime) -> Verification | PresentationVerification:
    """The answer about a credential, or about a presentation and each credential in it. Raises `NotACredential`."""
    try:
        return verifier.verify(data, now=now)
    except PresentationGiven:
        return verifier.verify_presentation(data, now=now)
