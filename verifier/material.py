"""What a judgement rests on besides the document itself, and the one place where it is fetched.

Before the signature holds only the network's list and the issuer's key document are asked for; status lists and deposits come
after (ARCHITECTURE §2, THREATS V19). Whatever cannot be had is noted, never guessed.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock

from keys.deposits import DepositList
from keys.deposits import path as deposit_path
from keys.did import web_host
from keys.errors.published import Unreachable
from keys.fetch import Fetcher
from keys.jose import Token
from keys.proofs import Signatures
from schemas.credential import Credential
from schemas.refusals import Refused
from schemas.status_entry import RevocationEntry, StatusEntry
from verifier import tokens
from verifier.controllers import Keys, controller, document_url
from verifier.policy import Policy
from verifier.signature import methods_named
from verifier.status import ListCopy, OpenedList, opened
from verifier.trust import Operator, TrustReading, deposit_days, read_deposits, read_trust
from verifier.verdict import Outcome, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything that was gathered for one credential; a judgement adds nothing to it but the clock.

    `documents` holds key documents by controller, `lists` status lists by address, `deposits` the days that were asked
    (None: not to be had), `seen` when a member of the network first had the credential.
    """

    trust: TrustReading
    documents: Mapping[str, bytes | None] = field(default_factory=dict)
    lists: Mapping[str, ListCopy] = field(default_factory=dict)
    deposits: tuple[DepositList | None, ...] = ()
    seen: datetime | None = None
    signatures: Signatures = field(default_factory=Signatures)

    @property
    def keys(self) -> Keys:
        """Where the judgement looks keys up."""
        return Keys(
            network=self.trust.list, complete=self.trust.current, documents=self.documents, signatures=self.signatures
        )


@dataclass(slots=True)
class Memory:
    """What the verifier must not forget between two verifications: editions that may never fall, the last sound lists.

    `edition` may be started from a kept value; it only rises. `signatures` makes the second time quicker.
    """

    edition: int = 0
    most: int = 256
    signatures: Signatures = field(default_factory=Signatures)
    _lists: dict[str, ListCopy] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def note_trust(self, reading: TrustReading) -> None:
        """Remember the newest edition of the network's list."""
        if reading.list is not None:
            with self._lock:
                self.edition = max(self.edition, reading.list.version)

    def copy_of(self, url: str, body: bytes | None) -> ListCopy:
        """What there is of a status list, now that `body` was got (None: nothing)."""
        with self._lock:
            older = self._lists.get(url, ListCopy(body=None))
        return ListCopy(body=body or older.body, fresh=body is not None, got_at=older.got_at, edition=older.edition)

    def note_list(self, url: str, copy: ListCopy, now: datetime) -> None:
        """Remember a fresh copy that was found sound."""
        if copy.fresh and copy.body is not None:
            kept = ListCopy(body=copy.body, got_at=now, edition=_edition(copy.body), second=copy.second)
            with self._lock:
                self._lists.pop(url, None)
                self._lists[url] = kept
                while len(self._lists) > self.most:
                    self._lists.pop(next(iter(self._lists)))


@dataclass(slots=True)
class Once:
    """Asks for each address once: for the credentials of one set, which mostly name the same lists."""

    fetcher: Fetcher
    _answers: dict[str, bytes | Unreachable] = field(default_factory=dict)

    def get(self, url: str) -> bytes:
        """What came the first time, an `Unreachable` included."""
        if url not in self._answers:
            try:
                self._answers[url] = self.fetcher.get(url)
            except Unreachable as error:
                self._answers[url] = error
        answer = self._answers[url]
        if isinstance(answer, Unreachable):
            raise answer
        return answer


