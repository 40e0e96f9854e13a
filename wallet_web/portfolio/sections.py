"""The seven sections of a portfolio (DOMAIN row 68), and which one an achievement belongs to by what its issuer says of it."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from schemas.achievement import Achievement
from schemas.errors import N_


class Section(StrEnum):
    """A section of the portfolio, in the order of the book."""

    STUDY = "study"
    EXTRACURRICULAR = "extracurricular"
    PROJECT = "project"
    OTHER = "other"
    SOCIAL = "social"
    CULTURE = "culture"
    SPORT = "sport"


NAMES: Mapping[Section, str] = {
    Section.STUDY: N_("Учёба"),
    Section.EXTRACURRICULAR: N_("Внеурочная деятельность"),
    Section.PROJECT: N_("Проекты и исследования"),
    Section.OTHER: N_("Другое"),
    Section.SOCIAL: N_("Общественная деятельность"),
    Section.CULTURE: N_("Культура и искусство"),
    Section.SPORT: N_("Спорт"),
}
_TYPES: Mapping[str, Section] = {
    "ext:CreditRecognition": Section.STUDY,
    "Assessment": Section.STUDY,
    "Course": Section.STUDY,
    "SecondarySchoolDiploma": Section.STUDY,
    "CoCurricular": Section.EXTRACURRICULAR,
    "CommunityService": Section.SOCIAL,
    "Membership": Section.SOCIAL,
    "Assignment": Section.PROJECT,
}
"""Types of Open Badges 3.0 (`achievementType`) that say it by themselves."""
_FORMS: Mapping[str, Section] = {
    "сетевая": Section.STUDY,
    "смешанная": Section.STUDY,
    "дистанционная": Section.STUDY,
    "зачёт результатов": Section.STUDY,
    "дополнительное образование": Section.EXTRACURRICULAR,
    "полевая": Section.EXTRACURRICULAR,
    "предметный курс": Section.STUDY,
    "краткий курс": Section.EXTRACURRICULAR,
    "курс средней длительности": Section.EXTRACURRICULAR,
    "клуб": Section.EXTRACURRICULAR,
    "социальная практика": Section.SOCIAL,
    "профессиональная проба": Section.OTHER,
}
_PROJECT_CODES = "ИП."
_STEMS: tuple[tuple[Section, tuple[str, ...]], ...] = (
    (Section.SPORT, ("спорт", "физкульт", "гто", "sport", "athlet")),
    (Section.CULTURE, ("искусств", "музык", "театр", "хореогр", "живопис", "культур", "music", "theatre", "dance")),
)


def section_of(achievement: Achievement) -> Section:
    """The section by field of study, type, outcomes, then form of activity; `OTHER` where nothing tells. Pure."""
    field = achievement.document.get("fieldOfStudy")
    tags = [tag for tag in achievement.tags if ": " not in tag]
    named = _by_words([field if isinstance(field, str) else "", *tags])
    if named is not None:
        return named
    if achievement.kind in _TYPES:
        return _TYPES[achievement.kind]
    codes = [alignment.code for alignment in achievement.alignments]
    if any(code.startswith(_PROJECT_CODES) for code in codes):
        return Section.PROJECT
    forms = (tag.partition("форма: ")[2] for tag in achievement.tags)
    return next((_FORMS[form] for form in forms if form in _FORMS), Section.OTHER)


def _by_words(texts: Iterable[str]) -> Section | None:
    words = [word for text in texts for word in text.casefold().replace("-", " ").split()]
    found = (section for section, stems in _STEMS if any(word.startswith(stem) for word in words for stem in stems))
    return next(found, None)
