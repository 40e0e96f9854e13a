"""A learner's own records: what I say of myself, what is before a teacher, what the school has confirmed."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from keys.deps import Learner, Visit, Visiting
from schemas.errors import BadInput, TooLarge
from wallet_web import acts
from wallet_web.badge import Badge
from wallet_web.deps import Holding
from wallet_web.pages.book import frame, name_of
from wallet_web.portfolio import declared as records
from wallet_web.portfolio import views, wording, words
from wallet_web.portfolio.deps import Uploaded, taken
from wallet_web.portfolio.files import LARGEST, MEBIBYTE
from wallet_web.portfolio.messages import RecordForm, typed_of
from wallet_web.portfolio.sections import Section
from wallet_web.portfolio.showing import given_out, line, shown
from wallet_web.portfolio.tables import Declared, Kind, State
from wallet_web.portfolio.wording import section_options
from wallet_web.tables import Entry
from wallet_web.wallet import Wallet

router = APIRouter(include_in_schema=False)
OK, BAD = 200, 400
PLACE = "/wallet/{learner}/portfolio/records"
ONE = PLACE + "/{declared}"


@router.get(PLACE, openapi_extra={"x-action": "portfolio.read"}, name="records")
def shelf(learner: str, visit: Visiting) -> Response:
    """Every record of the learner's own, newest first."""
    owner = acts.admit(visit, "portfolio.read", learner)
    rows = [line(visit, one, said) for one, said in records.all_of(visit.session, learner)]
    return visit.page("portfolio/records.html", **frame(visit, owner), rows=rows)


@router.get(PLACE + "/new", openapi_extra={"x-action": "portfolio.write"}, name="record.new")
def new(learner: str, visit: Visiting, kind: str = "") -> Response:
    """An empty form: for an achievement, or for a work."""
    owner = acts.admit(visit, "portfolio.write", learner)
    return _form(visit, owner, RecordForm(kind=_kind(kind)), {})


@router.post(PLACE, openapi_extra={"x-action": "portfolio.write"}, name="record.enter")
def enter(learner: str, visit: Visiting, typed: Annotated[RecordForm, Form()]) -> Response:
    """Keep a new record; it is in pencil, and nobody but the family sees it."""
    owner = acts.admit(visit, "portfolio.write", learner)
    wrong = _faults(visit, owner, typed)
    if wrong:
        return _form(visit, owner, typed, wrong)
    made = records.enter(
        visit.session,
        owner,
        visit.actor,
        visit.now,
        id=typed.id,
        kind=_kind(typed.kind),
        section=Section(typed.section),
        said=typed.words(),
    )
    return _to(made)


@router.get(ONE, openapi_extra={"x-action": "portfolio.read"}, name="record")
def record(learner: str, declared: str, visit: Visiting, wallet: Holding) -> Response:
    """One record: its words, its files, where it stands, who has looked."""
    owner = acts.admit(visit, "portfolio.read", learner)
    return _page(visit, wallet, owner, records.find(visit.session, learner, declared), {})


@router.get(ONE + "/edit", openapi_extra={"x-action": "portfolio.write"}, name="record.edit")
def edit(learner: str, declared: str, visit: Visiting) -> Response:
    """The form with what was written."""
    owner = acts.admit(visit, "portfolio.write", learner)
    found = records.find(visit.session, learner, declared)
    said = words.latest(visit.session, found.id)
    typed = RecordForm(id=found.id, kind=found.kind, section=found.section, **typed_of(said))
    return _form(visit, owner, typed, {}, found)


@router.post(ONE, openapi_extra={"x-action": "portfolio.write"}, name="record.rewrite")
def rewrite(learner: str, declared: str, visit: Visiting, typed: Annotated[RecordForm, Form()]) -> Response:
    """Change the words."""
    owner = acts.admit(visit, "portfolio.write", learner)
    found = records.find(visit.session, learner, declared, lock=True)
    wrong = _faults(visit, owner, typed)
    if wrong:
        return _form(visit, owner, typed, wrong, found)
    section = Section(typed.section)
    records.rewrite(visit.session, found, owner, visit.actor, visit.now, section=section, said=typed.words())
    return _to(found)


@router.post(ONE + "/ask", openapi_extra={"x-action": "portfolio.write"}, name="record.ask")
def ask(learner: str, declared: str, visit: Visiting) -> Response:
    """Put it before the class teacher and the tutor."""
    owner = acts.admit(visit, "portfolio.write", learner)
    found = records.find(visit.session, learner, declared, lock=True)
    records.ask(visit.session, found, owner, visit.now)
    visit.record("declared.asked", organisation=found.school, learner=owner.id, item=found.id)
    return _to(found)


