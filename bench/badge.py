"""The badge of the benchmark: Cyrillic text, four alignments, two results, credits, a status entry, a named schema."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from issuer.compose import IssuerProfile, StatusPlace, compose
from schemas.achievement import Achievement
from schemas.award import AwardOrder
from schemas.identity import number_from
from tests.campus import House

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
AWARDED = NOW - timedelta(days=2)
_SCHEMA = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
_OUTCOMES = ("ИП.1", "ИП.2", "ИНФ.3", "МП.П3")


def achievement(house: House, number: int) -> Achievement:
    """One of the modules that learners of the benchmark take."""
    url = house.url(f"orgs/{house.code}/achievements/M{number:02}")
    framework = "https://cpo.sever.example/frameworks/outcomes/items"
    alignments = [
        {
            "type": ["Alignment"],
            "targetType": "CFItem",
            "targetCode": code,
            "targetName": f"Планируемый результат {code}: умеет применять изученное в новой задаче",
            "targetUrl": f"{framework}/{place}",
            "targetFramework": "Каталог планируемых результатов",
        }
        for place, code in enumerate(_OUTCOMES, start=number)
    ]
    return Achievement(
        {
            "id": url,
            "type": ["Achievement"],
            "achievementType": "MicroCredential",
            "name": f"Исследовательский проект № {number}: от вопроса к защите",
            "description": "Модуль об исследовании: вопрос, гипотеза, измерения, вывод и публичная защита.",
            "criteria": {"narrative": "Провести исследование, написать отчёт и защитить проект перед комиссией."},
            "creditsAvailable": 1,
            "creator": {"id": house.did, "type": ["Profile"], "name": house.name, "url": house.url("")},
            "humanCode": f"М{number:02}",
            "inLanguage": "ru",
            "tag": ["исследование", "проект"],
            "alignment": alignments,
            "resultDescription": [
                {
                    "id": f"{url}#points",
                    "type": ["ResultDescription"],
                    "name": "Итог, баллов",
                    "resultType": "RawScore",
                    "valueMin": "0",
                    "valueMax": "100",
                    "requiredValue": "60",
                },
                {
                    "id": f"{url}#defence",
                    "type": ["ResultDescription"],
                    "name": "Защита проекта",
                    "resultType": "Status",
                },
                {
                    "id": f"{url}#hours",
                    "type": ["ResultDescription"],
                    "name": "Объём, академических часов",
                    "resultType": "ext:Hours",
                    "requiredValue": "34",
                },
            ],
        }
    )


@dataclass(frozen=True)
class Award:
    """What is known of learner `number`'s award before it is composed; no two are equal."""

    order: AwardOrder
    credential_id: str
    subject_id: str
    salt: str
    status: StatusPlace

    @classmethod
    def of(cls, house: House, number: int) -> "Award":
        """The award of that number."""
        seed = sha256(f"{house.code} {number}".encode()).digest()
        return cls(
            order=_order(house, number, seed),
            credential_id=UUID(bytes=seed[:16], version=4).urn,
            subject_id=UUID(bytes=seed[16:], version=4).urn,
            salt=seed[:16].hex(),
            status=StatusPlace(house.url("status/revocation"), number),
        )


def signed_at(number: int) -> datetime:
    """When badge `number` is signed: one by one, each has a moment of its own."""
    return NOW - timedelta(seconds=number)


def composed(house: House, module: Achievement, award: Award) -> dict[str, Any]:
    """The badge, unsigned."""
    document = compose(
        module,
        IssuerProfile(did=house.did, name=house.name, url=house.url("")),
        award.order,
        credential_id=award.credential_id,
        subject_id=award.subject_id,
        salt=award.salt,
        status=award.status,
    )
    document["credentialSchema"] = [{"id": _SCHEMA, "type": "JsonSchema"}]
    document["credentialSubject"]["creditsEarned"] = 1
    document["evidence"] = [
        {
            "type": ["Evidence"],
            "name": "Отчёт об исследовании",
            "description": "Отчёт хранится в организации и показывается школе по запросу.",
            "genre": "отчёт",
        }
    ]
    return document


def _order(house: House, number: int, seed: bytes) -> AwardOrder:
    return AwardOrder(
        organisation=house.code,
        achievement="M01",
        learner_number=number_from(seed[:16]),
        event=f"{number}",
        awarded_at=AWARDED + timedelta(seconds=number),
        result=str(60 + number % 41),
    )
