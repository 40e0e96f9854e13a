"""An act's form as the page draws it: fields with their options, what was typed, and what is wrong beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from verifier.credit import wording
from verifier.credit.events import Event
from verifier.credit.filled import Value
from verifier.credit.forms import FORMS, Field, FieldKind
from verifier.credit.states import TABLE
from verifier.credit.view import CaseView

Option = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnField:
    """One field; `kind` is the name of the macro that draws it."""

    name: str
    kind: str
    label: str
    help: str = ""
    required: bool = True
    options: Sequence[Option] = ()
    value: str = ""
    values: Sequence[str] = ()
    error: str = ""
    accept: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnForm:
    """One act. `shown` is the digest that a decision carries, "" where nothing is decided."""

    event: Event
    action: str
    verb: str
    about: str
    danger: bool
    has_file: bool
    version: int
    shown: str
    fields: Sequence[DrawnField] = field(default_factory=tuple)


def draw(
    view: CaseView, event: Event, typed: Mapping[str, Value] | None = None, errors: Mapping[str, str] | None = None
) -> DrawnForm:
    """The form of `event`; with `typed` what was typed stays, `errors` stand beside their fields."""
    form = FORMS[event]
    decides = any(row.decides for row in TABLE if row.event is event)
    fields = [one for asked in form.fields for one in _fields(view, event, asked)]
    return DrawnForm(
        event=event,
        action=f"/credit/cases/{view.work.case.id}/{event}",
        verb=view.translate(form.verb),
        about=view.translate(form.about) if form.about else "",
        danger=form.danger,
        has_file=any(asked.kind is FieldKind.FILE for asked in form.fields),
        version=view.work.case.version,
        shown=view.work.shown_digest() if decides else "",
        fields=[_filled(one, typed, errors or {}) for one in fields],
    )


def _filled(one: DrawnField, typed: Mapping[str, Value] | None, errors: Mapping[str, str]) -> DrawnField:
    value, values = one.value, one.values
    if typed is not None:
        given = typed.get(one.name, "")
        value = given if isinstance(given, str) else ""
        values = [given] if isinstance(given, str) else [] if isinstance(given, bytes) else list(given)
    return DrawnField(
        name=one.name,
        kind=one.kind,
        label=one.label,
        help=one.help,
        required=one.required,
        options=one.options,
        value=value,
        values=values,
        error=errors.get(one.name, ""),
        accept=one.accept,
    )


def _fields(view: CaseView, event: Event, asked: Field) -> list[DrawnField]:
    if asked.kind is FieldKind.LEVELS:
        levels = [(key, view.translate(text)) for key, text in wording.LEVEL_CHOICES.items()]
        return [_by_code(asked, "select", code, name, options=levels) for code, name, _ in _gaps(view)]
    if asked.kind is FieldKind.REASONS:
        return [_by_code(asked, "textarea", code, name, value=why) for code, name, why in _gaps(view)]
    value, values = _known(view, event, asked)
    return [
        DrawnField(
            name=asked.name,
            kind=_MACROS[asked.kind],
            label=view.translate(asked.label),
            help=view.translate(asked.help) if asked.help else "",
            required=asked.required,
            options=_options(view, asked),
            value=value,
            values=values,
            accept=_ACCEPTED.get(asked.name, ""),
        )
    ]


def _gaps(view: CaseView) -> list[tuple[str, str, str]]:
    return [(row.outcome.code, row.outcome.name, row.why.words(view.translate)) for row in view.gaps]


def _by_code(
    asked: Field, kind: str, code: str, name: str, *, options: Sequence[Option] = (), value: str = ""
) -> DrawnField:
    return DrawnField(
        name=f"{asked.name}.{code}",
        kind=kind,
        label=f"{code} {name}",
        required=True,
        options=options,
        value=value,
    )


def _options(view: CaseView, asked: Field) -> list[Option]:
    translate = view.translate
    if asked.name == "wish":
        return [(wish, translate(text), translate(wording.WISH_HELP[wish])) for wish, text in wording.WISHES.items()]
    if asked.name == "doubt":
        return [(row.outcome.code, f"{row.outcome.code} {row.outcome.name}") for row in view.met_rows]
    if asked.name == "told":
        return [(person, view.work.people.person(person).name) for person in view.work.family]
    words: Mapping[str, Mapping[str, str]] = {
        "extent": {str(extent): text for extent, text in wording.EXTENTS.items()},
        "mark": wording.MARKS,
        "channel": wording.CHANNELS,
        "came": wording.CAME,
    }
    return [(key, translate(text)) for key, text in words.get(asked.name, {}).items()]


def _known(view: CaseView, event: Event, asked: Field) -> tuple[str, Sequence[str]]:
    """What the page can fill in itself: nothing that somebody has to decide, but what follows from the case."""
    work = view.work
    values: Mapping[tuple[Event, str], str] = {
        (Event.SUBMIT, "wish"): str(work.case.wish or ""),
        (Event.SUBMIT, "assessment"): "yes" if work.case.assessment_agreed else "",
        (Event.CONCLUDE, "mark"): work.offered_mark or "" if event is Event.CONCLUDE else "",
        (Event.AMEND_PLAN, "hours"): str(work.freed_hours) if event is Event.AMEND_PLAN else "",
        (Event.NOTIFY, "channel"): "account",
        (Event.FINISH_ASSESSMENT, "came"): "yes",
    }
    return values.get((event, asked.name), ""), work.family if asked.name == "told" else ()


_ACCEPTED: Mapping[str, str] = {"badge": ".json,.png,.svg", "signature": ".sig,.p7s,.p7m,.sgn"}
_MACROS: Mapping[FieldKind, str] = {
    FieldKind.LINE: "text",
    FieldKind.TEXT: "textarea",
    FieldKind.DAY: "day",
    FieldKind.NUMBER: "number",
    FieldKind.ONE: "choice",
    FieldKind.MANY: "choices",
    FieldKind.YES: "checkbox",
    FieldKind.FILE: "file",
}
