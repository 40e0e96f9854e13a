"""The decision and what follows: votes, protocol, order or refusal, notice, plan, recognition (T14-T20)."""

from uuid import uuid4

from verifier.credit import marks, paperwork, pieces, plans, recognition, signatures
from verifier.credit.acts.record import (
    Done,
    forget_decision,
    judged,
    new_round,
    take_back,
    tell,
    with_documents,
)
from verifier.credit.days import written
from verifier.credit.errors import FieldUnclear
from verifier.credit.facts import Extent
from verifier.credit.papers import Body
from verifier.credit.tables import CaseVote
from verifier.credit.terms import appeal_until
from verifier.credit.work import Work

CHANGED = "Решение изменено после возражения."
LONGEST_NUMBER, LONGEST_SIGNER = 64, 255
PAPER_LABELS = {"number": "Номер подписанного документа", "signer": "Кто подписал"}


def vote(work: Work) -> Done:
    """T14: one vote, with the digest of what the member had before them."""
    work.session.add(
        CaseVote(
            id=uuid4().hex,
            case=work.case.id,
            instance=work.case.instance,
            round=work.case.round,
            person=work.person,
            extent=Extent(work.form.text("extent")),
            remark=work.form.text("reason"),
            at=work.now,
            shown=work.shown_digest(),
        )
    )
    judged(work, [work.person])
    return Done()


def conclude(work: Work) -> Done:
    """T14: the protocol: extent, mark, sub-parts."""
    case = work.case
    case.extent = Extent(work.form.text("extent"))
    case.parts = [part.code for part in work.comparison.closed_parts] if case.extent is Extent.PARTIAL else []
    case.mark_offered = work.offered_mark
    case.mark = None if case.extent is Extent.REFUSE else work.chosen_mark
    case.grounds, case.agreed = work.form.text("reason"), False
    case.concluded_by = work.person
    judged(work, [work.person])
    return with_documents(paperwork.protocol(work), paperwork.protocol_extract(work))


def agree_proposal(work: Work) -> Done:
    """T15: the family accepts less than it asked for."""
    work.case.agreed = True
    return Done()


def return_proposal(work: Work) -> Done:
    """T13, from the director: everything from the check on is done again."""
    forget_decision(work)
    new_round(work)
    work.case.check_accepted, work.case.checked_since = False, None
    return Done()


def order(work: Work) -> Done:
    """T15: the signed order is recorded."""
    _record_paper(work)
    return _signed(work, paperwork.order(work))


def refuse(work: Work) -> Done:
    """T16: the signed refusal is recorded; what an earlier decision of this case credited is open again."""
    _record_paper(work)
    take_back(work, CHANGED)
    return _signed(work, paperwork.refusal(work))


def notify(work: Work) -> Done:
    """T17: who was told, and how, and until when they may appeal."""
    channel = work.form.text("channel")
    if channel not in pieces.CHANNELS:
        raise FieldUnclear(pointer="/channel", label="Как сообщили")
    work.case.notified_on, work.case.appeal_ends = work.today, None
    work.case.appeal_ends = appeal_until(work.case, work.policy, work.days)
    decision = f"Принято решение: {pieces.EXTENTS[work.case.extent or Extent.REFUSE]}."
    return tell(work, f"{decision} Возражение можно подать до {written(work.case.appeal_ends)}", work.told, channel)


def amend_plan(work: Work) -> Done:
    """T18: the plan is changed as the order says."""
    case = work.case
    take_back(work, CHANGED)
    hours = work.freed_hours
    plans.credit(
        work.session,
        case.item,
        mark=case.mark or marks.NO_MARK,
        parts=case.parts,
        hours=hours,
        case=case.id,
        now=work.now,
    )
    case.plan_change = {"parts": case.parts, "hours": hours}
    return with_documents(paperwork.amendment(work), paperwork.record(work))


def close(work: Work) -> Done:
    """T19: the school orders its own recognition for the learner's wallet."""
    orders = recognition.orders_of(work, work.now)
    work.case.awards = [work.services.award(work.session, one, work.actor, work.now) for one in orders]
    return Done(awards=list(work.case.awards))


def _signed(work: Work, body: Body) -> Done:
    """The recorded paper, with the detached signature that was made outside where there is one."""
    signature, signed = work.form.file("signature"), work.form.file("signed")
    if not signature:
        return with_documents(body)
    signatures.check(signature)
    return Done(bodies=[body], signature=(signature, signed))


def _record_paper(work: Work) -> None:
    case, form = work.case, work.form
    for name, most in (("number", LONGEST_NUMBER), ("signer", LONGEST_SIGNER)):
        if len(form.text(name)) > most:
            raise FieldUnclear(pointer=f"/{name}", label=PAPER_LABELS[name])
    case.paper_number, case.paper_signer, case.decided_on = form.text("number"), form.text("signer"), form.day("date")
    judged(work, [work.person])
