"""A verification of Open Badges 2.0: what is confirmed by the pages of whoever issued it, and never more than that.

    recognise → (the pages it leads to, one after the other) → judge

Such a badge is no verifiable credential and its issuer no member by a key of its own, so its best answer is "cannot tell: the
issuer's own page confirms it". `wanted` and `judge` are pure; each page that is asked was named by the one before it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final

from keys import pem
from keys.errors.proofs import ProofInvalid
from keys.errors.published import Unreachable
from keys.errors.written import BadMultikey
from keys.fetch import Fetcher
from keys.jose import jws
from schemas import fields
from schemas.baking import unwrap
from schemas.legacy import Assertion, BadgeClass, Issuer, Revocations, host_of, is_assertion
from schemas.reading import read_json
from schemas.refusals import Refused
from verifier.checks import check_recipient, refusal
from verifier.papers import Paper
from verifier.policy import Policy
from verifier.verdict import Check, Outcome

KIND: Final = "Assertion"
_GONE: Final = "status 410"
_LONGEST: Final = 300
_LOOKUPS: Final = 6


class Missing(StrEnum):
    """Why there is no page."""

    UNREACHABLE = "legacy-unreachable"
    GONE = "revoked"


Page = bytes | Missing


@dataclass(frozen=True, slots=True)
class Old:
    """What was recognised: the assertion as it was given, its signature where it has one, or only the address of a page."""

    digest: str
    document: dict[str, Any]
    signed: jws.Jws | None = None
    url: str = ""


def recognise(data: bytes, policy: Policy) -> Old | None:
    """The Open Badge 2.0 in a file: JSON, a JWS or (baked) an address; None for everything else."""
    try:
        inner = unwrap(data) if len(data) <= policy.file_bytes else b""
    except Refused:
        return None
    body, digest = inner.strip(), sha256(inner).hexdigest()
    if not 0 < len(body) <= policy.credential_bytes:
        return None
    if inner is not data and body.startswith(b"https://"):
        return Old(digest, {}, url=body.decode("ascii", "replace"))
    return _json(body, digest) if body.startswith(b"{") else _token(body, digest)


def _json(body: bytes, digest: str) -> Old | None:
    try:
        document = read_json(body)
    except Refused:
        return None
    return Old(digest, document) if is_assertion(document) else None


def _token(body: bytes, digest: str) -> Old | None:
    """A signature over an assertion; of anything else others know more."""
    try:
        signed = jws.parse(body.decode("ascii", "replace"))
        document = read_json(signed.payload)
    except (ProofInvalid, Refused):
        return None
    return Old(digest, document, signed) if is_assertion(document) else None


# pages ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def gather(old: Old, fetcher: Fetcher) -> dict[str, Page]:
    """Every page that the badge leads to, as far as they can be had."""
    pages: dict[str, Page] = {}
    while len(pages) < _LOOKUPS:
        missing = next((url for url in wanted(old, pages) if url not in pages), None)
        if missing is None:
            break
        pages[missing] = _get(missing, fetcher)
    return pages


def _get(url: str, fetcher: Fetcher) -> Page:
    try:
        return fetcher.get(url)
    except Unreachable as error:
        return Missing.GONE if error.params.get("reason") == _GONE else Missing.UNREACHABLE


def wanted(old: Old, pages: Mapping[str, Page]) -> Iterator[str]:
    """The addresses to be asked, in order, as far as they are known by now."""
    try:
        if old.url:
            yield old.url
        assertion = given(old, pages)
        if assertion.is_hosted:
            yield assertion.id
        yield assertion.badge_url
        badge = BadgeClass(_read(pages, assertion.badge_url))
        yield badge.issuer_url
        issuer = Issuer(_read(pages, badge.issuer_url))
        if not assertion.is_hosted:
            yield from (url for url, key in issuer.keys.items() if "publicKeyPem" not in key and _named(url, assertion))
            yield from filter(None, [issuer.revocations_url])
    except (Refused, _NotToldError):
        return


def _named(url: str, assertion: Assertion) -> bool:
    return assertion.key_url in {"", url}


class _NotToldError(Exception):
    """The answer ends here, with this check."""

    def __init__(self, check: Check) -> None:
        self.check = check
        super().__init__(check.code)


def given(old: Old, pages: Mapping[str, Page]) -> Assertion:
    """The assertion itself: what was given, or what lies at the address that was."""
    if old.url:
        return Assertion(_read(pages, old.url))
    return Assertion(old.document)


def _read(pages: Mapping[str, Page], url: str) -> dict[str, Any]:
    """The document at an address, which must say itself that it lies there."""
    page = pages.get(url, Missing.UNREACHABLE)
    if isinstance(page, Missing):
        outcome = Outcome.FAILED if page is Missing.GONE else Outcome.UNKNOWN
        raise _NotToldError(Check("status" if page is Missing.GONE else "page", outcome, str(page)))
    try:
        document = read_json(page)
    except Refused:
        raise _NotToldError(Check("page", Outcome.UNKNOWN, "legacy-page")) from None
    if document.get("id") != url:
        raise _NotToldError(Check("page", Outcome.FAILED, "legacy-misplaced"))
    return document


# judgement ──────────────────────────────────────────────────────────────────────────────────────────────────────


def judge(
    old: Old, pages: Mapping[str, Page], now: datetime, recipient: str = ""
) -> tuple[tuple[Check, ...], Paper | None]:
    """Every check of the badge, and what may be shown of it where its page or its signature confirms it."""
    found: list[Check] = []
    try:
        paper = _judge(old, pages, now, recipient, found)
    except _NotToldError as end:
        return (*found, end.check), None
    except Refused as error:
        return (*found, refusal(error)), None
    return tuple(found), paper


def _judge(old: Old, pages: Mapping[str, Page], now: datetime, recipient: str, found: list[Check]) -> Paper:
    assertion = given(old, pages)
    issued, ends = assertion.issued_at, assertion.expires_at
    owner = assertion.recipient
    found.append(Check("format", Outcome.PASSED, "legacy-format"))
    if assertion.is_hosted:
        _check_page(old, assertion, pages)
    badge = BadgeClass(_read(pages, assertion.badge_url))
    issuer = Issuer(_read(pages, badge.issuer_url))
    _check_origin(assertion, badge, issuer)
    if assertion.is_hosted:
        found.append(Check("page", Outcome.PASSED, "legacy-hosted", {"host": host_of(assertion.id)}))
    else:
        found.append(_check_signature(old, assertion, issuer, pages))
    found += [_check_status(assertion, issuer, pages), _check_dates(issued, ends, now)]
    found.append(Check("membership", Outcome.UNKNOWN, "legacy-confirmed", {"host": host_of(issuer.id)}))
    found += check_recipient(recipient, owner.is_)
    return Paper(
        kind=KIND,
        title=badge.name[:_LONGEST],
        organisation="",
        claimed_by=issuer.name[:_LONGEST],
        dated_at=issued,
        comment=badge.description[:_LONGEST],
    )


def _check_page(old: Old, assertion: Assertion, pages: Mapping[str, Page]) -> None:
    """The page at its address says the same, word for word (OB 2.0 HostedBadge)."""
    if not host_of(assertion.id):
        raise _NotToldError(Check("page", Outcome.UNKNOWN, "legacy-address"))
    served = _read(pages, assertion.id)
    if served.get("revoked") is True:
        raise _NotToldError(Check("status", Outcome.FAILED, "revoked"))
    if old.document and served != old.document:
        raise _NotToldError(Check("page", Outcome.FAILED, "legacy-changed"))


def _check_origin(assertion: Assertion, badge: BadgeClass, issuer: Issuer) -> None:
    """The issuer stands behind the addresses: anybody may publish an assertion of somebody else's badge."""
    hosted = [assertion.id] if assertion.is_hosted else []
    if not host_of(badge.id) == host_of(issuer.id) or not all(map(issuer.stands_behind, hosted)):
        raise _NotToldError(Check("page", Outcome.FAILED, "legacy-foreign"))


