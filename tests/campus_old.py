"""A world of Open Badges 2.0 beside the campus: an issuer's pages, its key, hosted and signed assertions."""

import base64
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from schemas.legacy import CONTEXT
from tests.campus import Campus, write


@cache
def rsa_key(number: int = 0) -> RSAPrivateKey:  # noqa: ARG001 - another number, another key
    return generate_private_key(65537, 2048)


@dataclass
class OldIssuer:
    """An organisation that publishes Open Badges 2.0 at its own host; everything it says lies in `campus.pages`."""

    campus: Campus
    host: str = "old.sever.example"

    def url(self, path: str) -> str:
        return f"https://{self.host}/{path}"

    def publish(self, path: str, **document: Any) -> dict[str, Any]:
        page = {"@context": CONTEXT, "id": self.url(path)} | document
        self.campus.pages[self.url(path)] = write(page)
        return page

    def open(self, **profile: Any) -> None:
        """Publish the profile, the key, the list of revocations and one badge class."""
        pem = rsa_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        self.publish("key", type="CryptographicKey", owner=self.url("issuer"), publicKeyPem=pem)
        self.publish("revoked", type="RevocationList", issuer=self.url("issuer"), revokedAssertions=[])
        fields = {"publicKey": self.url("key"), "revocationList": self.url("revoked")} | profile
        self.publish("issuer", type="Issuer", name="Дом творчества", url=self.url(""), **fields)
        criteria = {"narrative": "Собрать робота."}
        self.publish(
            "badge",
            type="BadgeClass",
            name="Робототехник",
            description="Сборка роботов.",
            criteria=criteria,
            issuer=self.url("issuer"),
        )

    def assertion(self, **changes: Any) -> dict[str, Any]:
        """A hosted assertion, not yet published."""
        return {
            "@context": CONTEXT,
            "type": "Assertion",
            "id": self.url("assertions/1"),
            "recipient": {"type": "email", "hashed": True, "salt": "соль", "identity": "sha256$" + "0" * 64},
            "badge": self.url("badge"),
            "verification": {"type": "HostedBadge"},
            "issuedOn": "2026-10-01T09:00:00Z",
        } | changes

    def award(self, **changes: Any) -> dict[str, Any]:
        """A hosted assertion that lies at its address."""
        document = self.assertion(**changes)
        self.campus.pages[document["id"]] = write(document)
        return document

    def sign(self, key: RSAPrivateKey | None = None, *, algorithm: str = "RS256", **changes: Any) -> bytes:
        """A signed assertion as a compact JWS."""
        changes = {"id": "urn:uuid:8d1f2a52-7a5c-4e43-9f36-0a3b1c1d8e01"} | changes
        verification = {"type": "SignedBadge", "creator": self.url("key")}
        document = self.assertion(**({"verification": verification} | changes))
        parts = [json.dumps({"alg": algorithm}).encode(), write(document)]
        signed = ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)
        signature = (key or rsa_key()).sign(signed.encode(), PKCS1v15(), SHA256())
        return f"{signed}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}".encode()
