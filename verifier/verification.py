"""The answers of a verification: about one credential, and about a set of them."""

from dataclasses import dataclass
from functools import cached_property

from schemas.credential import Credential
from schemas.trust_list import TrustList
from verifier import checks
from verifier.papers import Paper, paper
from verifier.shown import Shown, facts
from verifier.verdict import Report, Verdict
from verifier.verified import VerifiedCredential, admit


@dataclass(frozen=True, kw_only=True)
class Verification:
    """The answer about one credential. `credential` travels on, `shown` is what a page may say of it.

    Both are there only for a badge that can be read and whose signature and key hold; whether it is valid, the report says.
    `paper` is the same for an endorsement or a record. They are made when they are asked for, of `signed` (what was judged; None
    where a signature or key does not hold) and `network`. `endorsements` and `contents` are the answers about what is inside, `old`
    the facts of a badge of Open Badges 2.0.
    """

    report: Report
    signed: Credential | None = None
    network: TrustList | None = None
    old: Paper | None = None
    endorsements: tuple["Verification", ...] = ()
    contents: tuple["Verification", ...] = ()

    @cached_property
    def shown(self) -> Shown | None:
        """The public facts of a badge."""
        if self.signed is None or not checks.is_badge(self.signed):
            return None
        return facts(self.signed, self.network)

    @cached_property
    def paper(self) -> Paper | None:
        """The public facts of something else."""
        if self.signed is None or checks.is_badge(self.signed):
            return self.old
        return paper(self.signed, self.network)

    @cached_property
    def credential(self) -> VerifiedCredential | None:
        """The signed badge."""
        return admit(self.signed, self.report) if self.signed is not None and self.shown is not None else None

    @property
    def verdict(self) -> Verdict:
        """The report in one word."""
        return self.report.verdict

    @property
    def title(self) -> str:
        """The achievement's or record's name, "" where nothing may be shown."""
        told = self.shown or self.paper
        return told.title if told else ""

    @property
    def issuer(self) -> str:
        """Who answers for it: the network's name, else the one it gives itself; "" where nothing may be shown."""
        told = self.shown or self.paper
        return (told.organisation or told.claimed_by) if told else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentationVerification:
    """The answer about a set of credentials. `report` is about the set: whole, and signed by its holder.

    `holder` is the DID that signed it, "" where none did; `items` are the answers about the credentials, in their order.
    """

    report: Report
    holder: str
    items: tuple[Verification, ...]