def _check_signature(old: Old, assertion: Assertion, issuer: Issuer, pages: Mapping[str, Page]) -> Check:
    """The signature holds under a key that the issuer's own profile lists (OB 2.0 SignedBadge)."""
    if old.signed is None:
        raise _NotToldError(Check("proof", Outcome.FAILED, "proof-missing"))
    keys = [_key(url, key, issuer, pages) for url, key in issuer.keys.items() if _named(url, assertion)]
    if not keys:
        raise _NotToldError(Check("key", Outcome.FAILED, "key-not-listed"))
    failures = []
    for key in keys:
        try:
            jws.verify(old.signed, pem.read(key))
        except BadMultikey:
            failures.append(Check("key", Outcome.UNKNOWN, "key-unreadable"))
        except (ProofInvalid, Refused):
            failures.append(Check("proof", Outcome.FAILED, "proof-signature"))
        else:
            return Check("proof", Outcome.PASSED, "legacy-signed", {"host": host_of(issuer.id)})
    raise _NotToldError(failures[0])


def _key(url: str, key: dict[str, Any], issuer: Issuer, pages: Mapping[str, Page]) -> str:
    """The PEM of one of the issuer's keys, whose document must name the issuer as its owner."""
    document = key if "publicKeyPem" in key else _read(pages, url)
    if fields.reference(document, "owner") != issuer.id:
        raise _NotToldError(Check("key", Outcome.FAILED, "key-controller"))
    return fields.required(document, "publicKeyPem")


def _check_status(assertion: Assertion, issuer: Issuer, pages: Mapping[str, Page]) -> Check:
    """Taken back by its own words, by its page, or (signed ones) by the issuer's list."""
    if assertion.is_revoked:
        return Check("status", Outcome.FAILED, "revoked")
    if assertion.is_hosted:
        return Check("status", Outcome.PASSED, "legacy-current")
    if not issuer.revocations_url:
        return Check("status", Outcome.PASSED, "status-none")
    return _ask_list(assertion, issuer, pages.get(issuer.revocations_url, Missing.UNREACHABLE))


def _ask_list(assertion: Assertion, issuer: Issuer, page: Page) -> Check:
    if isinstance(page, Missing):
        return Check("status", Outcome.UNKNOWN, "status-unreachable")
    try:
        listed = Revocations(read_json(page))
        if listed.issuer_url not in {"", issuer.id}:
            return Check("status", Outcome.UNKNOWN, "status-foreign")
        revoked = listed.names(assertion.id)
    except Refused:
        return Check("status", Outcome.UNKNOWN, "status-malformed")
    return Check("status", Outcome.FAILED, "revoked") if revoked else Check("status", Outcome.PASSED, "status-unlisted")


def _check_dates(issued: datetime, ends: datetime | None, now: datetime) -> Check:
    if ends is not None and ends < issued:
        return Check("dates", Outcome.FAILED, "dates-reversed")
    if issued > now:
        return Check("dates", Outcome.FAILED, "not-yet-valid", {"from_at": issued.isoformat()})
    if ends is not None and ends <= now:
        return Check("dates", Outcome.FAILED, "expired", {"until_at": ends.isoformat()})
    return Check("dates", Outcome.PASSED, "dates-ok")
