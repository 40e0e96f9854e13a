"""Where a person may want to go, by what they are; the rights decide what they may do there."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from keys.actor import Actor, Role
from schemas.errors import N_
from service.settings import Part, Settings

SCHOOL_ROLES = frozenset(
    {
        Role.SECRETARY,
        Role.DEPUTY,
        Role.DIRECTOR,
        Role.TEACHER,
        Role.CLASS_TEACHER,
        Role.TUTOR,
        Role.COMMISSION,
        Role.CHAIR,
        Role.DISPUTES,
    }
)
COMPANION_ROLES = frozenset({Role.CLASS_TEACHER, Role.TUTOR})
ROLL_ROLES = frozenset({Role.SECRETARY, Role.DEPUTY, Role.DIRECTOR})
OUTBOX_ROLES = frozenset({Role.SECRETARY})
ASKER_ROLES = frozenset({Role.READER, Role.MANAGER})
ENDORSER_ROLES = frozenset({Role.MANAGER, Role.AUTHORITY, Role.NETWORK_MANAGER})
ISSUER_ROLES = frozenset({Role.AWARDER, Role.MANAGER})


Room = Part | Literal["programs", "network", ""]


class Place(NamedTuple):
    """A page to go to; `label` and `about` are message ids, `room` is the part of the house it lies in, "" for the hall.

    "programs" is there where programs may come, "network" where the network's list is kept.

    `whose` is the short name of the organisation it belongs to, where the person has the same page of several.
    """

    href: str
    label: str
    about: str
    room: Room = ""
    whose: str = ""


WALLET = Place("/wallet", N_("Значки"), N_("Что получено, подлинно ли это сегодня, кому показать."), "wallet")
OWN_CASES = Place(
    "/credit", N_("Зачёт результатов"), N_("Где заявление сейчас, что дальше и к какому сроку."), "verifier"
)
DESK = Place("/credit", N_("Зачёт результатов"), N_("Что ждёт вас сегодня и что просрочено."), "verifier")
QUEUE = Place(
    "/portfolio/queue",
    N_("Достижения на подтверждение"),
    N_("Что ученики рассказали о себе и просят подтвердить."),
    "wallet",
)
NOTICES = Place("/notices", N_("Уведомления"), N_("Что сообщила школа."), "verifier")
VERIFY = Place("/verify", N_("Проверить значок"), N_("Подлинный или нет и почему."), "verifier")
JOURNAL = Place("/journal", N_("Журнал"), N_("Кто и когда выдавал, решал и смотрел."))
REQUESTS = Place("/requests", N_("Запросы значков"), N_("Попросить показать значки и прочитать ответ."), "verifier")
NETWORK = Place("/network", N_("Участники сети"), N_("Кто и с какого дня может выдавать значки, новые заявки."))
FRAMEWORKS = Place(
    "/network/frameworks",
    N_("Каталоги результатов"),
    N_("Из чего организации выбирают результаты для значков."),
    "network",
)
JOIN = Place("/join", N_("Вступить в сеть"), N_("Заявка организации и что по ней решили."), "network")
OFFICES: tuple[tuple[frozenset[Role], Place], ...] = (
    (ROLL_ROLES, Place("/roll/{organisation}", N_("Ученики школы"), N_("Классы, списки, законные представители."))),
    (
        ROLL_ROLES,
        Place(
            "/objections/{organisation}",
            N_("Возражения учеников"),
            N_("Кто не согласен с тем, что сделано от его имени, и до какого дня ответить."),
            "wallet",
        ),
    ),
    (
        OUTBOX_ROLES,
        Place(
            "/outbox/{organisation}",
            N_("Уведомления на бумаге"),
            N_("Что напечатать и вручить тем, кому не дошло письмо."),
            "verifier",
        ),
    ),
    (
        frozenset({Role.NETWORK_MANAGER}),
        Place(
            "/credit/dates/{organisation}",
            N_("Сроки зачёта по школам"),
            N_("Для расписания: где сейчас каждое заявление и до какого дня."),
            "verifier",
        ),
    ),
    (ASKER_ROLES, REQUESTS),
    (
        ISSUER_ROLES,
        Place(
            "/issuer/{organisation}", N_("Выдача значков"), N_("Модули организации, новые и выданные значки."), "issuer"
        ),
    ),
    (
        ENDORSER_ROLES,
        Place(
            "/endorsements/{organisation}",
            N_("Поручительства"),
            N_("За какие значки других организаций вас просят поручиться."),
            "issuer",
        ),
    ),
    (
        frozenset({Role.MANAGER, Role.DIRECTOR}),
        Place("/members/{organisation}", N_("Сотрудники и роли"), N_("Кто кем работает в организации; приглашения.")),
    ),
    (
        frozenset({Role.DIRECTOR}),
        Place(
            "/substitutions/{organisation}", N_("Кто кого замещает"), N_("Чьи обязанности на время перешли к коллеге.")
        ),
    ),
    (
        frozenset({Role.MANAGER}),
        Place(
            "/keys/{organisation}", N_("Ключи подписи"), N_("Чем организация подписывает значки и когда ключ сменить.")
        ),
    ),
    (
        frozenset({Role.MANAGER}),
        Place(
            "/tokens/{organisation}",
            N_("Программы"),
            N_("Каким программам организация доверила выдачу и проверку значков."),
            "programs",
        ),
    ),
)
"""What there is for every organisation where somebody holds one of these roles."""


def rooms_of(settings: Settings) -> tuple[Room, ...]:
    """The rooms of an installation."""
    programs: tuple[Room, ...] = ("programs",) if settings.vc_api == "on" else ()
    network: tuple[Room, ...] = () if settings.operator_host else ("network",)
    return (*settings.parts, *programs, *network)


NO_NAMES: Mapping[str, str] = MappingProxyType({})


def places_of(actor: Actor, rooms: Iterable[Room], names: Mapping[str, str] = NO_NAMES) -> list[Place]:
    """The places of one person in an installation with these rooms, the most important first.

    `names` are short names of organisations by code, asked for where somebody has one page of several organisations.
    """
    there = {"", *rooms}
    return [place for place in dict.fromkeys(_places(actor, names)) if place.room in there]


def place_of(path: str, places: Iterable[Place]) -> str:
    """Which of the places a page belongs to, by its address: the nearest of those that lead to it, "" for none."""
    return max((place.href for place in places if f"{path}/".startswith(f"{place.href}/")), key=len, default="")


def _places(actor: Actor, names: Mapping[str, str]) -> Iterator[Place]:
    roles = {membership.role for membership in actor.memberships}
    if actor.learner or actor.wards:
        yield from (WALLET, OWN_CASES, NOTICES)
    elif roles & SCHOOL_ROLES:
        yield DESK
    elif actor.person and not roles:  # invited by the network to speak for an organisation that wants to join
        yield JOIN
    if roles & COMPANION_ROLES:
        yield QUEUE
    if Role.OPERATOR in roles:
        yield from (NETWORK, FRAMEWORKS, JOURNAL)
    yield from _offices(actor, names)
    yield VERIFY


def _offices(actor: Actor, names: Mapping[str, str]) -> Iterator[Place]:
    for roles, place in OFFICES:
        organisations = sorted({held.organisation for held in actor.memberships if held.role in roles})
        pages = list(dict.fromkeys(place.href.format(organisation=one) for one in organisations))
        for href, organisation in zip(pages, organisations, strict=False):
            yield place._replace(href=href, whose=names.get(organisation, organisation) if len(pages) > 1 else "")
