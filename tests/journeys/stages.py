"""Leads applications through every state that a case can have, by the people of two schools and over the real pages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from service.database import reading
from service.demo.awarding import award
from service.demo.municipality import ZONE
from service.demo.people import account_of, guardian_of
from service.demo.stage import Stage
from service.demo.visitor import Visitor, form_of
from tests.journeys import cast
from verifier.credit import policy

Answers = dict[str, str | list[str]]
REASON = "Права потребителя не показаны"
PAPER: Answers = {"number": "214-у", "signer": "Директор школы"}


@dataclass(frozen=True, slots=True)
class Moment:
    """A case after a step: its page, the learner, who may be asked to read it."""

    case: str
    learner: str
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """One case under way; `here` is the path of its page."""

    stage: Stage
    here: str
    learner: str
    readers: tuple[str, ...]
    told: tuple[str, ...] = field(kw_only=True)

    def act(self, who: str, event: str, **answers: str | list[str]) -> Moment:
        """The program does its part, then somebody of the town does something."""
        self.stage.work()
        page = f"{self.here}/{event}"
        self._person(who).submit(page, page, dict(answers))
        return self.moment()

    def moment(self) -> Moment:
        """How things stand."""
        return Moment(self.here, self.learner, self.readers)

    @property
    def today(self) -> date:
        """The day in the municipality."""
        return self.stage.clock().astimezone(ZONE).date()

    def _person(self, who: str) -> Visitor:
        visitor = Visitor(self.stage.base)
        code = cast.account(who) if who in cast.HIRED else account_of(who)
        return visitor.sign_in(code)


def all_moments(stage: Stage, draft: str) -> Iterator[Moment]:
    """Алина's begun application to a credit in part and its annulment, Егор's to a refusal and a rejected appeal."""
    yield from _in_part(stage, draft)
    yield from _refused(stage)


def _in_part(stage: Stage, draft: str) -> Iterator[Moment]:
    mother = guardian_of("l1")
    case = _Case(stage, f"/credit/cases/{draft}", "l1", (mother, "l1", "mkhova", "ryabinin"), told=(mother, "l1"))
    yield case.moment()
    family, review = stage.person(mother), f"/wallet/{account_of('l1')}/apply/{draft}"
    family.accepted(family.press(family.get(review), review, {}))
    yield case.moment()
    yield case.act("mkhova", "register")
    yield case.act("mkhova", "ask-documents", reason="Нет справки о часах")
    yield case.act(mother, "supply", paper="Справка № 5 детского технопарка")
    yield case.act("ryabinin", "record-proof", reason="Видел оригинал справки № 5")
    yield case.act("ryabinin", "accept-check")
    day = _day_of_assessment(case)
    yield case.act("ryabinin", "start-assessment", on=day.isoformat(), reason="Кабинет 12, в 10 часов")
    stage.clock.set(stage.clock() + (day - case.today))
    yield case.act("brusnitsyn", "finish-assessment", came="yes", **{"level.ИНФ.3": "1"})
    for member in ("klyukva", "brusnitsyn", "ryabinin"):
        yield case.act(member, "vote", extent="partial", free="yes")
    yield case.act("ryabinin", "conclude", extent="partial", mark="4")
    yield case.act(mother, "agree-proposal")
    yield from _carried_out(case)
    yield case.act("ryabinin", "review", reason="Пришло письмо организации", proof="Письмо № 7")
    yield case.act("severtseva", "annul", reason="Результат не подтвердился", **_paper(case))


def _carried_out(case: _Case) -> Iterator[Moment]:
    yield case.act("severtseva", "order", **_paper(case))
    yield case.act("mkhova", "notify", told=[account_of(one) for one in case.told], channel="account")
    yield case.act("ryabinin", "amend-plan", hours="48")
    yield case.act("ryabinin", "close", journal="yes", file="yes")


def _refused(stage: Stage) -> Iterator[Moment]:
    give = partial(award, stage, by="rektorova", organisation="ugu", learner="l4")
    give(module="m07", event="Итоговый тест", result="82")
    stage.work()
    case = _Case(stage, _apply(stage), "l4", ("l4", "lugova", "osokina"), told=("l4",))
    yield case.moment()
    case.act("lugova", "register")
    case.act("osokina", "accept-check")
    case.act("golubika", "sign-matrix")
    case.act("osokina", "send-to-commission")
    for member in ("golubika", "osokina"):
        case.act(member, "vote", extent="refuse", free="yes")
    yield case.act("osokina", "conclude", extent="refuse")
    yield case.act("ladogin", "refuse", **_paper(case), **{"why.ФИН.2": REASON})
    yield case.act("lugova", "notify", told=[account_of("l4")], channel="account")
    yield case.act("l4", "appeal", reason="Мы проходили это в другом модуле")
    yield case.act("ladogin", "suspend", reason="До ответа комиссии")
    yield case.act("staff_elsewhere", "reject-appeal", reason="Подтверждения нет")


def _apply(stage: Stage) -> str:
    learner, wallet = stage.person("l4"), f"/wallet/{account_of('l4')}"
    shown = learner.get(f"{wallet}/apply")
    badge = str(learner.read(f"/api{wallet}")["badges"][0]["id"])
    item = form_of(shown, f"{wallet}/apply").option("item", "Финансовая грамотность")
    answers: Answers = {"item": item, "badge": [badge], "wish": "full", "act": "keep"}
    review = learner.accepted(learner.press(shown, f"{wallet}/apply", answers))
    return learner.accepted(learner.press(review, review.path, {})).path


def _paper(case: _Case) -> Answers:
    return {**PAPER, "date": case.today.isoformat()}


def _day_of_assessment(case: _Case) -> date:
    """Told well ahead, on a day on which the school works."""
    with reading(case.stage.parts.engine) as session:
        rules = policy.policy_of(session, cast.SCHOOL, case.today)
        return policy.working_days(session, cast.SCHOOL, rules, ZONE).after(
            case.today, 2 * rules.assessment_notice_days
        )
