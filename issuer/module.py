"""A module as its organisation describes it; `issuer.describe` makes an Open Badges 3.0 achievement of it and reads one back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from issuer.errors.catalogue import BadModule
from schemas.attestation import KIND as ATTESTATION
from schemas.errors import N_

LEVEL_NAMES = ("стартовый", "базовый", "продвинутый")
NOT_CREDITABLE = "не для зачёта результатов"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,47}")
_KEY = re.compile(r"[a-z][a-z0-9-]{0,31}")
_LONGEST_NAME = 200
_LONGEST_TEXT = 4000
_LONGEST_TERM = 120  # months
_LONGEST_HOURS = 2000
_MOST_CREDITS = 60.0
_MOST_STATEMENTS = 10
MOST_OUTCOMES = 60
SHORT_HOURS, MEDIUM_HOURS = 16, 32


class Form(StrEnum):
    """Form of activity (DOMAIN §1.5, row 107)."""

    SUPPLEMENTARY = "supplementary"
    NETWORK = "network"
    FIELD = "field"
    DISTANCE = "distance"
    BLENDED = "blended"
    COURSE = "course"
    SHORT = "short"
    MEDIUM = "medium"
    TRIAL = "trial"
    SOCIAL = "social"
    CLUB = "club"
    RECOGNITION = "recognition"
    ATTESTATION = "attestation"


FORM_WORDS = {
    Form.SUPPLEMENTARY: N_("дополнительное образование"),
    Form.NETWORK: N_("сетевая"),
    Form.FIELD: N_("полевая"),
    Form.DISTANCE: N_("дистанционная"),
    Form.BLENDED: N_("смешанная"),
    Form.COURSE: N_("предметный курс"),
    Form.SHORT: N_("краткий курс"),
    Form.MEDIUM: N_("курс средней длительности"),
    Form.TRIAL: N_("профессиональная проба"),
    Form.SOCIAL: N_("социальная практика"),
    Form.CLUB: N_("клуб"),
    Form.RECOGNITION: N_("зачёт результатов"),
    Form.ATTESTATION: N_("подтверждение школы"),
}


class TextLicence(StrEnum):
    """On which terms others may use the text of a description."""

    RESERVED = "reserved"
    CC0 = "cc0"
    CC_BY = "cc-by"
    CC_BY_SA = "cc-by-sa"
    CC_BY_NC = "cc-by-nc"


LICENCE_WORDS = {
    TextLicence.RESERVED: N_("все права защищены"),
    TextLicence.CC0: "CC0 1.0",
    TextLicence.CC_BY: "CC BY 4.0",
    TextLicence.CC_BY_SA: "CC BY-SA 4.0",
    TextLicence.CC_BY_NC: "CC BY-NC 4.0",
}


class ScaleKind(StrEnum):
    """Kinds of overall result."""

    POINTS = "points"
    PERCENT = "percent"
    MARK = "mark"
    RUBRIC = "rubric"
    PASS = "pass"  # noqa: S105 - a kind of scale
    PARTICIPATION = "participation"


RESULT_TYPES = {
    ScaleKind.POINTS: "RawScore",
    ScaleKind.PERCENT: "Percent",
    ScaleKind.MARK: "LetterGrade",
    ScaleKind.RUBRIC: "RubricScore",
    ScaleKind.PASS: "Status",
    ScaleKind.PARTICIPATION: "Status",
}
STATEMENT_TYPE = "ext:Statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The overall result's scale; `required` is the pass mark. Pass and participation have no numbers."""

    kind: ScaleKind
    minimum: int | None = None
    maximum: int | None = None
    required: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRef:
    """A planned outcome in a framework; `assessed` outcomes get a rubric of three levels, others are only listed.

    `level` is the one required, where it is another than the module's; `seen` says by what each of the three levels is recognised.
    """

    code: str
    name: str
    url: str
    framework: str
    assessed: bool
    level: int | None = None
    seen: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who assessed on behalf of the issuer (OB 3.0 `source`)."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A further fact that every award of this achievement states: `key` as in `AwardOrder.statements`, `name` for people."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleSpec:
    """What an organisation says about a module.

    `code` names it inside the organisation, `hours` are academic hours, `level` is 1-3, `credits` go in halves. An attestation
    teaches and measures nothing, so it has neither of these and no scale. Badges end `term_months` after their award.
    `responsible` is the account of who answers for it; that one is not published.
    """

    organisation: str
    code: str
    name: str
    description: str
    criteria: str
    form: Form
    hours: int | None = None
    level: int | None = None
    scale: Scale | None = None
    outcomes: tuple[OutcomeRef, ...] = ()
    kind: str = "MicroCredential"
    creditable: bool = True
    source: Source | None = None
    statements: tuple[Statement, ...] = ()
    credits: float | None = None
    licence: TextLicence | None = None
    term_months: int | None = None
    responsible: str | None = None


