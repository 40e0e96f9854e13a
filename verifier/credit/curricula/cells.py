"""What stands in one cell of a curriculum or directory, read with types: pure. Raises `BadInput` whose pointer names the field."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from schemas.errors import N_
from schemas.spreadsheets.table import heading_key
from verifier.credit.curricula.errors import (
    AddressUnclear,
    FormulaInPlan,
    GradeIsDay,
    GradeUnclear,
    HoursUnclear,
    TextTooLong,
    WordUnclear,
)
from verifier.credit.matching import LEVELS, OutcomeKind
from verifier.credit.tables import Area

HOURS_MOST: Final = 5_000
CODE_MOST, TITLE_MOST, TEXT_MOST, URL_MOST = 64, 300, 1_000, 512
AREAS: Mapping[Area, str] = {
    Area.CORE: N_("обязательная часть"),
    Area.SCHOOL: N_("часть, формируемая участниками образовательных отношений"),
    Area.EXTRA: N_("внеурочная деятельность"),
}
KINDS: Mapping[OutcomeKind, str] = {
    OutcomeKind.SUBJECT: N_("предметный"),
    OutcomeKind.META: N_("метапредметный"),
    OutcomeKind.PERSONAL: N_("личностный"),
}
YES, NO = N_("да"), N_("нет")
_AREAS: Final = {
    **dict.fromkeys(("обязательная", "обязательный", "инвариантная", "core"), Area.CORE),
    **dict.fromkeys(("формируемая", "формируемая часть", "вариативная", "школьный компонент", "school"), Area.SCHOOL),
    **dict.fromkeys(("внеурочная", "внеурочный курс", "extra"), Area.EXTRA),
}
_KINDS: Final = {
    **dict.fromkeys(("предметный результат", "subject", "course", "vocational"), OutcomeKind.SUBJECT),
    **dict.fromkeys(("метапредметный результат", "мета", "ууд", "meta", "meta subject"), OutcomeKind.META),
    **dict.fromkeys(("познавательный", "коммуникативный", "регулятивный"), OutcomeKind.META),  # kinds of УУД (ФГОС)
    **dict.fromkeys(("cognitive", "communicative", "regulative"), OutcomeKind.META),
    **dict.fromkeys(("личностный результат", "personal"), OutcomeKind.PERSONAL),
}
_ANSWERS: Final = {
    **dict.fromkeys(("да", "обязательный", "обязательно", "1", "x", "х", "yes", "true"), True),
    **dict.fromkeys(("нет", "необязательный", "необязательно", "0", "no", "false"), False),
}
_GRADE: Final = re.compile(r"(1[0-2]|[1-9])(?:\s*[-–—]\s*(1[0-2]|[1-9]))?(?:\s*(курс|класс|кл\.?))?", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?://[^\s/\"<>]+[^\s\"<>]*")
_DAY: Final = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2}")

W = TypeVar("W", bound=StrEnum)
Said = Mapping[str, str]
"""What a row says, field by field."""


def address_of(said: Said, field: str) -> str:
    """The address of an outcome on the web, "" where nothing stands there."""
    text = text_of(said, field, URL_MOST)
    if text and not is_address(text):
        raise AddressUnclear(pointer=f"/{field}")
    return text


def is_address(text: str) -> bool:
    """Whether a text is an address of the web (THREATS W9: no other schemes)."""
    return _ADDRESS.fullmatch(text) is not None


def no_formulas(said: Said) -> None:
    """Raise `FormulaInPlan` where a cell holds one."""
    for field, text in said.items():
        if text.startswith("="):
            raise FormulaInPlan(pointer=f"/{field}")


def text_of(said: Said, field: str, most: int) -> str:
    """A text on one line, "" where nothing stands there."""
    text = " ".join(said.get(field, "").split())
    if len(text) > most:
        raise TextTooLong(pointer=f"/{field}", limit=most)
    return text


def grade_of(said: Said, field: str) -> str:
    """For whom a component is: "10", "7–8", "1 курс"."""
    text = said.get(field, "").strip()
    if _DAY.fullmatch(text):
        raise GradeIsDay(pointer=f"/{field}")
    found = _GRADE.fullmatch(text)
    if found is None or (found[2] and int(found[2]) <= int(found[1])):
        raise GradeUnclear(pointer=f"/{field}")
    numbers = f"{found[1]}–{found[2]}" if found[2] else found[1]
    return f"{numbers} курс" if (found[3] or "").casefold() == "курс" else numbers


def hours_of(said: Said, field: str) -> int:
    """Academic hours."""
    text = said.get(field, "").strip()
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= HOURS_MOST):  # noqa: PLR2004 - fits every database
        raise HoursUnclear(pointer=f"/{field}", limit=HOURS_MOST)
    return int(text)


def area_of(said: Said, field: str) -> Area:
    """The part of the curriculum."""
    return _word(said, field, AREAS, _AREAS)


def kind_of(said: Said, field: str) -> OutcomeKind:
    """The kind of an outcome."""
    return _word(said, field, KINDS, _KINDS)


def level_of(said: Said, field: str) -> int:
    """The level of an outcome, by its number or its name."""
    known = {**{str(level): level for level in LEVELS}, **{heading_key(name): level for level, name in LEVELS.items()}}
    found = known.get(heading_key(said.get(field, "")))
    if found is None:
        raise WordUnclear(pointer=f"/{field}", known=_listed([*map(str, LEVELS), *LEVELS.values()]))
    return found


def answer_of(said: Said, field: str) -> bool:
    """Yes or no; an empty cell says yes."""
    text = heading_key(said.get(field, ""))
    if text and text not in _ANSWERS:
        raise WordUnclear(pointer=f"/{field}", known=_listed([YES, NO]))
    return _ANSWERS.get(text, True)


def _word(said: Said, field: str, names: Mapping[W, str], also: Mapping[str, W]) -> W:
    known = {**also, **{heading_key(name): word for word, name in names.items()}}
    found = known.get(heading_key(said.get(field, "")))
    if found is None:
        raise WordUnclear(pointer=f"/{field}", known=_listed(list(names.values())))
    return found


def _listed(words: list[str]) -> str:
    return ", ".join(f"«{word}»" for word in words)