@router.post(ONE + "/take-back", openapi_extra={"x-action": "portfolio.write"}, name="record.take_back")
def take_back(learner: str, declared: str, visit: Visiting) -> Response:
    """Take it from the teachers again."""
    owner = acts.admit(visit, "portfolio.write", learner)
    found = records.find(visit.session, learner, declared, lock=True)
    records.take_back(visit.session, found)
    visit.record("declared.taken-back", learner=owner.id, item=found.id)
    return _to(found)


@router.post(ONE + "/remove", openapi_extra={"x-action": "portfolio.write"}, name="record.remove")
def remove(learner: str, declared: str, visit: Visiting, sure: Annotated[str, Form()] = "") -> Response:
    """Forget it with its files, when the family is sure."""
    owner = acts.admit(visit, "portfolio.write", learner)
    found = records.find(visit.session, learner, declared, lock=True)
    if sure != "yes":
        return _to(found)
    records.remove(visit.session, found)
    visit.record("declared.removed", learner=owner.id, item=declared)
    return RedirectResponse(f"/wallet/{learner}/portfolio/records", status_code=303)


@router.post(ONE + "/files", openapi_extra={"x-action": "portfolio.write"}, name="record.files.add")
def add_file(learner: str, declared: str, visit: Visiting, wallet: Holding, file: Uploaded = None) -> Response:
    """Put a picture or a PDF to it."""
    owner = acts.admit(visit, "portfolio.write", learner)
    found = records.find(visit.session, learner, declared, lock=True)
    records.step(found.state, records.Act.CHANGE)
    try:
        records.add_file(visit.session, found, visit.actor, taken(file), visit.now)
    except (BadInput, TooLarge) as error:
        return _page(visit, wallet, owner, found, {"file": error.told(visit.translate)})
    return _to(found)


@router.post(ONE + "/files/{file}/remove", openapi_extra={"x-action": "portfolio.write"}, name="record.files.remove")
def remove_file(learner: str, declared: str, file: str, visit: Visiting) -> Response:
    """Take a file away."""
    acts.admit(visit, "portfolio.write", learner)
    found = records.find(visit.session, learner, declared, lock=True)
    records.remove_file(visit.session, found, file)
    return _to(found)


@router.get(ONE + "/files/{file}", openapi_extra={"x-action": "portfolio.read"}, name="record.file")
def read_file(learner: str, declared: str, file: str, visit: Visiting) -> Response:
    """A file of one's own."""
    acts.admit(visit, "portfolio.read", learner)
    return given_out(records.find_file(visit.session, records.find(visit.session, learner, declared), file))


def attestation_of(visit: Visit, wallet: Wallet, one: Declared) -> Badge | None:
    """The badge that confirms a record, checked now, where it has come already."""
    entry = visit.session.get(Entry, one.attestation) if one.attestation else None
    return None if entry is None or entry.learner != one.learner else wallet.check(entry, visit.now)


def _page(visit: Visit, wallet: Wallet, owner: Learner, one: Declared, errors: Mapping[str, str]) -> Response:
    said = words.versions(visit.session, one.id)
    return visit.page(
        "portfolio/record.html",
        **frame(visit, owner),
        status=BAD if errors else OK,
        one=one,
        row=line(visit, one, said[-1]),
        own_words=shown(visit, words.own(said)) if said[-1].staff else None,
        files=records.files_of(visit.session, one.id),
        may_change=(one.state, records.Act.CHANGE) in records.TABLE,
        may_ask=one.kind is Kind.ACHIEVEMENT and (one.state, records.Act.ASK) in records.TABLE,
        waits=one.state is State.ASKED,
        badge=attestation_of(visit, wallet, one),
        decided_by=name_of(visit, one.decided_by or ""),
        views=[(view.at, name_of(visit, view.person)) for view in views.latest(visit.session, owner.id, one.id)],
        most_files=records.FILES_MAX,
        largest=LARGEST // MEBIBYTE,
        errors=errors,
    )


def _form(
    visit: Visit, owner: Learner, typed: RecordForm, errors: Mapping[str, str], found: Declared | None = None
) -> Response:
    return visit.page(
        "portfolio/record_form.html",
        **frame(visit, owner),
        status=BAD if errors else OK,
        typed=typed,
        work=_kind(typed.kind) is Kind.WORK,
        found=found,
        sections=section_options(visit.translate),
        scales=wording.scale_options(visit.translate),
        errors=errors,
    )


def _faults(visit: Visit, owner: Learner, typed: RecordForm) -> dict[str, str]:
    unread = typed.faults()
    wrong = unread or words.faults(typed.words(), owner.born, visit.now.date())
    return {name: error.told(visit.translate) for name, error in wrong.items()}


def _kind(text: str) -> Kind:
    return Kind.WORK if text == Kind.WORK else Kind.ACHIEVEMENT


def _to(one: Declared) -> Response:
    return RedirectResponse(f"/wallet/{one.learner}/portfolio/records/{one.id}", status_code=303)