def is_code(text: str) -> bool:
    """Whether a text can be the code of a module."""
    return _CODE.fullmatch(text) is not None


def check_module(spec: ModuleSpec) -> None:
    """Raise `BadModule` for the first particular that breaks a rule; the pointer names it."""
    for fault in module_faults(spec):
        raise fault


def module_faults(spec: ModuleSpec) -> Iterator[BadModule]:
    """Everything that is wrong with a module, each with the pointer of its field."""
    for field, reason, broken in (*_text_faults(spec), *_number_faults(spec), *_list_faults(spec)):
        if broken:
            yield BadModule(pointer=f"/{field}", field=reason)


Rules = tuple[tuple[str, str, bool], ...]


def _text_faults(spec: ModuleSpec) -> Rules:
    return (
        ("code", N_("код — латинские буквы, цифры и дефис"), not is_code(spec.code)),
        ("name", N_("название — до 200 знаков"), not _is_text(spec.name, _LONGEST_NAME)),
        ("description", N_("нужно описание, до 4000 знаков"), not _is_text(spec.description, _LONGEST_TEXT)),
        ("criteria", N_("нужны условия получения, до 4000 знаков"), not _is_text(spec.criteria, _LONGEST_TEXT)),
    )


def _number_faults(spec: ModuleSpec) -> Rules:
    return (
        (
            "hours",
            N_("объём — целое число часов, от 1 до 2000"),
            not _is_study(spec, measured=0 < (spec.hours or 0) <= _LONGEST_HOURS),
        ),
        ("form", N_("краткий курс — до 16 часов, курс средней длительности — от 17 до 32"), not _fits_form(spec)),
        ("level", N_("уровень — 1, 2 или 3"), not _is_study(spec, measured=spec.level in {1, 2, 3})),
        (
            "scale",
            N_("шкала: наименьшее ≤ проходное ≤ наибольшее"),
            not _is_study(spec, measured=_is_ordered(spec.scale)),
        ),
        ("credits", N_("зачётные единицы — от 0,5 до 60, с шагом 0,5"), not _are_credits(spec.credits)),
        ("term_months", N_("срок — от 1 до 120 месяцев"), not _is_term(spec.term_months)),
    )


def _list_faults(spec: ModuleSpec) -> Rules:
    codes = [outcome.code for outcome in spec.outcomes]
    levels = {outcome.level for outcome in spec.outcomes} - {None}
    keys = [statement.key for statement in spec.statements]
    return (
        ("outcomes", N_("коды результатов не должны повторяться"), len(set(codes)) < len(codes)),
        (
            "outcomes",
            N_("результатов не больше 60, уровень каждого — 1, 2 или 3"),
            len(codes) > MOST_OUTCOMES or not levels <= {1, 2, 3},
        ),
        ("statements", N_("ключи полей — разные короткие латинские слова"), not _are_keys(keys)),
    )


def _is_text(text: str, longest: int) -> bool:
    return len(text.strip()) > 0 and len(text) <= longest


def _fits_form(spec: ModuleSpec) -> bool:
    """DOMAIN §1.5, row 107: sixteen hours belong to both in the law's words; here they are short."""
    if spec.form is Form.SHORT:
        return (spec.hours or 0) <= SHORT_HOURS
    return spec.form is not Form.MEDIUM or SHORT_HOURS < (spec.hours or 0) <= MEDIUM_HOURS


def _is_study(spec: ModuleSpec, *, measured: bool) -> bool:
    """Whether a particular is as it has to be: there for what is studied, not there for an attestation."""
    if spec.kind == ATTESTATION:
        return (spec.hours, spec.level, spec.scale) == (None, None, None)
    return measured


def _is_ordered(scale: Scale | None) -> bool:
    if scale is None:
        return False
    numbers = (scale.minimum, scale.required, scale.maximum)
    if RESULT_TYPES[scale.kind] == "Status":
        return numbers == (None, None, None)
    given = [number for number in numbers if number is not None]
    return len(given) == len(numbers) and given == sorted(given)


def _are_credits(number: float | None) -> bool:
    return number is None or (0 < number <= _MOST_CREDITS and (number * 2).is_integer())


def _is_term(months: int | None) -> bool:
    return months is None or 0 < months <= _LONGEST_TERM


def _are_keys(keys: list[str]) -> bool:
    return len(keys) <= _MOST_STATEMENTS and len(set(keys)) == len(keys) and all(map(_KEY.fullmatch, keys))
