"""The application: who may ask for what, until when (T1-T6)."""

from schemas.errors import N_
from verifier.credit.facts import Facts
from verifier.credit.guards.guard import guard


@guard("R2", N_("Ученик не учится в этой школе. Заявление подают в школу, где ученик зачислен."))
def enrolled(facts: Facts) -> bool:
    """The learner is on this school's roll today."""
    return facts.enrolled


@guard("R10", N_("Этой части плана нет среди открытых: она уже зачтена или её нет в плане ученика."))
def component_open(facts: Facts) -> bool:
    """The component is in the learner's plan and not credited yet."""
    return facts.component_open


@guard("R22", N_("По этой части плана уже есть заявление в работе. Дождитесь решения по нему или отзовите его."))
def component_free(facts: Facts) -> bool:
    """No other case about the component is under way."""
    return facts.component_free


@guard("R7", N_("Государственную итоговую аттестацию зачесть нельзя."))
def not_state_final(facts: Facts) -> bool:
    """State final attestation is never a target."""
    return not facts.state_final


@guard("R3", N_("Приложите хотя бы один значок или документ об обучении."))
def has_evidence(facts: Facts) -> bool:
    """There is at least one credential or document."""
    return facts.evidence > 0


@guard("R17", N_("Напишите, чего вы хотите: зачесть всю часть плана или сколько получится."))
def wish_stated(facts: Facts) -> bool:
    """The family says what it wants; nothing is credited by itself."""
    return facts.wish_stated


@guard("R13", N_("Срок подачи прошёл: заявления принимают не позднее чем за месяц до итоговой аттестации."))
def before_cutoff(facts: Facts) -> bool:
    """The last day for applications, set by the school, has not passed."""
    return facts.before_cutoff


@guard("R2", N_("Школа просит и согласия самого ученика. Пусть ученик войдёт и подтвердит черновик."))
def learner_confirmed(facts: Facts) -> bool:
    """Where the school asks for it, a learner of 14 to 17 has agreed."""
    return facts.learner_confirmed


@guard("R2", N_("Ученик возразил против заявления, поданного от его имени. Сначала ответьте на возражение."))
def undisputed(facts: Facts) -> bool:
    """The learner has not objected to what was done here in their name, or the school has found that it was right."""
    return facts.undisputed


@guard("R3", N_("Напишите, каких документов не хватает."))
def missing_listed(facts: Facts) -> bool:
    """What is missing is listed."""
    return facts.reason


@guard("R3", N_("Приложите файл значка или опишите документ, который принесли в школу."))
def supplied(facts: Facts) -> bool:
    """Something was handed in."""
    return facts.supplied


@guard("R13", N_("Срок для ответа семьи ещё не прошёл."))
def answer_overdue(facts: Facts) -> bool:
    """The family's term for documents has passed."""
    return facts.answer_overdue
