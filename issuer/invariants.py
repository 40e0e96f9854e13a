"""What must hold at every moment, whatever broke before: each award against its bytes, key, place and witnesses (THREATS §3).

Looks and changes nothing. A breach names a rule and an item; after a crash in mid-act there is none, because every step is one
transaction.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from issuer import catalogue, endorsements, status
from issuer.lifecycle import SIGNED
from issuer.tables import (
    AchievementState,
    AchievementVersion,
    Award,
    AwardState,
    Endorsement,
    EndorsementState,
    StatusList,
)
from keys import deposits, history, journal, organisations, proofs
from keys.history import KeyHistory, KeyStanding
from keys.shelf import Shelf
from schemas.errors import N_, ZachetkaError
from schemas.reading import read_json
from schemas.status_list import StatusList as PublishedList

_CHUNK = 500
RULES = {
    "state": N_("состояние вручения не сходится с его данными"),
    "bytes": N_("подписанный файл значка не подтверждается"),
    "key": N_("значок подписан ключом, который тогда не действовал"),
    "journal": N_("о вручении нет строки в журнале"),
    "journal-alone": N_("в журнале есть вручение, которого нет в базе: база старее журнала"),
    "deposit": N_("контрольная сумма значка не сдана на хранение"),
    "deposit-alone": N_("на хранение сдан значок, которого нет в базе: база старее хранилища"),
    "place": N_("место значка в списке отзыва не записано вне базы"),
    "list": N_("опубликованный список отзыва не сходится с базой"),
    "bit": N_("в списке отзыва значок остановлен, а в базе нет: отзовите его или приостановите и верните в силу"),
    "correction": N_("исправленный значок и прежний действуют одновременно"),
    "achievement": N_("опубликованное описание значка не сходится с базой"),
}


@dataclass(frozen=True, slots=True, order=True)
class Breach:
    """A rule of `RULES` that does not hold for an item."""

    rule: str
    item: str


def check_invariants(session: Session, shelf: Shelf, now: datetime) -> Iterator[Breach]:
    """Every breach of an installation, in the caller's transaction."""
    yield from _Awards(session, shelf).breaches()
    for held in session.exec(select(StatusList).order_by(StatusList.id)).all():
        yield from _list_breaches(session, shelf, held, now)
    yield from _achievement_breaches(session, shelf)


class _Awards:
    """The awards one after another, with what is looked up for all of them kept."""

    def __init__(self, session: Session, shelf: Shelf) -> None:
        self._session = session
        self._shelf = shelf
        self._histories: dict[str, KeyHistory] = {}
        self._journal = journal.items_of(session, "award.made")

    def breaches(self) -> Iterator[Breach]:
        """Award by award, then what has witnesses and no award."""
        seen: set[str] = set()
        rows = select(Award).order_by(Award.id).execution_options(yield_per=_CHUNK)
        for chunk in self._session.exec(rows).partitions():
            for award in chunk:
                yield from (Breach(rule, award.id) for rule in self._broken(award))
                if award.state in SIGNED:
                    seen.add(award.id)
            self._session.expunge_all()
        yield from (Breach("journal-alone", item) for item in sorted(self._journal - seen))
        yield from (Breach("deposit-alone", digest) for digest in self._orphans())

    def _broken(self, award: Award) -> Iterator[str]:
        signed = award.state in SIGNED
        if not _is_consistent(award):
            yield "state"
        if not signed or award.stored is None:
            return
        rules: tuple[tuple[str, Callable[[Award], bool]], ...] = (
            ("bytes", self._verifies),
            ("key", self._key_was_good),
            ("journal", lambda found: found.id in self._journal),
            ("deposit", lambda found: deposits.is_held(self._session, found.content_hash)),
            ("place", self._is_remembered),
            ("correction", self._replaces_what_ended),
        )
        yield from (rule for rule, holds in rules if not holds(award))

    def _verifies(self, award: Award) -> bool:
        """The stored bytes are the content that was planned, under a signature of a key of this organisation."""
        try:
            document = read_json(award.stored or b"")
            secured = proofs.Secured(document)
            [proof] = proofs.proofs_of(document)
            key = self._history(award.organisation).public_key(str(proof["verificationMethod"]))
            if key is None or secured.content_hash() != award.content_hash:
                return False
            proofs.check(secured, proof, key)
        except (ZachetkaError, KeyError, ValueError):
            return False
        return True

    def _key_was_good(self, award: Award) -> bool:
        if award.signed_at is None:
            return False
        found = self._history(award.organisation).standing(award.method, award.signed_at)
        return found in {KeyStanding.GOOD, KeyStanding.NEEDS_WITNESS, KeyStanding.COMPROMISED}

    def _is_remembered(self, award: Award) -> bool:
        name, index = status.place_of(award)
        return index in self._shelf.ledger.marks(name).taken

    def _replaces_what_ended(self, award: Award) -> bool:
        if award.replaces is None:
            return True
        old = self._session.get(Award, award.replaces)
        return old is not None and old.revoked_at is not None

    def _history(self, code: str) -> KeyHistory:
        if code not in self._histories:
            did = organisations.did_of(organisations.find(self._session, code))
            entries = history.entries(organisations.keys_of(self._session, code))
            self._histories[code] = history.read(did, entries)
        return self._histories[code]

    def _orphans(self) -> list[str]:
        """Hashes that our organisations have deposited here and no award or endorsement has."""
        mine = [organisations.did_of(each) for each in organisations.all_organisations(self._session)]
        known = self._session.exec(select(Award.content_hash).where(col(Award.state).in_(SIGNED))).all()
        vouched = [digest for digests in self._session.exec(select(Endorsement.digests)) for digest in digests]
        return sorted(deposits.digests_of(self._session, mine).difference(known, vouched))


