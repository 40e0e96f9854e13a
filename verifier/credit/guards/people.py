"""Who acts: nobody decides about their own, nobody decides twice (R20, R22)."""

from schemas.errors import N_
from verifier.credit.facts import Facts
from verifier.credit.guards.guard import guard


@guard("R22", N_("Нельзя решать дело своего ребёнка или своё собственное. Передайте его другому сотруднику."))
def not_kin(facts: Facts) -> bool:
    """Nobody judges themselves or their own child."""
    return not facts.kin


@guard(
    "R22", N_("Вы вручаете значки организации, чей результат рассматривается, поэтому решать должен другой человек.")
)
def not_awarder(facts: Facts) -> bool:
    """Who awards for the organisation does not decide about its credentials."""
    return not facts.tied_to_issuer


@guard(
    "R22", N_("Подтвердите, что вы не учили и не оценивали ученика по этому модулю; иначе голосовать должен другой.")
)
def declared_free(facts: Facts) -> bool:
    """The voter says that they neither taught nor assessed this."""
    return facts.declared_free


@guard("R22", N_("Вы проводили оценивание, поэтому единолично решать не можете. Решение принимает другой человек."))
def not_assessor(facts: Facts) -> bool:
    """The assessor is not the sole decider."""
    return not facts.assessed


@guard("R12", N_("Вас не было на заседании, где рассматривали это заявление. Голосуют те, кто пришёл."))
def present(facts: Facts) -> bool:
    """Whoever votes was at the meeting that heard the case, where there was one."""
    return facts.present


@guard("R22", N_("Вы уже проголосовали по этому заявлению."))
def not_voted(facts: Facts) -> bool:
    """One person, one vote in a round."""
    return not facts.voted


@guard("R20", N_("После возражения голосуют другие члены комиссии: вы уже голосовали по этому делу."))
def new_member(facts: Facts) -> bool:
    """After an upheld appeal other people vote."""
    return not facts.voted_before


@guard("R20", N_("Вы участвовали в решении по этому делу. Возражение рассматривают другие люди."))
def not_judged(facts: Facts) -> bool:
    """An appeal is heard by people who have not decided before."""
    return not facts.judged


@guard("R22", N_("Протокол комиссии подписали вы. Приказ или отказ оформляет другой человек."))
def four_eyes(facts: Facts) -> bool:
    """Who signs the commission's protocol does not sign the order."""
    return not facts.concluded


@guard("R22", N_("Сопоставление подписали вы. На комиссию его направляет другой человек."))
def other_hand(facts: Facts) -> bool:
    """Who signs the comparison does not send it on."""
    return not facts.signed_matrix


@guard("LOCAL", N_("Напишите, почему."))
def reason_given(facts: Facts) -> bool:
    """The step needs a reason in words."""
    return facts.reason
