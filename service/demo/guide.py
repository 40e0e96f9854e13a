"""What the demonstration's start page offers: whom to sign in as, what to open without signing in, how to use a phone."""

import socket

from keys.actor import Role
from schemas.errors import N_
from service.demo.municipality import LearnerRow, Municipality, StaffRow
from service.demo.people import account_of, guardian_of
from service.start import DemoGroup, DemoGuide, DemoPerson

MAIN = "l1"
TRY = {
    "l1": N_("Значки, ссылка для вуза, зачёт проекта"),
    "l1-guardian": N_("Заявление, согласие, уведомления"),
    "mkhova": N_("Регистрация заявлений, уведомления"),
    "ryabinin": N_("Проверка, сопоставление, комиссия"),
    "severtseva": N_("Приказы о зачёте"),
    "rektorova": N_("Вручить значок, отозвать"),
    "tokarev": N_("Проверить чужой значок"),
    "operator": N_("Журнал сети"),
}
ROLE_WORDS = {
    Role.AWARDER: N_("вручает значки"),
    Role.DIRECTOR: N_("директор"),
    Role.DEPUTY: N_("заместитель директора"),
    Role.SECRETARY: N_("делопроизводитель"),
    Role.CLASS_TEACHER: N_("классный руководитель"),
    Role.TEACHER: N_("учитель, член комиссии"),
    Role.TUTOR: N_("тьютор"),
    Role.NETWORK_MANAGER: N_("сетевой менеджер"),
    Role.OPERATOR: N_("координатор сети"),
    Role.AUTHORITY: N_("специалист управления образования"),
}
LEARNER, GUARDIAN = N_("обучающийся"), N_("законный представитель")
SCHOOL_KINDS = frozenset({"school"})


def guide(municipality: Municipality, *, share: str, phone: str) -> DemoGuide:
    """The start page of this demonstration; `share` and `phone` are addresses or empty."""
    first = [learner for learner in municipality.learners if learner.code == MAIN]
    others = [learner for learner in municipality.learners if learner.code != MAIN]
    schools = {row.code for row in municipality.organisations if row.kind in SCHOOL_KINDS}
    at_school = [one for one in municipality.staff if one.roles[0][0] in schools]
    elsewhere = [one for one in municipality.staff if one not in at_school]
    return DemoGuide(
        municipality=municipality.name,
        groups=(
            DemoGroup(N_("Ученица и её мама"), tuple(_family(municipality, first))),
            DemoGroup(N_("Школы"), tuple(_staff(municipality, one) for one in at_school)),
            DemoGroup(N_("Партнёры и сеть"), tuple(_staff(municipality, one) for one in elsewhere)),
            DemoGroup(N_("Другие семьи"), tuple(_family(municipality, others))),
        ),
        share=share,
        phone=phone,
    )


def _family(municipality: Municipality, learners: list[LearnerRow]) -> list[DemoPerson]:
    people: list[DemoPerson] = []
    for learner in learners:
        place = f"{_name(municipality, learner.school)}, {learner.grade}"
        people.append(DemoPerson(account_of(learner.code), learner.name, LEARNER, TRY.get(learner.code, place)))
        if learner.guardian:
            code = guardian_of(learner.code)
            people.append(DemoPerson(account_of(code), learner.guardian, GUARDIAN, TRY.get(code, learner.name)))
    return people


def _staff(municipality: Municipality, one: StaffRow) -> DemoPerson:
    organisation, role = one.roles[0]
    note = TRY.get(one.code, _name(municipality, organisation))
    return DemoPerson(account_of(one.code), one.name, ROLE_WORDS[role], note)


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
