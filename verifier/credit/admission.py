"""Letting a visitor in to one case, doing their acts, and noting both in the journal."""

from collections.abc import Mapping

from keys.actor import Thing
from keys.deps import Visit
from schemas.errors import NotFound
from verifier.credit import documents
from verifier.credit.cases import Acted, Cases
from verifier.credit.events import Event
from verifier.credit.facts import State
from verifier.credit.filled import Value
from verifier.credit.gathering import parties_of
from verifier.credit.tables import Case, CaseDocument
from verifier.credit.view import FAMILY, CaseView

AWARD = "award.finish"  # the task by which the issuer finishes what was ordered
NIGHTLY = "cases.nightly"  # the task by which the program does its own steps, the check among them


def admit(visit: Visit, action: str, case_id: str) -> Case:
    """The case, if the visitor may do `action` to it.

    One that is foreign, or a draft that is not the visitor's own, is `NotFound`, like one that does not exist.
    """
    visit.require("credit.desk")
    case = visit.session.get(Case, case_id)
    if case is None:
        raise NotFound
    visit.require(action, thing_of(case))
    if case.state is State.DRAFT and not FAMILY & parties_of(visit.actor, case.school, case.learner):
        raise NotFound
    return case


def thing_of(case: Case) -> Thing:
    """What the rights are asked about."""
    return Thing(organisation=case.school, learner=case.learner)


def note_reading(visit: Visit, organisation: str, learner: str, item: str) -> None:
    """Record the reading of a learner's data by somebody who is neither the learner nor a guardian (DOMAIN §4)."""
    if learner != visit.actor.learner and learner not in visit.actor.wards:
        visit.record("credit.read", organisation=organisation, learner=learner, item=item)


def view_of(visit: Visit, cases: Cases, case: Case) -> CaseView:
    """The case as this visitor sees it."""
    work = cases.look(visit.session, visit.actor, case.id, visit.now)
    return CaseView(work=work, history=cases.history(visit.session, case.id), translate=visit.translate)


def admit_document(visit: Visit, cases: Cases, document_id: str) -> CaseDocument:
    """A document, if the visitor may read it; whoever reads a joint one has read of every learner in it."""
    visit.require("credit.desk")
    document = visit.session.get(CaseDocument, document_id)
    if document is None:
        raise NotFound
    case = admit(visit, "credit.read", document.case)
    if not view_of(visit, cases, case).may_read(document):
        raise NotFound
    for each in documents.cases_of(visit.session, document):
        note_reading(visit, each.school, each.learner, document.id)
    return document


def perform(visit: Visit, cases: Cases, case: Case, event: Event, form: Mapping[str, Value]) -> None:
    """Do an act, note it in the journal, leave what it ordered to the issuer and the check to the program."""
    _follow(visit, event, cases.act(visit.session, visit.actor, case.id, event, form, visit.now))


def perform_together(visit: Visit, cases: Cases, event: Event, forms: Mapping[str, Mapping[str, Value]]) -> None:
    """Do an act to several cases at once and note it for each of them."""
    for done in cases.act_together(visit.session, visit.actor, event, forms, visit.now):
        _follow(visit, event, done)


def _follow(visit: Visit, event: Event, done: Acted) -> None:
    case = done.case
    visit.record(f"credit.{event}", organisation=case.school, learner=case.learner, item=case.id)
    for award in done.awards:
        visit.later(AWARD, award)
    if case.state is State.REGISTERED:
        visit.later(NIGHTLY, case.id)
