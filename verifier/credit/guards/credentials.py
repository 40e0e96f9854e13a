"""The credentials: G1-G7 and what follows from them (T7-T9)."""

from schemas.errors import N_
from verifier.credit.facts import Answer, Facts
from verifier.credit.guards.guard import guard


def _answer(facts: Facts, condition: str) -> bool:
    return facts.conditions.get(condition, Answer.UNKNOWN) in {Answer.PASSED, Answer.SEEN}


@guard("R3", N_("Подпись под результатом не подтверждена. Проверьте ещё раз или запросите документ у организации."))
def g1_proof_valid(facts: Facts) -> bool:
    """G1: the proof is valid."""
    return _answer(facts, "G1")


@guard(
    "R1",
    N_(
        "Нет подтверждения, что организация входила в сеть и имела "
        "лицензию в день выдачи: такой результат не зачитывают."
    ),
)
def g2_issuer_licensed(facts: Facts) -> bool:
    """G2: the issuer was trusted and licensed at the award date."""
    return _answer(facts, "G2")


@guard("R3", N_("Значок отозван, приостановлен, или это не удалось узнать."))
def g3_in_force(facts: Facts) -> bool:
    """G3: neither revoked nor suspended now."""
    return _answer(facts, "G3")


@guard("R3", N_("Значок выдан не этому ученику: сетевой номер не совпадает."))
def g4_this_learner(facts: Facts) -> bool:
    """G4: the subject is this learner."""
    return _answer(facts, "G4")


@guard("R7", N_("Это результат государственной итоговой аттестации: зачесть его нельзя."))
def g5_not_state_final(facts: Facts) -> bool:
    """G5: state final attestation is never a source."""
    return _answer(facts, "G5")


@guard("R22", N_("Этот значок уже зачтён по этой части плана. Один результат засчитывают один раз."))
def g6_not_used(facts: Facts) -> bool:
    """G6: not credited for this component before."""
    return _answer(facts, "G6")


@guard("R3", N_("Дата выдачи значка ещё не наступила или не указана."))
def g7_awarded_already(facts: Facts) -> bool:
    """G7: the award date is in the past."""
    return _answer(facts, "G7")


@guard(
    "R6",
    N_(
        "Отказать без сопоставления можно, только если значок поддельный, "
        "отозван, чужой, без лицензии или это итоговая аттестация."
    ),
)
def incurable(facts: Facts) -> bool:
    """Every credential fails for a reason that time and letters do not cure."""
    return facts.incurable


@guard(
    "R3", N_("Подтверждение записывают вручную, когда проверка не удаётся столько рабочих дней, сколько задала школа.")
)
def unknown_long(facts: Facts) -> bool:
    """A check has been unable to tell for the days the school waits."""
    return facts.unknown_long
