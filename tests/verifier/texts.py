"""Badges as signed texts: what is in them, and how others would write them."""

import base64
import json
from typing import Any

from keys import jose
from keys.signer import Signer
from tests.campus import House
from tests.keys.jose.wallet import raw


def payload(text: bytes) -> dict[str, Any]:
    return dict(json.loads(base64.urlsafe_b64decode(text.split(b".")[1] + b"===")))


def head(text: bytes) -> dict[str, Any]:
    return dict(json.loads(base64.urlsafe_b64decode(text.split(b".")[0] + b"===")))


def signed_again(text: bytes, signer: Signer, header: dict[str, Any] | None = None, **claims: Any) -> bytes:
    """The token with other members, well signed by whoever."""
    told = {name: value for name, value in (head(text) | (header or {})).items() if value is not None}
    written = {name: value for name, value in (payload(text) | claims).items() if value is not None}
    return raw(told, written, signer).encode()


def concealed(
    house: House, *pointers: str, holder: Signer | None = None, profile: jose.Profile = jose.VC_SD_JWT
) -> str:
    """A deposited badge in parts."""
    document = house.draft()
    house.deposit(document)
    vct = "https://sever.example/badge" if profile is jose.SD_JWT_VC else ""
    public = holder.public if holder else None
    return jose.conceal(document, house.signer, pointers, profile, holder=public, decoys=0, vct=vct)