def _is_consistent(award: Award) -> bool:
    """State, bytes and moments fit together."""
    signed = award.state in SIGNED
    return (
        (award.stored is not None) is signed
        and (award.stored_at is not None) is signed
        and (award.delivered_at is not None) is (award.state is AwardState.DELIVERED)
        and (award.state is not AwardState.RESERVED or bool(award.unsigned))
        and (signed or (award.revoked_at is None and award.suspended_at is None))
        and not (award.revoked_at is not None and award.suspended_at is not None)
        and (award.state is AwardState.REFUSED) is bool(award.refusal)
    )


def _list_breaches(session: Session, shelf: Shelf, held: StatusList, now: datetime) -> Iterator[Breach]:
    """The list on the shelf has the bits that database and ledger say, and was not signed in the future."""
    stopped = status.stopped(session, held.id)
    marked = shelf.ledger.marks(held.id).stopped
    if held.published_at is None:
        return
    shown = _shown(shelf.get(status.shelf_path(held.id)), now)
    if shown is None or shown != stopped | marked:
        yield Breach("list", held.id)
    for index in sorted(marked - stopped):
        award = session.exec(select(Award.id).where(Award.status_list == held.id, Award.status_index == index)).first()
        yield Breach("bit", award or f"{held.id}#{index}")


def _shown(body: bytes | None, now: datetime) -> set[int] | None:
    """The bits of a published list; None where there is none that could hold today."""
    try:
        found = PublishedList(read_json(body or b"", limit=len(body or b"") + 1))
        if found.valid_from is None or found.valid_from > now:
            return None
        bits = found.bits()
    except ZachetkaError:
        return None
    return {place * 8 + bit for place, byte in enumerate(bits.bits) if byte for bit in range(8) if byte & (0x80 >> bit)}


def _achievement_breaches(session: Session, shelf: Shelf) -> Iterator[Breach]:
    """Every version that was ever published lies on the shelf as it was published, with endorsements that were given alone."""
    kept = col(AchievementVersion.state).in_([AchievementState.PUBLISHED, AchievementState.RETIRED])
    for version in _ordered(session.exec(select(AchievementVersion).where(kept)).all()):
        body = shelf.get(catalogue.shelf_path(version.organisation, version.code, version.version))
        document: dict[str, Any] = read_json(body) if body else {}
        document.pop("@context", None)
        vouched = document.pop("endorsement", [])
        given = [
            one.document for one in endorsements.all_of(session, version.id) if one.state is EndorsementState.GIVEN
        ]
        if document != version.document or any(one not in given for one in vouched):
            yield Breach("achievement", f"{version.organisation}/{version.code}-{version.version}")


def _ordered(versions: Iterable[AchievementVersion]) -> list[AchievementVersion]:
    return sorted(versions, key=lambda version: (version.organisation, version.code, version.version))
