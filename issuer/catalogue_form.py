"""The form of a module: from what was typed to its description, from the description to what stands in the fields."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from issuer.changes import SCALE_WORDS
from issuer.errors.catalogue import BadModule
from issuer.module import (
    FORM_WORDS,
    LEVEL_NAMES,
    LICENCE_WORDS,
    RESULT_TYPES,
    Form,
    ModuleSpec,
    Scale,
    ScaleKind,
    Source,
    Statement,
    TextLicence,
    module_faults,
)
from schemas.attestation import KIND as ATTESTATION
from schemas.errors import BadInput

STATEMENTS = 5
_WRONG = -1  # stands for a number that cannot be read; no rule lets it pass
_LONGEST_NUMBER = 6
_FIELDS = {"scale": "scale_kind", "criteria": "criteria", "resultDescription": "statement_0", "tag": "name"}
CHOICES: Mapping[str, Mapping[str, str]] = {
    "form": {form.value: word for form, word in FORM_WORDS.items() if form not in {Form.RECOGNITION, Form.ATTESTATION}},
    "scale_kind": {kind.value: word for kind, word in SCALE_WORDS.items()},
    "licence": {licence.value: word for licence, word in LICENCE_WORDS.items()},
    "level": {str(number): name for number, name in enumerate(LEVEL_NAMES, start=1)},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleForm:
    """What was typed about a module of an organisation. `known` is what is said of it already.

    `assessors` are names by DID, `staff` names by account: who else can stand in the fields.
    """

    organisation: str
    typed: Mapping[str, str]
    known: ModuleSpec | None = None
    assessors: Mapping[str, str]
    staff: Mapping[str, str]

    def value(self, name: str) -> str:
        """What was typed into a field."""
        return self.typed.get(name, "").strip()

    def module(self) -> ModuleSpec:
        """The module that the form stands for. Its outcomes, kind and code stay as they are known."""
        said = ModuleSpec(
            organisation=self.organisation,
            code=self.value("code"),
            name=self.value("name"),
            description=self.value("description"),
            criteria=self.value("criteria"),
            hours=_number(self.value("hours")) or 0,
            form=Form(self._choice("form", Form.SUPPLEMENTARY)),
            level=_number(self.value("level")) or 0,
            scale=self._scale(),
            creditable=self.value("creditable") == "yes",
            source=self._source(),
            statements=tuple(self._statements()),
            credits=_half(self.value("credits")),
            licence=TextLicence(self.value("licence")) if self.value("licence") in CHOICES["licence"] else None,
            term_months=_number(self.value("term_months")),
            responsible=self.value("responsible") if self.value("responsible") in self.staff else None,
        )
        if self.known is None:
            return said
        said = replace(said, code=self.known.code, kind=self.known.kind, outcomes=self.known.outcomes)
        if self.known.form.value not in CHOICES["form"]:
            said = replace(said, form=self.known.form)
        measured = self.known.kind != ATTESTATION
        return said if measured else replace(said, hours=None, level=None, scale=None)

    def errors(self, faults: Iterable[BadInput], translate: Callable[[str], str]) -> dict[str, str]:
        """The first sentence for every field that something is wrong with."""
        found: dict[str, str] = {}
        for fault in faults:
            head = fault.pointer.removeprefix("/").partition("/")[0]
            found.setdefault(_FIELDS.get(head, head), fault.told(translate))
        return found

    def faults(self) -> list[BadModule]:
        """Everything that is wrong with what was typed."""
        return list(module_faults(self.module()))

    def _choice(self, name: str, default: str) -> str:
        return self.value(name) if self.value(name) in CHOICES[name] else default

    def _scale(self) -> Scale:
        kind = ScaleKind(self._choice("scale_kind", ScaleKind.PASS))
        if RESULT_TYPES[kind] == "Status":
            return Scale(kind=kind)
        minimum, maximum, required = (_number(self.value(f"scale_{name}")) for name in ("min", "max", "pass"))
        return Scale(kind=kind, minimum=minimum, maximum=maximum, required=required)

    def _source(self) -> Source | None:
        did = self.value("assessor")
        return Source(id=did, name=self.assessors[did]) if did in self.assessors else None

    def _statements(self) -> Iterable[Statement]:
        """The further facts that have a name; a fact keeps its key as long as it keeps its place."""
        keys = [statement.key for statement in self.known.statements] if self.known else []
        free = (key for n in range(1, 2 * STATEMENTS + 1) if (key := f"fact-{n}") not in keys)
        yield from self.known.statements[STATEMENTS:] if self.known else ()
        for place in range(STATEMENTS):
            name = self.value(f"statement_{place}")
            key = keys[place] if place < len(keys) else next(free)
            if name:
                yield Statement(key, name[:200])


def filled(spec: ModuleSpec) -> dict[str, str]:
    """What stands in the fields for a module."""
    told_scale = spec.scale or Scale(kind=ScaleKind.PASS)
    scale = {"min": told_scale.minimum, "max": told_scale.maximum, "pass": told_scale.required}
    return {
        "code": spec.code,
        "name": spec.name,
        "description": spec.description,
        "criteria": spec.criteria,
        "hours": "" if spec.hours is None else str(spec.hours),
        "form": spec.form.value,
        "level": "" if spec.level is None else str(spec.level),
        "scale_kind": told_scale.kind.value,
        **{f"scale_{name}": "" if number is None else str(number) for name, number in scale.items()},
        "creditable": "yes" if spec.creditable else "",
        "assessor": spec.source.id if spec.source else "",
        "credits": "" if spec.credits is None else f"{spec.credits:g}".replace(".", ","),
        "licence": spec.licence.value if spec.licence else "",
        "term_months": "" if spec.term_months is None else str(spec.term_months),
        "responsible": spec.responsible or "",
        **{f"statement_{place}": statement.name for place, statement in enumerate(spec.statements)},
    }


def _number(text: str) -> int | None:
    """A whole number, None for nothing; what is neither breaks every rule."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else _WRONG


def _half(text: str) -> float | None:
    if not text:
        return None
    whole, _, part = text.replace(",", ".").partition(".")
    number = _number(whole)
    if number is None or part not in {"", "0", "5"}:
        return _WRONG
    return number + (0.5 if part == "5" else 0.0)
