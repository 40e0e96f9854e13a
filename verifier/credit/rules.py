"""The legal rules behind the workflow, as dated rows (DOMAIN §2.1) that a school confirms or rewrites.

A rule whose official wording has not been checked is shown as the school's own act until the school enters its basis.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, select

from schemas.errors import N_
from verifier.credit.policies.editions import editions_of
from verifier.credit.policies.tables import RuleVersion

LOCAL_ACT = N_("локальный акт школы")
LAW = N_("Федеральный закон от 29.12.2012 № 273-ФЗ, статья 34")
ARCHIVE = N_("Федеральный закон от 29.12.2012 № 273-ФЗ, статья 28")
DISPUTES = N_("Федеральный закон от 29.12.2012 № 273-ФЗ, статья 45")
ORDER = N_("Порядок зачёта результатов, утверждён приказом от 30.07.2020 № 845/369")
LAW_FROM = date(2013, 9, 1)
ORDER_FROM = date(2020, 9, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalRule:
    """One rule for a time: `text` says what it asks, `basis` and `point` where it is written. The last day is included."""

    rule: str
    text: str
    basis: str = LOCAL_ACT
    point: str = ""
    valid_from: date = ORDER_FROM
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the rule is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


NETWORK_RULES: tuple[LegalRule, ...] = (
    LegalRule(
        rule="R1",
        text=N_("Засчитывают результаты организаций, ведущих образовательную деятельность."),
        basis=LAW,
        valid_from=LAW_FROM,
    ),
    LegalRule(rule="R2", text=N_("Зачёт проводят по заявлению ученика или законного представителя.")),
    LegalRule(rule="R3", text=N_("Результат подтверждают документом об образовании или обучении.")),
    LegalRule(
        rule="R4",
        text=N_("Сопоставляют планируемые результаты части программы с результатами освоенной программы."),
        basis=ORDER,
    ),
    LegalRule(
        rule="R5",
        text=N_("Чтобы установить соответствие, школа может оценить фактическое достижение результатов."),
        basis=ORDER,
    ),
    LegalRule(rule="R6", text=N_("Зачёт проводят, если установлено соответствие; иначе отказывают."), basis=ORDER),
    LegalRule(rule="R7", text=N_("Государственная итоговая аттестация зачёту не подлежит."), basis=ORDER),
    LegalRule(rule="R8", text=N_("Засчитывают предмет, курс, модуль, практику или их соответствующую часть.")),
    LegalRule(rule="R9", text=N_("Зачтённый результат считается результатом промежуточной аттестации этой части.")),
    LegalRule(
        rule="R10",
        text=N_("Зачтённую часть не изучают повторно: ученика переводят на индивидуальный учебный план."),
        basis=ORDER,
    ),
    LegalRule(rule="R11", text=N_("О решении сообщают в короткий срок; отказ объясняют.")),
    LegalRule(rule="R12", text=N_("Решение оформляют приказом директора по предложению комиссии.")),
    LegalRule(
        rule="R13",
        text=N_(
            "Заявление рассматривают в срок, который установила школа; принимают не позднее чем за месяц до итоговой аттестации."
        ),
    ),
    LegalRule(rule="R14", text=N_("Зачёт отражают в журнале и в личном деле.")),
    LegalRule(rule="R15", text=N_("Результат другой шкалы переводят в отметку по таблице школы.")),
    LegalRule(rule="R17", text=N_("Зачёт не бывает автоматическим: семья может оставить результат без зачёта.")),
    LegalRule(rule="R18", text=N_("Число часов не решает, засчитать ли результат.")),
    LegalRule(rule="R19", text=N_("Личностные результаты не оценивают и не сопоставляют.")),
    LegalRule(
        rule="R20",
        text=N_("Спор рассматривает комиссия по урегулированию споров."),
        basis=DISPUTES,
        valid_from=LAW_FROM,
    ),
    LegalRule(rule="R21", text=N_("Школа ведёт учёт результатов и хранит его."), basis=ARCHIVE, valid_from=LAW_FROM),
    LegalRule(rule="R22", text=N_("Один результат засчитывают один раз; кто вручал и оценивал, один не решает.")),
    LegalRule(rule="R23", text=N_("Отзыв значка после решения начинает пересмотр, но сам приказ не отменяет.")),
    LegalRule(rule="LOCAL", text=N_("Порядок работы с заявлением.")),
)


def rule_of(rule: str, on: date, own: Iterable[LegalRule] = ()) -> LegalRule:
    """The rule as it stands on a day; the school's own row goes before the network's, an unknown rule is the school's act."""
    rows = (row for row in (*own, *NETWORK_RULES) if row.rule == rule and row.holds(on))
    return next(rows, LegalRule(rule=rule, text=""))


def rule_for(rule: str, since: date, today: date, own: Iterable[LegalRule]) -> LegalRule:
    """The rule for a case handed in on `since`: by the school's own row of that day, which governs it; the law is today's."""
    governing = (row for row in own if row.rule == rule and row.holds(since))
    return next(governing, None) or rule_of(rule, today)


def written_in(rule: LegalRule, translate: Callable[[str], str]) -> str:
    """Where a rule is written, in the reader's language: act and point, else the school's local act."""
    return f"{rule.basis}, {rule.point}" if rule.point else translate(rule.basis or LOCAL_ACT)


def rules_in_force(on: date, own: Iterable[LegalRule] = ()) -> Mapping[str, LegalRule]:
    """Every rule in force on a day by its name; of `own`, newest first, the first that holds goes before the network's."""
    rows = (*NETWORK_RULES, *reversed(list(own)))
    return {row.rule: row for row in rows if row.holds(on)}


def rules_of(session: Session, school: str) -> tuple[LegalRule, ...]:
    """The rows that a school has entered for itself, newest first; then what the acts say by which it adopted its policy."""
    return (*entered(session, school), *_adopted(session, school))


def entered(session: Session, school: str) -> tuple[LegalRule, ...]:
    """The rows that a school has entered for itself, newest first."""
    rows = session.exec(
        select(RuleVersion).where(RuleVersion.school == school).order_by(col(RuleVersion.valid_from).desc())
    )
    texts = {row.rule: row.text for row in NETWORK_RULES}
    return tuple(
        LegalRule(
            rule=row.rule,
            text=texts.get(row.rule, ""),
            basis=row.basis,
            point=row.point,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows
    )


def _adopted(session: Session, school: str) -> Iterator[LegalRule]:
    """What is left to the school's act, by the name of each that it has adopted, the last one first."""
    for one in editions_of(session, school):
        if one.act.words and one.valid_from:
            for rule in NETWORK_RULES:
                if rule.basis == LOCAL_ACT:
                    yield replace(rule, basis=one.act.words, valid_from=one.valid_from)


def enter(session: Session, school: str, rule: LegalRule) -> None:
    """Enter a school's own basis for a rule."""
    session.merge(
        RuleVersion(
            school=school,
            rule=rule.rule,
            valid_from=rule.valid_from,
            valid_to=rule.valid_to,
            basis=rule.basis,
            point=rule.point,
        )
    )
    session.flush()
