"""A device with passkeys, in software: does what browsers and authenticators do (WebAuthn §5.8.1, §6.1, §6.5.4)."""

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from keys.jwk import decode, encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
Answer = dict[str, Any]


@dataclass
class Device:
    """One passkey for one site. `verifies` says whether it asks its owner who they are; `count` is how often it has signed."""

    origin: str
    host: str
    verifies: bool = True
    present: bool = True
    count: int = 0
    credential: bytes = b"a credential of this device"
    handle: str = ""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: Answer) -> Answer:
        """What `navigator.credentials.create` gives."""
        self.handle = options["user"]["id"]
        attested = bytes(16) + len(self.credential).to_bytes(2) + self.credential + cbor2.dumps(self._public())
        data = self._data(ATTESTED) + attested
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options["challenge"])
        return self._answer({"clientDataJSON": encode(client), "attestationObject": encode(statement)})

    def use(self, options: Answer, kind: str = "webauthn.get") -> Answer:
        """What `navigator.credentials.get` gives."""
        self.count += 1
        client, data = self._client(kind, options["challenge"]), self._data(0)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        given = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._answer({**{name: encode(value) for name, value in given.items()}, "userHandle": self.handle})

    def _answer(self, response: Answer) -> Answer:
        name = encode(self.credential)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}

    def _client(self, kind: str, challenge: str) -> bytes:
        assert decode(challenge)
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _data(self, more: int) -> bytes:
        flags = more | (PRESENT if self.present else 0) | (VERIFIED if self.verifies else 0)
        return sha256(self.host.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _public(self) -> dict[int, object]:
        numbers = self.key.public_key().public_numbers()
        return {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
