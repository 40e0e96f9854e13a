"""A small network in memory: organisations with real keys, the operator's sealed lists, badges with real signatures.

    campus = Campus()                                   # the operator "cpo", nobody else yet
    ugu = campus.join("ugu", name="Северный открытый университет", licence="Л-030")
    badge = ugu.award()                                 # bytes of a signed, deposited Open Badge
    campus.verify(badge).verdict                        # Verdict.VALID
    ugu.revoke(badge)
    campus.verify(badge).verdict                        # Verdict.INVALID

It is a `keys.fetch.Fetcher`: `campus.get(url)` answers with what each organisation would publish at `campus.now`, `campus.asked`
lists what was asked. Attacks and accidents: `campus.gone.add(url)` takes a page away, `campus.pages[url] = body` replaces one,
`campus.now = …` moves the clock. Nothing is random: keys, ids and salts come from names and counters.
"""

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from keys import deposits, did, history, jose
from keys.curves import CURVES
from keys.ecdsa import EcdsaSigner
from keys.ed25519 import Ed25519Signer
from keys.errors.published import Unreachable
from keys.multikey import ED25519, decode
from keys.proofs import ECDSA_RDFC, RDFC, add, add_base
from keys.sealed import seal
from keys.signer import Signer
from keys.tables import Deposit, KeyState, OrganisationKey
from schemas.dates import write_timestamp
from schemas.identity import identifier, number_from
from schemas.presentation import compose as compose_presentation
from schemas.status_list import encode, status_list_credential
from schemas.trust_list import Licence, Member, TrustList
from tests.campus_badge import CONTEXTS as CONTEXTS
from tests.campus_badge import PROJECT as PROJECT
from tests.campus_badge import make_achievement, make_results
from verifier.verification import PresentationVerification, Verification
from verifier.verify import Verifier

FOUNDED = datetime(2026, 9, 1, tzinfo=UTC)
TODAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LEARNER = number_from(sha256(b"L1").digest()[:16])


def make_signer(name: str, identity: str) -> Ed25519Signer:
    """The key that a name always gives, as the one key of the DID `identity`."""
    seed = sha256(name.encode()).digest()
    bare = Ed25519Signer(seed, "")
    return Ed25519Signer(seed, did.verification_method(identity, bare.multikey))


def make_curve_signer(name: str, identity: str, kind: str) -> EcdsaSigner:
    """The same on the curve `kind`."""
    secret = (sha256(name.encode()).digest() * 2)[: CURVES[kind].size]
    bare = EcdsaSigner(kind, secret, "")
    return EcdsaSigner(kind, secret, did.verification_method(identity, bare.multikey))


def make_holder(name: str) -> Ed25519Signer:
    """A wallet's key: the DID is the key itself; `holder.method` begins with it."""
    bare = make_signer(name, "")
    return make_signer(name, did.did_key(bare.multikey))


def make_uuid(*names: object) -> str:
    """A `urn:uuid:` that looks random and is not."""
    return f"urn:uuid:{UUID(bytes=sha256(repr(names).encode()).digest()[:16], version=4)}"


