"""The decision, what follows it, appeal and review (T15-T25)."""

from schemas.errors import N_
from verifier.credit.facts import Extent, Facts, State
from verifier.credit.guards.guard import Guard, guard, named


@guard("R12", N_("Приказ о зачёте издают по положительному предложению комиссии."))
def proposed_positive(facts: Facts) -> bool:
    """The commission proposed to credit."""
    return facts.extent in {Extent.FULL, Extent.PARTIAL}


@guard("R12", N_("Отказ оформляют, когда комиссия предложила отказать."))
def proposed_refusal(facts: Facts) -> bool:
    """The commission, or the failed check, proposed to refuse."""
    return facts.extent is Extent.REFUSE


@guard("R15", N_("Отметка не определена: её задаёт таблица перевода школы или комиссия."))
def mark_fixed(facts: Facts) -> bool:
    """The mark is fixed, or the component has none."""
    return facts.mark_fixed


@guard("R15", N_("Семья ещё не согласилась с частичным зачётом или с отметкой ниже предложенной."))
def agreed(facts: Facts) -> bool:
    """The family agreed where it is owed less than it asked for."""
    return facts.agreed


@guard("R12", N_("Запишите номер, дату и того, кто подписал бумажный документ. Дата не может быть в будущем."))
def paper(facts: Facts) -> bool:
    """Number, date and signer of the signed paper are recorded."""
    return facts.paper


@guard("R3", N_("При повторной проверке значок не подтверждён. Верните дело на комиссию или проверьте позже."))
def still_good(facts: Facts) -> bool:
    """The credentials were checked again and still hold."""
    return facts.still_good


@guard("R11", N_("В отказе нужна причина по каждому неподтверждённому результату."))
def reasons_per_outcome(facts: Facts) -> bool:
    """The refusal gives a reason for every outcome not shown."""
    return facts.reasons_per_outcome


@guard("R11", N_("Отметьте, кому отправлено уведомление."))
def told_someone(facts: Facts) -> bool:
    """Somebody was told."""
    return facts.told_someone


@guard("R11", N_("Ученик несовершеннолетний: уведомление получает и законный представитель."))
def guardian_told(facts: Facts) -> bool:
    """A minor's guardian is among those told."""
    return facts.guardian_told


@guard("R10", N_("Изменить план можно только после положительного решения."))
def decided_positive(facts: Facts) -> bool:
    """The decision credits something."""
    return facts.extent in {Extent.FULL, Extent.PARTIAL}


@guard("R11", N_("Так закрывают дело только после отказа."))
def decided_refusal(facts: Facts) -> bool:
    """The decision is a refusal."""
    return facts.extent is Extent.REFUSE


@guard("R10", N_("Освобождённые часы не сходятся с часами зачтённых разделов."))
def hours_fit(facts: Facts) -> bool:
    """Freed hours are those of what was credited."""
    return facts.hours_fit


@guard("R14", N_("Сначала внесите результат в журнал и в личное дело, затем отметьте это здесь."))
def records_done(facts: Facts) -> bool:
    """Journal and personal file are written."""
    return facts.records_done


@guard("R20", N_("Срок для возражения ещё не прошёл."))
def window_over(facts: Facts) -> bool:
    """The days for an appeal have passed."""
    return not facts.window_open


@guard("R20", N_("Срок для возражения прошёл. Можно обратиться в управление образования или в суд."))
def window_open(facts: Facts) -> bool:
    """The days for an appeal have not passed."""
    return facts.window_open


@guard("R20", N_("Возразить можно против решения: отказа или приказа."))
def was_decided(facts: Facts) -> bool:
    """There is a decision to appeal against."""
    return facts.extent is not None


@guard("R23", N_("Пересмотр начинают, когда значок отозван или доказано, что он недействителен."))
def in_doubt(facts: Facts) -> bool:
    """A credential behind the decision was revoked or proven false."""
    return facts.in_doubt


@guard("R3", N_("Отказ был вынесен по проверке: дело возвращается к ней."))
def check_accepted(facts: Facts) -> bool:
    """The refusal or order stands on a comparison, not on the check before it."""
    return facts.check_accepted


@guard("R20", N_("План ещё не изменён по приказу: дело возвращается к этому шагу."))
def nothing_pending(facts: Facts) -> bool:
    """No order waits for its change of the plan."""
    return not (facts.interrupted is State.NOTIFIED and facts.extent in {Extent.FULL, Extent.PARTIAL})


def came_from(state: State) -> Guard:
    """The review began in `state`, so the case goes back there when the order stands."""
    return named(
        f"came_from_{state.value}",
        "R23",
        N_("Дело возвращается туда, откуда началась проверка."),
        lambda facts: facts.interrupted is state,
    )
