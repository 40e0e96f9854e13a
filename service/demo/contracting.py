"""Contracts of the stories: entered, put into force and used over the pages, as a deputy head does it."""

from dataclasses import dataclass

from service.demo.stage import Stage
from service.demo.visitor import form_of
from service.demo.wallets import file_of

CLAUSE = (
    "Участник передаёт школе только результаты ученика по программе договора, в виде подписанного значка, "
    "и не передаёт их другим."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What two organisations agreed on; `partner` is named as in the network's list, `component` by words of its title."""

    school: str
    deputy: str
    title: str
    number: str
    partner: str
    role: str
    code: str
    name: str
    hours: int
    component: str


def conclude(stage: Stage, agreed: Agreed) -> str:
    """Enter the contract and put it into force; the path of its page."""
    deputy, desk = stage.person(agreed.deputy), f"/credit/contracts/{agreed.school}"
    first, last = stage.municipality.day("2026-09-01"), stage.municipality.day("2027-05-31")
    terms: dict[str, str | list[str]] = {
        "title": agreed.title,
        "valid_from": first.isoformat(),
        "valid_until": last.isoformat(),
        "data_clause": CLAUSE,
    }
    page = deputy.submit(desk, desk, terms).path
    chosen = form_of(deputy.get(page), f"{page}/party").option("organisation", agreed.partner)
    deputy.submit(page, f"{page}/party", {"organisation": chosen, "role": agreed.role})
    target = form_of(deputy.get(page), f"{page}/programme").option("target", agreed.component)
    programme: dict[str, str | list[str]] = {
        "provider": chosen,
        "code": agreed.code,
        "name": agreed.name,
        "hours": str(agreed.hours),
        "target": target,
    }
    deputy.submit(page, f"{page}/programme", programme)
    signed: dict[str, str | list[str]] = {"number": agreed.number, "signed_on": stage.today.isoformat()}
    deputy.submit(page, f"{page}/conclude", signed)
    return page


def record(stage: Stage, contract: str, deputy: str, learner: str, module: str) -> None:
    """Record the badge that the family brought from the learner's wallet."""
    visitor, name = stage.person(deputy), _name(stage, learner)
    shown = visitor.get(contract)
    item = form_of(shown, f"{contract}/results").option("item", name)
    badge = file_of(stage, learner, module)
    visitor.accepted(visitor.press(shown, f"{contract}/results", {"item": item}, {"badge": badge}))


def _name(stage: Stage, learner: str) -> str:
    return next(row.name for row in stage.municipality.learners if row.code == learner)