@dataclass(slots=True)
class Within:
    """Asks for at most so many addresses: for the endorsements of one credential, whose authors nobody chose."""

    fetcher: Fetcher
    left: int

    def get(self, url: str) -> bytes:
        """The body at `url`, or `Unreachable` once there was enough asking."""
        if self.left <= 0:
            raise Unreachable(host="?", reason="limit")
        self.left -= 1
        return self.fetcher.get(url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """Fetches the material of one credential, within the policy's number of look-ups."""

    fetcher: Fetcher
    operator: Operator
    policy: Policy
    memory: Memory

    def through(self, fetcher: Fetcher) -> "Gathering":
        """The same, asking in another way."""
        return Gathering(fetcher=fetcher, operator=self.operator, policy=self.policy, memory=self.memory)

    def network(self, now: datetime) -> TrustReading:
        """The network's list of today."""
        body = self._get(f"https://{web_host(self.operator.did)}/trust")
        trust = read_trust(body, self.operator, now, self.memory.edition)
        self.memory.note_trust(trust)
        return trust

    def before_signature(self, trust: TrustReading, credential: Credential, token: Token | None = None) -> Material:
        """The issuer's key document, where the network's list does not hold the keys that are named."""
        bare, issuer = Material(trust=trust, signatures=self.memory.signatures), credential.issuer_id
        named = tokens.methods(token, issuer, bare.keys) if token else methods_named(credential.document)
        return self._with_document(bare, issuer, named)

    def after_signature(
        self, material: Material, credential: Credential, signed: datetime | None, now: datetime, seen: datetime | None
    ) -> Material:
        """The status lists that the credential names, and the deposits of the day on which it was signed."""
        urls = list(dict.fromkeys(entry.list_url for entry in _statuses(credential)))[: self.policy.lists]
        lists = {url: self._with_second(self.memory.copy_of(url, self._get(url))) for url in urls}
        read = [listed for copy in lists.values() if (listed := _opened(copy.body)) is not None]
        named = [method for listed in read for method in listed.methods]  # newer keys than the badge's
        asked = self._with_document(material, credential.issuer_id, named)
        return Material(
            trust=asked.trust,
            documents=asked.documents,
            lists=lists,
            deposits=tuple(self._deposits(signed, now)),
            seen=seen,
            signatures=asked.signatures,
        )

    def remember(self, report: Report, material: Material, now: datetime) -> None:
        """Keep the status lists that gave a clean answer, as copies for the time when they cannot be had."""
        status = report.check("status")
        if status is not None and status.outcome is Outcome.PASSED:
            for url, copy in material.lists.items():
                self.memory.note_list(url, copy, now)

    def _with_document(self, material: Material, issuer: str, methods: Iterable[str]) -> Material:
        """The material with the issuer's key document, if a method of its own is not in the network's list."""
        own = [method for method in methods if controller(method) == issuer]
        if issuer in material.documents or all(map(material.keys.historic, own)):
            return material
        url = document_url(issuer)
        if url is None:
            return material
        return replace(material, documents={**material.documents, issuer: self._get(url)})

    def _with_second(self, copy: ListCopy) -> ListCopy:
        """The copy with the list of suspensions that it names, if it does."""
        listed = _opened(copy.body)
        if listed is None or listed.companion is None:
            return copy
        return replace(copy, second=self._get(listed.companion.url))

    def _deposits(self, signed: datetime | None, now: datetime) -> Iterable[DepositList | None]:
        host = web_host(self.operator.did)
        for day in deposit_days(signed, now):
            yield read_deposits(self._get(f"https://{host}/{deposit_path(day)}"), self.operator, now)

    def _get(self, url: str) -> bytes | None:
        with suppress(Unreachable):
            return self.fetcher.get(url)
        return None


def _edition(body: bytes) -> datetime | None:
    """Since when a status list holds; a 1EdTech revocation list does not say."""
    try:
        return opened(body).list.valid_from
    except Refused:
        return None


def _opened(body: bytes | None) -> OpenedList | None:
    try:
        return opened(body) if body else None
    except Refused:
        return None


def _statuses(credential: Credential) -> list[StatusEntry | RevocationEntry]:
    """The entries that can be asked; one of another kind makes the whole answer "cannot tell" anyway."""
    try:
        return credential.statuses
    except Refused:
        return []
