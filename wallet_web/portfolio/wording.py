"""The portfolio's words for what is kept as codes."""

from collections.abc import Callable, Mapping

from schemas.errors import N_
from wallet_web.portfolio.sections import NAMES, Section
from wallet_web.portfolio.tables import GoalState, Kind, NoteKind, Scale, State

Translate = Callable[[str], str]

SCALES: Mapping[Scale, str] = {
    Scale.SCHOOL: N_("в школе"),
    Scale.MUNICIPAL: N_("в муниципалитете"),
    Scale.REGIONAL: N_("в регионе"),
    Scale.NATIONAL: N_("в России"),
    Scale.INTERNATIONAL: N_("международный"),
}
STATES: Mapping[State, str] = {
    State.OWN: N_("видите только вы"),
    State.ASKED: N_("ждёт учителя"),
    State.RETURNED: N_("учитель вернул"),
    State.CONFIRMED: N_("школа подтвердила"),
}
KINDS: Mapping[Kind, str] = {Kind.ACHIEVEMENT: N_("Достижение"), Kind.WORK: N_("Работа")}
GOALS: Mapping[GoalState, str] = {
    GoalState.OPEN: N_("в работе"),
    GoalState.REACHED: N_("достигнута"),
    GoalState.DROPPED: N_("отложена"),
}
NOTES: Mapping[NoteKind, str] = {
    NoteKind.REFLECTION: N_("Заметка"),
    NoteKind.STATEMENT: N_("О себе"),
    NoteKind.ADVICE: N_("Совет"),
}


def section_options(translate: Translate) -> list[tuple[str, str]]:
    """The sections for a choice in a form."""
    return [(section.value, translate(NAMES[section])) for section in Section]


def scale_options(translate: Translate) -> list[tuple[str, str]]:
    """How far an event reached, for a choice in a form."""
    return [(scale.value, translate(SCALES[scale])) for scale in Scale]
