"""What travels on after a verification: the decoded, signed document and nothing the caller said about it (THREATS V8)."""

from typing import Final, Self

from schemas.credential import Credential
from verifier.verdict import Report, Verdict

_SEAL: Final = object()


class VerifiedCredential:
    """A badge that can be read and whose signature holds, with the report of everything else. Only the verifier can build one.

    A holding signature is not a valid credential: ask `verdict`, or the single checks of `report`.
    """

    __slots__ = ("_credential", "_report")

    def __init__(self, credential: Credential, report: Report, *, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("only the verifier builds verified credentials")
        self._credential = credential
        self._report = report

    @property
    def credential(self) -> Credential:
        """The signed document, read from the bytes that were judged."""
        return self._credential

    @property
    def report(self) -> Report:
        """What was found."""
        return self._report

    @property
    def verdict(self) -> Verdict:
        """The report in one word."""
        return self._report.verdict

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self

    def __reduce__(self) -> str:
        raise TypeError("verified credentials are never taken from storage: verify the bytes again")


def admit(credential: Credential, report: Report) -> VerifiedCredential:
    """For `verifier.verify` alone: a test holds the rest of the project to it."""
    return VerifiedCredential(credential, report, seal=_SEAL)
