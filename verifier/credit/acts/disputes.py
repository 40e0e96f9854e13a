"""Appeals and reviews: a decision is heard again, stays or falls (T22-T25)."""

from verifier.credit import paperwork
from verifier.credit.acts.record import Done, forget_decision, new_round, take_back, tell_family, with_documents
from verifier.credit.work import Work


def appeal(work: Work) -> Done:
    """T22: the decision stands meanwhile."""
    work.case.interrupted = work.case.state
    return Done()


def suspend(work: Work) -> Done:
    """T22: the director halts the decision until the appeal is answered."""
    work.case.suspended = True
    return Done()


def uphold(work: Work) -> Done:
    """T23: the case is heard again by other people."""
    forget_decision(work)
    work.case.instance += 1
    new_round(work)
    work.case.interrupted, work.case.suspended = None, False
    return with_documents(paperwork.appeal(work, "Возражение удовлетворено, дело рассматривают заново."))


def reject_appeal(work: Work) -> Done:
    """T23: the decision stands."""
    work.case.interrupted, work.case.suspended = None, False
    return with_documents(paperwork.appeal(work, "Возражение отклонено, решение остаётся в силе."))


def review(work: Work) -> Done:
    """T24: the order stands until the director decides; the family is told."""
    work.case.interrupted = work.case.state
    return tell_family(work, "Начат пересмотр решения. До его итога приказ действует.")


def keep(work: Work) -> Done:
    """T25: the order stays."""
    work.case.interrupted = None
    return with_documents(paperwork.review(work, "Приказ остаётся в силе."))


def annul(work: Work) -> Done:
    """T25: the component is open again, the school's recognition is revoked."""
    take_back(work, work.form.text("reason"))
    work.case.interrupted = None
    return with_documents(paperwork.review(work, "Приказ отменён."))
