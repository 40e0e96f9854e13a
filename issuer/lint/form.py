"""Rules about the form of an unsigned credential."""

import re
from collections.abc import Iterator, Mapping

from issuer.compose import CONTEXTS, TYPES
from issuer.lint.faults import (
    ControlCharacterFound,
    EmptyMember,
    GuessableId,
    LintFault,
    PlainAddress,
    WrongContexts,
    WrongDates,
    WrongIssuer,
    WrongStatus,
    WrongTypes,
)
from issuer.lint.matter import Matter
from keys.did import web_host
from keys.errors.written import BadDid
from schemas.dates import BadTimestamp, read_timestamp
from schemas.loader import newer_terms
from schemas.status_list import LENGTH

_UUID = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ADDRESS_KEYS = frozenset({"url", "targetUrl", "statusListCredential"})


def contexts(matter: Matter) -> Iterator[LintFault]:
    """VCDM 2.0 §4.3 and OB 3.0 App. B: `@context` is exactly Verifiable Credentials 2.0, then Open Badges 3.0.3."""
    if matter.document.get("@context") != list(CONTEXTS):
        yield WrongContexts(pointer="/@context")


def both_editions(matter: Matter) -> Iterator[LintFault]:
    """OB 3.0 errata of June 2026, STANDARDS O-a: no term that readers with the earlier 3.0.3 context would not know."""
    newer = newer_terms(CONTEXTS[-1])
    for pointer, key, _ in matter.members:
        if key in newer:
            yield WrongContexts(pointer=pointer)


def types(matter: Matter) -> Iterator[LintFault]:
    """OB 3.0 App. B, AchievementCredential: `type` is VerifiableCredential and OpenBadgeCredential."""
    if matter.document.get("type") != list(TYPES):
        yield WrongTypes(pointer="/type")


def nothing_empty(matter: Matter) -> Iterator[LintFault]:
    """OB 3.0 App. A.1: what is not there is left out; no null, no empty array, object or text."""
    for pointer, _, value in matter.members:
        if value is None or (not value and isinstance(value, str | list | Mapping)):
            yield EmptyMember(pointer=pointer)


def plain_characters(matter: Matter) -> Iterator[LintFault]:
    """RDF-CANON §4.2, STANDARDS P4: other writers of N-Quads get control characters wrong; half a surrogate has no form."""
    for text in matter.texts():
        if _CONTROL.search(text.raw):
            yield ControlCharacterFound(pointer=text.pointer)


def random_ids(matter: Matter) -> Iterator[LintFault]:
    """DOMAIN §4 Pseudonyms: credential and subject each have an id of their own that says nothing, `urn:uuid:` version 4."""
    ids = {"/id": matter.document.get("id"), "/credentialSubject/id": matter.subject.get("id")}
    for pointer, value in ids.items():
        if not isinstance(value, str) or not _UUID.fullmatch(value):
            yield GuessableId(pointer=pointer)
    if len(set(map(str, ids.values()))) < len(ids):
        yield GuessableId(pointer="/credentialSubject/id")


def issuer(matter: Matter) -> Iterator[LintFault]:
    """OB 3.0 §9.1 and did:web §2.5: a Profile with a did:web, a name, and an address on the host of that DID."""
    profile = matter.issuer
    host = _host(profile.get("id"))
    if host is None or profile.get("type") != ["Profile"] or not profile.get("name"):
        yield WrongIssuer(pointer="/issuer")
    elif profile.get("url") != f"https://{host}":
        yield WrongIssuer(pointer="/issuer/url")


def status(matter: Matter) -> Iterator[LintFault]:
    """BSL §2.1: one revocation bit, base-10 index inside the list, the list on the issuer's host, the entry's id another."""
    entry = matter.document.get("credentialStatus")
    if not isinstance(entry, Mapping):
        yield WrongStatus(pointer="/credentialStatus")
        return
    url, index = str(entry.get("statusListCredential")), str(entry.get("statusListIndex"))
    sound = (
        entry.get("type") == "BitstringStatusListEntry"
        and entry.get("statusPurpose") == "revocation"
        and index.isascii()
        and index.isdigit()
        and index == str(int(index))
        and int(index) < LENGTH
        and url.startswith(f"https://{_host(matter.issuer.get('id'))}/")
        and entry.get("id") != url
    )
    if not sound:
        yield WrongStatus(pointer="/credentialStatus")


def dates(matter: Matter) -> Iterator[LintFault]:
    """VCDM 2.0 §4.9: instants with a zone, `awardedDate` ≤ `validFrom` < `validUntil`."""
    try:
        valid_from = read_timestamp(str(matter.document.get("validFrom")))
        awarded = read_timestamp(str(matter.document.get("awardedDate")))
        until = matter.document.get("validUntil")
        if awarded > valid_from or (until is not None and read_timestamp(str(until)) <= valid_from):
            yield WrongDates(pointer="/validFrom")
    except BadTimestamp:
        yield WrongDates(pointer="/validFrom")


def addresses(matter: Matter) -> Iterator[LintFault]:
    """THREATS W9: whatever a reader may follow is https, and so is the achievement's own id."""
    for text in matter.texts():
        followed = text.key in _ADDRESS_KEYS or text.pointer == "/credentialSubject/achievement/id"
        if followed and not text.raw.startswith("https://"):
            yield PlainAddress(pointer=text.pointer)


def _host(did: object) -> str | None:
    try:
        return web_host(str(did))
    except BadDid:
        return None
