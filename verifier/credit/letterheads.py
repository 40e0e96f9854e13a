"""What stands at the head of a school's documents (ГОСТ Р 7.0.97-2016, §5): names, address, numbers, place, who signs."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from sqlmodel import Session

from keys.organisations import find
from schemas.errors import N_
from verifier.credit.errors import BlankTooLong
from verifier.credit.tables import LetterheadRow

LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """One school's head; every field may be empty but the name."""

    name: str = ""
    short: str = ""
    above: str = ""
    address: str = ""
    contacts: str = ""
    numbers: str = ""
    place: str = ""
    director: str = ""
    position: str = "Директор"


LABELS: Mapping[str, tuple[str, str]] = {
    "above": (N_("Учредитель"), N_("Стоит над названием школы, например: «Администрация муниципального округа».")),
    "name": (N_("Полное название"), N_("По уставу.")),
    "short": (N_("Краткое название"), ""),
    "address": (N_("Адрес"), ""),
    "contacts": (N_("Телефон, почта, сайт"), ""),
    "numbers": (N_("ОКПО, ОГРН, ИНН и КПП"), N_("Одной строкой, так же она будет напечатана.")),
    "place": (N_("Место составления"), N_("Населённый пункт, например: «п. Североозёрск».")),
    "position": (N_("Должность руководителя"), ""),
    "director": (N_("Руководитель"), N_("Инициалы и фамилия, например: «Г. М. Северцева».")),
}


def letterhead_of(session: Session, school: str) -> Letterhead:
    """The school's head; until it enters one, only the name of the register."""
    row = session.get(LetterheadRow, school)
    if row is None:
        return Letterhead(name=find(session, school).name)
    return Letterhead(**row.document)


def enter(session: Session, school: str, given: Mapping[str, str]) -> Letterhead:
    """Keep what a school entered. Raises `BlankTooLong` for a field that does not fit."""
    known = {one.name: given.get(one.name, "").strip() for one in fields(Letterhead)}
    for name, text in known.items():
        if len(text) > LONGEST:
            raise BlankTooLong(pointer=f"/{name}", most=LONGEST)
    head = Letterhead(**{**known, "name": known["name"] or find(session, school).name})
    session.merge(LetterheadRow(school=school, document=asdict(head)))
    session.flush()
    return head
