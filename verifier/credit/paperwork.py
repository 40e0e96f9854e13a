"""What each document of a case says. Written in Russian, the language of record; nothing here is translated (see `documents`)."""

from collections.abc import Iterable
from dataclasses import replace

from verifier.credit import evidence
from verifier.credit.agenda import BARRED, SEATS, Group, Item
from verifier.credit.days import term, written
from verifier.credit.matching import LEVELS
from verifier.credit.papers import Body, DocumentKind
from verifier.credit.pieces import (
    ANSWERS,
    CAME,
    CHANNELS,
    CONDITION_NAMES,
    EXTENTS,
    WISHES,
    acted,
    applicant_of,
    basis_of,
    heard,
    line_of_table,
    mark_words,
    members_of,
    name_of,
    paper_of,
    parts_of,
    places_of,
    reason_of,
    sources_of,
    total,
    who,
)
from verifier.credit.work import Work


def application(work: Work) -> Body:
    """The family's application."""
    case = work.case
    return Body(
        kind=DocumentKind.APPLICATION,
        facts=(
            *who(work),
            ("Просьба", WISHES[case.wish] if case.wish else ""),
            ("Согласие на оценивание", "да" if case.assessment_agreed else "нет"),
            ("Значки подписаны кошельком ученика", "да" if case.holder_shown else "нет"),
        ),
        columns=("Документ", "Кем выдан"),
        rows=tuple((one.title, one.issuer_name) for one in work.evidence),
        acted=acted(work, "Заявитель"),
        places=places_of(work),
        basis=basis_of(work, "R2", "R17"),
    )


def receipt(work: Work) -> Body:
    """The school's word that the application is registered, and by when it answers."""
    case = work.case
    return Body(
        kind=DocumentKind.RECEIPT,
        facts=(*who(work), ("Регистрационный номер", case.number or ""), ("Срок решения", written(case.term_ends))),
        acted=acted(work, "Делопроизводитель"),
        addressee=applicant_of(work),
        places=places_of(work),
        basis=basis_of(work, "R13"),
    )


def check(work: Work) -> Body:
    """What the check of every credential came to."""
    findings = [(one, evidence.findings_of(one)) for one in work.evidence]
    return Body(
        kind=DocumentKind.CHECK,
        facts=who(work),
        columns=("Документ", "Вопрос", "Ответ"),
        rows=tuple(
            (one.title, CONDITION_NAMES[name], ANSWERS[found.answer])
            for one, answers in findings
            for name, found in answers.items()
        ),
        text=tuple(f"{one.title}: {one.proof_seen}" for one in work.evidence if one.proof_seen) + reason_of(work),
        acted=acted(work, "Заместитель директора"),
        places=places_of(work),
        basis=basis_of(work, "R1", "R3", "R7", "R22"),
    )


def comparison(work: Work) -> Body:
    """The comparison, outcome by outcome."""
    return Body(
        kind=DocumentKind.COMPARISON,
        facts=who(work),
        columns=("Планируемый результат", "Нужен уровень", "Показан", "Основание"),
        rows=tuple(line_of_table(row) for row in work.comparison.rows),
        text=(total(work), *reason_of(work)),
        acted=(("Учитель", name_of(work, work.case.matrix_signed_by)), *acted(work, "Заместитель директора")),
        places=places_of(work),
        basis=basis_of(work, "R4", "R18", "R19"),
    )


def assessment(work: Work) -> Body:
    """What the school's own assessment showed."""
    held = work.case.assessment or {}
    levels = {code: LEVELS[level] if level else "не показан" for code, level in held.get("levels", {}).items()}
    return Body(
        kind=DocumentKind.ASSESSMENT,
        facts=(*who(work), ("Дата", written(work.case.assessment_on)), ("Как прошло", CAME[held.get("came", "yes")])),
        columns=("Результат", "Показанный уровень"),
        rows=tuple(levels.items()),
        text=reason_of(work),
        acted=acted(work, "Учитель, проводивший оценивание"),
        places=places_of(work),
        basis=basis_of(work, "R5"),
    )


def agenda(item: Item, group: Group, heading: tuple[str, ...]) -> Body:
    """One case of a meeting's agenda: what is proposed, with which cases it is read together, who does not vote on it."""
    work = item.work
    beside = [f"№ {one.work.case.number}" for one in group.items if one is not item]
    barred = [f"{person.name} ({SEATS[seat]})" for person, seat in item.seats if seat in BARRED]
    return Body(
        kind=DocumentKind.AGENDA,
        facts=(
            *who(work),
            ("Чем подтверждено", "; ".join(item.modules)),
            ("Рассмотреть вместе с", ", ".join(beside)),
            ("Решить не позднее", written(work.case.deadline)),
            ("Не голосуют", "; ".join(barred)),
        ),
        text=(total(work),),
        acted=acted(work, "Составил"),
        heading=heading,
        places=places_of(work),
        basis=basis_of(work, "R12", "R22"),
    )


def protocol(work: Work) -> Body:
    """The commission's protocol."""
    case = work.case
    return Body(
        kind=DocumentKind.PROTOCOL,
        facts=(
            *who(work),
            ("Предложение", EXTENTS[case.extent] if case.extent else ""),
            *parts_of(work),
            *([("Результат", mark_words(case.mark))] if case.mark else []),
            ("Голосов / нужно для кворума", f"{len(work.votes_now)} / {work.quorum}"),
        ),
        columns=("Член комиссии", "Голос", "Особое мнение"),
        rows=tuple((name_of(work, vote.person), EXTENTS[vote.extent], vote.remark) for vote in work.votes_now),
        text=(total(work), *reason_of(work)),
        acted=(*acted(work, "Председатель комиссии"), *members_of(work)),
        heading=heard(work),
        places=places_of(work),
        basis=basis_of(work, "R6", "R8", "R12", "R22"),
    )


