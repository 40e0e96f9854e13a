"""Badges to try the verifier on, for every answer it can give, made from what the stories really signed."""

import json
import secrets
from dataclasses import dataclass
from typing import Any

from keys import proofs
from keys.ed25519 import Ed25519Signer
from schemas.errors import N_
from service.demo.people import account_of
from service.demo.prologue import MISTAKEN
from service.demo.stage import Stage
from service.demo.story_forgery import tampered
from service.demo.visitor import Refused
from service.demo.wallets import badge_file

STRANGER = "did:web:courses.example"
MISTAKEN_TITLE = "Волонтёрский отряд"


@dataclass(frozen=True, slots=True)
class Sample:
    """One file with its name, its title for people and the verdict it should get."""

    name: str
    title: str
    expected: str
    body: bytes


def write_samples(stage: Stage) -> None:
    """Put the samples where the public verifier offers them; none when the stories left no badge."""
    try:
        made = _samples(stage)
    except Refused:
        return
    index = [{"name": one.name, "title": one.title, "expected": one.expected} for one in made]
    for one in made:
        stage.parts.shelf.put(f"samples/{one.name}.json", one.body)
    stage.parts.shelf.put("samples/index.json", json.dumps(index, ensure_ascii=False).encode())


def _samples(stage: Stage) -> list[Sample]:
    badge = badge_file(stage, "m08")
    return [
        Sample("genuine", N_("Подлинный значок университета"), "valid", badge),
        Sample("points", N_("Значок, в котором исправили баллы"), "invalid", tampered(stage)),
        Sample("field", N_("Значок, в который дописали поле"), "invalid", _with_a_field_more(badge)),
        Sample("revoked", N_("Значок, который организация отозвала"), "invalid", _revoked(stage)),
        Sample("stranger", N_("Значок организации, которой нет в реестре сети"), "cannot_tell", _foreign(stage, badge)),
    ]


def _with_a_field_more(badge: bytes) -> bytes:
    """The badge with one member that no vocabulary defines."""
    document = json.loads(badge)
    document["credentialSubject"]["honours"] = "с отличием"
    return json.dumps(document, ensure_ascii=False).encode()


def _revoked(stage: Stage) -> bytes:
    """The badge that was awarded by mistake, as its learner still has it."""
    visitor, wallet = stage.person(MISTAKEN.learner), f"/wallet/{account_of(MISTAKEN.learner)}"
    rows = visitor.read(f"/api{wallet}")["badges"]
    entry = next((row["id"] for row in rows if row["title"] == MISTAKEN_TITLE), "")
    return visitor.accepted(visitor.get(f"{wallet}/badges/{entry}.json")).body


def _foreign(stage: Stage, badge: bytes) -> bytes:
    """A well-made badge of an organisation that the network does not know and whose server does not answer."""
    document: dict[str, Any] = {key: value for key, value in json.loads(badge).items() if key != "proof"}
    del document["credentialStatus"]
    document["issuer"] = {"id": STRANGER, "type": ["Profile"], "name": "Онлайн-курсы «Пример»"}
    seed = secrets.token_bytes(32)
    method = f"{STRANGER}#{Ed25519Signer(seed, '').multikey}"
    signed = proofs.add(document, Ed25519Signer(seed, method), created=stage.clock())
    return json.dumps(signed, ensure_ascii=False).encode()
