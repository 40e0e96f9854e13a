"""Pages on which a module is written: its description, its outcomes, its picture."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, File, Query, Response, UploadFile
from fastapi.responses import RedirectResponse

from issuer import catalogue, catalogue_rows, frameworks
from issuer.catalogue_form import CHOICES, STATEMENTS, ModuleForm, filled
from issuer.changes import level_word, scale_words
from issuer.errors.catalogue import OutcomeNotPublished, PictureMissing, PictureTooLarge, PictureUnreadable, WrongStep
from issuer.forms import Typed
from issuer.module import FORM_WORDS, LEVEL_NAMES, LICENCE_WORDS, ModuleSpec
from issuer.outcome_form import rewritten, with_outcome
from issuer.picture import BYTES, repaint
from issuer.tables import AchievementState, AchievementVersion
from keys import organisations
from keys.actor import Role, Thing
from keys.deps import Visit, Visiting
from keys.routes import Shelving
from schemas.errors import N_, BadInput

router = APIRouter(include_in_schema=False)

CATALOGUE = "/issuer/{organisation}/catalogue"
ONE = CATALOGUE + "/{version_id}"
FOUND = 30
STAFF = (Role.MANAGER, Role.AWARDER)


@router.get(f"{CATALOGUE}/new", openapi_extra={"x-action": "catalogue.write"}, name="new_module")
def blank(visit: Visiting, organisation: str) -> Response:
    """An empty form."""
    visit.require("catalogue.write", Thing(organisation=organisation))
    start = {"form": "supplementary", "level": "2", "scale_kind": "pass", "creditable": "yes"}
    return _form(visit, _typed_form(visit, organisation, start), None, {})


@router.post(f"{CATALOGUE}/new", openapi_extra={"x-action": "catalogue.write"}, name="draft_module")
def enter(visit: Visiting, organisation: str, typed: Typed) -> Response:
    """Keep it as a draft."""
    visit.require("catalogue.write", Thing(organisation=organisation))
    form = _typed_form(visit, organisation, typed)
    wrong = form.errors(form.faults(), visit.translate)
    if not wrong:
        try:
            return _to(catalogue.draft(visit.session, form.module(), visit.actor, visit.now))
        except BadInput as error:
            wrong = form.errors([error], visit.translate)
    return _form(visit, form, None, wrong)


@router.get(f"{ONE}/edit", openapi_extra={"x-action": "catalogue.write"}, name="edit_module")
def edit(visit: Visiting, organisation: str, version_id: str) -> Response:
    """What is said of it; of a version that is no draft any more a next one begins."""
    version = _held(visit, organisation, version_id)
    spec = catalogue.module_of(version)
    return _form(visit, _typed_form(visit, organisation, filled(spec), spec), version, {})


@router.post(f"{ONE}/edit", openapi_extra={"x-action": "catalogue.write"}, name="revise_module")
def revise(visit: Visiting, organisation: str, version_id: str, typed: Typed) -> Response:
    """Write the draft anew, or enter the next version."""
    version = _held(visit, organisation, version_id)
    form = _typed_form(visit, organisation, typed, catalogue.module_of(version))
    wrong = form.errors(form.faults(), visit.translate)
    if not wrong:
        try:
            return _to(_kept(visit, version, form.module()))
        except BadInput as error:
            wrong = form.errors([error], visit.translate)
    return _form(visit, form, version, wrong)


@router.get(f"{ONE}/outcomes", openapi_extra={"x-action": "catalogue.write"}, name="module_outcomes")
def outcomes(
    visit: Visiting,
    shelf: Shelving,
    organisation: str,
    version_id: str,
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Its outcomes, and those of the published catalogues to choose from."""
    version = _draft(visit, organisation, version_id)
    return _outcomes(visit, shelf, version, q, {})


@router.post(f"{ONE}/outcomes", openapi_extra={"x-action": "catalogue.write"}, name="save_outcomes")
def save_outcomes(visit: Visiting, shelf: Shelving, organisation: str, version_id: str, typed: Typed) -> Response:
    """Keep what was typed about the outcomes, or add the one whose button was pressed."""
    version = _draft(visit, organisation, version_id)
    spec, added = catalogue.module_of(version), typed.get("add", "")
    query = typed.get("q", "")
    try:
        said = with_outcome(spec, frameworks.by_url(shelf, added)) if added else rewritten(spec, typed)
        catalogue.revise(visit.session, version.id, said, visit.actor, visit.now)
    except (OutcomeNotPublished, BadInput) as error:
        return _outcomes(visit, shelf, version, query, {"outcome": error.told(visit.translate)})
    if added:
        return _outcomes(visit, shelf, catalogue_rows.find(visit.session, organisation, version_id), query, {})
    return _to(version)


