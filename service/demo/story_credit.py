"""Scenario 1: the university's badge M08 becomes credit for the individual project at Алина's school."""

from service.demo import sabotage
from service.demo.awarding import award
from service.demo.people import account_of, guardian_of
from service.demo.stage import Found, Stage
from service.demo.visitor import form_of
from service.demo.wallets import LEARNER, WALLET, badge_file, badges, guardian

TITLE = "Значок вуза «Исследовательский проект» засчитан школой как индивидуальный проект"
COMPONENT = "Индивидуальный проект"
CASE_PAGE = "page of the case"
DIRECTOR = "Директор Г. М. Северцева"
NUMBER = "214-у"


def play(stage: Stage) -> None:
    """From the award to the school's own badge."""
    stage.title("1", TITLE)
    _award(stage)
    for break_, act in sabotage.ACTS.items():
        if break_ in stage.breaks:
            act(stage)
    case = _apply(stage)
    _check(stage, case)
    _decide(stage, case)
    _carry_out(stage, case)


def _award(stage: Stage) -> None:
    stage.at("2026-10-30 15:20")
    with stage.step("Университет вручил Алине значок: 87 баллов из 100, подпись поставлена и проверена"):
        stage.remembered[sabotage.AWARD_PAGE] = award(
            stage,
            by="rektorova",
            organisation="ugu",
            module="m08",
            learner=LEARNER,
            event="Протокол защиты № 17 от 30 октября",
            result="87",
        )
    with stage.step("Значок лежит в кошельке Алины"):
        badge_file(stage, "m08")


def _apply(stage: Stage) -> str:
    """The guardian's application; returns the path of the case's page."""
    stage.at("2026-11-02 19:40")
    family, page = guardian(stage), f"{WALLET}/apply"
    with stage.step("Мама выбрала часть плана «Индивидуальный проект» и значок"):
        shown = family.get(page)
        form = form_of(shown, page)
        answers: dict[str, str | list[str]] = {
            "item": form.option("item", COMPONENT),
            "badge": [str(badges(stage)["m08"]["id"])],
            "wish": "full",
            "assessment": "yes",
            "act": "keep",
        }
        review = family.accepted(family.press(shown, page, answers))
    with stage.step("Мама ещё раз всё прочитала и подала заявление о зачёте результатов"):
        case = family.accepted(family.press(review, review.path, {})).path
        stage.remembered[CASE_PAGE] = case
        return case


def _check(stage: Stage, case: str) -> None:
    stage.at("2026-11-03 09:10")
    _act(stage, case, "mkhova", "register", "Делопроизводитель зарегистрировала заявление")
    stage.at("2026-11-05 10:00")
    _act(
        stage,
        case,
        "ryabinin",
        "accept-check",
        "Значок проверен: подпись, организация, отзыв, ученица. Принято завучем",
    )


def _decide(stage: Stage, case: str) -> None:
    stage.at("2026-11-09 12:30")
    _act(stage, case, "brusnitsyn", "sign-matrix", "Учитель подписал сопоставление: показаны все четыре результата")
    _act(stage, case, "ryabinin", "send-to-commission", "Завуч направил дело на комиссию")
    stage.at("2026-11-10 15:00")
    vote = "refuse" if sabotage.DECIDE in stage.breaks else "full"
    for member in ("brusnitsyn", "klyukva", "ryabinin"):
        _act(stage, case, member, "vote", "Член комиссии проголосовал", extent=vote, free="yes")
    _act(stage, case, "ryabinin", "conclude", "Подписан протокол комиссии", extent=vote, mark="5")
    day = stage.at("2026-11-11 11:00").date().isoformat()
    paper = {"number": NUMBER, "date": day, "signer": DIRECTOR}
    _act(stage, case, "severtseva", "order", "Директор записала подписанный приказ", **paper)


def _carry_out(stage: Stage, case: str) -> None:
    stage.at("2026-11-12 09:30")
    told = [account_of(guardian_of(LEARNER)), account_of(LEARNER)]
    _act(stage, case, "mkhova", "notify", "Семья уведомлена", told=told)
    stage.at("2026-11-12 14:00")
    _act(stage, case, "ryabinin", "amend-plan", "План изменён: часть зачтена, освободилось 34 часа", hours="34")
    stage.at("2026-11-13 10:15")
    _act(stage, case, "ryabinin", "close", "Дело закрыто, школа вручила свой значок", journal="yes", file="yes")
    stage.work()


def _act(stage: Stage, case: str, who: str, event: str, title: str, **answers: str | list[str]) -> None:
    with stage.step(title):
        stage.person(who).submit(case, f"{case}/{event}", dict(answers))


def read_back(stage: Stage) -> Found:
    """The case as its family reads it, the plan, the wallet, and what a stranger's verification says of both badges."""
    expected = {
        "case": "closed",
        "decision": "full",
        "plan": "credited",
        "badge": "valid",
        "recognition": "valid",
        "in_wallet": True,
    }
    held, family = badges(stage), guardian(stage)
    page = stage.remembered.get(CASE_PAGE)
    case = family.read(f"/api{page}") if page else {}
    return Found(
        "1",
        TITLE,
        expected,
        {
            "case": case.get("state"),
            "decision": case.get("extent"),
            "plan": case.get("plan", {}).get("state"),
            "badge": stage.verdict(badge_file(stage, "m08")) if "m08" in held else None,
            "recognition": stage.verdict(badge_file(stage, "credit")) if "credit" in held else None,
            "in_wallet": "credit" in held,
        },
    )
