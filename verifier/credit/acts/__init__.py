"""What each act does to a case once `states` has allowed it: book-keeping of the case, its documents and orders."""

from collections.abc import Callable, Mapping

from verifier.credit.acts import application, deciding, disputes, judging, record
from verifier.credit.acts.record import Done, Telling
from verifier.credit.events import Event
from verifier.credit.evidence import Stage
from verifier.credit.work import Work

__all__ = ["EFFECTS", "Done", "Telling", "check_before"]

EFFECTS: Mapping[Event, Callable[[Work], Done]] = {
    Event.DRAFT: record.nothing,
    Event.REVISE: record.nothing,
    Event.CONFIRM: application.confirm,
    Event.SUBMIT: application.submit,
    Event.REGISTER: application.register,
    Event.ASK_DOCUMENTS: application.ask_documents,
    Event.SUPPLY: application.supply,
    Event.LAPSE: application.lapse,
    Event.START_CHECK: judging.start_check,
    Event.RECHECK: judging.start_check,
    Event.RECORD_PROOF: judging.record_proof,
    Event.ACCEPT_CHECK: judging.accept_check,
    Event.REJECT_CHECK: judging.reject_check,
    Event.AGREE_ASSESSMENT: judging.agree_assessment,
    Event.SIGN_MATRIX: judging.sign_matrix,
    Event.SEND_TO_COMMISSION: judging.send_to_commission,
    Event.START_ASSESSMENT: judging.start_assessment,
    Event.FINISH_ASSESSMENT: judging.finish_assessment,
    Event.SEND_BACK: judging.send_back,
    Event.VOTE: deciding.vote,
    Event.CONCLUDE: deciding.conclude,
    Event.AGREE_PROPOSAL: deciding.agree_proposal,
    Event.RETURN_PROPOSAL: deciding.return_proposal,
    Event.ORDER: deciding.order,
    Event.REFUSE: deciding.refuse,
    Event.NOTIFY: deciding.notify,
    Event.AMEND_PLAN: deciding.amend_plan,
    Event.CLOSE: deciding.close,
    Event.CLOSE_REFUSED: record.nothing,
    Event.WITHDRAW: record.nothing,
    Event.OPINION: record.nothing,
    Event.APPEAL: disputes.appeal,
    Event.SUSPEND: disputes.suspend,
    Event.UPHOLD: disputes.uphold,
    Event.REJECT_APPEAL: disputes.reject_appeal,
    Event.REVIEW: disputes.review,
    Event.KEEP: disputes.keep,
    Event.ANNUL: disputes.annul,
}

_CHECKED_BEFORE: Mapping[Event, Stage] = {
    Event.ACCEPT_CHECK: Stage.OPENING,
    Event.ORDER: Stage.DECISION,
    Event.REFUSE: Stage.DECISION,
    Event.REVIEW: Stage.REVIEW,
}


def check_before(work: Work, event: Event) -> None:
    """Check again what the act relies on, so that the guards judge by today's answers."""
    if event in _CHECKED_BEFORE:
        record.examine(work, _CHECKED_BEFORE[event])
