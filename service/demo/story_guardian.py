"""Scenario 3: Тимур is thirteen; he may prepare an application, and only his mother may hand it in."""

from collections.abc import Iterator

from schemas.errors import N_
from service.demo.casework import S1, Casework, apply, hand_in, read_case
from service.demo.people import account_of, guardian_of
from service.demo.stage import Found, Stage
from service.demo.story import Story
from service.demo.wallets import file_of, held, learner_names, verdict_of

TITLE = N_("Тринадцатилетний ученик не подаёт заявление сам: его подаёт мама")
COMPONENT, MODULE = "Робототехника", "Робототехника: командный проект"
RECOGNITION = "Зачёт результатов: Робототехника (внеурочный курс)"
TIMUR, CASE, REVIEW = "l2", "case of scenario 3", "review page of scenario 3"


def play(stage: Stage) -> Iterator[str]:
    """A draft by the learner, refused to him, handed in by his mother, credited."""
    yield "2026-10-19 17:10"
    stage.title(TITLE)
    with stage.step("Тимур сам выбрал часть плана и значок: получился черновик"):
        stage.remembered[REVIEW] = review = apply(stage, TIMUR, COMPONENT, [MODULE])
    with stage.step("Подать заявление Тимур не может: отказано"):
        stage.must_refuse(stage.person(TIMUR).force(review, {"version": "1"}))
    with stage.step("Мама прочитала черновик и подала заявление"):
        stage.remembered[CASE] = hand_in(stage, review, guardian_of(TIMUR))
    case = Casework(stage, S1, stage.remembered[CASE])
    yield "2026-10-20 09:00"
    case.register()
    yield "2026-10-21 10:20"
    case.accept()
    yield "2026-10-22 12:00"
    case.compare("Учитель подписал сопоставление: результат показан")
    yield "2026-10-23 15:10"
    case.decide("full", "Подписан протокол комиссии", mark="pass")
    yield "2026-10-26 11:00"
    case.order("203-у")
    yield "2026-10-26 13:20"
    case.notify(TIMUR)
    yield "2026-10-27 09:15"
    case.carry_out(34, "План изменён: освободилось 34 часа")


def read_back(stage: Stage) -> Found:
    """The case, who handed it in, and what strangers can see: nothing of the wallet, no name on a checked badge."""
    case = read_case(stage, CASE, guardian_of(TIMUR))
    submitted = [step["party"] for step in case.get("steps", ()) if step["event"] == "submit"]
    wallet = stage.stranger().get(f"/api/wallet/{account_of(TIMUR)}", accept="application/json")
    checked = ""
    if RECOGNITION in held(stage, TIMUR):
        badge = file_of(stage, TIMUR, RECOGNITION).decode()
        checked = badge + stage.stranger().attempt("/verify", "/verify", {"text": badge}).text
    expected = {
        "case": "closed",
        "decision": "full",
        "submitted_by": ["guardian"],
        "wallet_is_public": False,
        "names_shown": [],
        "recognition": "valid",
    }
    got = {
        "case": case.get("state"),
        "decision": case.get("extent"),
        "submitted_by": submitted,
        "wallet_is_public": wallet.status == 200,  # noqa: PLR2004 - HTTP
        "names_shown": [name for name in learner_names(stage) if name in checked],
        "recognition": verdict_of(stage, TIMUR, RECOGNITION),
    }
    return Found("3", TITLE, expected, got)


STORY = Story(scenario="3", title=TITLE, play=play, read_back=read_back)
