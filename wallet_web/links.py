"""The address of a shared page: 128 bits nobody guesses, derived so that the database need not keep them (THREATS W2)."""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass, field

TOKEN_BYTES = 16
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Links:
    """Makes addresses from share ids. `secret` lives outside the database; `public_url` has no slash at its end."""

    secret: bytes = field(repr=False)
    public_url: str

    def token(self, share: str) -> str:
        """The 22 characters of a share's address: HMAC-SHA-256 over its id, cut to 128 bits, base64url."""
        mac = hmac.new(self.secret, b"share " + share.encode("ascii"), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(mac[:TOKEN_BYTES]).decode("ascii").rstrip("=")

    def url(self, share: str) -> str:
        """What is sent to the reader and put into the QR code."""
        return f"{self.public_url}/v/{self.token(share)}"


def token_hash(token: str) -> str | None:
    """What the database keeps of a token, SHA-256 in hex; none for text that is no token."""
    return hashlib.sha256(token.encode("ascii")).hexdigest() if _TOKEN.fullmatch(token) else None
