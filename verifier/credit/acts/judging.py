"""Check and comparison: what counts, what it shows, what the school assessed itself (T7-T13)."""

from verifier.credit import conditions, evidence, paperwork
from verifier.credit.acts.record import Done, examine, joined, judged, new_round, tell_family, with_documents
from verifier.credit.days import written
from verifier.credit.evidence import Stage
from verifier.credit.pieces import CAME
from verifier.credit.tables import EvidenceKind
from verifier.credit.work import Work

AFTER_ASSESSMENT_DAYS = 3


def start_check(work: Work) -> Done:
    """T7, T7a: the credentials are checked; this is the opening report."""
    examine(work, Stage.OPENING)
    work.case.checked_since = work.case.checked_since or work.today
    return Done()


def record_proof(work: Work) -> Done:
    """T7a: a person saw what the machine could not."""
    waited = work.case.checked_since
    since = work.days.between(waited, work.today) if waited else 0
    for one in work.evidence:
        unclear = conditions.is_unclear(evidence.findings_of(one))
        if unclear and (one.kind is EvidenceKind.PAPER or since >= work.policy.unknown_days):
            evidence.settle_by_hand(one, work.form.text("reason"))
    work.forget()
    return Done()


def accept_check(work: Work) -> Done:
    """T8: what counts goes on to the comparison."""
    work.case.check_accepted = True
    return with_documents(paperwork.check(work))


def reject_check(work: Work) -> Done:
    """T9: a refusal is proposed on the check alone."""
    case = work.case
    case.check_accepted, case.grounds = False, work.form.text("reason")
    case.parts, case.mark = [], None
    judged(work, [work.person])
    return with_documents(paperwork.check(work))


def agree_assessment(work: Work) -> Done:
    """T11: the family agrees to an assessment."""
    work.case.assessment_agreed = True
    return Done()


def sign_matrix(work: Work) -> Done:
    """T10: a teacher signs the comparison, with doubts where a level is unclear."""
    case = work.case
    known = {outcome.code for outcome in work.line.plan.outcomes}
    case.doubted = [code for code in work.form.many("doubt") if code in known]
    work.forget()
    case.matrix_signed_by, case.matrix_digest = work.person, work.comparison_digest()
    return Done()


def send_to_commission(work: Work) -> Done:
    """T10: the deputy sends the signed comparison on."""
    return with_documents(paperwork.comparison(work))


def start_assessment(work: Work) -> Done:
    """T11: the day is fixed, the family told, the term follows the day."""
    case = work.case
    case.assessment_on = work.form.day("on")
    if case.assessment_on and case.term_ends:
        case.term_ends = max(case.term_ends, work.days.after(case.assessment_on, AFTER_ASSESSMENT_DAYS))
    return tell_family(work, f"Оценивание назначено на {written(case.assessment_on)}")


def finish_assessment(work: Work) -> Done:
    """T12: what was shown, outcome by outcome; nothing where the learner did not come."""
    case, form = work.case, work.form
    came = form.one("came", CAME)
    given = form.by_code("level") if came == "yes" else {}
    gaps = [row.outcome.code for row in work.comparison.missing]
    earlier = (case.assessment or {}).get("levels", {})
    levels = {code: _level(given.get(code)) for code in gaps}
    case.assessment = {"came": came, "levels": {**earlier, **levels}, "reason": form.text("reason")}
    case.assessors = joined(case.assessors, [work.person])
    work.forget()
    return with_documents(paperwork.assessment(work))


def send_back(work: Work) -> Done:
    """T13: the chair wants the comparison clarified; the votes of this round are void."""
    new_round(work)
    return Done()


def _level(text: str | None) -> int | None:
    return int(text) if text in {"1", "2", "3"} else None
