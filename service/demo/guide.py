"""What the demonstration's start page offers: whom to sign in as, what to open without signing in, how to use a phone."""

import socket

from keys.actor import Role
from schemas.errors import N_
from service.demo.municipality import Municipality
from service.demo.people import account_of, guardian_of
from service.demo.stories import STORIES
from service.demo.story import Story
from service.start import DemoGroup, DemoGuide, DemoPerson

CAST = {
    "rektorova": N_("Вручает значок от университета и может его отозвать"),
    "l1": N_("Значки, ссылка для вуза, зачтённый проект"),
    "l1-guardian": N_("Заявление о зачёте, согласие, уведомления"),
    "mkhova": N_("Регистрирует заявления, уведомляет семью"),
    "ryabinin": N_("Проверка, сопоставление, комиссия, план"),
    "brusnitsyn": N_("Подписывает сопоставление, голосует"),
    "klyukva": N_("Голосует в комиссии"),
    "severtseva": N_("Записывает подписанный приказ"),
    "osokina": N_("Договор с колледжем, отказ, пересмотр зачёта"),
    "l4": N_("Отказ в зачёте и возражение"),
    "iva": N_("Отвечает на возражение"),
    guardian_of("l7"): N_("Учёба без зачёта, пересмотр решения"),
    guardian_of("l2"): N_("Подала заявление за младшего сына"),
    "l6": N_("Перешёл в другую школу с записанным результатом"),
    "kedrov": N_("Колледж засчитывает чужой модуль"),
    "tokarev": N_("Проверяет чужой значок"),
    "operator": N_("Журнал сети"),
}
ROLE_WORDS = {
    Role.AWARDER: N_("вручает значки"),
    Role.MANAGER: N_("ручается за значки других"),
    Role.DIRECTOR: N_("директор"),
    Role.DEPUTY: N_("заместитель директора"),
    Role.SECRETARY: N_("делопроизводитель"),
    Role.CLASS_TEACHER: N_("классный руководитель"),
    Role.TEACHER: N_("учитель, член комиссии"),
    Role.TUTOR: N_("тьютор"),
    Role.NETWORK_MANAGER: N_("сетевой менеджер"),
    Role.OPERATOR: N_("координатор сети"),
    Role.DISPUTES: N_("комиссия по урегулированию споров"),
    Role.AUTHORITY: N_("специалист управления образования"),
}
LEARNER, GUARDIAN = N_("обучающийся"), N_("законный представитель")
SCHOOL_KINDS = frozenset({"school"})


def guide(municipality: Municipality, *, share: str, phone: str) -> DemoGuide:
    """The start page of this demonstration; `share` and `phone` are addresses or empty.

    First come the people whom the stories are about, in the order in which they act; everybody else is folded away.
    """
    everybody = {**_families(municipality), **_staff(municipality)}
    schools = {row.code for row in municipality.organisations if row.kind in SCHOOL_KINDS}
    others = [member for member in municipality.staff if member.code not in CAST]
    at_school = [member.code for member in others if member.roles[0][0] in schools]
    elsewhere = [member.code for member in others if member.roles[0][0] not in schools]
    families = [code for code in _families(municipality) if code not in CAST]
    return DemoGuide(
        municipality=municipality.name,
        groups=tuple(
            DemoGroup(title, tuple(everybody[code] for code in codes))
            for title, codes in (
                (N_("Кто участвует в сюжетах"), list(CAST)),
                (N_("Остальные сотрудники школ"), at_school),
                (N_("Остальные партнёры и сеть"), elsewhere),
                (N_("Другие семьи"), families),
            )
        ),
        stories=tuple((story.scenario, story.title) for story in sorted(STORIES, key=_place) if story.scenario),
        share=share,
        phone=phone,
    )


def _place(story: Story) -> tuple[int, ...]:
    """Stories by their numbers, a twin (2.2) after its story."""
    return tuple(int(part) for part in story.scenario.split(".") if part)


def _families(municipality: Municipality) -> dict[str, DemoPerson]:
    people: dict[str, DemoPerson] = {}
    for learner in municipality.learners:
        code, place = learner.code, f"{_name(municipality, learner.school)}, {learner.grade}"
        people[code] = DemoPerson(account_of(code), learner.name, LEARNER, CAST.get(code, place))
        if learner.guardian:
            code = guardian_of(learner.code)
            people[code] = DemoPerson(account_of(code), learner.guardian, GUARDIAN, CAST.get(code, learner.name))
    return people


def _staff(municipality: Municipality) -> dict[str, DemoPerson]:
    return {
        member.code: DemoPerson(
            account_of(member.code),
            member.name,
            ROLE_WORDS[member.roles[0][1]],
            CAST.get(member.code, _name(municipality, member.roles[0][0])),
        )
        for member in municipality.staff
    }


def _name(municipality: Municipality, code: str) -> str:
    return next(row.name for row in municipality.organisations if row.code == code)


def address_in_network() -> str:
    """The address of this machine for others in its network, as far as it can be known without asking anyone."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: nothing is sent, only a route is chosen
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
