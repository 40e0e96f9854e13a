"""A case decided by an edition of the plan that was superseded: the badge that confirms it is described by just that one."""

from dataclasses import dataclass

import pytest
from sqlmodel import select

from issuer.catalogue import module_of
from issuer.editions import edition_for
from issuer.tables import AchievementState, AchievementVersion
from tests.campus import PROJECT
from tests.verifier.credit.office import Office, fields_of
from tests.verifier.credit.world import World
from verifier.credit.events import Event
from verifier.credit.matching import Planned
from verifier.credit.tables import PlanItem

BADGE = "credit-w"
NOTICE = "Сначала опубликуйте описание значка о зачёте"
ITEMS = "https://cpo.sever.example/frameworks/outcomes/items"
OUTCOMES = [
    Planned(code=code, name=f"Результат {code}", level=2, url=f"{ITEMS}/{number}")
    for number, (code, _) in enumerate(PROJECT, 1)
]


@dataclass
class Stuck:
    """A case that only has to be closed, the page of its component, whose plan was changed meanwhile, and the catalogue."""

    office: Office
    case: str
    page: str

    @property
    def case_page(self) -> str:
        return self.office.get("deputy", f"/credit/cases/{self.case}").text

    def versions(self) -> list[AchievementVersion]:
        with self.office.world.session() as session:
            found = session.exec(select(AchievementVersion).where(AchievementVersion.code == BADGE)).all()
            session.expunge_all()
            return sorted(found, key=lambda one: one.version)

    def publish(self, number: int) -> None:
        """As the school's people do in its catalogue, the review left out; the version in use is superseded."""
        now = self.office.world.now
        with self.office.world.session() as session:
            every = session.exec(select(AchievementVersion).where(AchievementVersion.code == BADGE)).all()
            for one in every:
                if one.state is AchievementState.PUBLISHED:
                    one.state, one.retired_at = AchievementState.RETIRED, now
            session.flush()  # no two are in use at once
            [wanted] = [one for one in every if one.version == number]
            wanted.state, wanted.published_at = AchievementState.PUBLISHED, now


@pytest.fixture
def stuck(world: World) -> Stuck:
    office = Office(world)
    with world.session() as session:
        item = world.planned(session, code="W", recognition=BADGE, outcomes=OUTCOMES)
        component = session.get_one(PlanItem, item).component
    case = world.drafted(world.badge(), item=item)
    world.to_commission(case)
    world.decided(case)
    world.told(case)
    world.act("deputy", case, Event.AMEND_PLAN, hours="34")
    page = f"/credit/curricula/s1/components/{component}"
    longer = {"title": "Индивидуальный проект", "grade": "10", "area": "school", "hours": "68"}
    assert office.post("deputy", page, longer).status_code == 303
    assert office.post("deputy", f"{page}/badges", {}).status_code == 303
    return Stuck(office, case, page)


def test_the_badge_is_described_from_the_case_in_one_click(stuck: Stuck) -> None:
    office = stuck.office
    stuck.publish(1)
    assert NOTICE in stuck.case_page
    assert "расходится с планом" in stuck.case_page
    assert NOTICE in office.get("deputy", f"/credit/cases/{stuck.case}/close").text
    pressed = office.post("deputy", f"{stuck.page}/badges", fields_of(stuck.case_page, f"{stuck.page}/badges"))
    assert (pressed.status_code, pressed.headers["location"]) == (303, f"{stuck.page}?edition=1#badge")
    shown = office.get("deputy", stuck.page, edition="1").text
    assert "По первоначальному плану" in shown
    assert "описание ждёт проверки" in shown
    assert "расходится с планом" not in shown
    used, drafted = stuck.versions()
    assert (used.state, module_of(used).hours) == (AchievementState.PUBLISHED, 68)
    assert (drafted.state, module_of(drafted).hours) == (AchievementState.DRAFT, 34)
    assert [one.url for one in module_of(drafted).outcomes] == [one.url for one in OUTCOMES]


def test_until_it_is_published_the_case_says_what_it_waits_for_and_then_closes(stuck: Stuck) -> None:
    office, world = stuck.office, stuck.office.world
    stuck.publish(1)
    office.post("deputy", f"{stuck.page}/badges", {"edition": "1"})
    assert "описание ждёт проверки" in stuck.case_page
    assert f'href="{stuck.page}?edition=1#badge"' in stuck.case_page
    assert "Подготовить описание по плану заявления" not in stuck.case_page
    world.later(days=1)
    stuck.publish(2)
    assert NOTICE not in stuck.case_page
    world.act("deputy", stuck.case, Event.CLOSE, journal="yes", file="yes")
    with world.session() as session:
        assert edition_for(session, world.ordered[-1]).version == 2
    assert (
        "расходится с планом" not in office.get("deputy", stuck.page).text
    )  # today's plan is said by the edition before


def test_a_description_that_waits_for_people_is_not_written_over(stuck: Stuck) -> None:
    answer = stuck.office.post("deputy", f"{stuck.page}/badges", {"edition": "1"})
    assert (answer.status_code, "ещё ждёт проверки или публикации" in answer.text) == (409, True)
    [only] = stuck.versions()
    assert module_of(only).hours == 68


def test_an_edition_that_never_was_is_not_described(stuck: Stuck) -> None:
    assert stuck.office.get("deputy", stuck.page, edition="7").status_code == 404
    assert stuck.office.post("deputy", f"{stuck.page}/badges", {"edition": "7"}).status_code == 404


def test_nobody_else_is_asked_to_describe(stuck: Stuck) -> None:
    for who in ("guardian", "director", "teacher"):
        assert NOTICE not in stuck.office.get(who, f"/credit/cases/{stuck.case}").text
