"""What each document of a case says. Written in Russian, the language of record; nothing here is translated (see `documents`)."""

from collections.abc import Iterable
from dataclasses import replace

from verifier.credit import evidence, recognition
from verifier.credit.days import written
from verifier.credit.facts import Answer, Extent
from verifier.credit.marks import NO_MARK
from verifier.credit.matching import LEVELS, Finding, Row
from verifier.credit.papers import GRADE, Body, DocumentKind, Paper
from verifier.credit.rules import rule_of, rules_of
from verifier.credit.tables import EvidenceKind, Wish
from verifier.credit.wording import MARKS
from verifier.credit.work import Work

EXTENTS = {Extent.FULL: "зачесть полностью", Extent.PARTIAL: "зачесть частично", Extent.REFUSE: "отказать в зачёте"}
WISHES = {Wish.FULL: "зачесть всю часть плана", Wish.PARTIAL: "зачесть сколько возможно"}
FINDINGS = {Finding.MET: "показан", Finding.CLAIMED: "показан не полностью", Finding.ABSENT: "не показан"}
ANSWERS = {
    Answer.PASSED: "да",
    Answer.SEEN: "да, по подтверждению",
    Answer.UNKNOWN: "не установлено",
    Answer.FAILED: "нет",
}
CONDITION_NAMES = {
    "G1": "подпись верна",
    "G2": "организация в сети и с лицензией на дату выдачи",
    "G3": "не отозван и не приостановлен",
    "G4": "выдан этому ученику",
    "G5": "не итоговая аттестация и не исключён из зачёта",
    "G6": "по этой части плана не засчитан",
    "G7": "дата выдачи наступила",
}
CHANNELS = {
    "account": "в личном кабинете",
    "mail": "электронным письмом",
    "hand": "под подпись",
    "post": "заказным письмом",
}
SOURCES = "Засчитываются: "
ON_PAPER = frozenset({"hand", "post"})
CAME = {"yes": "ученик прошёл оценивание", "absent": "ученик не пришёл", "declined": "ученик отказался"}


def mark_words(mark: str | None) -> str:
    """A mark as documents write it: «5 (отлично)»."""
    return recognition.PASSED if mark == NO_MARK else MARKS.get(mark or "", mark or "")


def application(work: Work) -> Body:
    """The family's application."""
    case = work.case
    return Body(
        kind=DocumentKind.APPLICATION,
        facts=(
            *_who(work),
            ("Просьба", WISHES[case.wish] if case.wish else ""),
            ("Согласие на оценивание", "да" if case.assessment_agreed else "нет"),
            ("Значки подписаны кошельком ученика", "да" if case.holder_shown else "нет"),
        ),
        columns=("Документ", "Кем выдан"),
        rows=tuple((one.title, one.issuer_name) for one in work.evidence),
        acted=_acted(work, "Заявитель"),
        places=_places(work),
        basis=_basis(work, "R2", "R17"),
    )


def receipt(work: Work) -> Body:
    """The school's word that the application is registered, and by when it answers."""
    case = work.case
    return Body(
        kind=DocumentKind.RECEIPT,
        facts=(*_who(work), ("Регистрационный номер", case.number or ""), ("Срок решения", written(case.term_ends))),
        acted=_acted(work, "Делопроизводитель"),
        addressee=_applicant(work),
        places=_places(work),
        basis=_basis(work, "R13"),
    )


def check(work: Work) -> Body:
    """What the check of every credential came to."""
    findings = [(one, evidence.findings_of(one)) for one in work.evidence]
    return Body(
        kind=DocumentKind.CHECK,
        facts=_who(work),
        columns=("Документ", "Вопрос", "Ответ"),
        rows=tuple(
            (one.title, CONDITION_NAMES[name], ANSWERS[found.answer])
            for one, answers in findings
            for name, found in answers.items()
        ),
        text=tuple(f"{one.title}: {one.proof_seen}" for one in work.evidence if one.proof_seen) + _reason(work),
        acted=_acted(work, "Заместитель директора"),
        places=_places(work),
        basis=_basis(work, "R1", "R3", "R7", "R22"),
    )


def comparison(work: Work) -> Body:
    """The comparison, outcome by outcome."""
    return Body(
        kind=DocumentKind.COMPARISON,
        facts=_who(work),
        columns=("Планируемый результат", "Нужен уровень", "Показан", "Основание"),
        rows=tuple(_line(row) for row in work.comparison.rows),
        text=(_total(work), *_reason(work)),
        acted=(("Учитель", _name(work, work.case.matrix_signed_by)), *_acted(work, "Заместитель директора")),
        places=_places(work),
        basis=_basis(work, "R4", "R18", "R19"),
    )


