"""Open Badges 2.0, read as what it is: JSON documents at addresses that point to each other, no verifiable credentials.

    Assertion → BadgeClass → Profile (the issuer) → CryptographicKey, RevocationList

Nothing here says whether a document is true: that is decided by who serves it (`verifier.legacy`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from schemas import fields, identity
from schemas.dates import read_timestamp
from schemas.refusals import Unreadable

CONTEXT: Final = "https://w3id.org/openbadges/v2"
_HOSTED: Final = frozenset({"HostedBadge", "hosted"})
_SIGNED: Final = frozenset({"SignedBadge", "signed"})


def is_assertion(document: dict[str, Any]) -> bool:
    """Whether a document calls itself an assertion of Open Badges 2.0."""
    return CONTEXT in fields.many(document, "@context") and "Assertion" in fields.many(document, "type")


def host_of(url: str) -> str:
    """The host of an https address with its port; "" for anything else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.netloc if parts.scheme == "https" else ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who earned it, mostly as a salted hash (IdentityObject); `kind` is email, url or telephone."""

    kind: str
    hashed: bool
    salt: str
    text: str

    def is_(self, value: str) -> bool:
        """Whether it is the one known by this value."""
        return identity.names(self.text, value, self.salt) if self.hashed else self.text == value


class Assertion:
    """An object over the assertion's dict: somebody earned a badge."""

    def __init__(self, document: dict[str, Any]) -> None:
        if not is_assertion(document):
            raise Unreadable(pointer="/type", field="type")
        self.document = document

    @property
    def id(self) -> str:
        """Its address; a signed one may have any IRI."""
        return fields.required(self.document, "id")

    @property
    def is_hosted(self) -> bool:
        """Whether the page at its address confirms it; else a signature does. `Unreadable` where neither is said."""
        kinds = set(fields.strings(self._verification, "type", "/verification"))
        if kinds & _HOSTED:
            return True
        if kinds & _SIGNED:
            return False
        raise Unreadable(pointer="/verification/type", field="type")

    @property
    def key_url(self) -> str:
        """The key that it says it is signed with, "" where the issuer's own page must tell."""
        return fields.reference(self._verification, "creator", "/verification") or ""

    @property
    def badge_url(self) -> str:
        """The address of what was earned."""
        found = fields.reference(self.document, "badge")
        if not found:
            raise Unreadable(pointer="/badge", field="badge")
        return found

    @property
    def issued_at(self) -> datetime:
        """When it was issued, UTC."""
        return read_timestamp(fields.required(self.document, "issuedOn"), pointer="/issuedOn")

    @property
    def expires_at(self) -> datetime | None:
        """Until when it holds, UTC; None for ever."""
        written = fields.optional(self.document, "expires")
        return None if written is None else read_timestamp(written, pointer="/expires")

    @property
    def is_revoked(self) -> bool:
        """Whether it says itself that it was taken back."""
        return self.document.get("revoked") is True

    @property
    def recipient(self) -> Recipient:
        """Who earned it."""
        found = fields.objects(self.document, "recipient")
        if len(found) != 1:
            raise Unreadable(pointer="/recipient", field="recipient")
        place, held = found[0]
        return Recipient(
            kind=fields.required(held, "type", place),
            hashed=held.get("hashed") is True,
            salt=fields.optional(held, "salt", place) or "",
            text=fields.required(held, "identity", place),
        )

    @property
    def _verification(self) -> dict[str, Any]:
        found = fields.objects(self.document, "verification")
        if len(found) != 1:
            raise Unreadable(pointer="/verification", field="verification")
        return found[0][1]


class BadgeClass:
    """An object over the dict of what can be earned."""

    def __init__(self, document: dict[str, Any]) -> None:
        if "BadgeClass" not in fields.strings(document, "type"):
            raise Unreadable(pointer="/type", field="type")
        self.document = document

    @property
    def id(self) -> str:
        """Its address."""
        return fields.required(self.document, "id")

    @property
    def name(self) -> str:
        """Its title."""
        return fields.required(self.document, "name")

    @property
    def description(self) -> str:
        """What it is, in a few words."""
        return fields.text(self.document, "description")

    @property
    def issuer_url(self) -> str:
        """The address of the issuer's profile."""
        found = fields.reference(self.document, "issuer")
        if not found:
            raise Unreadable(pointer="/issuer", field="issuer")
        return found


class Issuer:
    """An object over the issuer's profile."""

    def __init__(self, document: dict[str, Any]) -> None:
        if not {"Issuer", "Profile"} & set(fields.strings(document, "type")):
            raise Unreadable(pointer="/type", field="type")
        self.document = document

    @property
    def id(self) -> str:
        """Its address."""
        return fields.required(self.document, "id")

    @property
    def name(self) -> str:
        """The name it gives itself."""
        return fields.required(self.document, "name")

    @property
    def revocations_url(self) -> str:
        """Where it lists what it took back, "" where it does not."""
        return fields.reference(self.document, "revocationList") or ""

    @property
    def keys(self) -> dict[str, dict[str, Any]]:
        """Its keys by address: those that stand in the profile, and empty ones for those that are only named."""
        held = fields.many(self.document, "publicKey")
        named = [item if isinstance(item, dict) else {"id": item} for item in held]
        return {key["id"]: key for key in named if isinstance(key.get("id"), str)}

    def stands_behind(self, url: str) -> bool:
        """Whether an address is one under which this issuer publishes (`verification`, else its own host; OB 2.0 §Profile)."""
        rules = fields.objects(self.document, "verification")
        place, rule = rules[0] if rules else ("/verification", {})
        begins = fields.strings(rule, "startsWith", place)
        hosts = set(fields.strings(rule, "allowedOrigins", place)) or {host_of(self.id)}
        within = not begins or any(url.startswith(begin) and host_of(begin) for begin in begins)
        return bool(host_of(url)) and host_of(url) in hosts and within


class Revocations:
    """An object over a RevocationList."""

    def __init__(self, document: dict[str, Any]) -> None:
        if "RevocationList" not in fields.strings(document, "type"):
            raise Unreadable(pointer="/type", field="type")
        self.document = document

    @property
    def issuer_url(self) -> str:
        """Whose list it is."""
        return fields.reference(self.document, "issuer") or ""

    def names(self, assertion_id: str) -> bool:
        """Whether an assertion stands in it, by its address or in a row of its own."""
        rows = fields.many(self.document, "revokedAssertions")
        if not all(isinstance(row, str | dict) for row in rows):
            raise Unreadable(pointer="/revokedAssertions", field="revokedAssertions")
        return any((row.get("id") if isinstance(row, dict) else row) == assertion_id for row in rows)