@router.post(f"{ONE}/picture", openapi_extra={"x-action": "catalogue.write"}, name="set_picture")
def set_picture(
    visit: Visiting,
    organisation: str,
    version_id: str,
    typed: Typed,
    picture: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Take a picture in, painted anew, or go back to the drawing."""
    version = _draft(visit, organisation, version_id)
    try:
        png = None if typed.get("act") == "remove" else _painted(picture)
    except (PictureMissing, PictureTooLarge, PictureUnreadable) as error:
        return _picture(visit, version, error.told(visit.translate))
    catalogue.set_picture(visit.session, version.id, png, visit.actor, visit.now)
    return _to(version)


@router.get(f"{ONE}/picture", openapi_extra={"x-action": "catalogue.write"}, name="picture_form")
def picture_form(visit: Visiting, organisation: str, version_id: str) -> Response:
    """Where a picture is chosen."""
    return _picture(visit, _draft(visit, organisation, version_id), "")


def facts(visit: Visit, spec: ModuleSpec) -> list[tuple[str, str]]:
    """What is to be said of a module beside what its badge shows."""
    told_facts = [
        (N_("Форма"), visit.translate(FORM_WORDS[spec.form])),
        (N_("Уровень"), level_word(spec.level, visit.translate)),
        (N_("Шкала"), scale_words(spec.scale, visit.translate)),
        (N_("Зачётные единицы"), "" if spec.credits is None else f"{spec.credits:g}".replace(".", ",")),
        (N_("Срок действия, месяцев"), "" if spec.term_months is None else str(spec.term_months)),
        (N_("Кто оценивал"), spec.source.name if spec.source else ""),
        (N_("Условия использования текста"), visit.translate(LICENCE_WORDS[spec.licence]) if spec.licence else ""),
    ]
    return [(visit.translate(name), text) for name, text in told_facts if text]


def _held(visit: Visit, organisation: str, version_id: str) -> AchievementVersion:
    visit.require("catalogue.write", Thing(organisation=organisation))
    return catalogue_rows.find(visit.session, organisation, version_id)


def _draft(visit: Visit, organisation: str, version_id: str) -> AchievementVersion:
    version = _held(visit, organisation, version_id)
    if version.state is not AchievementState.DRAFT:
        raise WrongStep
    return version


def _kept(visit: Visit, version: AchievementVersion, spec: ModuleSpec) -> AchievementVersion:
    if version.state is AchievementState.DRAFT:
        return catalogue.revise(visit.session, version.id, spec, visit.actor, visit.now)
    return catalogue.next_version(visit.session, version.id, spec, visit.actor, visit.now)


def _painted(picture: UploadFile | None) -> bytes:
    if picture is None or not picture.filename:
        raise PictureMissing
    return repaint(picture.file.read(BYTES + 1))


def _typed_form(
    visit: Visit, organisation: str, typed: Mapping[str, str], known: ModuleSpec | None = None
) -> ModuleForm:
    others = {
        organisations.did_of(one): one.name
        for one in organisations.all_organisations(visit.session)
        if one.code != organisation
    }
    staff = {person.id: person.name for role in STAFF for person in visit.people.staff(organisation, role)}
    return ModuleForm(organisation=organisation, typed=typed, known=known, assessors=others, staff=staff)


def _form(visit: Visit, form: ModuleForm, version: AchievementVersion | None, errors: Mapping[str, str]) -> Response:
    return visit.page(
        "issuer/module_form.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        form=form,
        version=version,
        name=organisations.find(visit.session, form.organisation).name,
        choices={
            name: [(key, visit.translate(word)) for key, word in words.items()] for name, words in CHOICES.items()
        },
        statements=range(STATEMENTS),
        errors=errors,
    )


def _outcomes(
    visit: Visit, shelf: Shelving, version: AchievementVersion, query: str, errors: Mapping[str, str]
) -> Response:
    found, total = frameworks.search(shelf, query, FOUND) if query.strip() else ([], 0)
    spec = catalogue.module_of(version)
    return visit.page(
        "issuer/module_outcomes.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        version=version,
        spec=spec,
        title=spec.name,
        frameworks=frameworks.published(shelf),
        query=query,
        found=found,
        total=total,
        chosen={outcome.url for outcome in spec.outcomes},
        levels=[(str(number), visit.translate(name)) for number, name in enumerate(LEVEL_NAMES, start=1)],
        errors=errors,
    )


def _picture(visit: Visit, version: AchievementVersion, error: str) -> Response:
    return visit.page(
        "issuer/module_picture.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        version=version,
        title=catalogue.achievement_of(version).name,
        ending=catalogue.picture_ending(version),
        errors={"picture": error} if error else {},
    )


def _to(version: AchievementVersion) -> Response:
    address = f"/issuer/{version.organisation}/catalogue/{version.id}"
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)