def assessment(work: Work) -> Body:
    """What the school's own assessment showed."""
    held = work.case.assessment or {}
    levels = {code: LEVELS[level] if level else "не показан" for code, level in held.get("levels", {}).items()}
    return Body(
        kind=DocumentKind.ASSESSMENT,
        facts=(*_who(work), ("Дата", written(work.case.assessment_on)), ("Как прошло", CAME[held.get("came", "yes")])),
        columns=("Результат", "Показанный уровень"),
        rows=tuple(levels.items()),
        text=_reason(work),
        acted=_acted(work, "Учитель, проводивший оценивание"),
        places=_places(work),
        basis=_basis(work, "R5"),
    )


def protocol(work: Work) -> Body:
    """The commission's protocol."""
    case = work.case
    return Body(
        kind=DocumentKind.PROTOCOL,
        facts=(
            *_who(work),
            ("Предложение", EXTENTS[case.extent] if case.extent else ""),
            *_parts(work),
            *([("Результат", mark_words(case.mark))] if case.mark else []),
            ("Голосов / нужно для кворума", f"{len(work.votes_now)} / {work.quorum}"),
        ),
        columns=("Член комиссии", "Голос", "Особое мнение"),
        rows=tuple((_name(work, vote.person), EXTENTS[vote.extent], vote.remark) for vote in work.votes_now),
        text=(_total(work), *_reason(work)),
        acted=(*_acted(work, "Председатель комиссии"), *_members(work)),
        places=_places(work),
        basis=_basis(work, "R6", "R8", "R12", "R22"),
    )


def protocol_extract(work: Work) -> Body:
    """What the protocol says of this learner alone, without who voted how: for the family."""
    whole = protocol(work)
    told = ("Голосов / нужно для кворума",)
    facts = tuple(fact for fact in whole.facts if fact[0] not in told)
    return replace(
        whole,
        kind=DocumentKind.PROTOCOL_EXTRACT,
        facts=facts,
        columns=(),
        rows=(),
        acted=_acted(work, "Председатель комиссии"),
        addressee=_applicant(work),
    )


def order(work: Work) -> Body:
    """What the order says; the signed paper itself is outside."""
    case = work.case
    return Body(
        kind=DocumentKind.ORDER,
        facts=(
            *_who(work),
            ("Решение", EXTENTS[case.extent] if case.extent else ""),
            *_parts(work),
            ("Засчитано с результатом", mark_words(case.mark)),
            ("Освобождается часов", str(work.freed_hours)),
        ),
        text=(_sources(work),),
        acted=_acted(work, "Записал"),
        paper=_paper(work),
        places=_places(work),
        basis=_basis(work, "R6", "R9", "R10", "R12", "R15"),
    )


def order_extract(work: Work) -> Body:
    """What an order about several learners says of this one alone: for the family and the personal file."""
    return replace(order(work), kind=DocumentKind.ORDER_EXTRACT, addressee=_applicant(work))


def refusal(work: Work) -> Body:
    """The reasoned refusal, outcome by outcome, with what the family may do."""
    given = work.form.by_code("why")
    return Body(
        kind=DocumentKind.REFUSAL,
        facts=_who(work),
        columns=("Результат", "Причина"),
        rows=tuple(
            (f"{row.outcome.code} {row.outcome.name}", given.get(row.outcome.code, "") or row.why.words(str))
            for row in work.comparison.missing
        ),
        text=(
            *([work.case.grounds] if work.case.grounds else []),
            "Недостающие результаты можно показать на оценивании в школе, если подать новое заявление с согласием на него.",
            "Возражение подают в комиссию по урегулированию споров.",
            f"Срок для возражения — {work.policy.appeal_days} рабочих дней после уведомления.",
        ),
        acted=_acted(work, "Записал"),
        addressee=_applicant(work),
        paper=_paper(work),
        places=_places(work),
        basis=_basis(work, "R6", "R11", "R20"),
    )


def notice(work: Work, about: str, people: Iterable[str], channel: str) -> Body:
    """That somebody was told something."""
    told = tuple(_name(work, person) for person in people)
    return Body(
        kind=DocumentKind.NOTICE,
        facts=(*_who(work), ("О чём", about), ("Как сообщено", CHANNELS[channel]), ("Кому", "; ".join(told))),
        text=_reason(work),
        acted=_acted(work, "Отправил"),
        addressee=told,
        places=_places(work),
        basis=_basis(work, "R11"),
    )


def amendment(work: Work) -> Body:
    """The change of the individual plan: what is credited, which hours are freed and what for."""
    case = work.case
    return Body(
        kind=DocumentKind.AMENDMENT,
        facts=(
            *_who(work),
            ("Приказ", f"№ {case.paper_number} от {written(case.decided_on)}"),
            ("Зачтено", EXTENTS[case.extent] if case.extent else ""),
            *_parts(work),
            ("Освобождено часов", str(work.freed_hours)),
        ),
        text=("Уроки зачтённой части пропусками не считаются.", *_reason(work)),
        acted=_acted(work, "Заместитель директора"),
        places=_places(work),
        basis=_basis(work, "R9", "R10", "R14"),
    )


