"""Every setting of a school's policy as people know it: its name, what it does, its limits; and what one edition changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from schemas.errors import N_
from verifier.credit.policy import SchoolPolicy


class Kind(StrEnum):
    """What a setting is, and so how it is asked for and told."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    PERCENT = "percent"
    VOTES = "votes"
    YES = "yes"
    DAY = "day"
    CLASSES = "classes"
    YEARS = "years"
    SCALES = "scales"


@dataclass(frozen=True, slots=True)
class Setting:
    """One field of `SchoolPolicy`. `least` and `most` are the limits of a number."""

    name: str
    kind: Kind
    label: str
    help: str = ""
    least: int = 1
    most: int = 60


NUMBERS = frozenset({Kind.WORKING_DAYS, Kind.CALENDAR_DAYS, Kind.PERCENT, Kind.VOTES})
_DAYS = Kind.WORKING_DAYS
SETTINGS: Mapping[str, tuple[Setting, ...]] = {
    N_("Сроки"): (
        Setting("register_days", _DAYS, N_("Зарегистрировать заявление"), N_("Со дня, когда его подали."), most=5),
        Setting(
            "decide_days",
            _DAYS,
            N_("Принять решение"),
            N_("Со дня регистрации. Пока школа ждёт документов, этот срок стоит."),
        ),
        Setting(
            "documents_days",
            Kind.CALENDAR_DAYS,
            N_("Ждать документов, о которых попросила школа"),
            N_("Потом заявление закрывают без рассмотрения."),
            least=5,
            most=180,
        ),
        Setting(
            "unknown_days",
            _DAYS,
            N_("Повторять проверку, если она не удаётся"),
            N_("Потом заместитель директора спрашивает организацию, выдавшую значок."),
            most=20,
        ),
        Setting("assessment_notice_days", _DAYS, N_("Предупредить о дне оценивания"), N_("Не позднее чем за столько.")),
        Setting("notice_days", _DAYS, N_("Сообщить семье о решении"), N_("Со дня приказа или отказа."), most=3),
        Setting("plan_days", _DAYS, N_("Изменить учебный план"), N_("После уведомления о зачёте.")),
        Setting("close_days", _DAYS, N_("Внести зачёт в журнал и личное дело"), N_("После изменения учебного плана.")),
        Setting("appeal_days", _DAYS, N_("Подать возражение"), N_("Столько есть у семьи после уведомления.")),
        Setting("appeal_answer_days", _DAYS, N_("Ответить на возражение")),
        Setting("review_days", _DAYS, N_("Пересмотреть решение"), N_("Если значок отозван уже после зачёта.")),
        Setting(
            "objection_days",
            _DAYS,
            N_("Ответить ученику, который возразил против сделанного от его имени"),
        ),
    ),
    N_("Решение"): (
        Setting(
            "quorum",
            Kind.VOTES,
            N_("Сколько голосов комиссии нужно"),
            N_("Не меньше двух, и всегда больше половины комиссии, даже если здесь меньше."),
            least=2,
            most=50,
        ),
        Setting("partial_allowed", Kind.YES, N_("Можно зачесть часть: отдельный раздел плана")),
        Setting(
            "threshold_percent",
            Kind.PERCENT,
            N_("С какой доли обязательных результатов программа предлагает зачесть часть"),
            N_("Решает всё равно комиссия."),
            most=100,
        ),
    ),
    N_("Приём заявлений и календарь"): (
        Setting("learner_confirms", Kind.YES, N_("Ученик 14–17 лет подтверждает заявление родителя")),
        Setting(
            "last_application_day",
            Kind.DAY,
            N_("Последний день заявлений в выпускных классах"),
            N_("Не позднее чем за месяц до итоговой аттестации. Пусто — без ограничения."),
        ),
        Setting("final_grades", Kind.CLASSES, N_("Выпускные классы"), N_("Через запятую, например: 9, 11.")),
        Setting("six_day_week", Kind.YES, N_("Школа учится шесть дней в неделю")),
        Setting(
            "calendar_years",
            Kind.YEARS,
            N_("Годы, календарь которых школа ввела сама"),
            N_(
                "Нужны, если постановления о переносе выходных на этот год ещё нет. Переносы укажите на странице рабочих дней."
                " Действует сразу и для начатых заявлений."
            ),
        ),
    ),
    N_("Перевод в отметку"): (Setting("conversions", Kind.SCALES, N_("Шкалы")),),
}
"""By the heading under which people find them."""
EVERY = tuple(one for group in SETTINGS.values() for one in group)


@dataclass(frozen=True, slots=True)
class Change:
    """What an edition changes in one setting."""

    setting: Setting
    before: Any
    after: Any


def changes(before: SchoolPolicy, after: SchoolPolicy) -> list[Change]:
    """What differs, in the order of the form."""
    pairs = ((one, getattr(before, one.name), getattr(after, one.name)) for one in EVERY)
    return [Change(*pair) for pair in pairs if pair[1] != pair[2]]
