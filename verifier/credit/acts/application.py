"""The family's application: submitted, registered, completed (T2-T6)."""

from verifier.credit import documents, evidence, paperwork
from verifier.credit.acts.record import Done, tell_family, with_documents
from verifier.credit.days import school_year
from verifier.credit.errors import FieldUnclear
from verifier.credit.network import parallel
from verifier.credit.tables import Wish
from verifier.credit.terms import resumed
from verifier.credit.work import Work


def submit(work: Work) -> Done:
    """T2: the wish is fixed, the school's clock for registering starts; an earlier choice of no credit ends."""
    case, form = work.case, work.form
    if form.text("wish"):
        case.wish = _wish(work)
        case.assessment_agreed = form.yes("assessment")
    case.submitted_at, case.applicant = work.now, work.person
    parallel.end(work.session, learner=case.learner, item=case.item, by=work.person, now=work.now)
    return with_documents(paperwork.application(work))


def confirm(work: Work) -> Done:
    """T2: the learner of 14 to 17 agrees."""
    work.case.learner_confirmed = True
    return Done()


def register(work: Work) -> Done:
    """T3: number, date, term."""
    case = work.case
    year = school_year(work.today)
    number = documents.next_number(work.session, case.school, year, "case")
    case.number = f"{number}/{year.replace('/', '-')}"
    case.registered_on = work.today
    case.term_ends = work.days.after(work.today, work.policy.decide_days)
    return with_documents(paperwork.receipt(work))


def ask_documents(work: Work) -> Done:
    """T4: the clock stops."""
    work.case.stopped_on = work.today
    return Done()


def supply(work: Work) -> Done:
    """T5: something more is there, the clock runs on."""
    case, form = work.case, work.form
    if form.file("badge"):
        evidence.attach_badge(work.session, work.services.verifier, case, form.file("badge"), work.now)
    if form.text("paper"):
        evidence.attach_paper(work.session, case, form.text("paper"))
    if case.stopped_on and case.term_ends:
        case.term_ends = resumed(case.term_ends, case.stopped_on, work.days, work.today)
    case.stopped_on, case.checked_since = None, None
    work.forget()
    return Done()


def lapse(work: Work) -> Done:
    """T6: closed without a decision; the family is told."""
    return tell_family(work, "Заявление закрыто без рассмотрения: запрошенные документы не поступили в срок.")


def _wish(work: Work) -> Wish:
    text = work.form.text("wish")
    if text not in set(Wish):
        raise FieldUnclear(pointer="/wish", label="Чего вы хотите")
    return Wish(text)
