"""What an organisation elsewhere says of an achievement is judged before the issuer keeps it (`issuer.vouching`)."""

from dataclasses import dataclass
from datetime import datetime

from issuer.errors.vouching import EndorsementNotValid, EndorsementUncertain, EndorsementUnfit
from issuer.vouching import LARGEST, Vouched
from schemas import endorsement
from schemas.reading import read_json
from verifier.verdict import Verdict
from verifier.verify import Verifier


@dataclass(frozen=True, slots=True)
class Vouching:
    """Implements `issuer.vouching.Judge`."""

    verifier: Verifier

    def __call__(self, data: bytes, now: datetime) -> Vouched:
        """Judge a signed EndorsementCredential, JSON with its proof; others who check a badge will judge it alike.

        Raises `NotACredential`, `EndorsementUnfit` for another document, `EndorsementNotValid`, `EndorsementUncertain`.
        """
        if len(data) > LARGEST:
            raise EndorsementUnfit(pointer="/file")
        answer = self.verifier.verify(data, now=now)
        if answer.verdict is Verdict.INVALID:
            raise EndorsementNotValid(pointer="/file")
        signed, paper = answer.signed, answer.paper
        if answer.verdict is not Verdict.VALID or signed is None:
            raise EndorsementUncertain(pointer="/file")
        if paper is None or paper.kind != endorsement.TYPE:
            raise EndorsementUnfit(pointer="/file")
        return Vouched(
            document=read_json(data),
            did=signed.issuer_id,
            name=paper.organisation or paper.claimed_by,
            about=endorsement.subject_of(signed),
            comment=endorsement.comment(signed),
            until=signed.valid_until,
        )