@dataclass
class House:
    """One organisation. What it publishes follows from these fields at the moment it is asked."""

    campus: "Campus"
    code: str
    name: str
    licence: str | None
    parent: str | None
    member_from: datetime
    member_until: datetime | None = None
    keys: list[OrganisationKey] = field(default_factory=list)
    signers: list[Signer] = field(default_factory=list)
    revoked: set[int] = field(default_factory=set)
    suspended: set[int] = field(default_factory=set)
    awards: int = 0

    @property
    def host(self) -> str:
        return f"{self.code}.sever.example"

    @property
    def did(self) -> str:
        return did.did_web(self.host)

    @property
    def signer(self) -> Signer:
        """The newest key."""
        return self.signers[-1]

    def url(self, path: str) -> str:
        return f"https://{self.host}/{path}"

    # keys

    def rotate(self, kind: str = ED25519) -> None:
        """A new key from now on, Ed25519 or on the curve `kind`; the old one is retired."""
        now = self.campus.now
        for key in self.keys:
            if key.state is KeyState.ACTIVE:
                key.state, key.valid_until = KeyState.RETIRED, now
        name = f"{self.code}-{len(self.keys)}"
        signer = make_signer(name, self.did) if kind == ED25519 else make_curve_signer(name, self.did, kind)
        self.signers.append(signer)
        since = now if self.keys else self.member_from
        key_id = f"{self.code}-{len(self.keys)}"
        fragment = signer.multikey
        self.keys.append(_key(key_id, self.code, fragment, since))
        self.campus.changed()

    def compromise(self, number: int, since: datetime) -> None:
        """Say that others may have had key `number` from `since` on."""
        key = self.keys[number]
        key.state, key.compromised_at = KeyState.COMPROMISED, since
        key.valid_until = min(filter(None, (key.valid_until, self.campus.now)))
        self.campus.changed()

    def leave(self, at: datetime) -> None:
        self.member_until = at
        self.campus.changed()

    # badges

    def award(self, **options: Any) -> bytes:
        """A finished badge: `draft`, `sign` and `deposit` in one; takes the options of `draft`."""
        document = self.sign(self.draft(**options))
        self.deposit(document)
        return write(document)

    def draft(
        self,
        *,
        title: str = "Исследовательский проект: от вопроса к защите",
        outcomes: tuple[tuple[str, int], ...] = PROJECT,
        result: str = "87",
        hours: int = 34,
        learner: str = LEARNER,
        awarded_at: datetime | None = None,
        statuses: tuple[str, ...] = ("revocation",),
        **changes: Any,
    ) -> dict[str, Any]:
        """An unsigned badge. `changes` set members of the credential; one that is None is taken away.

        Two `statuses` are right by the data model and wrong by the schema of Open Badges, which knows only one.
        """
        self.awards += 1
        at = write_timestamp(awarded_at or self.campus.now)
        achievement = make_achievement(self.url(f"orgs/{self.code}/achievements/M08"), title, outcomes)
        document: dict[str, Any] = {
            "@context": list(CONTEXTS),
            "id": make_uuid("badge", self.code, self.awards),
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": title,
            "issuer": {"id": self.did, "type": ["Profile"], "name": self.name},
            "validFrom": at,
            "awardedDate": at,
            "credentialSubject": {
                "id": make_uuid("subject", self.code, self.awards),
                "type": ["AchievementSubject"],
                "identifier": [identifier(learner, make_uuid("salt", self.code, self.awards)[-12:])],
                "achievement": achievement,
                "result": make_results(achievement["id"], outcomes, result, hours),
            },
        }
        entries = [self.status_entry(purpose, self.awards) for purpose in statuses]
        kept = document | {"credentialStatus": entries[0] if len(entries) == 1 else entries} | changes
        return {name: value for name, value in kept.items() if value not in (None, [])}

    def status_entry(self, purpose: str, index: int) -> dict[str, Any]:
        """A place in this organisation's list of that purpose."""
        url = self.url(f"status/{purpose}")
        return {
            "id": f"{url}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": str(index),
            "statusListCredential": url,
        }

    def sign(
        self,
        document: Mapping[str, Any],
        *,
        at: datetime | None = None,
        key: int = -1,
        suite: str = "",
        purpose: str = "assertionMethod",
        **options: Any,
    ) -> dict[str, Any]:
        """The document with one proof more by this organisation's key number `key`, said to be made at `at`.

        Where no `suite` is named, it is the one over RDF that takes the key. `options` are those of `keys.proofs.add`.
        """
        signer = self.signers[key]
        usual = RDFC if decode(signer.multikey).kind == ED25519 else ECDSA_RDFC
        return add(document, signer, created=at or self.campus.now, suite=suite or usual, purpose=purpose, **options)

    def award_in_parts(self, *mandatory: str, **options: Any) -> dict[str, Any]:
        """A badge under a base proof, for its holder to derive from; `options` are those of `draft`."""
        return add_base(self.draft(**options), self.signer, mandatory, created=self.campus.now)

    def award_text(self, profile: jose.Profile = jose.VC_JWT, *, key: int = -1, **options: Any) -> bytes:
        """The same badge as a signed text; `options` are those of `draft`."""
        document = self.draft(**options)
        self.deposit(document)
        return jose.sign_credential(document, self.signers[key], profile).encode()

    def deposit(self, document: Mapping[str, Any], *, at: datetime | None = None) -> None:
        """Let the operator witness the document (at `at`, whatever the clock says)."""
        self.campus.deposit(deposits.content_hash(document), self.did, at or self.campus.now)

    def revoke(self, badge: bytes) -> None:
        self.revoked.add(_index(badge, "revocation"))
        self.campus.changed()

    def suspend(self, badge: bytes) -> None:
        self.suspended.add(_index(badge, "suspension"))
        self.campus.changed()

    # what it publishes

    def status_list(self, purpose: str, **changes: Any) -> dict[str, Any]:
        """The unsigned list of a purpose as of now; `changes` set members of the credential."""
        now = self.campus.now
        document = status_list_credential(
            url=self.url(f"status/{purpose}"),
            issuer=self.did,
            purpose=purpose,
            encoded=encode({"revocation": self.revoked, "suspension": self.suspended}[purpose]),
            valid_from=now,
            valid_until=now + timedelta(days=1),
        )
        return document | changes

    def published(self) -> dict[str, Callable[[], bytes]]:
        """How to make each page of this organisation, by path."""
        active = [key.multikey for key in self.keys if key.state is KeyState.ACTIVE]
        return {
            ".well-known/did.json": lambda: write(did.document(self.did, active)),
            "status/revocation": lambda: write(self.sign(self.status_list("revocation"))),
            "status/suspension": lambda: write(self.sign(self.status_list("suspension"))),
        }