def protocol_extract(work: Work) -> Body:
    """What the protocol says of this learner alone, without who came and voted how: for the family."""
    whole = protocol(work)
    told = ("Голосов / нужно для кворума",)
    facts = tuple(fact for fact in whole.facts if fact[0] not in told)
    return replace(
        whole,
        kind=DocumentKind.PROTOCOL_EXTRACT,
        facts=facts,
        columns=(),
        rows=(),
        acted=acted(work, "Председатель комиссии"),
        heading=whole.heading[:1],
        addressee=applicant_of(work),
    )


def order(work: Work) -> Body:
    """What the order says; the signed paper itself is outside."""
    case = work.case
    return Body(
        kind=DocumentKind.ORDER,
        facts=(
            *who(work),
            ("Решение", EXTENTS[case.extent] if case.extent else ""),
            *parts_of(work),
            ("Засчитано с результатом", mark_words(case.mark)),
            ("Освобождается часов", str(work.freed_hours)),
        ),
        text=(sources_of(work),),
        acted=acted(work, "Записал"),
        paper=paper_of(work),
        places=places_of(work),
        basis=basis_of(work, "R6", "R9", "R10", "R12", "R15"),
    )


def order_extract(work: Work) -> Body:
    """What an order about several learners says of this one alone: for the family and the personal file."""
    return replace(order(work), kind=DocumentKind.ORDER_EXTRACT, addressee=applicant_of(work))


def refusal(work: Work) -> Body:
    """The reasoned refusal, outcome by outcome, with what the family may do."""
    given = work.form.by_code("why")
    return Body(
        kind=DocumentKind.REFUSAL,
        facts=who(work),
        columns=("Результат", "Причина"),
        rows=tuple(
            (f"{row.outcome.code} {row.outcome.name}", given.get(row.outcome.code, "") or row.why.words(str))
            for row in work.comparison.missing
        ),
        text=(
            *([work.case.grounds] if work.case.grounds else []),
            "Недостающие результаты можно показать на оценивании в школе, если подать новое заявление с согласием на него.",
            "Возражение подают в комиссию по урегулированию споров.",
            f"Срок для возражения — {term(work.policy.appeal_days)} после уведомления.",
        ),
        acted=acted(work, "Записал"),
        addressee=applicant_of(work),
        paper=paper_of(work),
        places=places_of(work),
        basis=basis_of(work, "R6", "R11", "R20"),
    )


def notice(work: Work, about: str, people: Iterable[str], channel: str) -> Body:
    """That somebody was told something."""
    told = tuple(name_of(work, person) for person in people)
    return Body(
        kind=DocumentKind.NOTICE,
        facts=(*who(work), ("О чём", about), ("Как сообщено", CHANNELS[channel]), ("Кому", "; ".join(told))),
        text=reason_of(work),
        acted=acted(work, "Отправил"),
        addressee=told,
        places=places_of(work),
        basis=basis_of(work, "R11"),
    )


def amendment(work: Work) -> Body:
    """The change of the individual plan: what is credited, which hours are freed and what for."""
    case = work.case
    return Body(
        kind=DocumentKind.AMENDMENT,
        facts=(
            *who(work),
            ("Приказ", f"№ {case.paper_number} от {written(case.decided_on)}"),
            ("Зачтено", EXTENTS[case.extent] if case.extent else ""),
            *parts_of(work),
            ("Освобождено часов", str(work.freed_hours)),
        ),
        text=("Уроки зачтённой части пропусками не считаются.", *reason_of(work)),
        acted=acted(work, "Заместитель директора"),
        places=places_of(work),
        basis=basis_of(work, "R9", "R10", "R14"),
    )


def record(work: Work) -> Body:
    """The extract from which journal and personal file are filled in (R9, R14)."""
    case = work.case
    return Body(
        kind=DocumentKind.RECORD,
        facts=(
            *who(work),
            ("Приказ", f"№ {case.paper_number} от {written(case.decided_on)}"),
            *parts_of(work),
            ("Результат", mark_words(case.mark)),
            ("Зачтено часов", str(work.freed_hours)),
        ),
        text=(sources_of(work),),
        acted=acted(work, "Заместитель директора"),
        places=places_of(work),
        basis=basis_of(work, "R9", "R14"),
    )


def appeal(work: Work, decision: str) -> Body:
    """The answer to an appeal."""
    return Body(
        kind=DocumentKind.APPEAL,
        facts=(*who(work), ("Решение", decision)),
        text=reason_of(work),
        acted=acted(work, "Комиссия по урегулированию споров"),
        addressee=applicant_of(work),
        places=places_of(work),
        basis=basis_of(work, "R20"),
    )


def review(work: Work, decision: str) -> Body:
    """The end of a review."""
    return Body(
        kind=DocumentKind.REVIEW,
        facts=(*who(work), ("Решение", decision)),
        text=reason_of(work),
        acted=acted(work, "Записал"),
        addressee=applicant_of(work),
        paper=paper_of(work),
        places=places_of(work),
        basis=basis_of(work, "R23"),
    )
