"""The way of a case over the pages, step by step, as the people of a school and a family go it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from service.demo.people import account_of, guardian_of
from service.demo.stage import Stage
from service.demo.visitor import form_of
from service.demo.wallets import held
from verifier.credit.calendar import WorkingDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who works on cases at a school, by their codes; `signer` is how the director signs."""

    secretary: str
    deputy: str
    teacher: str
    members: tuple[str, ...]
    director: str
    signer: str
    disputes: str = ""


NOTICE = 6  # working days ahead, one more than schools need

S1 = Office(
    secretary="mkhova",
    deputy="ryabinin",
    teacher="brusnitsyn",
    members=("brusnitsyn", "klyukva", "ryabinin"),
    director="severtseva",
    signer="Директор Г. М. Северцева",
)
S2 = Office(
    secretary="lugova",
    deputy="osokina",
    teacher="golubika",
    members=("golubika", "osokina"),
    director="ladogin",
    signer="Директор П. Р. Ладогин",
    disputes="iva",
)
S3 = Office(
    secretary="brusnikina",
    deputy="tundrin",
    teacher="chernika",
    members=("chernika", "tundrin"),
    director="nenasheva",
    signer="Директор Т. Ф. Ненашева",
)
KOL = Office(
    secretary="olkhina",
    deputy="kedrov",
    teacher="listvenny",
    members=("elnik", "kedrov", "sosnina"),
    director="pikhtin",
    signer="Директор Г. Л. Пихтин",
)


def apply(
    stage: Stage, learner: str, component: str, badges: Sequence[str], *, by: str = "", assessment: bool = True
) -> str:
    """Fill in an application in the learner's wallet as `by` (the learner where nobody is named), and keep it; its review page."""
    visitor, page = stage.person(by or learner), f"/wallet/{account_of(learner)}/apply"
    known, shown = held(stage, learner), visitor.get(page)
    answers: dict[str, str | list[str]] = {
        "item": form_of(shown, page).option("item", component),
        "badge": [str(known[title]["id"]) for title in badges if title in known],
        "wish": "full",
        "assessment": "yes" if assessment else "",
        "act": "keep",
    }
    return visitor.accepted(visitor.press(shown, page, answers)).path


def hand_in(stage: Stage, review: str, by: str) -> str:
    """Read the review page once more and hand the application in; the path of the case's page."""
    return stage.person(by).submit(review, review, {}).path


@dataclass(frozen=True, slots=True)
class Casework:
    """One case at one school; each act is a printed step."""

    stage: Stage
    office: Office
    case: str

    def act(self, who: str, event: str, title: str, /, **answers: str | list[str]) -> None:
        """Open the form of an act as somebody, fill it in, press it."""
        with self.stage.step(title):
            form = f"{self.case}/{event}"
            self.stage.person(who).submit(form, form, dict(answers))

    def refused(self, who: str, event: str, title: str, /, **answers: str | list[str]) -> None:
        """An act that must not go through."""
        with self.stage.step(title):
            form = f"{self.case}/{event}"
            self.stage.must_refuse(self.stage.person(who).attempt(form, form, dict(answers)))

    def register(self) -> None:
        """T3, and the program's check that follows it."""
        self.act(self.office.secretary, "register", "Делопроизводитель зарегистрировала заявление")
        self.stage.work()

    def accept(self) -> None:
        """T8."""
        told = "Значки проверены: подпись, организация, отзыв, чей значок. Принято завучем"
        self.act(self.office.deputy, "accept-check", told)

    def compare(self, told: str) -> None:
        """T10: the teacher signs, the deputy sends on."""
        self.act(self.office.teacher, "sign-matrix", told)
        self.act(self.office.deputy, "send-to-commission", "Завуч направил дело на комиссию")

    def assess_later(self, told: str, reason: str) -> None:
        """T11: on the first working day in a fortnight, so that the family is told in time whatever days are off."""
        zone = self.stage.parts.settings.zone
        days = WorkingDays(zone=zone)
        day = max(days.on_or_after(self.stage.today + timedelta(weeks=2)), days.after(self.stage.today, NOTICE))
        self.act(self.office.deputy, "start-assessment", told, on=day.isoformat(), reason=reason)

    def decide(self, extent: str, told: str, **protocol: str) -> None:
        """T14: every member votes, the chair signs the protocol."""
        for member in self.office.members:
            self.act(member, "vote", "Член комиссии проголосовал", extent=extent, free="yes")
        self.act(self.office.deputy, "conclude", told, extent=extent, **protocol)

    def order(self, number: str, told: str = "Директор записал подписанный приказ") -> None:
        """T15."""
        self.act(self.office.director, "order", told, **self._paper(number))

    def refuse(self, number: str, why: dict[str, str]) -> None:
        """T16: a reason for every outcome that was not shown."""
        reasons = {f"why.{code}": text for code, text in why.items()}
        self.act(self.office.director, "refuse", "Директор записал отказ с причинами", **self._paper(number), **reasons)

    def notify(self, learner: str, *, guardian: bool = True) -> None:
        """T17."""
        told = [account_of(learner), *([account_of(guardian_of(learner))] if guardian else [])]
        self.act(self.office.secretary, "notify", "Семья уведомлена", told=told)

    def carry_out(self, hours: int, told: str) -> None:
        """T18 and T19: plan, journal and personal file, the school's own badge."""
        self.act(self.office.deputy, "amend-plan", told, hours=str(hours))
        self.act(self.office.deputy, "close", "Дело закрыто, школа вручила свой значок", journal="yes", file="yes")
        self.stage.work()

    def _paper(self, number: str) -> dict[str, str]:
        return {"number": number, "date": self.stage.today.isoformat(), "signer": self.office.signer}


def read_case(stage: Stage, key: str, who: str) -> dict[str, Any]:
    """A case whose page was written down, as somebody of the family reads it; empty where there is none."""
    page = stage.remembered.get(key)
    found: dict[str, Any] = stage.person(who).read(f"/api{page}") if page else {}
    return found


def read_line(stage: Stage, learner: str, component: str, who: str = "") -> dict[str, Any]:
    """The line of the learner's plan whose title holds `component`, as the learner or `who` reads it."""
    lines = stage.person(who or learner).read(f"/api/credit/plans/{account_of(learner)}")["lines"]
    return next((line for line in lines if component in line["title"]), {})