class Campus:
    """The network and its clock. See the module."""

    def __init__(self, now: datetime = TODAY) -> None:
        self._now = now
        self._made: dict[str, bytes] = {}
        self.pages: dict[str, bytes] = {}
        self.gone: set[str] = set()
        self.asked: list[str] = []
        self.houses: dict[str, House] = {}
        self.deposited: list[Deposit] = []
        self.edition = 1
        self.operator = self.join("cpo", name="Центр персонализации образования")
        self.verifier = self.make_verifier()

    @property
    def now(self) -> datetime:
        return self._now

    @now.setter
    def now(self, moment: datetime) -> None:
        self._now = moment
        self._made.clear()

    def changed(self) -> None:
        """Something that is published is different now."""
        self.edition += 1
        self._made.clear()

    def join(
        self,
        code: str,
        *,
        name: str = "",
        licence: str | None = None,
        parent: str | None = None,
        since: datetime = FOUNDED,
        listed: bool = True,
    ) -> House:
        """A new organisation with its first key; one that is not `listed` stands outside of the network."""
        house = House(self, code, name or f"Организация {code}", licence, parent, since)
        house.rotate()
        if listed:
            self.houses[code] = house
        else:
            self.pages |= {house.url(path): make() for path, make in house.published().items()}
        return house

    def make_verifier(self, **options: Any) -> Verifier:
        """A verifier that trusts this network and remembers nothing yet."""
        return Verifier(self, self.operator.did, [key.multikey for key in self.operator.keys], **options)

    def verify(self, badge: bytes | Mapping[str, Any], **options: Any) -> Verification:
        """What this network's verifier says now."""
        data = badge if isinstance(badge, bytes) else write(badge)
        return self.verifier.verify(data, now=self.now, **options)

    def present(
        self, badges: list[bytes], holder: Ed25519Signer, *, at: datetime | None = None, **options: Any
    ) -> bytes:
        """A presentation signed by the holder; `options` are `domain` and `challenge`."""
        shown = compose_presentation(
            presentation_id=make_uuid("presentation", len(badges)),
            holder=did.controller_of(holder.method),
            credentials=[json.loads(badge) for badge in badges],
        )
        return write(add(shown, holder, created=at or self.now, purpose="authentication", **options))

    def verify_presentation(self, data: bytes, **options: Any) -> PresentationVerification:
        """What this network's verifier says of a presentation now."""
        return self.verifier.verify_presentation(data, now=self.now, **options)

    def deposit(self, digest: str, issuer: str, at: datetime) -> None:
        self.deposited.append(Deposit(digest=digest, issuer=issuer, deposited_at=at, day=at.date()))
        self._made.clear()

    # the fetcher

    def get(self, url: str) -> bytes:
        """What lies at an address now."""
        self.asked.append(url)
        if url in self.gone:
            raise Unreachable(host=url, reason="gone")
        if url in self.pages:
            return self.pages[url]
        if url not in self._made:
            self._made[url] = self._make(url)
        return self._made[url]

    def _make(self, url: str) -> bytes:
        for house in self.houses.values():
            path = url.removeprefix(house.url(""))
            if path in house.published():
                return house.published()[path]()
        if url == self.trust_url:
            return self.trust_list()
        day = url.removeprefix(self.operator.url("deposits/"))
        if day != url:
            return self.deposit_list(date.fromisoformat(day))
        raise Unreachable(host=url, reason="status 404")

    @property
    def trust_url(self) -> str:
        return self.operator.url("trust")

    def trust_list(self, **changes: Any) -> bytes:
        """The operator's list as of now; `changes` set members of the document before it is sealed."""
        document = TrustList.compose(
            url=self.trust_url,
            operator=self.operator.did,
            version=self.edition,
            issued_at=self.now,
            valid_until=self.now + timedelta(days=30),
            members=[self._member(house) for house in self.houses.values()],
        )
        return seal(document | changes, self.operator.signer, self.now)

    def deposit_list(self, day: date) -> bytes:
        """The operator's list of what was deposited on a day."""
        held = [item for item in self.deposited if item.day == day]
        return deposits.compose(self.operator.did, day, held, self.operator.signer, self.now)

    def _member(self, house: House) -> Member:
        parent = self.houses[house.parent].did if house.parent else None
        return Member(
            issuer=house.did,
            code=house.code,
            name=house.name,
            kind="school",
            member_from=house.member_from,
            member_until=house.member_until,
            licences=(Licence(house.licence, FOUNDED),) if house.licence else (),
            parent=parent,
            keys=tuple(history.entries(house.keys)),
        )


def write(document: Mapping[str, Any]) -> bytes:
    """A document as a file."""
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def changed(badge: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The badge after `change` did something to its document, as a forger would: nothing is signed again."""
    document = copy.deepcopy(json.loads(badge))
    change(document)
    return write(document)


def _key(key_id: str, code: str, multikey: str, since: datetime) -> OrganisationKey:
    return OrganisationKey(
        id=key_id, organisation=code, multikey=multikey, state=KeyState.ACTIVE, valid_from=since, valid_until=None
    )


def _index(badge: bytes, purpose: str) -> int:
    held = json.loads(badge)["credentialStatus"]
    entries = held if isinstance(held, list) else [held]
    return next(int(entry["statusListIndex"]) for entry in entries if entry["statusPurpose"] == purpose)
