"""Where a person may want to go, by what they are; the rights decide what they may do there."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from keys.actor import Actor, Role
from schemas.errors import N_
from service.settings import Part

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
OUTBOX_ROLES = frozenset({Role.SECRETARY})
ISSUER_ROLES = frozenset({Role.AWARDER, Role.MANAGER})


class Place(NamedTuple):
    """A page to go to; `label` and `about` are message ids, `room` is the part of the house it lies in, "" for the hall."""

    href: str
    label: str
    about: str
    room: Part | Literal[""] = ""


WALLET = Place("/wallet", N_("Значки"), N_("Что получено, подлинно ли это сегодня, кому показать."), "wallet")
OWN_CASES = Place(
    "/credit", N_("Зачёт результатов"), N_("Где заявление сейчас, что дальше и к какому сроку."), "verifier"
)
DESK = Place("/credit", N_("Зачёт результатов"), N_("Что ждёт вас сегодня и что просрочено."), "verifier")
NOTICES = Place("/notices", N_("Уведомления"), N_("Что сообщила школа."), "verifier")
OUTBOX = N_("Уведомления на бумаге")
OUTBOX_ABOUT = N_("Что напечатать и вручить тем, кому не дошло письмо.")
VERIFY = Place("/verify", N_("Проверить значок"), N_("Подлинный или нет и почему."), "verifier")
JOURNAL = Place("/journal", N_("Журнал"), N_("Кто и когда выдавал, решал и смотрел."))
AWARDING = N_("Выдача значков")
AWARDING_ABOUT = N_("Модули организации, новые и выданные значки.")
KEYS = N_("Ключи подписи")
KEYS_ABOUT = N_("Чем организация подписывает значки и когда ключ сменить.")


def places_of(actor: Actor, rooms: Iterable[Part]) -> list[Place]:
    """The places of one person in an installation with these rooms, the most important first."""
    there = {"", *rooms}
    return [place for place in dict.fromkeys(_places(actor)) if place.room in there]


def _places(actor: Actor) -> Iterator[Place]:
    roles = {membership.role for membership in actor.memberships}
    if actor.learner or actor.wards:
        yield from (WALLET, OWN_CASES, NOTICES)
    elif roles & SCHOOL_ROLES:
        yield DESK
    if Role.OPERATOR in roles:
        yield JOURNAL
    for organisation in _organisations(actor, OUTBOX_ROLES):
        yield Place(f"/outbox/{organisation}", OUTBOX, OUTBOX_ABOUT, "verifier")
    for organisation in _organisations(actor, ISSUER_ROLES):
        yield Place(f"/issuer/{organisation}", AWARDING, AWARDING_ABOUT, "issuer")
    for organisation in _organisations(actor, {Role.MANAGER}):
        yield Place(f"/keys/{organisation}", KEYS, KEYS_ABOUT)
    yield VERIFY


def _organisations(actor: Actor, roles: Iterable[Role]) -> list[str]:
    wanted = set(roles)
    return sorted({membership.organisation for membership in actor.memberships if membership.role in wanted})
