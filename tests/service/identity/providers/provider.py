"""A small identity provider on loopback: real HTTP, real signatures, and as dishonest as a test asks for."""

import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Annotated, Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from fastapi import FastAPI, Form, Request
from fastapi.responses import JSONResponse, Response
from joserfc import jwt
from joserfc.jwk import ECKey

from keys.jwk import encode
from service.demo.server import serving

HOST = "id.sever.example"
ISSUER = f"https://{HOST}"
NAME = "Единый вход"
CLIENT, SECRET = "zachetka", "тайна:+ и пробел"
NAMED = "authorization_response_iss_parameter_supported"
Claims = dict[str, Any]


@dataclass
class Provider:
    """Knows one person, `subject`. `change` is done to the claims before they are signed; `said` replaces what it publishes."""

    clock: Callable[[], float] = time.time
    subject: str = "1000300100"
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "one", "use": "sig"}))
    published: list[ECKey] = field(default_factory=list)
    change: Callable[[Claims], object] = lambda _: None
    said: Claims = field(default_factory=dict)
    lenient: bool = False
    ways: list[str] = field(default_factory=list)
    codes: dict[str, Claims] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.published = [self.key]

    def authorize(self, address: str) -> dict[str, str]:
        """What a person's browser does there: signs in, and is sent back with these answers."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["scope"] == "openid"
        code = uuid4().hex
        self.codes[code] = {**asked, "sub": self.subject}
        return {"code": code, "state": asked["state"], "iss": ISSUER}

    def token(self, code: str, verifier: str, back: str) -> str | None:
        """The ID token for a code; None where it is not this one's, or not any more."""
        asked = self.codes.get(code) if self.lenient else self.codes.pop(code, None)
        proof = encode(sha256(verifier.encode()).digest())
        if asked is None or asked["code_challenge"] != proof or asked["redirect_uri"] != back:
            return None
        now = int(self.clock())
        claims = {"iss": ISSUER, "sub": asked["sub"], "aud": CLIENT, "nonce": asked["nonce"]}
        claims |= {"iat": now, "exp": now + 300}
        self.change(claims)
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)


@dataclass
class Stand:
    """Where the provider of a test stands: served once for all of them, while each brings its own."""

    provider: Provider = field(default_factory=Provider)
    port: int = 0


def application(stand: Stand) -> FastAPI:
    """Its three doors."""
    app = FastAPI()

    @app.get("/.well-known/openid-configuration")
    def discovery() -> Claims:
        places = {name: f"{ISSUER}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
        return {"issuer": ISSUER, **places, NAMED: True, **stand.provider.said}

    @app.get("/jwks_uri")
    def keys() -> Claims:
        return {"keys": [key.as_dict(private=False) for key in stand.provider.published]}

    @app.post("/token_endpoint")
    def token(
        request: Request,
        code: Annotated[str, Form()],
        code_verifier: Annotated[str, Form()],
        redirect_uri: Annotated[str, Form()],
        client_id: Annotated[str, Form()] = "",
        client_secret: Annotated[str, Form()] = "",
    ) -> Response:
        stand.provider.ways.append(_way(request, client_id, client_secret))
        made = stand.provider.token(code, code_verifier, redirect_uri)
        if made is None:
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse({"id_token": made, "access_token": "unused", "token_type": "Bearer"})

    return app


def _way(request: Request, client: str, secret: str) -> str:
    """How the client has said who it is."""
    basic = request.headers.get("authorization", "").removeprefix("Basic ")
    return b64decode(basic).decode() if basic else f"form {client} {secret}".strip()


@contextmanager
def running() -> Iterator[Stand]:
    """A stand on a port of its own."""
    stand = Stand()
    with serving(application(stand)) as base:
        stand.port = int(base.rpartition(":")[2])
        yield stand