def record(work: Work) -> Body:
    """The extract from which journal and personal file are filled in (R9, R14)."""
    case = work.case
    return Body(
        kind=DocumentKind.RECORD,
        facts=(
            *_who(work),
            ("Приказ", f"№ {case.paper_number} от {written(case.decided_on)}"),
            *_parts(work),
            ("Результат", mark_words(case.mark)),
            ("Зачтено часов", str(work.freed_hours)),
        ),
        text=(_sources(work),),
        acted=_acted(work, "Заместитель директора"),
        places=_places(work),
        basis=_basis(work, "R9", "R14"),
    )


def appeal(work: Work, decision: str) -> Body:
    """The answer to an appeal."""
    return Body(
        kind=DocumentKind.APPEAL,
        facts=(*_who(work), ("Решение", decision)),
        text=_reason(work),
        acted=_acted(work, "Комиссия по урегулированию споров"),
        addressee=_applicant(work),
        places=_places(work),
        basis=_basis(work, "R20"),
    )


def review(work: Work, decision: str) -> Body:
    """The end of a review."""
    return Body(
        kind=DocumentKind.REVIEW,
        facts=(*_who(work), ("Решение", decision)),
        text=_reason(work),
        acted=_acted(work, "Записал"),
        addressee=_applicant(work),
        paper=_paper(work),
        places=_places(work),
        basis=_basis(work, "R23"),
    )


def _who(work: Work) -> tuple[tuple[str, str], ...]:
    line = work.line
    return (
        ("Ученик", work.learner.name),
        (GRADE, work.learner.grade),
        ("Часть учебного плана", line.title),
        ("Объём", f"{line.hours} ч"),
        *((("Заявление", f"№ {work.case.number}"),) if work.case.number else ()),
    )


def _paper(work: Work) -> Paper | None:
    if not work.form.text("number"):
        return None
    return Paper(work.form.text("number"), written(work.form.day("date")), work.form.text("signer"))


def _parts(work: Work) -> tuple[tuple[str, str], ...]:
    titles = [part.title for part in work.line.plan.parts if part.code in work.case.parts]
    return (("Разделы", "; ".join(titles)),) if titles else ()


def _places(work: Work) -> dict[str, str]:
    """What the school's words may name (`blanks.OF_CASE`)."""
    case, line = work.case, work.line
    return {
        "ученик": work.learner.name,
        "класс": work.learner.grade,
        "часть": line.title,
        "часы": str(line.hours),
        "заявление": case.number or "",
        "срок": written(case.term_ends),
        "решение": EXTENTS[case.extent] if case.extent else "",
        "результат": mark_words(case.mark),
        "освобождается": str(work.freed_hours) if case.extent else "",
        "источники": _sources(work).removeprefix(SOURCES),
    }


def _applicant(work: Work) -> tuple[str, ...]:
    return (_name(work, work.case.applicant),) if work.case.applicant else ()


def _members(work: Work) -> tuple[tuple[str, str], ...]:
    others = [vote.person for vote in work.votes_now if vote.person != work.person]
    return tuple(("Член комиссии", _name(work, person)) for person in others)


def _line(row: Row) -> tuple[str, ...]:
    kind = "" if row.outcome.required else " (необязательный)"
    return (
        f"{row.outcome.code} {row.outcome.name}{kind}",
        LEVELS[row.outcome.level],
        FINDINGS[row.finding],
        row.why.words(str),
    )


def _total(work: Work) -> str:
    return work.proposed.paragraph.words(str)


def _sources(work: Work) -> str:
    used = [one for one in evidence.counting(work.evidence) if one.kind is EvidenceKind.BADGE]
    told = (
        f"«{one.title}» ({one.issuer_name}), результат: {evidence.original_kept(one).text(recognition.PASSED)}"
        for one in used
    )
    return SOURCES + "; ".join(told) if used else ""


def _acted(work: Work, role: str) -> tuple[tuple[str, str], ...]:
    return ((role, _name(work, work.actor.person)),)


def _name(work: Work, person: str | None) -> str:
    return work.people.person(person).name if person else "программа"


def _reason(work: Work) -> tuple[str, ...]:
    text = work.form.text("reason")
    return (text,) if text else ()


def _basis(work: Work, *rules: str) -> tuple[str, ...]:
    own = rules_of(work.session, work.case.school)
    found = (rule_of(rule, work.today, own) for rule in rules)
    return tuple(dict.fromkeys(f"{one.basis}, {one.point}" if one.point else one.basis for one in found))
