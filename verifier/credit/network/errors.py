"""What can be refused about contracts and results recorded under them."""

from schemas.errors import N_, BadInput, Conflict


class ContractFixed(Conflict):
    """The contract is in force or has ended; what was signed is not changed."""

    code = "contract-fixed"
    sentence = N_("Договор уже вступил в силу, менять его нельзя. Если условия изменились, внесите новый договор.")


class ContractIncomplete(BadInput):
    """A contract cannot come into force without partner, programme and clause on personal data."""

    code = "contract-incomplete"
    sentence = N_("В договоре должны быть организация-участник, её программа и условие о персональных данных.")


class TermUnclear(BadInput):
    """The last day of a contract lies before the first, or it was signed in the future."""

    code = "contract-term"
    sentence = N_(
        "Проверьте дни: договор заканчивается не раньше, чем начинается, и подписан не позже сегодняшнего дня."
    )


class PartyUnknown(BadInput):
    """The network's list has no such organisation, or it is no party of the contract."""

    code = "party-unknown"
    sentence = N_("Такой организации нет среди сторон договора или в реестре сети.")


class AlreadyThere(BadInput):
    """The contract names this party or programme already."""

    code = "contract-named-twice"
    sentence = N_("Это в договоре уже есть.")


class NotInForce(BadInput):
    """The badge was awarded outside the term of the contract, or the contract was never concluded."""

    code = "contract-not-in-force"
    sentence = N_(
        "В день вручения значка этот договор не действовал. Запишите результат по тому договору, который действовал."
    )


class ProgrammeNotNamed(BadInput):
    """The badge is about no programme that the contract names for this component."""

    code = "programme-not-in-contract"
    sentence = N_("Договор не называет эту программу этой организации для выбранной части плана.")


class BadgeUnsound(BadInput):
    """G1: the signature does not hold, or nobody can tell."""

    code = "badge-unsound"
    sentence = N_("Подпись значка не подтверждена.")


class ProviderUnlicensed(BadInput):
    """G2: the organisation was no licensed member on the day of the award, or nobody can tell."""

    code = "provider-unlicensed"
    sentence = N_("Не подтверждено, что в день вручения организация была в сети и с лицензией.")


class BadgeNotInForce(BadInput):
    """G3: revoked, suspended, or nobody can tell now."""

    code = "badge-not-in-force"
    sentence = N_("Значок отозван или приостановлен, или сейчас это нельзя узнать.")


class NotCreditable(BadInput):
    """G5: its issuer says that it is not for credit, or it is shown in part."""

    code = "badge-not-creditable"
    sentence = N_("Организация отметила, что этот значок не для зачёта, или показана только его часть.")


class CreditedBefore(BadInput):
    """G6: the same badge was credited for this component."""

    code = "badge-credited-before"
    sentence = N_("Этот значок по этой части плана уже засчитан.")


class AwardedLater(BadInput):
    """G7: its date has not come yet, or it has none."""

    code = "badge-awarded-later"
    sentence = N_("Дата вручения значка не указана или ещё не наступила.")


class OtherLearner(BadInput):
    """The badge is about somebody else."""

    code = "badge-of-another"
    sentence = N_("Значок вручён не этому ученику.")


class StateFinal(BadInput):
    """Results of state final attestation are neither credited nor recorded (R7)."""

    code = "state-final-result"
    sentence = N_("Результаты государственной итоговой аттестации по договору не записывают.")


class NotPassed(BadInput):
    """The badge states a result below the pass."""

    code = "result-not-passed"
    sentence = N_("Результат в значке ниже того, что нужно для зачёта программы.")


class NotOpen(Conflict):
    """The line of the plan is credited already, or an application about it is under way."""

    code = "plan-line-taken"
    sentence = N_("Эта часть плана уже зачтена, или по ней рассматривают заявление.")


class TakenBack(Conflict):
    """The record was taken back before."""

    code = "record-taken-back"
    sentence = N_("Эту запись уже отменили.")


class FamilyWantsNone(Conflict):
    """The family chose to learn beside the plan without credit (R17)."""

    code = "family-wants-no-credit"
    sentence = N_("Семья выбрала учиться без зачёта этой части плана. Записать результат можно, если она передумает.")
