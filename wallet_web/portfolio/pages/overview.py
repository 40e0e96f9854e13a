"""The portfolio as a whole: what is in it section by section, whether it leans to one side, what it adds up to."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from keys import organisations
from keys.deps import Learner, Visit, Visiting
from schemas.errors import N_, NotFound
from verifier.credit import plans
from verifier.credit.wording import ITEMS
from wallet_web import acts, applying
from wallet_web.badge import Badge
from wallet_web.deps import Holding
from wallet_web.pages.book import frame
from wallet_web.portfolio import charts, progress, shelving
from wallet_web.portfolio import declared as records
from wallet_web.portfolio.balance import balance
from wallet_web.portfolio.charts import Axis, Bar
from wallet_web.portfolio.errors import BadChoice
from wallet_web.portfolio.sections import NAMES, Section
from wallet_web.portfolio.showing import line
from wallet_web.portfolio.tables import Kind, State
from wallet_web.portfolio.wording import section_options
from wallet_web.tables import Entry
from wallet_web.wallet import PAGE, Wallet, find, listed

router = APIRouter(include_in_schema=False)
PLACE = "/wallet/{learner}/portfolio"
SECTIONS_CHART = N_("Сколько записей в каждом разделе")
YEARS_CHART = N_("Значки по учебным годам")
PLAN_CHART = N_("Показанные результаты учебного плана")
GROUPS_CHART = N_("Уровни по группам результатов")
MOST_COUNTED = 300  # the newest badges; each is checked for the page


@router.get(PLACE, openapi_extra={"x-action": "portfolio.read"}, name="portfolio")
def overview(learner: str, visit: Visiting) -> Response:
    """The seven sections, how much each holds, and what that says."""
    owner = acts.admit(visit, "portfolio.read", learner)
    shelving.place_all(visit.session, learner)
    shelves = shelving.shelves(visit.session, learner)
    said, tell = balance(shelves), visit.translate
    drawn = [Bar(tell(NAMES[shelf.section]), shelf.signed, shelf.own) for shelf in shelves]
    return visit.page(
        "portfolio/overview.html",
        **frame(visit, owner),
        rows=[_shelf_row(learner, shelf, tell(NAMES[shelf.section])) for shelf in shelves],
        chart=charts.bars(drawn, tell(SECTIONS_CHART)),
        total=said.total,
        leaning=tell(NAMES[said.leaning]) if said.leaning else "",
        empty=[tell(NAMES[section]) for section in said.empty],
    )


@router.get(PLACE + "/sections/{section}", openapi_extra={"x-action": "portfolio.read"}, name="portfolio.section")
def section_page(learner: str, section: str, visit: Visiting, wallet: Holding, page: int = 1) -> Response:
    """One section: its badges, each checked now, and what stands in pencil."""
    owner = acts.admit(visit, "portfolio.read", learner)
    here = _section(section)
    shelving.place_all(visit.session, learner)
    held = next(shelf for shelf in shelving.shelves(visit.session, learner) if shelf.section is here)
    pages = max(1, -(-held.signed // PAGE))
    number = min(max(page, 1), pages)
    entries = shelving.entries_in(visit.session, learner, here, number=number, size=PAGE)
    return visit.page(
        "portfolio/section.html",
        **frame(visit, owner),
        section=here,
        name=visit.translate(NAMES[here]),
        sections=section_options(visit.translate),
        lines=wallet.lines(visit.session, entries, visit.now),
        rows=_pencil(visit, learner, here),
        page=number,
        pages=pages,
        total=held.signed,
    )


@router.post(PLACE + "/badges/{entry}", openapi_extra={"x-action": "portfolio.write"}, name="portfolio.move")
def move(learner: str, entry: str, visit: Visiting, section: Annotated[str, Form()] = "") -> Response:
    """Put a badge into another section."""
    acts.admit(visit, "portfolio.write", learner)
    found = find(visit.session, learner, entry)
    if section not in set(Section):
        raise BadChoice
    shelving.move(visit.session, found, Section(section))
    return RedirectResponse(f"/wallet/{learner}/portfolio/sections/{section}", status_code=303)


@router.get(PLACE + "/progress", openapi_extra={"x-action": "portfolio.read"}, name="portfolio.progress")
def progress_page(learner: str, visit: Visiting, wallet: Holding) -> Response:
    """What the badges that hold today add up to."""
    owner = acts.admit(visit, "portfolio.read", learner)
    found = listed(visit.session, learner, size=MOST_COUNTED)
    badges = [badge for badge in holding_today(visit, wallet, found.entries) if badge.stamped]
    tell, by_year = visit.translate, progress.years(badges)
    by_group = progress.groups(outcome for badge in badges for outcome in badge.outcomes)
    plan = _covered(visit, owner, badges)
    return visit.page(
        "portfolio/progress.html",
        **frame(visit, owner),
        counted=len(badges),
        left_out=found.total - len(found.entries),
        years=[(year.name, year.badges, year.hours) for year in by_year],
        years_chart=charts.columns([Bar(year.name, year.badges) for year in by_year], tell(YEARS_CHART)),
        groups=[_group_row(visit, group) for group in by_group],
        radar=charts.radar([Axis(group.code, group.level) for group in by_group], tell(GROUPS_CHART)),
        plan=[_plan_row(visit, one) for one in plan],
        plan_chart=charts.bars(
            [Bar(one.line.title, one.met, one.required - one.met) for one in plan], tell(PLAN_CHART)
        ),
    )


def holding_today(visit: Visit, wallet: Wallet, entries: Sequence[Entry]) -> list[Badge]:
    """The network's badges among entries, checked now; nobody here answers for those that learners have brought."""
    lines = wallet.lines(visit.session, entries, visit.now)
    return [line.badge for line in lines if line.badge is not None]


def _covered(visit: Visit, owner: Learner, badges: list[Badge]) -> list[progress.Covered]:
    lines = plans.plan_of(visit.session, owner.id)
    return progress.covered(lines, [applying.outlook(visit, one, badges) for one in lines])


def _shelf_row(learner: str, shelf: shelving.Shelf, name: str) -> tuple[object, ...]:
    link = Markup('<a href="/wallet/{}/portfolio/sections/{}">{}</a>').format(learner, shelf.section, name)
    return link, shelf.signed, shelf.own


def _group_row(visit: Visit, group: progress.Group) -> tuple[object, ...]:
    level = f"{group.level:.1f}"
    return (
        group.code,
        visit.translate(progress.group_name(group.code)),
        group.shown,
        level.replace(".", ",") if visit.language == "ru" else level,
    )


def _plan_row(visit: Visit, one: progress.Covered) -> tuple[object, ...]:
    school = organisations.find(visit.session, one.line.school).name
    return one.line.title, one.line.year, school, f"{one.met}/{one.required}", visit.translate(ITEMS[one.line.state])


def _pencil(visit: Visit, learner: str, section: Section) -> list[dict[str, object]]:
    """What stands in this section in pencil still; works stand in theirs too."""
    told = records.all_of(visit.session, learner)
    shown = (one for one in told if one[0].section is section)
    return [line(visit, one, said) for one, said in shown if one.kind is Kind.WORK or one.state is not State.CONFIRMED]


def _section(text: str) -> Section:
    if text not in set(Section):
        raise NotFound
    return Section(text)
