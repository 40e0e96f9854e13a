"""The first transaction of an award: everything that will be signed is decided and written down."""

from datetime import datetime
from functools import partial
from uuid import UUID

from sqlmodel import Session

from issuer.allowing import OfAge, remaining
from issuer.awards import first_of, order_of, version_of
from issuer.compose import compose
from issuer.endorsements import endorsed
from issuer.errors.orders import AwardUnknown
from issuer.lifecycle import ends_at
from issuer.lint import demand, lint
from issuer.series import Series
from issuer.signing import ToSign
from issuer.status import Entropy, take_place
from issuer.tables import AchievementVersion, Award, AwardState
from issuer.trial import Names, Trust, profile, require_standing
from keys import organisations
from keys.ledger import Ledger
from keys.signer import Signer
from keys.store import KeyStore
from keys.tables import Organisation
from schemas.validate import validate

_ID_BYTES = 16


class Reserver:
    """Writes down what is to be signed; asks the rules once more, because time has passed since the order."""

    def __init__(
        self, store: KeyStore, ledger: Ledger, trust: Trust, names: Names, entropy: Entropy, of_age: OfAge
    ) -> None:
        self._store = store
        self._ledger = ledger
        self._trust = trust
        self._names = names
        self._entropy = entropy
        self._of_age = of_age
        self._series = Series()

    def reserve(self, session: Session, award: Award, now: datetime) -> ToSign:
        """Reserve an ordered award, or take up one that is reserved already, under the key in use now."""
        organisation = organisations.find(session, award.organisation)
        version = version_of(session, award)
        require_standing(self._trust, organisations.did_of(organisation), version, (award.awarded_at, now))
        signer = organisations.signer_for(session, self._store, award.organisation, now)
        if award.state is AwardState.ORDERED:
            self._compose(session, award, version, organisation, now)
        if award.method != signer.method:
            award.method, award.signed_at, award.token = signer.method, now.replace(microsecond=0), self._random_hex()
        award.state = AwardState.RESERVED
        session.flush()
        return _to_sign(award, signer)

    def _compose(
        self, session: Session, award: Award, version: AchievementVersion, organisation: Organisation, now: datetime
    ) -> None:
        """Choose ids and index, compose, apply the rules and the schema, keep the bytes and their content hash."""
        place = take_place(session, award, self._entropy, self._ledger)
        first = first_of(session, award)
        if first.credential_id is None:
            first.credential_id = self._random_urn()
        order = order_of(award)
        document = compose(
            endorsed(session, version, now),
            profile(session, organisation),
            order,
            credential_id=first.credential_id,
            subject_id=self._random_urn(),
            salt=self._random_hex(),
            status=place,
            source=version.source,
            valid_from=award.valid_from,
            valid_until=ends_at(award.awarded_at, version.term_months),
        )
        known = partial(self._of_age, session, award.learner_number, now)
        demand(remaining(lint(document, self._names(session, award.learner_number)), order, of_age=known))
        validate(document)
        written = self._series.write(document)
        award.unsigned, award.content_hash, award.method = written.unsigned, written.content_hash, ""

    def _random_urn(self) -> str:
        return UUID(bytes=self._entropy(_ID_BYTES), version=4).urn

    def _random_hex(self) -> str:
        return self._entropy(_ID_BYTES).hex()


def _to_sign(award: Award, signer: Signer) -> ToSign:
    if award.unsigned is None or award.signed_at is None:
        raise AwardUnknown
    return ToSign(award.unsigned, award.content_hash, award.signed_at, signer, award.token)
