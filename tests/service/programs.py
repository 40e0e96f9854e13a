"""A house in which programs may act: published achievements of two organisations, tokens, and drafts to send."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import Session, select

from issuer import catalogue
from issuer.module import ModuleSpec
from issuer.tables import AchievementVersion
from keys.actor import Actor, ActorKind
from keys.tables import JournalRow
from schemas.identity import number_from
from service.database import reading, unit_of_work
from service.vc_api import tokens
from service.vc_api.tables import ApiToken
from service.vc_api.tokens import Scope, Wish
from service.worker import Worker
from tests.issuer.world import module
from tests.service.house import START, House

NUMBER = number_from(b"0123456789abcdef")
EVERYTHING = tuple(Scope)
DRAFTS, REVIEWS = (Actor(kind=ActorKind.PERSON, person=name) for name in ("drafts", "reviews"))


@dataclass
class Programs:
    """The house, and what its programs send."""

    house: House
    text: str = ""
    version: AchievementVersion = field(init=False)

    def __post_init__(self) -> None:
        with unit_of_work(self.house.parts.engine) as session:
            self.version = self.publish(session, module("kol", "m01", creditable=False))
            self.publish(session, module("s1", "m01", creditable=False))
        self.text = self.token()

    def publish(self, session: Session, spec: ModuleSpec) -> AchievementVersion:
        version = catalogue.draft(session, spec, DRAFTS, START)
        catalogue.review(session, version.id, REVIEWS, START)
        return catalogue.publish(session, self.house.parts.shelf, version.id, DRAFTS, START)

    def token(
        self, organisation: str = "kol", scopes: Iterable[str] = EVERYTHING, days: int = 30, name: str = ""
    ) -> str:
        """A new token of an organisation."""
        wish = Wish(organisation, name or secrets.token_hex(4), list(scopes), days)
        with unit_of_work(self.house.parts.engine) as session:
            _, text = tokens.make(session, wish, DRAFTS, self.house.clock.now, secrets.token_bytes)
        return text

    def call(self, door: str, body: Any, text: str | None = None, **headers: str) -> Response:
        """What a program gets for a request."""
        shown = self.text if text is None else text
        client = TestClient(self.house.app, base_url=self.house.settings.public_url, raise_server_exceptions=False)
        return client.post(f"/vc-api/{door}", json=body, headers={"authorization": f"Bearer {shown}", **headers})

    def issue(self, draft: dict[str, Any], event: str = "№ 7", text: str | None = None, **headers: str) -> Response:
        return self.call("credentials/issue", {"credential": draft, "options": {"event": event}}, text, **headers)

    def issued(self, draft: dict[str, Any] | None = None, event: str = "№ 7") -> dict[str, Any]:
        """A badge that was issued, with its deposit published."""
        answer = self.issue(draft or self.draft(), event)
        assert answer.status_code == 201, answer.text
        Worker(self.house.parts).once()
        badge: dict[str, Any] = answer.json()["verifiableCredential"]
        return badge

    def draft(self, **subject: Any) -> dict[str, Any]:
        """As little as a draft has to say."""
        address = self.version.document["id"]
        said = {
            "type": ["AchievementSubject"],
            "achievement": {"id": address},
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "ext:networkNumber",
                    "identityHash": NUMBER,
                    "hashed": False,
                }
            ],
            "result": [{"type": ["Result"], "resultDescription": f"{address}#result-1", "value": "87"}],
        }
        return {
            "@context": [
                "https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            ],
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "credentialSubject": {**said, **subject},
        }

    def status(self, badge: str, purpose: str = "revocation", *, status: bool = True, reason: str = "Ошибка") -> Any:
        """The body of a request about the status of a badge."""
        entry = {"type": "BitstringStatusListEntry", "statusPurpose": purpose}
        return {"credentialId": badge, "credentialStatus": entry, "status": status, "options": {"reason": reason}}

    def journal(self, event: str) -> list[JournalRow]:
        with reading(self.house.parts.engine) as session:
            return list(session.exec(select(JournalRow).where(JournalRow.event == event)).all())

    def tokens(self) -> list[ApiToken]:
        with reading(self.house.parts.engine) as session:
            return tokens.tokens_of(session, "kol")
