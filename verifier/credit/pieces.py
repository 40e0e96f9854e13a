"""What several documents of a case share: words, whose case it is, who acted, on what it rests. Russian, the language of record."""

from verifier.credit import evidence, recognition
from verifier.credit.days import written
from verifier.credit.facts import Answer, Extent
from verifier.credit.marks import NO_MARK
from verifier.credit.matching import LEVELS, Finding, Row
from verifier.credit.meetings import telling
from verifier.credit.papers import GRADE, Paper
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


def who(work: Work) -> tuple[tuple[str, str], ...]:
    """Whose case it is, and which part of the plan it is about."""
    line = work.line
    return (
        ("Ученик", work.learner.name),
        (GRADE, work.learner.grade),
        ("Часть учебного плана", line.title),
        ("Объём", f"{line.hours} ч"),
        *((("Заявление", f"№ {work.case.number}"),) if work.case.number else ()),
    )


def paper_of(work: Work) -> Paper | None:
    """The signed original that the form records, None before it is signed."""
    if not work.form.text("number"):
        return None
    return Paper(work.form.text("number"), written(work.form.day("date")), work.form.text("signer"))


def parts_of(work: Work) -> tuple[tuple[str, str], ...]:
    """The sub-parts that are credited."""
    titles = [part.title for part in work.line.plan.parts if part.code in work.case.parts]
    return (("Разделы", "; ".join(titles)),) if titles else ()


def places_of(work: Work) -> dict[str, str]:
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
        "источники": sources_of(work).removeprefix(SOURCES),
    }


def applicant_of(work: Work) -> tuple[str, ...]:
    """Whom the school answers."""
    return (name_of(work, work.case.applicant),) if work.case.applicant else ()


def members_of(work: Work) -> tuple[tuple[str, str], ...]:
    """The other members of the commission who voted."""
    others = [vote.person for vote in work.votes_now if vote.person != work.person]
    return tuple(("Член комиссии", name_of(work, person)) for person in others)


def heard(work: Work) -> tuple[str, ...]:
    """At which meeting the case was heard and who came; nothing where the commission has voted without one."""
    found = work.attendance
    if found is None:
        return ()
    names = sorted(name_of(work, person) for person in found.present)
    return (telling.held(found.meeting, work.services.zone), telling.attended(names))


def line_of_table(row: Row) -> tuple[str, ...]:
    """One row of the comparison."""
    kind = "" if row.outcome.required else " (необязательный)"
    return (
        f"{row.outcome.code} {row.outcome.name}{kind}",
        LEVELS[row.outcome.level],
        FINDINGS[row.finding],
        row.why.words(str),
    )


def total(work: Work) -> str:
    """The comparison in one paragraph."""
    return work.proposed.paragraph.words(str)


def sources_of(work: Work) -> str:
    """Which results are credited and who issued them."""
    used = [one for one in evidence.counting(work.evidence) if one.kind is EvidenceKind.BADGE]
    told = (
        f"«{one.title}» ({one.issuer_name}), результат: {evidence.original_kept(one).text(recognition.PASSED)}"
        for one in used
    )
    return SOURCES + "; ".join(told) if used else ""


def acted(work: Work, role: str) -> tuple[tuple[str, str], ...]:
    """Who did the act, in which role."""
    return ((role, name_of(work, work.actor.person)),)


def name_of(work: Work, person: str | None) -> str:
    """A person's name; a program is named as such."""
    return work.people.person(person).name if person else "программа"


def reason_of(work: Work) -> tuple[str, ...]:
    """What the form says as a reason."""
    text = work.form.text("reason")
    return (text,) if text else ()


def basis_of(work: Work, *rules: str) -> tuple[str, ...]:
    """Where the rules that govern the case are written."""
    found = map(work.rule, rules)
    return tuple(dict.fromkeys(f"{one.basis}, {one.point}" if one.point else one.basis for one in found))
