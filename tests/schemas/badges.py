"""Documents that the tests of this package start from."""

from typing import Any

VC = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
ACHIEVEMENT = "https://ugu.sever.example/orgs/ugu/achievements/M08"
FRAMEWORK = "https://cpo.sever.example/frameworks/outcomes"


def alignment(code: str, number: int) -> dict[str, Any]:
    return {
        "type": ["Alignment"],
        "targetType": "CFItem",
        "targetCode": code,
        "targetName": f"Результат {code}",
        "targetUrl": f"{FRAMEWORK}/items/{number}",
        "targetFramework": "Каталог результатов",
    }


def rubric(code: str, number: int, *, required: int = 2) -> dict[str, Any]:
    own = f"{ACHIEVEMENT}#result-{number}"
    return {
        "id": own,
        "type": ["ResultDescription"],
        "name": f"Результат {code}",
        "resultType": "RubricCriterionLevel",
        "alignment": [alignment(code, number)],
        "requiredLevel": f"{own}-level-{required}",
        "rubricCriterionLevel": [
            {"id": f"{own}-level-{step}", "type": ["RubricCriterionLevel"], "name": name, "level": str(step)}
            for step, name in enumerate(("стартовый", "базовый", "продвинутый"), start=1)
        ],
    }


def achievement() -> dict[str, Any]:
    return {
        "id": ACHIEVEMENT,
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": "Исследовательский проект: от вопроса к защите",
        "description": "Модуль об исследовании.",
        "criteria": {"narrative": "Защитить проект."},
        "tag": ["форма: смешанная форма"],
        "alignment": [alignment("ИП.1", 1), alignment("ИП.2", 2), alignment("МП.П3", 3)],
        "resultDescription": [
            {
                "id": f"{ACHIEVEMENT}#result-4",
                "type": ["ResultDescription"],
                "name": "Итог, баллов",
                "resultType": "RawScore",
                "valueMin": "0",
                "valueMax": "100",
                "requiredValue": "60",
            },
            {
                "id": f"{ACHIEVEMENT}#result-5",
                "type": ["ResultDescription"],
                "name": "Объём, академических часов",
                "resultType": "ext:Hours",
            },
            rubric("ИП.1", 1),
            rubric("ИП.2", 2),
        ],
    }


def result(number: int, **members: str) -> dict[str, Any]:
    return {"type": ["Result"], "resultDescription": f"{ACHIEVEMENT}#result-{number}", **members}


def badge() -> dict[str, Any]:
    """A new copy of an unsigned badge that uses most of what the project uses."""
    return {
        "@context": [VC, OB],
        "id": "urn:uuid:6f1f8f0e-3c9e-4d5a-9c0b-1f2e3d4c5b6a",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Исследовательский проект: от вопроса к защите",
        "issuer": {"id": "did:web:ugu.sever.example", "type": ["Profile"], "name": "Северный открытый университет"},
        "validFrom": "2026-11-20T09:00:00Z",
        "awardedDate": "2026-11-20T09:00:00Z",
        "credentialStatus": {
            "id": "https://ugu.sever.example/status/1#94567",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "94567",
            "statusListCredential": "https://ugu.sever.example/status/1",
        },
        "credentialSubject": {
            "id": "urn:uuid:0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d",
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityHash": "sha256$" + "0" * 64,
                    "identityType": "ext:networkNumber",
                    "hashed": True,
                    "salt": "9f8e7d",
                }
            ],
            "narrative": "Проект защищён.",
            "result": [
                result(4, value="87"),
                result(5, value="34"),
                result(1, achievedLevel=f"{ACHIEVEMENT}#result-1-level-3"),
            ],
            "achievement": achievement(),
        },
    }


def presentation(*credentials: dict[str, Any]) -> dict[str, Any]:
    return {
        "@context": [VC],
        "id": "urn:uuid:3d5c1c0a-4c8a-4f0e-9b5a-7b8f4a1d2e3f",
        "type": ["VerifiablePresentation"],
        "holder": "did:key:z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2",
        "verifiableCredential": list(credentials),
    }
