"""The provider itself: where it lives, which keys it has, whom it says somebody is (OpenID Connect Core §3.1, RFC 7636, RFC 9207).

    address ─▶ the browser goes there, signs in, comes back with a code ─▶ subject

Everything that is fetched goes through the guarded door (`keys.fetch`); of the person only the subject is ever asked for.
"""

import hmac
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote_plus, urlencode, urlsplit

from keys.errors.published import Unreachable
from keys.fetch import Fetcher, Sender
from keys.jwk import encode
from schemas.errors import BadInput
from schemas.reading import read_json
from service.identity import handshakes
from service.identity.providers import tokens
from service.identity.providers.errors import ProviderSilent, ProviderUntrue
from service.identity.providers.tokens import Expected, KeySet

FRESH: Final = timedelta(minutes=10)
BRIEF: Final = timedelta(minutes=1)
"""How long what was fetched is used, and how soon it may be fetched anew for a key that is not in it."""
DOCUMENT_BYTES: Final = 262_144
SCOPE: Final = "openid"
_DISCOVERY: Final = "/.well-known/openid-configuration"
_FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who we are for the provider. `names` say in each language what its button is called; `back` is our own address."""

    issuer: str
    id: str
    secret: str = field(repr=False)
    names: Mapping[str, str]
    back: str


@dataclass(frozen=True, slots=True)
class _Places:
    """What the provider says of itself, and its keys."""

    asks: str
    gives: str
    names_itself: bool
    secret_in_form: bool
    keys: KeySet
    at: datetime


@dataclass
class Provider:
    """One provider. `pepper` hides whom it knows in what we keep of them.

    What it publishes is used for ten minutes; two threads may fetch it at once, which harms nobody.
    """

    client: Client
    pepper: bytes = field(repr=False)
    fetcher: Fetcher
    sender: Sender
    _places: _Places | None = field(default=None, init=False, repr=False)

    def called(self, language: str) -> str:
        """What people know it as."""
        return self.client.names.get(language) or self.client.names["ru"]

    def prepare(self, now: datetime) -> None:
        """Fetch what is not known yet, before anything is locked. Raises `ProviderSilent`, `ProviderUntrue`."""
        self._known(now)

    def address(self, handle: str, now: datetime) -> str:
        """Where the browser that holds `handle` has to go. Raises `ProviderSilent`, `ProviderUntrue`."""
        asked = {
            "response_type": "code",
            "client_id": self.client.id,
            "redirect_uri": self.client.back,
            "scope": SCOPE,
            "state": state_of(handle),
            "nonce": nonce_of(handle),
            "code_challenge": encode(sha256(_verifier_of(handle).encode()).digest()),
            "code_challenge_method": "S256",
        }
        place = self._known(now).asks
        return f"{place}{'&' if urlsplit(place).query else '?'}{urlencode(asked)}"

    def check_return(self, handle: str, state: str, issuer: str, now: datetime) -> None:
        """Raise `ProviderUntrue` unless the browser comes back from where `address` has sent it (RFC 9207 §2.4)."""
        if not hmac.compare_digest(state.encode(), state_of(handle).encode()):
            raise ProviderUntrue(reason="state")
        if issuer != self.client.issuer and (issuer or self._known(now).names_itself):
            raise ProviderUntrue(reason="issuer")

    def subject(self, handle: str, code: str, now: datetime) -> str:
        """Whom the code stands for. Raises `ProviderSilent`, also for a code that it does not take, and `ProviderUntrue`."""
        token = self._exchange(handle, code, now)
        expected = Expected(self.client.issuer, self.client.id, nonce_of(handle))
        return tokens.subject_of(token, self._keys_for(token, now), expected, now)

    def _exchange(self, handle: str, code: str, now: datetime) -> str:
        places = self._known(now)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.client.back,
            "code_verifier": _verifier_of(handle),
        }
        headers = {"Content-Type": _FORM}
        if places.secret_in_form or not self.client.secret:
            form["client_id"] = self.client.id
        if self.client.secret and places.secret_in_form:
            form["client_secret"] = self.client.secret
        elif self.client.secret:
            headers["Authorization"] = self._basic()
        answer = _read(self._send(places.gives, urlencode(form).encode(), headers))
        return _text(answer, "id_token")

    def _basic(self) -> str:
        """RFC 6749 §2.3.1: both halves are form-encoded first."""
        pair = f"{quote_plus(self.client.id)}:{quote_plus(self.client.secret)}"
        return f"Basic {b64encode(pair.encode()).decode()}"

    def _send(self, url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        try:
            return self.sender.post(url, body, headers)
        except Unreachable as error:
            raise ProviderSilent from error

    def _get(self, url: str) -> dict[str, Any]:
        try:
            return _read(self.fetcher.get(url))
        except Unreachable as error:
            raise ProviderSilent from error

    def _keys_for(self, token: str, now: datetime) -> KeySet:
        """The provider's keys, fetched anew where the token names one that is not among them, but not time after time."""
        places, name = self._known(now), tokens.key_named(token)
        if name and name not in places.keys and now - places.at >= BRIEF:
            places = self._places = self._find(now)
        return places.keys

    def _known(self, now: datetime) -> _Places:
        if self._places is None or now - self._places.at >= FRESH:
            self._places = self._find(now)
        return self._places

    def _find(self, now: datetime) -> _Places:
        said = self._get(self.client.issuer.rstrip("/") + _DISCOVERY)
        if said.get("issuer") != self.client.issuer:
            raise ProviderUntrue(reason="issuer")
        ways = said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return _Places(
            asks=_https(said, "authorization_endpoint"),
            gives=_https(said, "token_endpoint"),
            names_itself=said.get("authorization_response_iss_parameter_supported") is True,
            secret_in_form="client_secret_basic" not in ways,
            keys=tokens.read_keys(self._get(_https(said, "jwks_uri"))),
            at=now,
        )


def state_of(handle: str) -> str:
    """By which we know the browser again (RFC 6749 §10.12)."""
    return encode(handshakes.derive(handle, "state"))


def nonce_of(handle: str) -> str:
    """By which we know the token again (OpenID Connect Core §15.5.2)."""
    return encode(handshakes.derive(handle, "nonce"))


def _verifier_of(handle: str) -> str:
    return encode(handshakes.derive(handle, "verifier"))


def _read(body: bytes) -> dict[str, Any]:
    try:
        return read_json(body, limit=DOCUMENT_BYTES)
    except BadInput as error:
        raise ProviderUntrue(reason="json") from error


def _text(answer: Mapping[str, Any], name: str) -> str:
    value = answer.get(name)
    if not isinstance(value, str):
        raise ProviderUntrue(reason=name)
    return value


def _https(said: Mapping[str, Any], name: str) -> str:
    """An address of the provider's, to which people and secrets may be sent."""
    value = _text(said, name)
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname or parts.fragment or not value.isprintable():
        raise ProviderUntrue(reason=name)
    return value
