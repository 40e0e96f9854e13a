"""Scenario 8: a professional trial at an employer without a licence, and a result of state final attestation, are both stopped."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from keys import organisations, proofs
from schemas.errors import N_
from service.database import unit_of_work
from service.demo.awarding import award
from service.demo.casework import S2, Casework, apply, hand_in, read_case
from service.demo.people import guardian_of
from service.demo.stage import Found, Stage
from service.demo.story import Story
from service.demo.wallets import file_of, verdict_of

TITLE = N_("Проба без лицензии и результат ЕГЭ: школа не может засчитать ни то, ни другое")
COMPONENT, TRIAL, EXAM = "Финансовая грамотность", "Проба «Инженер-энергетик»", "Результат ЕГЭ по физике"
LADA, CASE = "l7", "case of scenario 8"
WHY = "Предприятие работает без образовательной лицензии, а итоговая аттестация зачёту не подлежит."


def play(stage: Stage) -> Iterator[str]:
    """Stopped at G2, then at G5, then refused for what cannot be cured."""
    yield "2026-10-27 15:10"
    stage.title(TITLE)
    with stage.step("Предприятие вручило Ладе значок профессиональной пробы"):
        award(stage, by="tokarev", organisation="sen", module="m10", learner=LADA, event="Список участников пробы № 2")
    yield "2026-10-28 18:20"
    with stage.step("Отец подал заявление по этому значку"):
        review = apply(stage, LADA, COMPONENT, [TRIAL], by=guardian_of(LADA))
        stage.remembered[CASE] = hand_in(stage, review, guardian_of(LADA))
    case = Casework(stage, S2, stage.remembered[CASE])
    yield "2026-10-29 09:10"
    case.register()
    case.refused(S2.deputy, "accept-check", "Принять нельзя: у предприятия нет образовательной лицензии")
    case.act(
        S2.deputy, "ask-documents", "Завуч попросил другой документ", reason="Нужен результат организации с лицензией."
    )
    yield "2026-10-30 19:00"
    with stage.step("Отец приложил файл о результате ЕГЭ, подписанный вузом"):
        _supply(stage, case.case)
    stage.work()
    yield "2026-11-02 10:10"
    case.refused(S2.deputy, "accept-check", "Принять нельзя: итоговая аттестация зачёту не подлежит")
    case.act(S2.deputy, "reject-check", "Завуч предложил отказ по проверке", reason=WHY)
    yield "2026-11-03 10:00"
    case.refuse("57-о", {"ФИН.1": WHY, "ФИН.2": WHY})
    yield "2026-11-03 12:00"
    case.notify(LADA)


def _supply(stage: Stage, case: str) -> None:
    family = stage.person(guardian_of(LADA))
    family.accepted(family.upload(f"{case}/supply", f"{case}/supply", {}, {"badge": _exam(stage)}))


def _exam(stage: Stage) -> bytes:
    """A well-signed file of the university that our own issuer would never make: it refuses such an achievement."""
    document: dict[str, Any] = json.loads(file_of(stage, LADA, TRIAL))
    subject, now = document["credentialSubject"], stage.clock()
    achievement = {name: value for name, value in subject["achievement"].items() if name != "tag"} | {"name": EXAM}
    with unit_of_work(stage.parts.engine) as session:
        university = organisations.find(session, "ugu")
        signer = organisations.signer_for(session, stage.parts.store, "ugu", now)
        issuer = {"id": organisations.did_of(university), "type": ["Profile"], "name": university.name}
    document |= {"id": f"urn:uuid:{uuid4()}", "name": EXAM, "issuer": issuer}
    document["credentialSubject"] = {**subject, "achievement": achievement}
    for member in ("proof", "credentialStatus"):
        document.pop(member, None)
    return json.dumps(proofs.add(document, signer, created=now), ensure_ascii=False).encode()


def read_back(stage: Stage) -> Found:
    """The case, and at which condition each of the two was stopped."""
    case = read_case(stage, CASE, guardian_of(LADA))
    failed = {
        one["title"]: sorted(name for name, answer in one["conditions"].items() if answer == "failed")
        for one in case.get("evidence", ())
    }
    expected = {
        "decision": "refuse",
        "family_told": True,
        "trial_stopped_at": ["G2", "G5"],
        "exam_stopped_at": ["G5"],
        "plan": "open",
        "badge": "valid",
    }
    got = {
        "decision": case.get("extent"),
        "family_told": "notify" in {step["event"] for step in case.get("steps", ())},
        "trial_stopped_at": failed.get(TRIAL),
        "exam_stopped_at": failed.get(EXAM),
        "plan": case.get("plan", {}).get("state"),
        "badge": verdict_of(stage, LADA, TRIAL),
    }
    return Found("8", TITLE, expected, got)


STORY = Story(scenario="8", title=TITLE, play=play, read_back=read_back)
