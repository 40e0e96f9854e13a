"""A badge once more, as one signed text, for readers who take nothing else (VC-JOSE-COSE §3.1.1 `vc+jwt`, DOMAIN row 10).

It says what the badge says, word for word, and has the same place in the status list; only the form of the signature is another.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from issuer import awards
from issuer.errors.orders import AwardUnknown
from keys import jose, organisations
from keys.errors.network import OrganisationUnknown
from keys.proofs import without_proofs
from keys.store import KeyStore
from schemas.credential import Credential
from schemas.reading import read_json


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedText:
    """The text, and who has signed it."""

    organisation: str
    text: str


def sign_text(session: Session, badge: bytes, now: datetime, *, store: KeyStore) -> SignedText:
    """The badge as a text, signed at `now` by the organisation that awarded it.

    Raises `AwardUnknown` where no organisation of this installation did, where it was revoked, or where these are not the bytes
    that were awarded; `NoActiveKey`, `KeyExpired`.
    """
    held = Credential(read_json(badge))
    try:
        organisation = organisations.by_did(session, held.issuer_id)
    except OrganisationUnknown as error:
        raise AwardUnknown from error
    award = awards.of_credential(session, organisation.code, held.id or "")
    if award.stored != badge or award.revoked_at is not None:
        raise AwardUnknown
    signer = organisations.signer_for(session, store, organisation.code, now)
    text = jose.sign_credential(without_proofs(held.document), signer, issued=now)
    return SignedText(organisation=organisation.code, text=text)
